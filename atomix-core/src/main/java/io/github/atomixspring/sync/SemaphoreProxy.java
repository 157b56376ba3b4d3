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

package io.github.atomixspring.sync;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.SemaphoreMessages;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.proxy.AbstractPrimitive;
import io.github.atomixspring.proxy.CreationGate;
import io.github.atomixspring.proxy.Durations;
import io.github.atomixspring.proxy.ListenerSet;
import io.github.atomixspring.proxy.Wait;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;

/**
 * A semaphore over the session of its node, for both of its faces.
 */
final class SemaphoreProxy extends AbstractPrimitive {

	private final CreationGate gate;

	private final Permits permits;

	private final ListenerSet<PermitsLostListener> listeners;

	/**
	 * Creates a semaphore.
	 * @param session the session of the node
	 * @param name the name
	 * @param permits how many permits there are at first
	 * @param onClose called when the instance is closed
	 */
	SemaphoreProxy(PrimitiveSession session, String name, int permits, Runnable onClose) {
		super(session, PrimitiveType.SEMAPHORE, name, onClose);
		this.gate = new CreationGate(session, id(), List.of(new Setting(Setting.PERMITS, Integer.toString(permits))));
		this.listeners = new ListenerSet<>(session::newSerialExecutor, "semaphore '" + name + "'");
		this.permits = new Permits(session, id(), mailbox(), this.gate,
				(lost) -> this.listeners.forEach((listener) -> listener.onLost(name, lost)));
	}

	/**
	 * Opens the instance.
	 */
	void start() {
		open();
		mailbox().execute(() -> this.permits.onStart(session().id()));
	}

	/**
	 * Returns the session of the node.
	 * @return the session
	 */
	PrimitiveSession node() {
		return session();
	}

	/**
	 * Returns the acquisitions of this instance and what they hold.
	 * @return the permits
	 */
	Permits permits() {
		return this.permits;
	}

	/**
	 * Starts an acquisition that waits for a limited time.
	 * @param count how many permits
	 * @param timeout the time; without any it does not wait
	 * @return the acquisition
	 */
	Wait<Holding> begin(int count, Duration timeout) {
		boolean queue = !timeout.isNegative() && !timeout.isZero();
		Wait<Holding> acquisition = this.permits.begin(count, queue);
		if (queue) {
			this.permits.waits().limit(acquisition, Durations.bounded(timeout));
		}
		return acquisition;
	}

	/**
	 * Changes the number of permits.
	 * @param change how many more, negative for less
	 * @return how many there are now
	 */
	CompletableFuture<Integer> resize(int change) {
		return pass(() -> submit(new SemaphoreMessages.Resize(id(), change), Result.Number.class))
			.thenApply((total) -> (int) total.value());
	}

	/**
	 * Reads a number, linearizably.
	 * @param number which one
	 * @return the number
	 */
	CompletableFuture<Integer> info(ToIntFunction<SemaphoreMessages.State> number) {
		return pass(() -> query(new SemaphoreMessages.Info(id(), 0), ReadConsistency.LINEARIZABLE,
				SemaphoreMessages.State.class))
			.thenApply(number::applyAsInt);
	}

	private <T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> operation) {
		return isClosed() ? CompletableFuture.failedFuture(closedException()) : this.gate.pass(operation);
	}

	Registration addLostListener(PermitsLostListener listener) {
		checkOpen();
		return this.listeners.add(listener);
	}

	/**
	 * Checks the number of permits of an operation.
	 * @param count the number
	 * @param least the least number
	 * @param name the name of the parameter
	 * @return the number
	 */
	static int check(int count, int least, String name) {
		if (count < least) {
			throw new IllegalArgumentException("'" + name + "' must be at least " + least + ", not " + count);
		}
		return count;
	}

	/**
	 * Fails if this instance was closed.
	 */
	void requireOpen() {
		checkOpen();
	}

	@Override
	protected void handle(Event event) {
		this.permits.onEvent(event);
	}

	@Override
	protected void handle(long id, SessionState state) {
		this.permits.onState(id, state);
	}

	@Override
	protected void release() {
		this.permits.close(closedException());
		this.listeners.clear();
	}

}
