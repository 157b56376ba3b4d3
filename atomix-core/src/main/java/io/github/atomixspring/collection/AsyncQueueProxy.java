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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.proxy.Durations;
import io.github.atomixspring.session.PrimitiveSession;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of a queue.
 *
 * @param <E> the type of the elements
 */
final class AsyncQueueProxy<E> implements AsyncDistributedQueue<E> {

	private final QueueOperations<E> operations;

	private final QueueWaits waits;

	private final PrimitiveSession session;

	private final Function<QueueListener<E>, CompletableFuture<Registration>> listening;

	/**
	 * Creates the face.
	 * @param operations the operations that do not wait
	 * @param waits the operations that wait
	 * @param session the session of the node
	 * @param listening adds a listener
	 */
	AsyncQueueProxy(QueueOperations<E> operations, QueueWaits waits, PrimitiveSession session,
			Function<QueueListener<E>, CompletableFuture<Registration>> listening) {
		this.operations = operations;
		this.waits = waits;
		this.session = session;
		this.listening = listening;
	}

	@Override
	public CompletableFuture<Boolean> offer(E element) {
		return this.session.expose(this.operations.offer(this.operations.encode(element)));
	}

	@Override
	public CompletableFuture<Boolean> offer(E element, Duration timeout) {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		if (!this.operations.isBounded() || timeout.isNegative() || timeout.isZero()) {
			return offer(element);
		}
		byte[] encoded = this.operations.encode(element);
		return this.waits.exposePut(this.waits.put(encoded, Durations.bounded(timeout)), Optional::isPresent);
	}

	@Override
	public CompletableFuture<Void> put(E element) {
		byte[] encoded = this.operations.encode(element);
		if (!this.operations.isBounded()) {
			return this.session.expose(this.operations.offer(encoded).thenApply((added) -> null));
		}
		return this.waits.exposePut(this.waits.put(encoded), (put) -> null);
	}

	@Override
	public CompletableFuture<Boolean> addAll(Collection<? extends E> elements) {
		return this.session.expose(this.operations.addAll(elements));
	}

	@Override
	public CompletableFuture<@Nullable E> poll() {
		return this.session.expose(this.operations.poll());
	}

	@Override
	public CompletableFuture<@Nullable E> poll(Duration timeout) {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		if (timeout.isNegative() || timeout.isZero()) {
			return poll();
		}
		return this.waits.exposeTake(this.waits.take(Durations.bounded(timeout)),
				(taken) -> taken.map(this.operations::decode).orElse(null));
	}

	@Override
	public CompletableFuture<E> take() {
		return this.waits.exposeTake(this.waits.take(), (taken) -> this.operations.decode(taken.orElseThrow()));
	}

	@Override
	public CompletableFuture<List<E>> drain(int limit) {
		return this.session.expose(this.operations.drain(limit));
	}

	@Override
	public CompletableFuture<@Nullable E> peek() {
		return this.session.expose(this.operations.peek().thenApply((head) -> head.orElse(null)));
	}

	@Override
	public CompletableFuture<Boolean> contains(E element) {
		return this.session.expose(this.operations.contains(element));
	}

	@Override
	public CompletableFuture<Boolean> remove(E element) {
		return this.session.expose(this.operations.remove(element));
	}

	@Override
	public CompletableFuture<Integer> size() {
		return this.session.expose(this.operations.size());
	}

	@Override
	public CompletableFuture<Boolean> isEmpty() {
		return this.session.expose(this.operations.size().thenApply((size) -> size == 0));
	}

	@Override
	public CompletableFuture<Void> clear() {
		return this.session.expose(this.operations.clear());
	}

	@Override
	public CompletableFuture<Registration> addListener(QueueListener<E> listener) {
		return this.session.expose(this.listening.apply(listener));
	}

}
