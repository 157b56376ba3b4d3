/*
 * Copyright 2026 the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.atomixspring.collection;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;

/**
 * The asynchronous face of a {@link DistributedSet}, with the same operations under the
 * same names.
 *
 * @param <E> the type of the elements
 * @since 0.1.0
 */
public interface AsyncDistributedSet<E> {

	/**
	 * See {@link DistributedSet#add(Object)}.
	 * @param element the element
	 * @return whether it was added
	 */
	CompletableFuture<Boolean> add(E element);

	/**
	 * See {@link DistributedSet#add(Object, Duration)}.
	 * @param element the element
	 * @param timeToLive the time to live
	 * @return whether it was added
	 */
	CompletableFuture<Boolean> add(E element, Duration timeToLive);

	/**
	 * See {@link DistributedSet#addAll(Collection)}.
	 * @param elements the elements
	 * @return whether any was added
	 */
	CompletableFuture<Boolean> addAll(Collection<? extends E> elements);

	/**
	 * See {@link DistributedSet#addAll(Collection, Duration)}.
	 * @param elements the elements
	 * @param timeToLive the time to live
	 * @return whether any was added
	 */
	CompletableFuture<Boolean> addAll(Collection<? extends E> elements, Duration timeToLive);

	/**
	 * See {@link DistributedSet#remove(Object)}.
	 * @param element the element
	 * @return whether it was removed
	 */
	CompletableFuture<Boolean> remove(E element);

	/**
	 * See {@link DistributedSet#removeAll(Collection)}.
	 * @param elements the elements
	 * @return whether any was removed
	 */
	CompletableFuture<Boolean> removeAll(Collection<? extends E> elements);

	/**
	 * See {@link DistributedSet#retainAll(Collection)}.
	 * @param elements the elements that stay
	 * @return whether any was removed
	 */
	CompletableFuture<Boolean> retainAll(Collection<? extends E> elements);

	/**
	 * See {@link DistributedSet#clear()}.
	 * @return completes when all are removed
	 */
	CompletableFuture<Void> clear();

	/**
	 * See {@link DistributedSet#contains(Object)}.
	 * @param element the element
	 * @return whether it is there
	 */
	CompletableFuture<Boolean> contains(E element);

	/**
	 * See {@link DistributedSet#contains(Object, ReadConsistency)}.
	 * @param element the element
	 * @param consistency how fresh the read is
	 * @return whether it is there
	 */
	CompletableFuture<Boolean> contains(E element, ReadConsistency consistency);

	/**
	 * See {@link DistributedSet#containsAll(Collection)}.
	 * @param elements the elements
	 * @return whether all are there
	 */
	CompletableFuture<Boolean> containsAll(Collection<? extends E> elements);

	/**
	 * See {@link DistributedSet#size()}.
	 * @return the number of elements
	 */
	CompletableFuture<Integer> size();

	/**
	 * See {@link DistributedSet#isEmpty()}.
	 * @return whether there is no element
	 */
	CompletableFuture<Boolean> isEmpty();

	/**
	 * See {@link DistributedSet#addListener(SetListener)}.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> addListener(SetListener<E> listener);

}
