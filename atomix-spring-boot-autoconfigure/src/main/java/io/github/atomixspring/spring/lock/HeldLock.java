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

package io.github.atomixspring.spring.lock;

import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.lock.LockLostException;
import io.github.atomixspring.lock.Locks;
import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;

/**
 * The lock under which work runs: one grant of one lock.
 * <p>
 * A parameter of this type of a method with
 * {@link io.github.atomixspring.spring.annotation.Locked @Locked} is filled in, whatever
 * the caller passes. Where a method cannot have parameters, as with {@code @Scheduled},
 * {@link #current()} returns the same. Long work calls {@link #ensureHeld()} between its
 * steps and passes {@link #fencingToken()} on. All methods may be called by any thread.
 *
 * @since 0.1.0
 */
public final class HeldLock {

	private static final ThreadLocal<@Nullable HeldLock> current = new ThreadLocal<>();

	private final String name;

	private final long fencingToken;

	private final BooleanSupplier hold;

	private HeldLock(String name, long fencingToken, BooleanSupplier hold) {
		this.name = name;
		this.fencingToken = fencingToken;
		this.hold = hold;
	}

	/**
	 * Returns what the calling thread holds.
	 * @param lock a lock that the calling thread holds
	 * @return the held lock
	 * @throws LockLostException if it was lost in the meantime
	 */
	public static HeldLock of(DistributedLock lock) {
		return new HeldLock(lock.name(), lock.fencingToken(), Locks.hold(lock));
	}

	/**
	 * Returns what is held through a handle.
	 * @param name the name of the lock
	 * @param handle the handle
	 * @return the held lock
	 * @throws LockLostException if it was lost in the meantime
	 */
	public static HeldLock of(String name, LockHandle handle) {
		HeldLock held = new HeldLock(name, handle.fencingToken(), handle::isHeld);
		held.ensureHeld();
		return held;
	}

	/**
	 * Returns the lock under which the calling thread runs, the innermost if there are
	 * several.
	 * @return the lock, or empty outside of a call that was let through under one
	 */
	public static Optional<HeldLock> current() {
		return Optional.ofNullable(current.get());
	}

	/**
	 * Returns the name of the lock.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the fencing token, which is greater than that of every earlier grant of
	 * this name: a resource that must never see two holders rejects a smaller one.
	 * @return the token
	 */
	public long fencingToken() {
		return this.fencingToken;
	}

	/**
	 * Returns whether the lock is still held and this node can vouch for it now, by its
	 * own clock. Does not ask the cluster.
	 * @return whether it is held
	 */
	public boolean isHeld() {
		return this.hold.getAsBoolean();
	}

	/**
	 * Checks that the lock is still held.
	 * @throws LockLostException if it was lost or released
	 */
	public void ensureHeld() {
		if (!isHeld()) {
			throw new LockLostException("Lock '" + this.name + "', fencing token " + this.fencingToken
					+ ": is not held any more, stop what it allowed");
		}
	}

	/**
	 * Makes this the {@linkplain #current() current} lock of the calling thread, for
	 * instance in a thread to which the work was handed on. This does not prolong the
	 * hold.
	 * @return closes to restore what was current before; to be closed by the same thread
	 */
	public Registration bind() {
		HeldLock previous = current.get();
		current.set(this);
		return () -> {
			if (previous != null) {
				current.set(previous);
			}
			else {
				current.remove();
			}
		};
	}

	@Override
	public String toString() {
		return "HeldLock[name=" + this.name + ", fencingToken=" + this.fencingToken + "]";
	}

}
