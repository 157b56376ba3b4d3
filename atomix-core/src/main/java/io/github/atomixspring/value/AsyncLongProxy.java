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

package io.github.atomixspring.value;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.session.PrimitiveSession;

/**
 * The asynchronous face of a number.
 */
final class AsyncLongProxy implements AsyncDistributedLong {

	private final LongOperations operations;

	private final PrimitiveSession session;

	private final Function<LongListener, CompletableFuture<Registration>> listening;

	/**
	 * Creates the face.
	 * @param operations the operations
	 * @param session the session of the node
	 * @param listening adds a listener
	 */
	AsyncLongProxy(LongOperations operations, PrimitiveSession session,
			Function<LongListener, CompletableFuture<Registration>> listening) {
		this.operations = operations;
		this.session = session;
		this.listening = listening;
	}

	@Override
	public CompletableFuture<Long> get() {
		return get(this.operations.consistency());
	}

	@Override
	public CompletableFuture<Long> get(ReadConsistency consistency) {
		Objects.requireNonNull(consistency, "'consistency' must not be null");
		return this.session.expose(this.operations.get(consistency));
	}

	@Override
	public CompletableFuture<Void> set(long value) {
		return expose(this.operations.set(value), (outcome) -> null);
	}

	@Override
	public CompletableFuture<Void> set(long value, Duration timeToLive) {
		return expose(this.operations.set(value, timeToLive), (outcome) -> null);
	}

	@Override
	public CompletableFuture<Long> getAndSet(long value) {
		return expose(this.operations.set(value), LongMessages.Updated::old);
	}

	@Override
	public CompletableFuture<Boolean> compareAndSet(long expected, long value) {
		return expose(this.operations.compareAndSet(expected, value), LongMessages.Updated::updated);
	}

	@Override
	public CompletableFuture<Long> addAndGet(long delta) {
		return expose(this.operations.add(delta), LongMessages.Updated::value);
	}

	@Override
	public CompletableFuture<Long> getAndAdd(long delta) {
		return expose(this.operations.add(delta), LongMessages.Updated::old);
	}

	@Override
	public CompletableFuture<Long> updateAndGet(LongUnaryOperator function) {
		return expose(update(function), LongMessages.Updated::value);
	}

	@Override
	public CompletableFuture<Long> getAndUpdate(LongUnaryOperator function) {
		return expose(update(function), LongMessages.Updated::old);
	}

	@Override
	public CompletableFuture<Long> accumulateAndGet(long value, LongBinaryOperator function) {
		Objects.requireNonNull(function, "'function' must not be null");
		return updateAndGet((old) -> function.applyAsLong(old, value));
	}

	@Override
	public CompletableFuture<Long> getAndAccumulate(long value, LongBinaryOperator function) {
		Objects.requireNonNull(function, "'function' must not be null");
		return getAndUpdate((old) -> function.applyAsLong(old, value));
	}

	@Override
	public CompletableFuture<Registration> addListener(LongListener listener) {
		return this.session.expose(this.listening.apply(listener));
	}

	private CompletableFuture<LongMessages.Updated> update(LongUnaryOperator function) {
		Objects.requireNonNull(function, "'function' must not be null");
		return this.operations.update(function, this.session.callbackExecutor());
	}

	private <T> CompletableFuture<T> expose(CompletableFuture<LongMessages.Updated> outcome,
			Function<LongMessages.Updated, T> mapping) {
		return this.session.expose(outcome.thenApply(mapping));
	}

}
