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

package io.github.atomixspring.session;

import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;

/**
 * A command from its submission to its answer. Guarded by the lock of the session.
 */
final class PendingCommand {

	final byte[] bytes;

	final long deadline;

	final CompletableFuture<Result> future;

	/**
	 * The number of the command in its session; zero while it was not sent.
	 */
	long sequence;

	/**
	 * The answer, kept until all earlier commands are answered too.
	 */
	@Nullable Result result;

	/**
	 * The log index at which the answer was made.
	 */
	long index;

	/**
	 * Whether its fate was decided for those who wait: answered, failed or timed out.
	 */
	boolean settled;

	PendingCommand(byte[] bytes, long deadline, CompletableFuture<Result> future) {
		this.bytes = bytes;
		this.deadline = deadline;
		this.future = future;
	}

	/**
	 * Returns whether a state surely has the effect of this command, or nobody counts on
	 * it any more.
	 * @param index the log index of the state
	 * @return whether it is so
	 */
	boolean isSeenAt(long index) {
		return (this.result != null) ? this.index <= index : this.settled;
	}

	/**
	 * Gives out what is known of a command that left and gets no answer any more.
	 * @param session the session it left in
	 * @param reason why there will be no answer
	 */
	void completeLost(long session, String reason) {
		Result kept = this.result;
		if (kept != null) {
			Failures.complete(this.future, kept);
			return;
		}
		String operation = session + "/" + this.sequence;
		this.future.completeExceptionally(new UnknownOutcomeException(operation,
				"The outcome of operation " + operation + " is unknown: " + reason, null));
	}

}
