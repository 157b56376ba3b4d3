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

package io.github.atomixspring.spring.registration;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.Registration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Something the cluster is to know of this node for a while, such as a listener or a
 * member of a group: it is registered as often as it takes, without waiting, and taken
 * back at the end. All methods may be called from any thread.
 *
 * @param <T> the type of what is registered
 * @since 0.1.0
 */
public final class StandingRegistration<T> {

	private static final Log logger = LogFactory.getLog(StandingRegistration.class);

	private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

	private final String description;

	private final Supplier<CompletableFuture<T>> registrar;

	private final Function<T, CompletableFuture<Void>> release;

	private final CompletableFuture<T> registered = new CompletableFuture<>();

	private final CompletableFuture<Void> released = new CompletableFuture<>();

	private final ReentrantLock lock = new ReentrantLock();

	private boolean underWay;

	private boolean closed;

	private @Nullable T present;

	private @Nullable String problem;

	/**
	 * Creates a registration that is not made yet.
	 * @param description what is registered, for the log
	 * @param registrar asks the cluster to register it
	 * @param release takes it back
	 */
	public StandingRegistration(String description, Supplier<CompletableFuture<T>> registrar,
			Function<T, CompletableFuture<Void>> release) {
		Assert.notNull(description, "'description' must not be null");
		Assert.notNull(registrar, "'registrar' must not be null");
		Assert.notNull(release, "'release' must not be null");
		this.description = description;
		this.registrar = registrar;
		this.release = release;
	}

	/**
	 * Creates a registration of a listener that is not made yet.
	 * @param description what is registered, for the log
	 * @param registrar asks the cluster to register it
	 * @return the registration
	 */
	public static StandingRegistration<Registration> ofListener(String description,
			Supplier<CompletableFuture<Registration>> registrar) {
		return new StandingRegistration<>(description, registrar, (registration) -> {
			registration.close();
			return CompletableFuture.completedFuture(null);
		});
	}

	/**
	 * Begins to register. To be called once.
	 */
	public void open() {
		this.lock.lock();
		try {
			if (this.closed) {
				return;
			}
			this.underWay = true;
		}
		finally {
			this.lock.unlock();
		}
		register().whenComplete((result, failure) -> {
			if (failure == null) {
				succeeded(result);
			}
			else {
				failed(AtomixException.unwrap(failure));
			}
		});
	}

	private CompletableFuture<T> register() {
		try {
			return this.registrar.get();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void succeeded(T result) {
		boolean late;
		this.lock.lock();
		try {
			this.underWay = false;
			late = this.closed;
			if (!late) {
				this.present = result;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (late) {
			release(result);
		}
		else {
			this.registered.complete(result);
		}
	}

	private void failed(Throwable failure) {
		boolean again;
		this.lock.lock();
		try {
			this.underWay = false;
			again = !this.closed && !(failure instanceof PrimitiveClosedException);
			String text = String.valueOf(failure.getMessage());
			if (again && !text.equals(this.problem)) {
				this.problem = text;
				logger.warn(this.description + " is not registered yet and goes on trying: " + text);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (again) {
			CompletableFuture.delayedExecutor(RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS).execute(this::open);
		}
		else {
			this.released.complete(null);
		}
	}

	/**
	 * Returns what is registered, as soon as it is.
	 * @return completes when it is registered; never, if it is closed before
	 */
	public CompletableFuture<T> registered() {
		return this.registered.copy();
	}

	/**
	 * Returns whether it was registered.
	 * @return whether it was, also if it is closed by now
	 */
	public boolean isRegistered() {
		return this.registered.isDone();
	}

	/**
	 * Takes it back, also if it is only about to be registered. Closing twice does
	 * nothing.
	 * @return completes when the cluster knows, or never knew of it; exceptionally if it
	 * could not be told
	 */
	public CompletableFuture<Void> close() {
		T registration;
		this.lock.lock();
		try {
			if (this.closed) {
				return this.released.copy();
			}
			this.closed = true;
			registration = this.present;
			this.present = null;
			if (registration == null && !this.underWay) {
				this.released.complete(null);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (registration != null) {
			release(registration);
		}
		return this.released.copy();
	}

	private void release(T registration) {
		this.release.apply(registration).whenComplete((nothing, failure) -> {
			if (failure == null) {
				this.released.complete(null);
			}
			else {
				this.released.completeExceptionally(failure);
			}
		});
	}

	@Override
	public String toString() {
		return this.description;
	}

}
