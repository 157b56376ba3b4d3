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

package io.github.atomixspring.map;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Versioned;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.CounterMapMessages;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result.Updated;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a counter map, for both of its faces: those of a map of numbers, and
 * counting.
 *
 * @param <K> the type of the keys
 */
final class CounterMapOperations<K> {

	private final PrimitiveId id;

	private final MapLane lane;

	private final MapOperations<K, Long> map;

	/**
	 * Creates the operations.
	 * @param id the map
	 * @param options the options
	 * @param lane submits commands and asks queries
	 */
	CounterMapOperations(PrimitiveId id, CounterMapOptions<K> options, MapLane lane) {
		this.id = id;
		this.lane = lane;
		this.map = new MapOperations<>(id,
				MapOptions.of(options.keyCodec(), CountCodec.INSTANCE).withReadConsistency(options.readConsistency()),
				lane);
	}

	/**
	 * Returns the operations of a map.
	 * @return the operations
	 */
	MapOperations<K, Long> map() {
		return this.map;
	}

	CompletableFuture<Long> get(K key, ReadConsistency consistency) {
		return this.map.get(key, consistency).thenApply((found) -> found.map(Versioned::value).orElse(0L));
	}

	CompletableFuture<Long> put(K key, long value) {
		return this.map.write(key, value, Condition.always()).thenApply(this::old);
	}

	CompletableFuture<Long> put(K key, long value, Duration timeToLive) {
		return this.map.write(key, value, timeToLive, Condition.always()).thenApply(this::old);
	}

	CompletableFuture<Long> putIfAbsent(K key, long value) {
		return this.map.write(key, value, Condition.absent()).thenApply(this::old);
	}

	CompletableFuture<Long> putIfAbsent(K key, long value, Duration timeToLive) {
		return this.map.write(key, value, timeToLive, Condition.absent()).thenApply(this::old);
	}

	CompletableFuture<Boolean> replace(K key, long oldValue, long newValue) {
		return count(new CounterMapMessages.CompareAndSet(this.id, this.map.encodeKey(key), oldValue, newValue))
			.thenApply(LongMessages.Updated::updated);
	}

	CompletableFuture<Long> addAndGet(K key, long delta) {
		return add(key, delta).thenApply(LongMessages.Updated::value);
	}

	CompletableFuture<Long> getAndAdd(K key, long delta) {
		return add(key, delta).thenApply(LongMessages.Updated::old);
	}

	private CompletableFuture<LongMessages.Updated> add(K key, long delta) {
		return count(new CounterMapMessages.Add(this.id, this.map.encodeKey(key), delta));
	}

	private CompletableFuture<LongMessages.Updated> count(Command command) {
		return this.lane.command(command, LongMessages.Updated.class);
	}

	CompletableFuture<Long> remove(K key) {
		return this.map.remove(key, Condition.always()).thenApply(this::old);
	}

	CompletableFuture<Boolean> remove(K key, long value) {
		return this.map.remove(key, this.map.valueIs(value)).thenApply(Updated::updated);
	}

	private long old(Updated outcome) {
		return orZero(this.map.old(outcome));
	}

	/**
	 * Returns a number.
	 * @param number the number, or null for none
	 * @return the number, or zero
	 */
	static long orZero(@Nullable Long number) {
		return (number != null) ? number : 0;
	}

}
