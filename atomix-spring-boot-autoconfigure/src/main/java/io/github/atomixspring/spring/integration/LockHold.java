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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.lock.LockLostException;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.TaskScheduler;
import org.springframework.util.Assert;

/**
 * What a thread holds, from the first acquisition to the last release. Only the time to
 * live concerns other threads.
 */
final class LockHold {

	/**
	 * Longer ones count as this one.
	 */
	private static final Duration MAX_TIME_TO_LIVE = Duration.ofDays(36_500);

	private static final int RENEWALS_PER_TIME_TO_LIVE = 3;

	private final DistributedLock lock;

	private final LockHandle handle;

	private final @Nullable TaskScheduler renewals;

	private final Thread owner = Thread.currentThread();

	private int entries = 1;

	private @Nullable Duration timeToLive;

	private long deadline;

	private boolean ended;

	private boolean expired;

	private @Nullable Future<?> timer;

	private @Nullable Future<?> renewal;

	private LockHold(DistributedLock lock, LockHandle handle, @Nullable TaskScheduler renewals) {
		this.lock = lock;
		this.handle = handle;
		this.renewals = renewals;
	}

	/**
	 * Begins a hold of the calling thread.
	 * @param lock the lock
	 * @param handle the handle
	 * @param timeToLive the time to live, or null
	 * @param renewals renews the time to live, or null
	 * @return the hold
	 */
	static LockHold begin(DistributedLock lock, LockHandle handle, @Nullable Duration timeToLive,
			@Nullable TaskScheduler renewals) {
		LockHold hold = new LockHold(lock, handle, renewals);
		boolean begun = false;
		try {
			hold.renew(timeToLive);
			begun = true;
			return hold;
		}
		finally {
			if (!begun) {
				hold.release();
			}
		}
	}

	/**
	 * Checks a time to live.
	 * @param timeToLive the time to live
	 * @return the time to live, within what clocks can count
	 */
	static Duration checked(Duration timeToLive) {
		Assert.notNull(timeToLive, "The time to live must not be null");
		Assert.isTrue(!timeToLive.isNegative() && !timeToLive.isZero(),
				() -> "The time to live must be positive, not " + timeToLive);
		return (timeToLive.compareTo(MAX_TIME_TO_LIVE) > 0) ? MAX_TIME_TO_LIVE : timeToLive;
	}

	DistributedLock lock() {
		return this.lock;
	}

	long fencingToken() {
		return this.handle.fencingToken();
	}

	/**
	 * Acquires once more.
	 * @param atLeast the least time to live from now on, or null
	 * @return whether it is held; if not, nothing was done
	 */
	synchronized boolean enter(@Nullable Duration atLeast) {
		if (!isHeld()) {
			return false;
		}
		this.entries++;
		if (atLeast != null && this.timeToLive != null && System.nanoTime() + atLeast.toNanos() - this.deadline > 0) {
			count(atLeast);
		}
		return true;
	}

	/**
	 * Releases once.
	 * @return whether this was the last time
	 */
	synchronized boolean leave() {
		return --this.entries == 0;
	}

	/**
	 * Returns whether this node can vouch for the hold now.
	 * @return whether it is held
	 */
	synchronized boolean isHeld() {
		if (!this.ended && this.timeToLive != null && System.nanoTime() - this.deadline >= 0) {
			expire();
		}
		return !this.ended && this.handle.isHeld();
	}

	/**
	 * Begins the time to live anew.
	 * @param newTimeToLive the new one, or null for that which it has
	 * @return whether it is held; if not, nothing was done
	 */
	synchronized boolean renew(@Nullable Duration newTimeToLive) {
		if (!isHeld()) {
			return false;
		}
		Duration chosen = (newTimeToLive != null) ? newTimeToLive : this.timeToLive;
		if (chosen != null) {
			count(chosen);
		}
		return true;
	}

	/**
	 * Gives the lock back.
	 * @return completes when the cluster has taken it; fails with
	 * {@link LockLostException} if it was lost before
	 */
	synchronized CompletableFuture<Void> release() {
		if (this.expired) {
			return CompletableFuture.failedFuture(lost());
		}
		end();
		return this.handle.unlock();
	}

	synchronized LockLostException lost() {
		return new LockLostException(this.handle
				+ ((this.expired) ? ": its time to live has run out" : ": this node cannot vouch for it any more"));
	}

	private void count(Duration chosen) {
		boolean changed = !chosen.equals(this.timeToLive);
		this.timeToLive = chosen;
		this.deadline = System.nanoTime() + chosen.toNanos();
		cancel(this.timer);
		CompletableFuture<Void> alarm = new CompletableFuture<Void>().completeOnTimeout(null, chosen.toNanos(),
				TimeUnit.NANOSECONDS);
		alarm.thenRunAsync(this::isHeld);
		this.timer = alarm;
		if (changed && this.renewals != null) {
			cancel(this.renewal);
			Duration delay = chosen.dividedBy(RENEWALS_PER_TIME_TO_LIVE).plusNanos(1);
			this.renewal = this.renewals.scheduleWithFixedDelay(this::renewForOwner, delay);
		}
	}

	private synchronized void renewForOwner() {
		// Nobody will release the lock of a thread that has ended.
		if (!this.owner.isAlive() || !renew(null)) {
			cancel(this.renewal);
		}
	}

	private void expire() {
		this.expired = true;
		end();
		this.handle.unlock();
	}

	private void end() {
		this.ended = true;
		cancel(this.timer);
		cancel(this.renewal);
	}

	private static void cancel(@Nullable Future<?> task) {
		if (task != null) {
			task.cancel(false);
		}
	}

}
