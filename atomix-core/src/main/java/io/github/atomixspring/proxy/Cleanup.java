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

package io.github.atomixspring.proxy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * Submits commands that give something back to the cluster, again and again until they
 * were sent or the node is stopped: nothing may stay held for ever because the network
 * was away longer than an operation waits.
 */
public final class Cleanup {

	private static final Duration PAUSE = Duration.ofMillis(500);

	private final PrimitiveSession session;

	private final Mailbox mailbox;

	/**
	 * Creates the cleanup of a primitive.
	 * @param session the session of the node
	 * @param mailbox the mailbox of the primitive, in which commands are submitted
	 */
	public Cleanup(PrimitiveSession session, Mailbox mailbox) {
		this.session = session;
		this.mailbox = mailbox;
	}

	/**
	 * Submits a command. Called in the mailbox.
	 * @param command the command
	 * @return the outcome of the first try
	 */
	public CompletableFuture<Result> submit(Command command) {
		return submit(command, () -> true);
	}

	/**
	 * Submits a command. Called in the mailbox.
	 * @param command the command
	 * @param wanted asked in the mailbox before each further try
	 * @return the outcome of the first try
	 */
	public CompletableFuture<Result> submit(Command command, BooleanSupplier wanted) {
		CompletableFuture<Result> result = this.session.submit(command);
		result.whenComplete((done, ex) -> {
			// What it gives back may have been queued too and go out in a later session.
			if (isUnsent(ex) && isOpen()) {
				this.session.schedule(PAUSE, () -> this.mailbox.execute(() -> {
					if (isOpen() && wanted.getAsBoolean()) {
						submit(command, wanted);
					}
				}));
			}
		});
		return result;
	}

	private boolean isOpen() {
		return this.session.state() != SessionState.CLOSED;
	}

	private static boolean isUnsent(@Nullable Throwable ex) {
		Throwable cause = (ex != null) ? AtomixException.unwrap(ex) : null;
		return cause instanceof UnavailableException || cause instanceof LimitExceededException;
	}

}
