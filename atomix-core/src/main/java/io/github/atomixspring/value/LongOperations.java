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

package io.github.atomixspring.value;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.LongUnaryOperator;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.Durations;

/**
 * The operations of a number, for both of its faces.
 */
final class LongOperations {

	private final PrimitiveId id;

	private final ReadConsistency consistency;

	private final BiFunction<Command, Class<LongMessages.Updated>, CompletableFuture<LongMessages.Updated>> commands;

	private final BiFunction<Query, ReadConsistency, CompletableFuture<Result.Number>> queries;

	/**
	 * Creates the operations.
	 * @param id the number
	 * @param options the options
	 * @param commands submits commands
	 * @param queries asks queries
	 */
	LongOperations(PrimitiveId id, LongOptions options,
			BiFunction<Command, Class<LongMessages.Updated>, CompletableFuture<LongMessages.Updated>> commands,
			BiFunction<Query, ReadConsistency, CompletableFuture<Result.Number>> queries) {
		this.id = id;
		this.consistency = options.readConsistency();
		this.commands = commands;
		this.queries = queries;
	}

	/**
	 * Returns the consistency of reads that do not choose one.
	 * @return the consistency
	 */
	ReadConsistency consistency() {
		return this.consistency;
	}

	CompletableFuture<Long> get(ReadConsistency consistency) {
		return this.queries.apply(new LongMessages.Get(this.id), consistency).thenApply(Result.Number::value);
	}

	CompletableFuture<LongMessages.Updated> set(long value, Duration timeToLive) {
		return submit(new LongMessages.Set(this.id, value, Durations.positiveMillis(timeToLive, "timeToLive")));
	}

	CompletableFuture<LongMessages.Updated> set(long value) {
		return submit(new LongMessages.Set(this.id, value, 0));
	}

	CompletableFuture<LongMessages.Updated> add(long delta) {
		return submit(new LongMessages.Add(this.id, delta));
	}

	CompletableFuture<LongMessages.Updated> compareAndSet(long expected, long value) {
		return submit(new LongMessages.CompareAndSet(this.id, expected, value));
	}

	/**
	 * Applies a function until no other write comes between.
	 * @param function the function
	 * @param executor runs the function
	 * @return the outcome of the write
	 */
	CompletableFuture<LongMessages.Updated> update(LongUnaryOperator function, Executor executor) {
		return get(ReadConsistency.LINEARIZABLE).thenComposeAsync((old) -> update(old, function, executor), executor);
	}

	private CompletableFuture<LongMessages.Updated> update(long old, LongUnaryOperator function, Executor executor) {
		return compareAndSet(old, function.applyAsLong(old)).thenComposeAsync((outcome) -> outcome.updated()
				? CompletableFuture.completedFuture(outcome) : update(outcome.old(), function, executor), executor);
	}

	private CompletableFuture<LongMessages.Updated> submit(Command command) {
		return this.commands.apply(command, LongMessages.Updated.class);
	}

}
