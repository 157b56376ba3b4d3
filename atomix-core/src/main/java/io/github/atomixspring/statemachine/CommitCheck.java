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

package io.github.atomixspring.statemachine;

import java.util.List;
import java.util.function.Function;

import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.TransactionMessages.Commit;
import io.github.atomixspring.protocol.TransactionMessages.Expectation;
import io.github.atomixspring.protocol.TransactionMessages.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Checks a transaction as a whole, before anything of it is done. What each primitive has
 * to say is asked of its service.
 */
final class CommitCheck {

	private CommitCheck() {
	}

	/**
	 * Checks a transaction.
	 * @param commit the transaction
	 * @param bytes its encoded size
	 * @param services returns the service of a primitive, only to be looked at
	 * @return the answer if it is not committed, or null if it is
	 */
	static @Nullable Result check(Commit commit, int bytes, Function<PrimitiveId, Service> services) {
		int operations = commit.guards().size() + commit.reads().size() + commit.writes().size();
		if (operations > Commit.MAX_OPERATIONS) {
			return ErrorCode.LIMIT.failure("The transaction has " + operations
					+ " guards, reads and writes; the limit is " + Commit.MAX_OPERATIONS);
		}
		if (bytes > Commit.MAX_BYTES) {
			return ErrorCode.LIMIT.failure("The transaction has " + bytes + " bytes; the limit is " + Commit.MAX_BYTES);
		}
		for (Command write : commit.writes()) {
			Result refusal = services.apply(write.target()).refusal(write);
			if (refusal != null) {
				return refusal;
			}
		}
		for (Expectation guard : commit.guards()) {
			if (guard.number() <= 0) {
				return ErrorCode.ILLEGAL.failure("The number of a claim must be positive");
			}
		}
		Result stale = compare(commit.guards(), Outcome.STALE_GUARD, services);
		return (stale != null) ? stale : compare(commit.reads(), Outcome.CONFLICT, services);
	}

	private static @Nullable Result compare(List<Expectation> expectations, int status,
			Function<PrimitiveId, Service> services) {
		for (Expectation expectation : expectations) {
			Service service = services.apply(expectation.primitive());
			Long version = service.version(new Bytes(expectation.key()));
			if (version == null) {
				return ErrorCode.ILLEGAL.failure("A transaction cannot depend on " + service.describe());
			}
			if (version != expectation.number()) {
				return new Outcome(status, expectation.primitive());
			}
		}
		return null;
	}

}
