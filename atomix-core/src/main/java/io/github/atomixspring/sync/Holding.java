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

package io.github.atomixspring.sync;

import org.jspecify.annotations.Nullable;

/**
 * What one acquisition of this node holds. It changes in the mailbox only and is read
 * from anywhere.
 */
final class Holding {

	private final int permits;

	private final long token;

	private long number;

	private volatile long session;

	private volatile int left;

	private volatile String loss = "";

	private @Nullable Thread owner;

	/**
	 * Creates what a grant gives.
	 * @param permits the number of permits
	 * @param token the fencing token
	 */
	Holding(int permits, long token) {
		this.permits = permits;
		this.token = token;
		this.left = permits;
	}

	/**
	 * Takes note of the grant.
	 * @param newNumber the number of the acquisition
	 * @param newSession the session that holds it
	 */
	void granted(long newNumber, long newSession) {
		this.number = newNumber;
		this.session = newSession;
	}

	int permits() {
		return this.permits;
	}

	long token() {
		return this.token;
	}

	long number() {
		return this.number;
	}

	long session() {
		return this.session;
	}

	/**
	 * Returns how many permits were not released, whether they were lost or not.
	 * @return the number of permits
	 */
	int left() {
		return this.left;
	}

	/**
	 * Takes permits away.
	 * @param count how many, at most those that are left
	 */
	void take(int count) {
		this.left -= count;
	}

	boolean isLost() {
		return !this.loss.isEmpty();
	}

	/**
	 * Returns why it was lost.
	 * @return the reason, or an empty string if it was not
	 */
	String loss() {
		return this.loss;
	}

	void lose(String reason) {
		this.loss = reason;
	}

	/**
	 * Returns the thread that acquired it.
	 * @return the thread, or null if it belongs to a handle
	 */
	@Nullable Thread owner() {
		return this.owner;
	}

	void owner(Thread newOwner) {
		this.owner = newOwner;
	}

}
