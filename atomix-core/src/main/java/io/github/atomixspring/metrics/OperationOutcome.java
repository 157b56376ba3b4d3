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

package io.github.atomixspring.metrics;

import java.util.concurrent.CancellationException;

import io.github.atomixspring.primitive.CommandRejectedException;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import org.jspecify.annotations.Nullable;

/**
 * How an operation ended.
 *
 * @since 0.1.0
 */
public enum OperationOutcome {

	/**
	 * It was answered, or what was waited for was granted.
	 */
	SUCCESS,

	/**
	 * What was waited for was not granted: others had it, or the time ran out.
	 */
	REFUSED,

	/**
	 * The cluster could not be reached. Nothing happened.
	 */
	UNAVAILABLE,

	/**
	 * The answer was lost. It may have happened.
	 */
	UNKNOWN,

	/**
	 * It was too large, too long or too many. Nothing happened.
	 */
	LIMIT,

	/**
	 * The members refused it. Nothing happened.
	 */
	REJECTED,

	/**
	 * The primitive or the node was closed, or the caller gave it up.
	 */
	CANCELLED,

	/**
	 * It failed in another way.
	 */
	ERROR;

	/**
	 * Returns the outcome that a failure stands for.
	 * @param failure the failure, or null for none
	 * @return the outcome
	 */
	static OperationOutcome of(@Nullable Throwable failure) {
		if (failure == null) {
			return SUCCESS;
		}
		if (failure instanceof UnavailableException) {
			return UNAVAILABLE;
		}
		if (failure instanceof UnknownOutcomeException) {
			return UNKNOWN;
		}
		if (failure instanceof LimitExceededException) {
			return LIMIT;
		}
		if (failure instanceof CommandRejectedException || failure instanceof ConfigurationMismatchException) {
			return REJECTED;
		}
		return (failure instanceof PrimitiveClosedException || failure instanceof CancellationException) ? CANCELLED
				: ERROR;
	}

}
