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
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of a {@link DistributedQueue}, with the same operations under the
 * same names, except that {@link #drain(int)} returns what
 * {@link DistributedQueue#drainTo(Collection, int)} adds to a collection. Whatever ends
 * the future of a wait early, such as {@code cancel} and {@code orTimeout}, withdraws the
 * wait: an element that was taken goes back to its place, one that was put before stays.
 *
 * @param <E> the type of the elements
 * @since 0.1.0
 */
public interface AsyncDistributedQueue<E> {

	/**
	 * See {@link DistributedQueue#offer(Object)}.
	 * @param element the element
	 * @return whether it was added
	 */
	CompletableFuture<Boolean> offer(E element);

	/**
	 * See {@link DistributedQueue#offer(Object, Duration)}.
	 * @param element the element
	 * @param timeout the longest wait; zero or less does not wait
	 * @return whether it was put; false if the time ran out
	 */
	CompletableFuture<Boolean> offer(E element, Duration timeout);

	/**
	 * See {@link DistributedQueue#put(Object)}.
	 * @param element the element
	 * @return completes when it was put
	 */
	CompletableFuture<Void> put(E element);

	/**
	 * See {@link DistributedQueue#addAll(Collection)}, which throws where this completes
	 * with false.
	 * @param elements the elements
	 * @return whether all were added; false if there is no room for all of them
	 */
	CompletableFuture<Boolean> addAll(Collection<? extends E> elements);

	/**
	 * See {@link DistributedQueue#poll()}.
	 * @return the head, or null
	 */
	CompletableFuture<@Nullable E> poll();

	/**
	 * See {@link DistributedQueue#poll(Duration)}.
	 * @param timeout the longest wait; zero or less does not wait
	 * @return the head, or null if the time ran out
	 */
	CompletableFuture<@Nullable E> poll(Duration timeout);

	/**
	 * See {@link DistributedQueue#take()}.
	 * @return the head
	 */
	CompletableFuture<E> take();

	/**
	 * See {@link DistributedQueue#drainTo(Collection, int)}.
	 * @param limit the largest number of elements
	 * @return the elements that were removed
	 */
	CompletableFuture<List<E>> drain(int limit);

	/**
	 * See {@link DistributedQueue#peek()}.
	 * @return the head, or null
	 */
	CompletableFuture<@Nullable E> peek();

	/**
	 * See {@link DistributedQueue#contains(Object)}.
	 * @param element the element
	 * @return whether it is there
	 */
	CompletableFuture<Boolean> contains(E element);

	/**
	 * See {@link DistributedQueue#remove(Object)}.
	 * @param element the element
	 * @return whether one was removed
	 */
	CompletableFuture<Boolean> remove(E element);

	/**
	 * See {@link DistributedQueue#size()}.
	 * @return the number of elements
	 */
	CompletableFuture<Integer> size();

	/**
	 * See {@link DistributedQueue#isEmpty()}.
	 * @return whether there is no element
	 */
	CompletableFuture<Boolean> isEmpty();

	/**
	 * See {@link DistributedQueue#clear()}.
	 * @return completes when all are removed
	 */
	CompletableFuture<Void> clear();

	/**
	 * See {@link DistributedQueue#addListener(QueueListener)}.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> addListener(QueueListener<E> listener);

}
