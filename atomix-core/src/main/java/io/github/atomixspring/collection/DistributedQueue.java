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
import java.util.concurrent.BlockingQueue;

import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;

/**
 * A replicated queue, first in, first out, for small data: it is held in the memory of
 * every member.
 * <p>
 * It keeps the contract of {@link BlockingQueue}, except that {@code toString} does not
 * read it. Elements are never null and are compared by their encoded bytes. Waiting does
 * not ask the cluster again and again. Those who wait are served in the order of their
 * requests, over all nodes, and wait on when the leader changes. Elements that nobody
 * takes within the time to live of the queue, if it has one, are removed: see
 * {@link QueueOptions#timeToLive()}.
 * <p>
 * Each element is taken by at most one, and by one unless its taker fails: if the session
 * of a node ends, what was on its way to the node is lost, and those who wait there get
 * an {@link io.github.atomixspring.primitive.UnknownOutcomeException}. A lost answer of
 * {@link #poll()} is the same. An element whose taker was interrupted, was cancelled or
 * ran out of time in the moment it was handed over goes back to its place; meanwhile
 * others may have taken what was behind it.
 * <p>
 * {@code addAll} adds all elements or none and is one round trip up to about 512 KiB;
 * larger ones are split. {@code drainTo} is one round trip for each MiB. Iterators read
 * pages, weakly consistent, from head to tail, and can remove.
 *
 * @param <E> the type of the elements
 * @since 0.1.0
 */
public interface DistributedQueue<E> extends BlockingQueue<E>, DistributedPrimitive {

	/**
	 * Appends an element, waiting for room if the queue is full. If the thread is
	 * interrupted the cluster decides: either the element was not put and the exception
	 * is thrown, or it was put and the thread keeps its interrupt flag.
	 * @param element the element
	 * @throws InterruptedException if the thread was interrupted and the element was not
	 * put
	 */
	@Override
	void put(E element) throws InterruptedException;

	/**
	 * Appends an element, waiting for room at most the given time. When the time has run
	 * out the cluster decides whether the element was put before, which takes a round
	 * trip more.
	 * @param element the element
	 * @param timeout the longest wait; zero or less does not wait
	 * @return whether it was put; false if the time ran out
	 * @throws InterruptedException if the thread was interrupted and the element was not
	 * put
	 */
	boolean offer(E element, Duration timeout) throws InterruptedException;

	/**
	 * Takes the head, waiting for it at most the given time.
	 * @param timeout the longest wait; zero or less does not wait
	 * @return the head, or null if the time ran out
	 * @throws InterruptedException if the thread was interrupted; no element was taken
	 */
	@Nullable E poll(Duration timeout) throws InterruptedException;

	/**
	 * Appends elements in one step, without waiting for room.
	 * @param elements the elements
	 * @return whether the queue changed
	 * @throws IllegalStateException if there is no room for all of them: then none was
	 * added, or only the first parts of those that have more than about 512 KiB
	 */
	@Override
	boolean addAll(Collection<? extends E> elements);

	/**
	 * Adds a listener for the events of the queue. It comes back by itself in a new
	 * session, and is told by {@link QueueEvent.Type#RESYNC} whenever events may have
	 * been missed: then, after an overflow and when the queue was destroyed. An event
	 * that cannot be decoded is logged and left out.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	Registration addListener(QueueListener<E> listener);

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncDistributedQueue<E> async();

}
