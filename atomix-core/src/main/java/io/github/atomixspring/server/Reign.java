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

package io.github.atomixspring.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * A period in which this member leads, and its replicated time.
 * <p>
 * The time goes on from that of the state when the reign began, by the monotonic clock of
 * this process. So it never runs faster than real time, stands still while nobody leads,
 * and no wall clock has any part in it.
 */
final class Reign {

	/**
	 * Call ids are unique over all reigns of this process: Ratis would answer a repeated
	 * one from its cache.
	 */
	private static final AtomicLong callIds = new AtomicLong();

	private final RaftLogAccess log;

	private final long baseTime;

	private final long baseNanos;

	private final LongSupplier nanoClock;

	private final ReadRounds reads;

	private final Map<Long, PendingEntry> pending = new ConcurrentHashMap<>();

	/**
	 * Entries in flight; guarded by the lock of the gateway.
	 */
	private int inFlight;

	/**
	 * The deadline for which an entry was last appended. Used by the thread of the
	 * gateway only.
	 */
	private long ticked;

	Reign(RaftLogAccess log, long baseTime, LongSupplier nanoClock, ReadRounds reads) {
		this.log = log;
		this.reads = reads;
		this.baseTime = baseTime;
		this.nanoClock = nanoClock;
		this.baseNanos = nanoClock.getAsLong();
	}

	RaftLogAccess log() {
		return this.log;
	}

	ReadRounds reads() {
		return this.reads;
	}

	/**
	 * Returns the replicated time.
	 * @return the time in milliseconds
	 */
	long now() {
		return this.baseTime + TimeUnit.NANOSECONDS.toMillis(this.nanoClock.getAsLong() - this.baseNanos);
	}

	/**
	 * Takes note of an entry that is about to be appended.
	 * @param entry the entry
	 * @return its call id
	 */
	long pending(PendingEntry entry) {
		long callId = callIds.incrementAndGet();
		this.pending.put(callId, entry);
		return callId;
	}

	/**
	 * Returns a pending entry, the first time it is asked for.
	 * @param callId the call id
	 * @return the entry, or null
	 */
	@Nullable PendingEntry complete(long callId) {
		return this.pending.remove(callId);
	}

	/**
	 * Abandons what is pending.
	 */
	void abandon() {
		for (Long callId : this.pending.keySet()) {
			PendingEntry entry = this.pending.remove(callId);
			if (entry != null) {
				entry.abandoned();
			}
		}
	}

	/**
	 * Returns whether a deadline still asks for an entry.
	 * @param deadline the replicated time in milliseconds
	 * @return whether no entry of this reign was appended after it
	 */
	boolean awaits(long deadline) {
		return deadline > this.ticked;
	}

	/**
	 * Takes note of the time of an entry that is about to be appended.
	 * @param deadline when the next thing falls due
	 * @param now the time of the entry
	 */
	void stamped(long deadline, long now) {
		if (now >= deadline) {
			this.ticked = deadline;
		}
	}

	int inFlight() {
		return this.inFlight;
	}

	void begin() {
		this.inFlight++;
	}

	void end() {
		this.inFlight--;
	}

}
