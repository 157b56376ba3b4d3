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

package io.github.atomixspring.lock;

import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;

/**
 * The wish of one owner to get a lock. It is put to the cluster under a number, and under
 * a new number after the session was replaced or the lock destroyed. All but the outcome
 * is touched in the mailbox only.
 */
final class Acquisition {

	private final boolean queue;

	private final long lease;

	private final CompletableFuture<@Nullable Grant> outcome;

	private long number;

	private long notGrantedBefore;

	private boolean queued;

	/**
	 * How many commands with the present number are not answered.
	 */
	private int asked;

	private @Nullable Registration timer;

	/**
	 * Creates an acquisition.
	 * @param queue whether it waits if another holds the lock
	 * @param lease the lease in milliseconds, or zero
	 * @param outcome takes the outcome
	 */
	Acquisition(boolean queue, long lease, CompletableFuture<@Nullable Grant> outcome) {
		this.queue = queue;
		this.lease = lease;
		this.outcome = outcome;
	}

	boolean queue() {
		return this.queue;
	}

	long lease() {
		return this.lease;
	}

	/**
	 * Returns the outcome.
	 * @return the grant, or null if the lock was refused or the time ran out
	 */
	CompletableFuture<@Nullable Grant> outcome() {
		return this.outcome;
	}

	long number() {
		return this.number;
	}

	void renumber(long newNumber, long now) {
		this.number = newNumber;
		this.notGrantedBefore = now;
		this.queued = false;
		this.asked = 0;
	}

	void asked() {
		this.asked++;
	}

	void answered(long answeredNumber) {
		if (answeredNumber == this.number) {
			this.asked--;
		}
	}

	/**
	 * Returns whether a command is on its way: it may be applied after what made the
	 * cluster forget the acquisition.
	 * @return whether one is not answered
	 */
	boolean isAsked() {
		return this.asked > 0;
	}

	/**
	 * Returns a moment of the monotonic clock before which the cluster had surely not
	 * granted the lock under the current number.
	 * @return the moment in nanoseconds
	 */
	long notGrantedBefore() {
		return this.notGrantedBefore;
	}

	boolean isQueued() {
		return this.queued;
	}

	/**
	 * Takes note that a command sent at the given moment found the acquisition waiting.
	 * @param sent the moment
	 */
	void queuedAt(long sent) {
		this.queued = true;
		if (sent - this.notGrantedBefore > 0) {
			this.notGrantedBefore = sent;
		}
	}

	void timer(@Nullable Registration newTimer) {
		Registration old = this.timer;
		if (old != null) {
			old.close();
		}
		this.timer = newTimer;
	}

}
