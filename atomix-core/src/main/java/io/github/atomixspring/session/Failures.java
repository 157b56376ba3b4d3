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

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.CommandRejectedException;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.InsufficientMemoryException;
import io.github.atomixspring.primitive.InsufficientStorageException;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;

/**
 * Turns refusals into exceptions.
 */
final class Failures {

	private Failures() {
	}

	/**
	 * Returns the exception that stands for a refusal.
	 * @param failure the refusal
	 * @return the exception
	 */
	static AtomixException toException(Result.Failure failure) {
		ErrorCode code = ErrorCode.ofCode(failure.code());
		if (code == ErrorCode.LIMIT) {
			return new LimitExceededException(failure.message());
		}
		if (code == ErrorCode.STORAGE) {
			return new InsufficientStorageException(failure.message());
		}
		if (code == ErrorCode.MEMORY) {
			return new InsufficientMemoryException(failure.message());
		}
		if (code == ErrorCode.CONFIGURATION) {
			return new ConfigurationMismatchException(failure.message());
		}
		return new CommandRejectedException(failure.message(), failure.code());
	}

	/**
	 * Completes the future of an operation.
	 * @param future the future
	 * @param result the answer; a refusal becomes an exception
	 */
	static void complete(CompletableFuture<Result> future, Result result) {
		if (result instanceof Result.Failure failure) {
			future.completeExceptionally(toException(failure));
		}
		else {
			future.complete(result);
		}
	}

	/**
	 * Returns whether the answer says that the session does not exist.
	 * @param result the answer
	 * @return whether it does
	 */
	static boolean isNoSession(Result result) {
		return result instanceof Result.Failure failure && failure.code() == ErrorCode.NO_SESSION.code();
	}

	/**
	 * Returns a short text for a log line.
	 * @param cause the cause
	 * @return the text
	 */
	static String describe(@Nullable Throwable cause) {
		if (cause == null) {
			return "the link was closed";
		}
		return (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
	}

}
