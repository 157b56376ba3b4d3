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

package io.github.atomixspring.spring.messaging;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.spring.messaging.RunningCalls.Call;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A container from a start to the next stop: registers the listener, as often as it
 * takes, and takes it back when the calls have ended.
 */
final class ListenerRun {

	private static final Log logger = LogFactory.getLog(ListenerRun.class);

	private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

	private final String listener;

	private final Function<ListenerRun, CompletableFuture<Registration>> registrar;

	private final RunningCalls calls = new RunningCalls();

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Registration registration;

	private boolean ended;

	private volatile @Nullable String problem;

	/**
	 * Creates a run.
	 * @param listener the listener, for the log
	 * @param registrar registers it
	 */
	ListenerRun(String listener, Function<ListenerRun, CompletableFuture<Registration>> registrar) {
		this.listener = listener;
		this.registrar = registrar;
	}

	/**
	 * Registers the listener without waiting. The request goes out before this returns,
	 * in the order of what this node does on its session.
	 */
	void open() {
		if (this.calls.isClosed()) {
			return;
		}
		register().whenComplete((registered, failure) -> {
			if (registered != null) {
				opened(registered);
			}
			else {
				failed(failure);
			}
		});
	}

	private CompletableFuture<Registration> register() {
		try {
			return this.registrar.apply(this);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void opened(Registration registered) {
		this.lock.lock();
		try {
			if (!this.ended) {
				this.registration = registered;
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		registered.close();
	}

	private void failed(Throwable failure) {
		if (this.calls.isClosed()) {
			return;
		}
		Throwable cause = AtomixException.unwrap(failure);
		String text = String.valueOf(cause.getMessage());
		if (!text.equals(this.problem)) {
			this.problem = text;
			logger.warn("Listener " + this.listener + " is not registered yet and goes on trying: " + text);
		}
		CompletableFuture.delayedExecutor(RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS).execute(this::open);
	}

	boolean isRegistered() {
		this.lock.lock();
		try {
			return this.registration != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Begins a call.
	 * @return the call, or null if the container stops
	 */
	@Nullable Call beginCall() {
		return this.calls.begin();
	}

	/**
	 * Ends when the running calls have.
	 * @param timeout the longest wait for them
	 * @return completes when it has ended
	 */
	CompletableFuture<Void> stop(Duration timeout) {
		return this.calls.close()
			.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((idle, late) -> close(late != null))
			.exceptionally((late) -> null);
	}

	private void close(boolean late) {
		if (late) {
			logger.warn("Listener " + this.listener + " still runs; stopping without waiting for it any longer");
		}
		Registration registered;
		this.lock.lock();
		try {
			this.ended = true;
			registered = this.registration;
			this.registration = null;
		}
		finally {
			this.lock.unlock();
		}
		if (registered != null) {
			registered.close();
		}
	}

}
