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

package io.github.atomixspring.messaging;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.DeliveryMessages.Assignment;
import org.jspecify.annotations.Nullable;

/**
 * Something that the cluster has handed to a consumer of this node.
 */
final class Delivery {

	private final Intake intake;

	private final Assignment assignment;

	private final byte[] content;

	private final long session;

	private final AtomicBoolean settling = new AtomicBoolean();

	private final CompletableFuture<Boolean> settled = new CompletableFuture<>();

	private volatile boolean revoked;

	private volatile @Nullable UnknownOutcomeException doubt;

	Delivery(Intake intake, Assignment assignment, byte[] content, long session) {
		this.intake = intake;
		this.assignment = assignment;
		this.content = content;
		this.session = session;
	}

	Assignment assignment() {
		return this.assignment;
	}

	byte[] content() {
		return this.content;
	}

	/**
	 * Tells the cluster how it ended, unless that was told before.
	 * @param command the command
	 * @param delay how long to wait before that
	 * @return whether the cluster took it from this consumer, also for later calls
	 */
	CompletableFuture<Boolean> settle(Command command, Duration delay) {
		if (this.settling.compareAndSet(false, true)) {
			this.intake.settle(this, command, delay);
		}
		return this.settled;
	}

	boolean isSettling() {
		return this.settling.get();
	}

	/**
	 * Returns whether this node can vouch for it that nobody else has it.
	 * @return whether it is surely held
	 */
	boolean isHeld() {
		return !this.revoked && !this.settled.isDone() && this.intake.isLive(this.session);
	}

	void revoke() {
		this.revoked = true;
		settled(false);
	}

	/**
	 * Takes note that the command may have taken effect although its answer was lost.
	 * @param unknown the exception that says so
	 */
	void doubt(UnknownOutcomeException unknown) {
		this.doubt = unknown;
	}

	void settled(boolean taken) {
		UnknownOutcomeException unknown = this.doubt;
		if (!taken && unknown != null) {
			// It is not in force any more: perhaps because the lost command ended it.
			this.settled.completeExceptionally(unknown);
		}
		else {
			this.settled.complete(taken);
		}
	}

}
