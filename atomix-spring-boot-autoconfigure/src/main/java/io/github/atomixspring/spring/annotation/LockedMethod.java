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

package io.github.atomixspring.spring.annotation;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.lock.AsyncDistributedLock;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.lock.LockLostException;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.spring.lock.HeldLock;
import io.github.atomixspring.spring.lock.LockNotAcquiredException;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * A method that runs only under a lock.
 *
 * @param guarded the method
 * @param name the name of the lock
 * @param maxWait the longest wait
 * @param lease the longest time it is held, or null
 */
record LockedMethod(GuardedMethod<Locked> guarded, LockName name, Duration maxWait, @Nullable Duration lease) {

	private static final Log logger = LogFactory.getLog(LockedMethod.class);

	/**
	 * Calls the method with the lock held by the calling thread.
	 * @param invocation the call
	 * @param lock the lock
	 * @return what the caller gets
	 * @throws Throwable what the caller gets
	 */
	@Nullable Object invoke(MethodInvocation invocation, DistributedLock lock) throws Throwable {
		if (!acquire(lock)) {
			return this.guarded.reject(notAcquired(lock.name()));
		}
		Object result;
		try {
			HeldLock held = HeldLock.of(lock);
			this.guarded.fill(invocation, held);
			try (Registration binding = held.bind()) {
				result = invocation.proceed();
			}
		}
		catch (Throwable ex) {
			releaseAfter(ex, lock);
			throw ex;
		}
		release(lock);
		return result;
	}

	private boolean acquire(DistributedLock lock) throws InterruptedException {
		try {
			return (this.lease != null) ? lock.tryLock(this.maxWait, this.lease) : lock.tryLock(this.maxWait);
		}
		catch (InterruptedException ex) {
			if (declaresInterruption()) {
				throw ex;
			}
			throw interrupted(lock.name(), ex);
		}
	}

	private boolean declaresInterruption() {
		return Arrays.stream(this.guarded.method().getExceptionTypes())
			.anyMatch((type) -> type.isAssignableFrom(InterruptedException.class));
	}

	private void releaseAfter(Throwable failure, DistributedLock lock) {
		try {
			release(lock);
		}
		catch (RuntimeException ex) {
			if (ex != failure) {
				failure.addSuppressed(ex);
			}
		}
	}

	private void release(DistributedLock lock) {
		try {
			lock.unlock();
		}
		catch (AtomixException ex) {
			unreleased(lock.name(), ex);
		}
	}

	/**
	 * Asks for the lock without waiting.
	 * @param lock the lock
	 * @return the handle, or empty if the time ran out
	 */
	CompletableFuture<Optional<LockHandle>> acquire(AsyncDistributedLock lock) {
		return (this.lease != null) ? lock.tryLock(this.maxWait, this.lease) : lock.tryLock(this.maxWait);
	}

	/**
	 * Releases the lock without waiting.
	 * @param lock the name of the lock
	 * @param handle the handle
	 * @return completes when it is released; fails if it was lost before
	 */
	CompletableFuture<Void> release(String lock, LockHandle handle) {
		return handle.unlock().exceptionally((failure) -> {
			Throwable ex = AtomixException.unwrap(failure);
			if (ex instanceof AtomixException unconfirmed) {
				unreleased(lock, unconfirmed);
				return null;
			}
			throw (ex instanceof RuntimeException lost) ? lost : new IllegalStateException(ex);
		});
	}

	private static void unreleased(String lock, AtomixException ex) {
		if (ex instanceof PrimitiveClosedException) {
			throw new LockLostException("Lock '" + lock + "': was lost because this instance or the node was closed");
		}
		logger.warn("Release of lock '" + lock + "' is not confirmed and goes on in the background: " + ex);
	}

	LockNotAcquiredException notAcquired(String lock) {
		String wait = (this.maxWait.isZero()) ? ""
				: " within " + DurationFormatterUtils.print(this.maxWait, DurationFormat.Style.COMPOSITE);
		return new LockNotAcquiredException("Method " + this.guarded.name() + " runs only under the lock '" + lock
				+ "', which was not free" + wait);
	}

	/**
	 * Keeps the interrupt of the calling thread and says what it ended.
	 * @param lock the name of the lock
	 * @param ex the interrupt
	 * @return the exception for the caller
	 */
	LockNotAcquiredException interrupted(String lock, InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new LockNotAcquiredException("Method " + this.guarded.name() + " was not called: the wait for the lock '"
				+ lock + "' was interrupted", ex);
	}

}
