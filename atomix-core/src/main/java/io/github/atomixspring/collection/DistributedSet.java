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
import java.util.Set;

import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;

/**
 * A replicated set for small data: it is held in the memory of every member.
 * <p>
 * It keeps the contract of {@link Set}, except that {@code toString} does not read it.
 * Elements are never null and are compared by their encoded bytes. Single operations are
 * linearizable. Iterators read pages, weakly consistent, in the order of the encoded
 * elements, and can remove. {@code equals}, {@code hashCode} and {@code toArray} read the
 * whole set.
 * <p>
 * {@code addAll}, {@code removeAll}, {@code retainAll} and {@code containsAll} are one
 * round trip and atomic up to about 512 KiB of elements. Larger ones are split, and each
 * part is atomic by itself; a larger {@code retainAll} reads the set in pages and removes
 * what is to go.
 *
 * @param <E> the type of the elements
 * @since 0.1.0
 */
public interface DistributedSet<E> extends Set<E>, DistributedPrimitive {

	/**
	 * Adds an element if it is not there; it lives for the time to live of the set. An
	 * element that is there keeps the time that it has left.
	 * @param element the element
	 * @return whether it was added
	 */
	@Override
	boolean add(E element);

	/**
	 * Adds an element that is removed after the given time, if it is not there. An
	 * element that is there keeps the time that it has left.
	 * @param element the element
	 * @param timeToLive the time to live, positive: a lower bound in replicated time
	 * @return whether it was added
	 */
	boolean add(E element, Duration timeToLive);

	/**
	 * Adds elements that are removed after the given time. Those that are there keep the
	 * time that they have left.
	 * @param elements the elements
	 * @param timeToLive the time to live, positive
	 * @return whether any was added
	 */
	boolean addAll(Collection<? extends E> elements, Duration timeToLive);

	/**
	 * Returns whether an element is there, with an explicit consistency.
	 * @param element the element
	 * @param consistency how fresh the read is
	 * @return whether it is there
	 */
	boolean contains(E element, ReadConsistency consistency);

	/**
	 * Adds a listener for the events of the set. It comes back by itself in a new
	 * session, and is told by {@link SetEvent.Type#RESYNC} whenever events may have been
	 * missed: then, after an overflow and when the set was destroyed. An event that
	 * cannot be decoded is logged and left out.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	Registration addListener(SetListener<E> listener);

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncDistributedSet<E> async();

}
