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

package io.github.atomixspring.spring.integration;

import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.lock.LockLostException;
import io.github.atomixspring.lock.Locks;
import io.github.atomixspring.lock.NotLockOwnerException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The lock of a name. It has no state: what threads hold is kept by the registry. It is
 * acquired by the asynchronous face because any thread may give a handle back, as when a
 * time to live has run out.
 */
final class RegistryLock implements AtomixLock {

	private final AtomixLockRegistry registry;

	private final String name;

	RegistryLock(AtomixLockRegistry registry, String name) {
		this.registry = registry;
		this.name = name;
	}

	@Override
	public void lock() {
		acquire(LockRequest.UNLIMITED, Wait.UNINTERRUPTIBLE, this.registry.timeToLive());
	}

	@Override
	public void lock(Duration ttl) {
		acquire(LockRequest.UNLIMITED, Wait.UNINTERRUPTIBLE, LockHold.checked(ttl));
	}

	@Override
	public void lockInterruptibly() throws InterruptedException {
		checkInterrupt();
		acquire(LockRequest.UNLIMITED, Wait.INTERRUPTIBLE, this.registry.timeToLive());
	}

	@Override
	public boolean tryLock() {
		return acquire(LockRequest.IMMEDIATE, Wait.UNINTERRUPTIBLE, this.registry.timeToLive());
	}

	@Override
	public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
		checkInterrupt();
		return acquire(LockRequest.within(Duration.ofNanos(unit.toNanos(time))), Wait.INTERRUPTIBLE,
				this.registry.timeToLive());
	}

	@Override
	public boolean tryLock(Duration waitTime, Duration ttl) throws InterruptedException {
		Assert.notNull(waitTime, "'waitTime' must not be null");
		Duration timeToLive = LockHold.checked(ttl);
		checkInterrupt();
		return acquire(LockRequest.within(waitTime), Wait.INTERRUPTIBLE, timeToLive);
	}

	private <E extends Exception> boolean acquire(LockRequest<?> request, Wait<E> wait, @Nullable Duration timeToLive)
			throws E {
		LockHold present = this.registry.holds().get(owner());
		if (present != null) {
			if (!present.enter(timeToLive)) {
				throw lost(present.lost());
			}
			return true;
		}
		while (true) {
			DistributedLock lock = this.registry.atomix().lock(this.name);
			boolean acquired = false;
			try {
				Optional<LockHandle> handle = request.perform(lock.async(), wait);
				if (handle.isPresent()) {
					begin(lock, handle.get(), timeToLive);
					acquired = true;
				}
				return acquired;
			}
			catch (PrimitiveClosedException ex) {
				// It was closed because nobody used it just then; or the node was
				// stopped.
				if (this.registry.atomix().lock(this.name) == lock) {
					throw ex;
				}
			}
			finally {
				if (!acquired) {
					Locks.closeIfUnused(lock);
				}
			}
		}
	}

	private void begin(DistributedLock lock, LockHandle handle, @Nullable Duration timeToLive) {
		this.registry.holds()
			.put(owner(), LockHold.begin(lock, handle, timeToLive, this.registry.renewalTaskScheduler()));
	}

	@Override
	public void unlock() {
		LockHold hold = requireHold();
		if (!hold.leave()) {
			if (!hold.isHeld()) {
				throw lost(hold.lost());
			}
			return;
		}
		this.registry.holds().remove(owner());
		try {
			Wait.UNINTERRUPTIBLE.on(hold.release());
		}
		catch (LockLostException ex) {
			throw lost(ex);
		}
		finally {
			Locks.closeIfUnused(hold.lock());
		}
	}

	/**
	 * Begins the time to live of what the calling thread holds anew.
	 * @param timeToLive the new time to live, or null for the present one
	 */
	void renew(@Nullable Duration timeToLive) {
		LockHold hold = requireHold();
		if (!hold.renew(timeToLive)) {
			throw lost(hold.lost());
		}
	}

	@Override
	public long fencingToken() {
		LockHold hold = requireHold();
		if (!hold.isHeld()) {
			throw lost(hold.lost());
		}
		return hold.fencingToken();
	}

	@Override
	public boolean isHeldByCurrentThread() {
		LockHold hold = this.registry.holds().get(owner());
		return hold != null && hold.isHeld();
	}

	@Override
	public Condition newCondition() {
		throw new UnsupportedOperationException("A distributed lock has no conditions");
	}

	private LockHold requireHold() {
		LockHold hold = this.registry.holds().get(owner());
		if (hold == null) {
			throw new NotLockOwnerException("Lock '" + this.name + "' is not held by the thread '"
					+ Thread.currentThread().getName() + "' through " + this.registry);
		}
		return hold;
	}

	private Owner owner() {
		return new Owner(this.name, Thread.currentThread());
	}

	private static ConcurrentModificationException lost(LockLostException cause) {
		return new ConcurrentModificationException(
				cause.getMessage() + ". The integrity of data protected by this lock may have been compromised", cause);
	}

	private static void checkInterrupt() throws InterruptedException {
		if (Thread.interrupted()) {
			throw new InterruptedException();
		}
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof RegistryLock lock && lock.registry == this.registry && lock.name.equals(this.name);
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

	@Override
	public String toString() {
		return "AtomixLock[name=" + this.name + "]";
	}

	/**
	 * Who holds a lock.
	 *
	 * @param lock the name of the lock
	 * @param thread the thread
	 */
	record Owner(String lock, Thread thread) {

	}

}
