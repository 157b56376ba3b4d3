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
import java.util.concurrent.locks.ReentrantLock;

import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the containers have in common: they are started and stopped by users, and
 * suspended and resumed with the application.
 */
abstract class AbstractListenerContainer implements ListenerContainer {

	private final String id;

	private final String description;

	private final Duration shutdownTimeout;

	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * Whether it runs whenever the application does.
	 */
	private boolean wanted;

	private volatile @Nullable ListenerRun run;

	/**
	 * Creates a container that was not started.
	 * @param id the id
	 * @param source the topic or queue, for messages
	 * @param shutdownTimeout how long a stop waits for running calls
	 */
	AbstractListenerContainer(String id, String source, Duration shutdownTimeout) {
		Assert.hasText(id, "'id' must not be blank");
		this.id = id;
		this.description = "'" + id + "' of " + source;
		this.shutdownTimeout = shutdownTimeout;
	}

	/**
	 * Registers the listener with the cluster.
	 * @param run keeps count of the calls
	 * @return the registration
	 */
	abstract CompletableFuture<Registration> register(ListenerRun run);

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public boolean isRunning() {
		return this.run != null;
	}

	@Override
	public boolean isRegistered() {
		ListenerRun run = this.run;
		return run != null && run.isRegistered();
	}

	@Override
	public void start() {
		want(true);
		resume();
	}

	@Override
	public void stop() {
		want(false);
		suspend().join();
	}

	@Override
	public void stop(Runnable callback) {
		want(false);
		suspend().thenRun(callback);
	}

	/**
	 * Says whether it is to run whenever the application does.
	 * @param wanted whether it is
	 */
	void want(boolean wanted) {
		this.lock.lock();
		try {
			this.wanted = wanted;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Starts it if it is to run.
	 */
	void resume() {
		this.lock.lock();
		try {
			if (this.wanted && this.run == null) {
				ListenerRun started = new ListenerRun(this.description, this::register);
				this.run = started;
				started.open();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Stops it, until it is resumed.
	 * @return completes when it has stopped
	 */
	CompletableFuture<Void> suspend() {
		ListenerRun stopped;
		this.lock.lock();
		try {
			stopped = this.run;
			this.run = null;
		}
		finally {
			this.lock.unlock();
		}
		return (stopped != null) ? stopped.stop(this.shutdownTimeout) : CompletableFuture.completedFuture(null);
	}

	@Override
	public String toString() {
		return "Listener " + this.description;
	}

}
