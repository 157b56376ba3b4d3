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

package io.github.atomixspring.protocol;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Messages of transactions.
 */
public final class TransactionMessages {

	private TransactionMessages() {
	}

	/**
	 * Commits a transaction: if all guards and reads still hold, all writes are done in
	 * their order and nothing comes between; else nothing is done. Answers
	 * {@link Outcome}.
	 *
	 * @param target one of the primitives. It stands for the group in which all of them
	 * are
	 * @param guards the claims under which the transaction is committed
	 * @param reads what the transaction read
	 * @param writes commands that are done without a condition of their own
	 */
	@JsonTypeName("111")
	public record Commit(PrimitiveId target, List<Expectation> guards, List<Expectation> reads,
			List<Command> writes) implements Command {

		/**
		 * The greatest number of guards, reads and writes together.
		 */
		public static final int MAX_OPERATIONS = 1_000;

		/**
		 * The greatest size of an encoded commit.
		 */
		public static final int MAX_BYTES = (1 << 20) + (8 << 10);

		public Commit {
			Presence.check(target);
			guards = List.copyOf(guards);
			reads = List.copyOf(reads);
			writes = List.copyOf(writes);
		}

		@Override
		public boolean shrinks() {
			return this.writes.stream().allMatch(Command::shrinks);
		}

	}

	/**
	 * What is to be so when a transaction is committed.
	 *
	 * @param primitive the primitive
	 * @param key the key in it; empty where there is only one thing
	 * @param number the version of what is stored there, zero for nothing; or the token
	 * or term of a claim
	 */
	@JsonFormat(shape = Shape.ARRAY)
	public record Expectation(PrimitiveId primitive, byte[] key, long number) {
		public Expectation {
			Presence.check(primitive, key);
		}

	}

	/**
	 * What became of a transaction.
	 *
	 * @param status one of the constants
	 * @param primitive the first one for which an expectation did not hold, or null
	 */
	@JsonTypeName("111")
	public record Outcome(int status, @Nullable PrimitiveId primitive) implements Result {

		/**
		 * All was done.
		 */
		public static final int COMMITTED = 1;

		/**
		 * Nothing was done: something that was read has changed.
		 */
		public static final int CONFLICT = 2;

		/**
		 * Nothing was done: a claim is not in force any more.
		 */
		public static final int STALE_GUARD = 3;

	}

}
