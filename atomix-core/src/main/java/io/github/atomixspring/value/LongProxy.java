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
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.ObservedPrimitive;
import io.github.atomixspring.proxy.Participant;
import io.github.atomixspring.session.PrimitiveSession;

/**
 * A {@link DistributedLong} over the session of its node.
 */
final class LongProxy extends ObservedPrimitive<LongListener> implements DistributedLong {

	private final LongOperations operations;

	private final AsyncDistributedLong async;

	/**
	 * Creates a number.
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called when the instance is closed
	 */
	LongProxy(PrimitiveSession session, String name, LongOptions options, Runnable onClose) {
		super(session, PrimitiveType.LONG, name, onClose);
		this.operations = new LongOperations(id(), options, this::submit,
				(query, consistency) -> query(query, consistency, Result.Number.class));
		this.async = new AsyncLongProxy(this.operations, session, this::listen);
	}

	/**
	 * Opens the instance.
	 */
	void start() {
		open();
	}

	/**
	 * Returns this number for transactions.
	 * @return the participant
	 */
	Participant inTransaction() {
		return participant();
	}

	@Override
	public long get() {
		return get(this.operations.consistency());
	}

	@Override
	public long get(ReadConsistency consistency) {
		Objects.requireNonNull(consistency, "'consistency' must not be null");
		return session().await(this.operations.get(consistency));
	}

	@Override
	public void set(long value) {
		session().await(this.operations.set(value));
	}

	@Override
	public void set(long value, Duration timeToLive) {
		session().await(this.operations.set(value, timeToLive));
	}

	@Override
	public long getAndSet(long value) {
		return session().await(this.operations.set(value)).old();
	}

	@Override
	public boolean compareAndSet(long expected, long value) {
		return session().await(this.operations.compareAndSet(expected, value)).updated();
	}

	@Override
	public long addAndGet(long delta) {
		return session().await(this.operations.add(delta)).value();
	}

	@Override
	public long getAndAdd(long delta) {
		return session().await(this.operations.add(delta)).old();
	}

	@Override
	public long updateAndGet(LongUnaryOperator function) {
		return update(function).value();
	}

	@Override
	public long getAndUpdate(LongUnaryOperator function) {
		return update(function).old();
	}

	@Override
	public long accumulateAndGet(long value, LongBinaryOperator function) {
		Objects.requireNonNull(function, "'function' must not be null");
		return update((old) -> function.applyAsLong(old, value)).value();
	}

	@Override
	public long getAndAccumulate(long value, LongBinaryOperator function) {
		Objects.requireNonNull(function, "'function' must not be null");
		return update((old) -> function.applyAsLong(old, value)).old();
	}

	private LongMessages.Updated update(LongUnaryOperator function) {
		Objects.requireNonNull(function, "'function' must not be null");
		long old = get(ReadConsistency.LINEARIZABLE);
		while (true) {
			LongMessages.Updated outcome = session()
				.await(this.operations.compareAndSet(old, function.applyAsLong(old)));
			if (outcome.updated()) {
				return outcome;
			}
			old = outcome.old();
		}
	}

	@Override
	public Registration addListener(LongListener listener) {
		return session().await(listen(listener));
	}

	@Override
	public AsyncDistributedLong async() {
		return this.async;
	}

	@Override
	protected void changed(Event event) {
		if (event instanceof LongMessages.Changed changed) {
			publish(new LongEvent(name(), changed.reset() ? LongEvent.Type.EXPIRED : LongEvent.Type.UPDATED,
					changed.old(), changed.value(), changed.version()));
		}
	}

	@Override
	protected void resync() {
		publish(new LongEvent(name(), LongEvent.Type.RESYNC, 0, 0, 0));
	}

	private void publish(LongEvent event) {
		feed().publish((listener) -> listener.onEvent(event));
	}

}
