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

import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;

/**
 * A query from its submission to its answer. Guarded by the lock of the session.
 */
final class PendingQuery {

	final long id;

	final byte[] bytes;

	final boolean linearizable;

	/**
	 * The command submitted before, whose effect the answer must show, or null.
	 */
	final @Nullable PendingCommand after;

	final long deadline;

	final CompletableFuture<Result> future;

	/**
	 * Whether an answer came that did not show the effect of the command before.
	 */
	boolean early;

	/**
	 * Whether the member in this process is asked, not the link.
	 */
	boolean local;

	PendingQuery(long id, byte[] bytes, boolean linearizable, @Nullable PendingCommand after, long deadline,
			CompletableFuture<Result> future) {
		this.id = id;
		this.bytes = bytes;
		this.linearizable = linearizable;
		this.after = after;
		this.deadline = deadline;
		this.future = future;
	}

	/**
	 * Returns whether the query may leave: after the command before it.
	 * @return whether it may
	 */
	boolean mayLeave() {
		if (this.after == null || this.after.settled) {
			return true;
		}
		return (this.early) ? this.after.result != null : this.after.sequence != 0;
	}

}
