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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.Versioned;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.Result.Updated;
import io.github.atomixspring.proxy.Durations;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.value.ValueOperations.Change;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of a value.
 *
 * @param <V> the type of the value
 */
final class AsyncValueProxy<V> implements AsyncDistributedValue<V> {

	private final ValueOperations<V> operations;

	private final PrimitiveSession session;

	private final Function<ValueListener<V>, CompletableFuture<Registration>> listening;

	/**
	 * Creates the face.
	 * @param operations the operations
	 * @param session the session of the node
	 * @param listening adds a listener
	 */
	AsyncValueProxy(ValueOperations<V> operations, PrimitiveSession session,
			Function<ValueListener<V>, CompletableFuture<Registration>> listening) {
		this.operations = operations;
		this.session = session;
		this.listening = listening;
	}

	@Override
	public CompletableFuture<@Nullable V> get() {
		return get(this.operations.consistency());
	}

	@Override
	public CompletableFuture<@Nullable V> get(ReadConsistency consistency) {
		Objects.requireNonNull(consistency, "'consistency' must not be null");
		return this.session
			.expose(this.operations.get(consistency).thenApply((found) -> found.map(Versioned::value).orElse(null)));
	}

	@Override
	public CompletableFuture<Optional<Versioned<V>>> getVersioned() {
		return getVersioned(this.operations.consistency());
	}

	@Override
	public CompletableFuture<Optional<Versioned<V>>> getVersioned(ReadConsistency consistency) {
		Objects.requireNonNull(consistency, "'consistency' must not be null");
		return this.session.expose(this.operations.get(consistency));
	}

	@Override
	public CompletableFuture<Void> set(@Nullable V value) {
		return write(value, 0, Condition.always(), (outcome) -> null);
	}

	@Override
	public CompletableFuture<Void> set(V value, Duration timeToLive) {
		Objects.requireNonNull(value, "'value' must not be null");
		return write(value, millis(timeToLive), Condition.always(), (outcome) -> null);
	}

	@Override
	public CompletableFuture<@Nullable V> getAndSet(@Nullable V value) {
		return write(value, 0, Condition.always(), this.operations::old);
	}

	@Override
	public CompletableFuture<Boolean> compareAndSet(@Nullable V expected, @Nullable V value) {
		return write(value, 0, this.operations.valueIs(expected), Updated::updated);
	}

	@Override
	public CompletableFuture<Boolean> compareAndSet(@Nullable V expected, V value, Duration timeToLive) {
		Objects.requireNonNull(value, "'value' must not be null");
		return write(value, millis(timeToLive), this.operations.valueIs(expected), Updated::updated);
	}

	@Override
	public CompletableFuture<Boolean> setIfVersion(long version, @Nullable V value) {
		return write(value, 0, Condition.version(version), Updated::updated);
	}

	@Override
	public CompletableFuture<@Nullable V> updateAndGet(UnaryOperator<@Nullable V> function) {
		return update(function, Change::after);
	}

	@Override
	public CompletableFuture<@Nullable V> getAndUpdate(UnaryOperator<@Nullable V> function) {
		return update(function, Change::before);
	}

	@Override
	public CompletableFuture<@Nullable V> accumulateAndGet(V value, BinaryOperator<@Nullable V> function) {
		Objects.requireNonNull(function, "'function' must not be null");
		return update((old) -> function.apply(old, value), Change::after);
	}

	@Override
	public CompletableFuture<@Nullable V> getAndAccumulate(V value, BinaryOperator<@Nullable V> function) {
		Objects.requireNonNull(function, "'function' must not be null");
		return update((old) -> function.apply(old, value), Change::before);
	}

	@Override
	public CompletableFuture<Registration> addListener(ValueListener<V> listener) {
		return this.session.expose(this.listening.apply(listener));
	}

	private CompletableFuture<@Nullable V> update(UnaryOperator<@Nullable V> function,
			Function<Change<V>, @Nullable V> result) {
		Objects.requireNonNull(function, "'function' must not be null");
		return this.session.expose(this.operations.update(function, this.session.callbackExecutor()).thenApply(result));
	}

	private <R> CompletableFuture<R> write(@Nullable V value, long timeToLive, Condition condition,
			Function<Updated, R> result) {
		return this.session.expose(this.operations.write(value, timeToLive, condition).thenApply(result));
	}

	private static long millis(Duration timeToLive) {
		return Durations.positiveMillis(timeToLive, "timeToLive");
	}

}
