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

package io.github.atomixspring.faulttolerance;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.linearizability.ValueResult;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.ValueMessages;
import io.github.atomixspring.session.PrimitiveSession;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the models, as commands and queries of a session.
 */
final class Operations {

	private Operations() {
	}

	static CompletableFuture<ValueResult> read(PrimitiveSession session, String register) {
		return session.query(new ValueMessages.Get(value(register)), ReadConsistency.LINEARIZABLE)
			.thenApply(Operations::single);
	}

	static CompletableFuture<ValueResult> write(PrimitiveSession session, String register, @Nullable String value) {
		return session.submit(new ValueMessages.Update(value(register), bytes(value), 0, Condition.always()))
			.thenApply((result) -> ValueResult.of((String) null));
	}

	static CompletableFuture<ValueResult> compareAndSet(PrimitiveSession session, String register,
			@Nullable String expected, String value) {
		return session
			.submit(new ValueMessages.Update(value(register), bytes(value), 0, Condition.value(bytes(expected))))
			.thenApply((result) -> ValueResult.of(((Result.Updated) result).updated()));
	}

	static CompletableFuture<Long> addAndGet(PrimitiveSession session, String counter, long delta) {
		return session.submit(new LongMessages.Add(PrimitiveId.of(PrimitiveType.LONG, counter), delta))
			.thenApply((result) -> ((LongMessages.Updated) result).value());
	}

	static CompletableFuture<Long> get(PrimitiveSession session, String counter) {
		return session
			.query(new LongMessages.Get(PrimitiveId.of(PrimitiveType.LONG, counter)), ReadConsistency.LINEARIZABLE)
			.thenApply((result) -> ((Result.Number) result).value());
	}

	static CompletableFuture<ValueResult> mapGet(PrimitiveSession session, String key) {
		return session
			.query(new MapMessages.Get(map(), List.of(key.getBytes(StandardCharsets.UTF_8))),
					ReadConsistency.LINEARIZABLE)
			.thenApply(Operations::single);
	}

	static CompletableFuture<ValueResult> mapUpdate(PrimitiveSession session, String key, @Nullable String value,
			Condition condition) {
		return session
			.submit(new MapMessages.Update(map(), key.getBytes(StandardCharsets.UTF_8), bytes(value), 0, condition,
					true))
			.thenApply((result) -> {
				Result.Updated updated = (Result.Updated) result;
				return (condition.kind() == Condition.VALUE) ? ValueResult.of(updated.updated())
						: ValueResult.of(string(updated.old()));
			});
	}

	static byte @Nullable [] bytes(@Nullable String text) {
		return (text != null) ? text.getBytes(StandardCharsets.UTF_8) : null;
	}

	private static @Nullable String string(byte @Nullable [] bytes) {
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

	private static ValueResult single(Result result) {
		List<KeyValue> entries = ((Result.Entries) result).entries();
		return ValueResult.of((entries.isEmpty()) ? null : string(entries.get(0).value()));
	}

	private static PrimitiveId value(String name) {
		return PrimitiveId.of(PrimitiveType.VALUE, name);
	}

	private static PrimitiveId map() {
		return PrimitiveId.of(PrimitiveType.MAP, "map");
	}

}
