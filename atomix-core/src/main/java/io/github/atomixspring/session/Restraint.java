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

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.Releasing;
import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;

/**
 * Keeps commands from leaving for a moment after the cluster has refused one for want of
 * room or memory: each refusal has a place in the log, and a caller that tries again and
 * again would fill the rest of the disk with them. Guarded by the lock of the session.
 */
final class Restraint {

	private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

	private Result.@Nullable Failure refusal;

	private long end;

	/**
	 * Takes note of answers.
	 * @param results the answers
	 * @param now the monotonic time
	 */
	void answered(List<NumberedResult> results, long now) {
		for (NumberedResult result : results) {
			if (result.result() instanceof Result.Failure failure && isShortage(failure)) {
				this.refusal = failure;
				this.end = now + PAUSE;
			}
		}
	}

	/**
	 * Checks that a command may leave.
	 * @param command the command
	 * @param now the monotonic time
	 * @throws AtomixException that of the refusal, if it would be refused most probably
	 */
	void check(Command command, long now) {
		Result.Failure current = this.refusal;
		if (current == null || isTaken(command, current)) {
			return;
		}
		if (now - this.end < 0) {
			throw Failures.toException(current);
		}
		this.refusal = null;
	}

	private static boolean isShortage(Result.Failure failure) {
		return failure.code() == ErrorCode.STORAGE.code() || failure.code() == ErrorCode.MEMORY.code();
	}

	private static boolean isTaken(Command command, Result.Failure refusal) {
		return (refusal.code() == ErrorCode.MEMORY.code()) ? command.shrinks() : command instanceof Releasing;
	}

}
