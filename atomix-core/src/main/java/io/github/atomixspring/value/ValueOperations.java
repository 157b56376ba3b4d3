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

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Versioned;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Result.Updated;
import io.github.atomixspring.protocol.ValueMessages;
import io.github.atomixspring.proxy.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a value, for both of its faces.
 *
 * @param <V> the type of the value
 */
final class ValueOperations<V> {

	private final PrimitiveId id;

	private final Lane lane;

	private final ReadConsistency consistency;

	private final Encoding<V> encoding;

	/**
	 * Creates the operations.
	 * @param id the value
	 * @param options the options
	 * @param lane submits commands and asks queries
	 */
	ValueOperations(PrimitiveId id, ValueOptions<V> options, Lane lane) {
		this.id = id;
		this.lane = lane;
		this.consistency = options.readConsistency();
		this.encoding = new Encoding<>(options.codec(), "the value '" + id.name() + "'");
	}

	/**
	 * Returns the consistency of reads that do not choose one.
	 * @return the consistency
	 */
	ReadConsistency consistency() {
		return this.consistency;
	}

	Encoding<V> encoding() {
		return this.encoding;
	}

	CompletableFuture<Optional<Versioned<V>>> get(ReadConsistency consistency) {
		return this.lane.query(new ValueMessages.Get(this.id), consistency).thenApply((result) -> {
			List<KeyValue> entries = result.entries();
			return entries.isEmpty() ? Optional.empty() : Optional
				.of(new Versioned<>(this.encoding.decode(entries.get(0).value()), entries.get(0).version()));
		});
	}

	CompletableFuture<Updated> write(@Nullable V value, long timeToLive, Condition condition) {
		return this.lane
			.submit(new ValueMessages.Update(this.id, this.encoding.encodeNullable(value), timeToLive, condition));
	}

	Condition valueIs(@Nullable V expected) {
		return Condition.value(this.encoding.encodeNullable(expected));
	}

	@Nullable V old(Updated outcome) {
		return this.encoding.decodeNullable(outcome.old());
	}

	/**
	 * Applies a function until no other write comes between.
	 * @param function the function
	 * @param executor runs the function
	 * @return the values before and after
	 */
	CompletableFuture<Change<V>> update(UnaryOperator<@Nullable V> function, Executor executor) {
		return get(ReadConsistency.LINEARIZABLE)
			.thenComposeAsync((old) -> update(old.map(Versioned::value).orElse(null),
					old.map(Versioned::version).orElse(0L), function, executor), executor);
	}

	private CompletableFuture<Change<V>> update(@Nullable V old, long version, UnaryOperator<@Nullable V> function,
			Executor executor) {
		V value = function.apply(old);
		if (old == null && value == null) {
			return CompletableFuture.completedFuture(new Change<>(null, null));
		}
		return write(value, 0, Condition.version(version)).thenComposeAsync(
				(outcome) -> outcome.updated() ? CompletableFuture.completedFuture(new Change<>(old, value))
						: update(old(outcome), outcome.oldVersion(), function, executor),
				executor);
	}

	/**
	 * Brings commands and queries of a value to the cluster.
	 */
	interface Lane {

		/**
		 * Submits a command.
		 * @param command the command
		 * @return the outcome
		 */
		CompletableFuture<Updated> submit(Command command);

		/**
		 * Asks a query.
		 * @param query the query
		 * @param consistency how fresh the answer is
		 * @return the answer
		 */
		CompletableFuture<Result.Entries> query(Query query, ReadConsistency consistency);

	}

	/**
	 * A change by a function.
	 *
	 * @param <V> the type of the value
	 * @param before the value before, or null
	 * @param after the value after, or null
	 */
	record Change<V>(@Nullable V before, @Nullable V after) {

	}

}
