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

package io.github.atomixspring.transaction;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.TransactionMessages.Commit;
import io.github.atomixspring.protocol.TransactionMessages.Outcome;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.Sessions;
import io.github.atomixspring.transaction.TransactionResult.Status;
import org.jspecify.annotations.Nullable;

/**
 * The {@link TransactionService} over the session of a node.
 */
final class SessionTransactions implements TransactionService {

	private final Sessions sessions;

	private final AsyncTransactionService async = new Async();

	/**
	 * Creates the transactions.
	 * @param sessions the sessions of the node
	 */
	SessionTransactions(Sessions sessions) {
		this.sessions = sessions;
	}

	@Override
	public <T> TransactionResult<T> execute(Function<? super Transaction, ? extends @Nullable T> function) {
		return execute(1, function);
	}

	@Override
	public <T> TransactionResult<T> execute(int attempts,
			Function<? super Transaction, ? extends @Nullable T> function) {
		check(attempts, function);
		TransactionResult<T> result = attempt(function);
		for (int left = attempts - 1; left > 0 && result.status() == Status.CONFLICT; left--) {
			result = attempt(function);
		}
		return result;
	}

	@Override
	public AsyncTransactionService async() {
		return this.async;
	}

	private static void check(int attempts, Function<?, ?> function) {
		Objects.requireNonNull(function, "'function' must not be null");
		if (attempts < 1) {
			throw new IllegalArgumentException("'attempts' must be positive, not " + attempts);
		}
	}

	private <T> TransactionResult<T> attempt(Function<? super Transaction, ? extends @Nullable T> function) {
		Buffer buffer = new Buffer();
		Route route = new Route(this.sessions);
		T value;
		try {
			value = function.apply(new BufferedTransaction(route, buffer));
		}
		catch (AtomixException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			TransactionResult<T> inconsistent = inconsistency(route, buffer, ex);
			if (inconsistent != null) {
				return inconsistent;
			}
			throw ex;
		}
		finally {
			buffer.end();
		}
		Commit commit = buffer.toCommit();
		return (commit != null) ? result(commit(route, commit), value)
				: new TransactionResult<>(Status.COMMITTED, value, null);
	}

	private static <T> @Nullable TransactionResult<T> inconsistency(Route route, Buffer buffer,
			RuntimeException failure) {
		// The function may have failed because what it read did not belong together.
		Commit reads = buffer.toReadOnly();
		if (reads != null) {
			try {
				Outcome outcome = commit(route, reads);
				return (outcome.status() != Outcome.COMMITTED) ? result(outcome, null) : null;
			}
			catch (AtomixException ex) {
				failure.addSuppressed(ex);
			}
		}
		return null;
	}

	private static Outcome commit(Route route, Commit commit) {
		PrimitiveSession session = route.session();
		try {
			return (Outcome) session.await(session.submit(commit));
		}
		catch (UnknownOutcomeException ex) {
			if (commit.writes().isEmpty()) {
				throw new UnavailableException("The cluster did not confirm the transaction, which has no writes", ex);
			}
			throw ex;
		}
	}

	private static <T> TransactionResult<T> result(Outcome outcome, @Nullable T value) {
		PrimitiveId cause = outcome.primitive();
		PrimitiveInfo info = (cause != null) ? new PrimitiveInfo(PrimitiveType.ofCode(cause.type()), cause.name())
				: null;
		return switch (outcome.status()) {
			case Outcome.COMMITTED -> new TransactionResult<>(Status.COMMITTED, value, null);
			case Outcome.CONFLICT -> new TransactionResult<>(Status.CONFLICT, null, info);
			case Outcome.STALE_GUARD -> new TransactionResult<>(Status.STALE_GUARD, null, info);
			default -> throw new IllegalStateException("Unknown outcome of a transaction: " + outcome);
		};
	}

	/**
	 * The asynchronous face: functions wait for what they read, so they run where that is
	 * allowed.
	 */
	private final class Async implements AsyncTransactionService {

		@Override
		public <T> CompletableFuture<TransactionResult<T>> execute(
				Function<? super Transaction, ? extends @Nullable T> function) {
			return execute(1, function);
		}

		@Override
		public <T> CompletableFuture<TransactionResult<T>> execute(int attempts,
				Function<? super Transaction, ? extends @Nullable T> function) {
			check(attempts, function);
			return CompletableFuture.supplyAsync(() -> SessionTransactions.this.execute(attempts, function),
					SessionTransactions.this.sessions.of(0).callbackExecutor());
		}

	}

}
