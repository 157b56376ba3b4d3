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

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.PrimitiveInfo;
import org.jspecify.annotations.Nullable;

/**
 * A transaction was not committed, and nothing of it was done. Thrown by
 * {@link TransactionResult#orElseThrow()} only.
 *
 * @since 0.1.0
 */
public class TransactionNotCommittedException extends AtomixException {

	private final TransactionResult.Status status;

	/**
	 * Creates an exception.
	 * @param status the outcome
	 * @param cause the primitive that was not as it had to be, or null
	 */
	public TransactionNotCommittedException(TransactionResult.Status status, @Nullable PrimitiveInfo cause) {
		super("The transaction was not committed: " + status + ((cause != null) ? " of " + cause : ""));
		this.status = status;
	}

	/**
	 * Returns why it was not committed.
	 * @return the outcome
	 */
	public TransactionResult.Status status() {
		return this.status;
	}

}
