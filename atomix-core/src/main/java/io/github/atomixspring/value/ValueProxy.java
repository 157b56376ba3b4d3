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
import java.util.function.UnaryOperator;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.Versioned;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.ValueMessages;
import io.github.atomixspring.proxy.Durations;
import io.github.atomixspring.proxy.ObservedPrimitive;
import io.github.atomixspring.proxy.TransactionalCells;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.value.ValueOperations.Change;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DistributedValue} over the session of its node.
 *
 * @param <V> the type of the value
 */
final class ValueProxy<V> extends ObservedPrimitive<ValueListener<V>>
		implements DistributedValue<V>, ValueOperations.Lane {

	private final ValueOperations<V> operations;

	private final AsyncDistributedValue<V> async;

	/**
	 * Creates a value.
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called when the instance is closed
	 */
	ValueProxy(PrimitiveSession session, String name, ValueOptions<V> options, Runnable onClose) {
		super(session, PrimitiveType.VALUE, name, onClose);
		this.operations = new ValueOperations<>(id(), options, this);
		this.async = new AsyncValueProxy<>(this.operations, session, this::listen);
	}

	/**
	 * Opens the instance.
	 */
	void start() {
		open();
	}

	/**
	 * Returns the one cell of this value for transactions.
	 * @return the cell, whose key does not matter
	 */
	TransactionalCells<String, V> cells() {
		return new TransactionalCells<>(participant(), (key) -> new byte[0], this.operations.encoding(),
				(keys) -> new ValueMessages.Get(id()),
				(key, value, timeToLive) -> new ValueMessages.Update(id(), value, timeToLive, Condition.always()));
	}

	@Override
	public CompletableFuture<Result.Updated> submit(Command command) {
		return submit(command, Result.Updated.class);
	}

	@Override
	public CompletableFuture<Result.Entries> query(Query query, ReadConsistency consistency) {
		return query(query, consistency, Result.Entries.class);
	}

	@Override
	public @Nullable V get() {
		return get(this.operations.consistency());
	}

	@Override
	public @Nullable V get(ReadConsistency consistency) {
		Objects.requireNonNull(consistency, "'consistency' must not be null");
		return session().await(this.operations.get(consistency)).map(Versioned::value).orElse(null);
	}

	@Override
	public Optional<Versioned<V>> getVersioned() {
		return getVersioned(this.operations.consistency());
	}

	@Override
	public Optional<Versioned<V>> getVersioned(ReadConsistency consistency) {
		Objects.requireNonNull(consistency, "'consistency' must not be null");
		return session().await(this.operations.get(consistency));
	}

	@Override
	public void set(@Nullable V value) {
		write(value, 0, Condition.always());
	}

	@Override
	public void set(V value, Duration timeToLive) {
		Objects.requireNonNull(value, "'value' must not be null");
		write(value, Durations.positiveMillis(timeToLive, "timeToLive"), Condition.always());
	}

	@Override
	public @Nullable V getAndSet(@Nullable V value) {
		return this.operations.old(write(value, 0, Condition.always()));
	}

	@Override
	public boolean compareAndSet(@Nullable V expected, @Nullable V value) {
		return write(value, 0, this.operations.valueIs(expected)).updated();
	}

	@Override
	public boolean compareAndSet(@Nullable V expected, V value, Duration timeToLive) {
		Objects.requireNonNull(value, "'value' must not be null");
		long millis = Durations.positiveMillis(timeToLive, "timeToLive");
		return write(value, millis, this.operations.valueIs(expected)).updated();
	}

	@Override
	public boolean setIfVersion(long version, @Nullable V value) {
		return write(value, 0, Condition.version(version)).updated();
	}

	private Result.Updated write(@Nullable V value, long timeToLive, Condition condition) {
		return session().await(this.operations.write(value, timeToLive, condition));
	}

	@Override
	public @Nullable V updateAndGet(UnaryOperator<@Nullable V> function) {
		return update(function).after();
	}

	@Override
	public @Nullable V getAndUpdate(UnaryOperator<@Nullable V> function) {
		return update(function).before();
	}

	@Override
	public @Nullable V accumulateAndGet(V value, BinaryOperator<@Nullable V> function) {
		Objects.requireNonNull(function, "'function' must not be null");
		return update((old) -> function.apply(old, value)).after();
	}

	@Override
	public @Nullable V getAndAccumulate(V value, BinaryOperator<@Nullable V> function) {
		Objects.requireNonNull(function, "'function' must not be null");
		return update((old) -> function.apply(old, value)).before();
	}

	private Change<V> update(UnaryOperator<@Nullable V> function) {
		Objects.requireNonNull(function, "'function' must not be null");
		Optional<Versioned<V>> current = getVersioned(ReadConsistency.LINEARIZABLE);
		V old = current.map(Versioned::value).orElse(null);
		long version = current.map(Versioned::version).orElse(0L);
		while (true) {
			V value = function.apply(old);
			if (old == null && value == null) {
				return new Change<>(null, null);
			}
			Result.Updated outcome = write(value, 0, Condition.version(version));
			if (outcome.updated()) {
				return new Change<>(old, value);
			}
			old = this.operations.old(outcome);
			version = outcome.oldVersion();
		}
	}

	@Override
	public Registration addListener(ValueListener<V> listener) {
		return session().await(listen(listener));
	}

	@Override
	public AsyncDistributedValue<V> async() {
		return this.async;
	}

	@Override
	protected void changed(Event event) {
		if (event instanceof Event.EntryChanged changed) {
			// Decoded by the listener's own executor: codecs are code of users.
			feed().publish((listener) -> listener.onEvent(toEvent(changed)));
		}
	}

	private ValueEvent<V> toEvent(Event.EntryChanged changed) {
		ValueEvent.Type type = switch (changed.kind()) {
			case Event.EntryChanged.WRITTEN -> ValueEvent.Type.UPDATED;
			case Event.EntryChanged.EXPIRED -> ValueEvent.Type.EXPIRED;
			default -> ValueEvent.Type.REMOVED;
		};
		return new ValueEvent<>(name(), type, this.operations.encoding().decodeNullable(changed.old()),
				this.operations.encoding().decodeNullable(changed.value()), changed.version());
	}

	@Override
	protected void resync() {
		ValueEvent<V> event = new ValueEvent<>(name(), ValueEvent.Type.RESYNC, null, null, 0);
		feed().publish((listener) -> listener.onEvent(event));
	}

}
