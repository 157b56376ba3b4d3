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

import io.github.atomixspring.primitive.PrimitiveInfo;
import org.jspecify.annotations.Nullable;

/**
 * What became of a transaction.
 *
 * @param <T> the type of what its function returned
 * @param status the outcome
 * @param value what the function returned, or null if it returned null or the transaction
 * was not committed
 * @param cause the first primitive found for which something was not as it had to be, or
 * null if the transaction was committed
 * @since 0.1.0
 */
public record TransactionResult<T>(Status status, @Nullable T value, @Nullable PrimitiveInfo cause) {

	public TransactionResult {
		Objects.requireNonNull(status, "'status' must not be null");
	}

	/**
	 * Returns whether the transaction was committed.
	 * @return whether all its writes were done
	 */
	public boolean isCommitted() {
		return this.status == Status.COMMITTED;
	}

	/**
	 * Returns what the function returned, for those who count anything but a commit as an
	 * error.
	 * @return the value, or null if it returned null
	 * @throws TransactionNotCommittedException if the transaction was not committed
	 */
	public @Nullable T orElseThrow() {
		if (!isCommitted()) {
			throw new TransactionNotCommittedException(this.status, this.cause);
		}
		return this.value;
	}

	/**
	 * The outcomes.
	 */
	public enum Status {

		/**
		 * All writes were done.
		 */
		COMMITTED,

		/**
		 * Nothing was done: something that was read has changed. Worth another attempt.
		 */
		CONFLICT,

		/**
		 * Nothing was done: a lock or leadership that was required is not in force. It
		 * will never be again.
		 */
		STALE_GUARD

	}

}
