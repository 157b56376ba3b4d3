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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.atomixspring.Atomix;
import org.jspecify.annotations.Nullable;

import org.springframework.integration.support.locks.DistributedLock;
import org.springframework.integration.support.locks.ExpirableLockRegistry;
import org.springframework.integration.support.locks.RenewableLockRegistry;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.util.Assert;

/**
 * A registry of locks across the cluster.
 * <p>
 * The lock of a key is the distributed lock whose name is the prefix of the registry and
 * the key, which must be a string. A key for which that name would be too long is
 * shortened by its digest. Locks whose names begin with the prefix should be used through
 * registries only.
 * <p>
 * <b>Time to live.</b> By default a lock is held until it is released or the session of
 * the node ends. A time to live bounds how long a thread that is stuck keeps others out.
 * This node counts it from the moment at which it got the lock and gives the lock back
 * when it has run out; the holder is told when it unlocks. A node that has died needs no
 * time to live: the cluster gives its locks to others when its session has timed out, be
 * the time to live shorter or longer than that. Acquiring a lock again that the thread
 * holds prolongs its time to live if need be, and never shortens it.
 * <p>
 * Nothing is kept of a lock that nobody on this node holds or waits for. Whoever kept the
 * lock that was obtained can go on using it.
 *
 * @since 0.1.0
 */
public class AtomixLockRegistry
		implements ExpirableLockRegistry<DistributedLock>, RenewableLockRegistry<DistributedLock> {

	/**
	 * The prefix of the names of locks, unless another is given.
	 */
	public static final String DEFAULT_PREFIX = "integration:";

	/**
	 * The greatest length of a prefix: it must leave room for keys.
	 */
	public static final int MAX_PREFIX_LENGTH = 128;

	private final Atomix atomix;

	private final String prefix;

	private final @Nullable Duration timeToLive;

	/** What the threads of this node hold. */
	private final Map<RegistryLock.Owner, LockHold> holds = new ConcurrentHashMap<>();

	private volatile @Nullable TaskScheduler renewalTaskScheduler;

	/**
	 * Creates a registry with the default prefix whose locks have no time to live.
	 * @param atomix the node
	 */
	public AtomixLockRegistry(Atomix atomix) {
		this(atomix, DEFAULT_PREFIX, null);
	}

	/**
	 * Creates a registry.
	 * @param atomix the node
	 * @param prefix the prefix of the names of the locks, at most
	 * {@value #MAX_PREFIX_LENGTH} characters
	 * @param timeToLive the longest time a lock is held that is acquired without one,
	 * positive, or null for no limit
	 */
	public AtomixLockRegistry(Atomix atomix, String prefix, @Nullable Duration timeToLive) {
		Assert.notNull(atomix, "'atomix' must not be null");
		Assert.notNull(prefix, "'prefix' must not be null");
		Assert.isTrue(prefix.length() <= MAX_PREFIX_LENGTH,
				() -> "'prefix' must have at most " + MAX_PREFIX_LENGTH + " characters, not " + prefix.length());
		this.atomix = atomix;
		this.prefix = prefix;
		this.timeToLive = (timeToLive != null) ? LockHold.checked(timeToLive) : null;
	}

	/**
	 * Returns the lock of a key. Locks of the same key are equal, and what a thread holds
	 * through one of them it holds through all.
	 * @param lockKey the key, a string
	 * @return the lock
	 */
	@Override
	public AtomixLock obtain(Object lockKey) {
		return lock(lockKey);
	}

	private RegistryLock lock(Object lockKey) {
		return new RegistryLock(this, LockNames.of(this.prefix, lockKey));
	}

	/**
	 * Begins the time to live of a lock anew, that with which it was acquired or renewed
	 * last. Does not ask the cluster.
	 * @param lockKey the key
	 * @throws IllegalMonitorStateException if the calling thread does not hold the lock
	 * @throws java.util.ConcurrentModificationException if it held the lock and lost it
	 */
	@Override
	public void renewLock(Object lockKey) {
		lock(lockKey).renew(null);
	}

	/**
	 * Gives a lock a time to live that begins now. Does not ask the cluster.
	 * @param lockKey the key
	 * @param ttl the time to live, positive
	 * @throws IllegalMonitorStateException if the calling thread does not hold the lock
	 * @throws java.util.ConcurrentModificationException if it held the lock and lost it
	 */
	@Override
	public void renewLock(Object lockKey, Duration ttl) {
		lock(lockKey).renew(LockHold.checked(ttl));
	}

	/**
	 * Sets what renews locks with a time to live, each three times within it, for as long
	 * as its thread lives. Locks without one need no renewal. Concerns locks that are
	 * acquired afterwards.
	 * @param renewalTaskScheduler the scheduler
	 */
	@Override
	public void setRenewalTaskScheduler(TaskScheduler renewalTaskScheduler) {
		Assert.notNull(renewalTaskScheduler, "'renewalTaskScheduler' must not be null");
		this.renewalTaskScheduler = renewalTaskScheduler;
	}

	/**
	 * Does nothing: this registry keeps no locks that are not used, however young.
	 * @param age the age in milliseconds
	 */
	@Override
	public void expireUnusedOlderThan(long age) {
		// There are none.
	}

	Atomix atomix() {
		return this.atomix;
	}

	@Nullable Duration timeToLive() {
		return this.timeToLive;
	}

	@Nullable TaskScheduler renewalTaskScheduler() {
		return this.renewalTaskScheduler;
	}

	Map<RegistryLock.Owner, LockHold> holds() {
		return this.holds;
	}

	@Override
	public String toString() {
		return "AtomixLockRegistry[prefix=" + this.prefix + ", timeToLive=" + this.timeToLive + "]";
	}

}
