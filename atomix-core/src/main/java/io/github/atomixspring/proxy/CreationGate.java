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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.CommandRejectedException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.session.PrimitiveSession;
import org.jspecify.annotations.Nullable;

/**
 * Lets the operations of a primitive pass once the cluster has accepted its
 * configuration, which the first operation asks for. Operations keep their order. An
 * operation that finds that the primitive was destroyed creates it again.
 */
public final class CreationGate {

	private final PrimitiveSession session;

	private final Command create;

	private final String what;

	private final Deque<Passage<?>> waiting = new ArrayDeque<>();

	private volatile boolean open;

	private boolean creating;

	/**
	 * Creates a closed gate.
	 * @param session the session of the node
	 * @param id the primitive
	 * @param configuration its configuration
	 */
	public CreationGate(PrimitiveSession session, PrimitiveId id, List<Setting> configuration) {
		this.session = session;
		this.create = new Command.Create(id, configuration);
		this.what = "'" + id.name() + "'";
	}

	/**
	 * Starts an operation as soon as the gate is open.
	 * @param <T> the type of the result
	 * @param operation starts the operation
	 * @return the result
	 */
	public <T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> operation) {
		if (this.open) {
			return start(operation);
		}
		Passage<T> passage = new Passage<>(operation, new CompletableFuture<>());
		boolean first;
		synchronized (this.waiting) {
			this.waiting.add(passage);
			first = !this.creating;
			this.creating = true;
		}
		if (first) {
			this.session.submit(this.create).whenComplete(this::created);
		}
		return passage.result;
	}

	/**
	 * Submits a command as soon as the gate is open, unless nobody wants it any more
	 * then. What takes it back can be submitted in the mailbox without passing the gate:
	 * it does not go before the command.
	 * @param command the command
	 * @param mailbox in which it is submitted
	 * @param wanted asked in the mailbox
	 * @return the result, never completed if the command was not wanted
	 */
	public CompletableFuture<Result> submit(Command command, Mailbox mailbox, BooleanSupplier wanted) {
		return pass(() -> {
			CompletableFuture<Result> answer = new CompletableFuture<>();
			mailbox.execute(() -> {
				if (wanted.getAsBoolean()) {
					this.session.submit(command).whenComplete((result, ex) -> complete(answer, result, ex));
				}
			});
			return answer;
		});
	}

	private static <T> void complete(CompletableFuture<T> future, @Nullable T value, @Nullable Throwable ex) {
		if (ex != null) {
			future.completeExceptionally(ex);
		}
		else {
			future.complete(value);
		}
	}

	private <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> operation) {
		return operation.get().exceptionallyCompose((failure) -> {
			if (!isMissing(failure)) {
				return CompletableFuture.failedFuture(failure);
			}
			reset();
			return pass(operation);
		});
	}

	/**
	 * Returns whether an operation was refused because the primitive does not exist.
	 * @param failure the failure
	 * @return whether it does not exist
	 */
	public static boolean isMissing(Throwable failure) {
		return AtomixException.unwrap(failure) instanceof CommandRejectedException rejected
				&& rejected.code() == ErrorCode.NOT_CREATED.code();
	}

	private void created(@Nullable Result result, @Nullable Throwable failure) {
		Passage<?> passage = next(failure == null);
		while (passage != null) {
			if (failure == null) {
				passage.start(this);
			}
			else {
				passage.result.completeExceptionally(explain(failure));
			}
			passage = next(failure == null);
		}
	}

	private @Nullable Passage<?> next(boolean opens) {
		synchronized (this.waiting) {
			Passage<?> passage = this.waiting.poll();
			if (passage == null) {
				// Only now: a later operation must not overtake those that waited.
				this.open = opens;
				this.creating = false;
			}
			return passage;
		}
	}

	private Throwable explain(Throwable failure) {
		Throwable reason = AtomixException.unwrap(failure);
		return (reason instanceof UnknownOutcomeException) ? new UnavailableException(
				"The cluster did not confirm the configuration of " + this.what + ", and nothing was done", reason)
				: reason;
	}

	/**
	 * Closes the gate: the primitive was destroyed.
	 */
	public void reset() {
		synchronized (this.waiting) {
			this.open = false;
		}
	}

	/**
	 * An operation that waits.
	 *
	 * @param <T> the type of the result
	 * @param operation starts the operation
	 * @param result the result
	 */
	private record Passage<T>(Supplier<CompletableFuture<T>> operation, CompletableFuture<T> result) {

		void start(CreationGate gate) {
			gate.start(this.operation).whenComplete((value, ex) -> complete(this.result, value, ex));
		}

	}

}
