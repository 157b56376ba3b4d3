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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What waits for the next entries of a gateway, in order and with a limit of bytes.
 * Guarded by the lock of the gateway.
 */
final class SubmissionQueue {

	private static final int MAX_ENTRY_BYTES = 1 << 20;

	private static final int MAX_QUEUED_BYTES = 32 << 20;

	private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private final ArrayDeque<Submission> queue = new ArrayDeque<>();

	private long bytes;

	/**
	 * How many of what is queued cannot wait.
	 */
	private int eager;

	/**
	 * Since when something has been queued.
	 */
	private long since;

	/**
	 * Adds a submission.
	 * @param submission the submission
	 * @param now the monotonic time
	 * @return whether it was taken; if not, too much is queued
	 */
	boolean add(Submission submission, long now) {
		if (this.bytes + submission.bytes() > MAX_QUEUED_BYTES) {
			return false;
		}
		if (this.queue.isEmpty()) {
			this.since = now;
		}
		this.queue.add(submission);
		this.bytes += submission.bytes();
		if (!submission.patient()) {
			this.eager++;
		}
		return true;
	}

	/**
	 * Removes what goes into one entry.
	 * @return the submissions
	 */
	List<Submission> take() {
		List<Submission> batch = new ArrayList<>();
		long taken = 0;
		for (Submission next = this.queue.peek(); next != null
				&& (batch.isEmpty() || taken + next.bytes() <= MAX_ENTRY_BYTES); next = this.queue.peek()) {
			batch.add(this.queue.remove());
			taken += next.bytes();
			if (!next.patient()) {
				this.eager--;
			}
		}
		this.bytes -= taken;
		return batch;
	}

	/**
	 * Removes everything.
	 * @return the submissions
	 */
	List<Submission> clear() {
		List<Submission> dropped = List.copyOf(this.queue);
		this.queue.clear();
		this.bytes = 0;
		this.eager = 0;
		return dropped;
	}

	/**
	 * Returns how much is queued.
	 * @return the number of submissions
	 */
	int size() {
		return this.queue.size();
	}

	/**
	 * Returns the size of what is queued.
	 * @return the bytes
	 */
	long bytes() {
		return this.bytes;
	}

	boolean isEmpty() {
		return this.queue.isEmpty();
	}

	/**
	 * Returns whether something must leave with the next entry.
	 * @return whether not all can wait
	 */
	boolean isEager() {
		return this.eager > 0;
	}

	/**
	 * Returns how long the oldest can still wait, if there is any: keep-alives, so that
	 * those of many sessions share an entry.
	 * @param now the monotonic time
	 * @return the time in nanoseconds, negative if it has waited long enough
	 */
	long patience(long now) {
		return PATIENCE_NANOS - (now - this.since);
	}

}
