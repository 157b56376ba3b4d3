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

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.map.MapFunction.Decision;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.primitive.Versioned;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Result.Updated;
import io.github.atomixspring.proxy.Durations;
import io.github.atomixspring.proxy.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a map, for both of its faces.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class MapOperations<K, V> {

	/**
	 * Above this size several entries or keys are split into several messages.
	 */
	static final int PART_BYTES = 512 * 1024;

	private static final int PAGE_ENTRIES = 500;

	private static final int ENTRY_OVERHEAD = 16;

	private final PrimitiveId id;

	private final MapLane lane;

	private final Encoding<K> keys;

	private final Encoding<V> values;

	private final long defaultTimeToLive;

	private final ReadConsistency consistency;

	private final @Nullable NearCache<K> cache;

	/**
	 * Creates the operations.
	 * @param id the map
	 * @param options the options
	 * @param lane submits commands and asks queries
	 */
	MapOperations(PrimitiveId id, MapOptions<K, V> options, MapLane lane) {
		this.id = id;
		this.lane = lane;
		this.keys = new Encoding<>(options.keyCodec(), "a key of the map '" + id.name() + "'");
		this.values = new Encoding<>(options.valueCodec(), "a value of the map '" + id.name() + "'");
		this.defaultTimeToLive = defaultTimeToLive(options);
		this.consistency = options.readConsistency();
		this.cache = (options.nearCacheEntries() > 0) ? new NearCache<>(this.keys, Codecs.isExact(options.keyCodec()),
				options.nearCacheEntries(), lane::isCaughtUp) : null;
	}

	/**
	 * Returns the time to live of entries that are written without one.
	 * @param options the options of the map
	 * @return the milliseconds, or zero for ever
	 */
	static long defaultTimeToLive(MapOptions<?, ?> options) {
		Duration timeToLive = options.timeToLive();
		return (timeToLive != null) ? Durations.positiveMillis(timeToLive, "timeToLive") : 0;
	}

	Encoding<K> keys() {
		return this.keys;
	}

	Encoding<V> values() {
		return this.values;
	}

	/**
	 * Returns the near cache.
	 * @return the cache, or null if there is none
	 */
	@Nullable NearCache<K> cache() {
		return this.cache;
	}

	ReadConsistency consistency() {
		return this.consistency;
	}

	byte[] encodeKey(K key) {
		Objects.requireNonNull(key, "'key' must not be null");
		return this.keys.encode(key);
	}

	byte[] encodeValue(V value) {
		Objects.requireNonNull(value, "'value' must not be null");
		return this.values.encode(value);
	}

	@Nullable V old(Updated outcome) {
		return this.values.decodeNullable(outcome.old());
	}

	/**
	 * Looks for an entry in the near cache.
	 * @param key the key
	 * @param howFresh how fresh it must be
	 * @return the cell, {@link NearCache#ABSENT} if there is no entry, or null if the
	 * cluster must be asked
	 */
	NearCache.@Nullable Cell findNear(K key, ReadConsistency howFresh) {
		Objects.requireNonNull(key, "'key' must not be null");
		Objects.requireNonNull(howFresh, "'consistency' must not be null");
		NearCache<K> near = this.cache;
		return (near != null && howFresh == ReadConsistency.SEQUENTIAL) ? near.find(near.identify(key)) : null;
	}

	CompletableFuture<Optional<KeyValue>> find(K key, ReadConsistency howFresh) {
		NearCache.Cell cell = findNear(key, howFresh);
		if (cell != null) {
			return CompletableFuture.completedFuture((cell != NearCache.ABSENT)
					? Optional.of(new KeyValue(encodeKey(key), cell.value(), cell.version())) : Optional.empty());
		}
		byte[] encoded = encodeKey(key);
		NearCache<K> near = this.cache;
		NearCache.Ticket ticket = (near != null && howFresh == ReadConsistency.SEQUENTIAL)
				? near.expect(near.identify(key)) : null;
		CompletableFuture<Optional<KeyValue>> found = this.lane
			.ask(new MapMessages.Get(this.id, List.of(encoded)), howFresh, Result.Entries.class)
			.thenApply((result) -> result.entries().stream().findFirst());
		return (near != null && ticket != null)
				? found.whenComplete((entry, ex) -> near.fill(ticket, (ex != null) ? null : entry.orElse(null)))
				: found;
	}

	CompletableFuture<Optional<Versioned<V>>> get(K key, ReadConsistency howFresh) {
		return find(key, howFresh).thenApply(
				(found) -> found.map((entry) -> new Versioned<>(this.values.decode(entry.value()), entry.version())));
	}

	CompletableFuture<Map<K, V>> getAll(Collection<? extends K> wanted, ReadConsistency howFresh) {
		Objects.requireNonNull(wanted, "'keys' must not be null");
		Objects.requireNonNull(howFresh, "'consistency' must not be null");
		return new KeyedRead(howFresh, wanted).next(0);
	}

	CompletableFuture<Boolean> containsEntry(K key, V value) {
		byte[] expected = encodeValue(value);
		return find(key, this.consistency)
			.thenApply((found) -> found.map((entry) -> Arrays.equals(entry.value(), expected)).orElse(false));
	}

	CompletableFuture<Boolean> containsValue(V value) {
		return this.lane
			.ask(new MapMessages.ContainsValue(this.id, encodeValue(value)), this.consistency, Result.Flag.class)
			.thenApply(Result.Flag::value);
	}

	CompletableFuture<Integer> size() {
		return this.lane.ask(new MapMessages.Size(this.id), this.consistency, Result.Number.class)
			.thenApply((size) -> (int) Math.min(size.value(), Integer.MAX_VALUE));
	}

	CompletableFuture<List<KeyValue>> page(byte @Nullable [] after, ReadConsistency howFresh) {
		return this.lane.ask(new MapMessages.Page(this.id, after, PAGE_ENTRIES), howFresh, Result.Entries.class)
			.thenApply(Result.Entries::entries);
	}

	CompletableFuture<Updated> write(K key, V value, Condition condition) {
		return update(encodeKey(key), encodeValue(value), this.defaultTimeToLive, condition);
	}

	CompletableFuture<Updated> write(K key, V value, Duration timeToLive, Condition condition) {
		byte[] encodedKey = encodeKey(key);
		return update(encodedKey, encodeValue(value), Durations.positiveMillis(timeToLive, "timeToLive"), condition);
	}

	CompletableFuture<Updated> remove(K key, Condition condition) {
		return update(encodeKey(key), null, 0, condition);
	}

	private CompletableFuture<Updated> update(byte[] key, byte @Nullable [] value, long timeToLive,
			Condition condition) {
		return this.lane.command(new MapMessages.Update(this.id, key, value, timeToLive, condition,
				condition.kind() <= Condition.PRESENT), Updated.class);
	}

	Command unconditional(byte[] key, byte @Nullable [] value, long timeToLive) {
		return new MapMessages.Update(this.id, key, value, (timeToLive != 0) ? timeToLive : this.defaultTimeToLive,
				Condition.always(), false);
	}

	Condition valueIs(V expected) {
		return Condition.value(encodeValue(expected));
	}

	CompletableFuture<Void> putAll(Map<? extends K, ? extends V> entries) {
		return putAll(entries, this.defaultTimeToLive);
	}

	CompletableFuture<Void> putAll(Map<? extends K, ? extends V> entries, Duration timeToLive) {
		return putAll(entries, Durations.positiveMillis(timeToLive, "timeToLive"));
	}

	private CompletableFuture<Void> putAll(Map<? extends K, ? extends V> entries, long timeToLive) {
		List<List<KeyValue>> parts = new ArrayList<>();
		int bytes = PART_BYTES;
		// All are encoded before the first is sent: a value that cannot be spoils none.
		for (Map.Entry<? extends K, ? extends V> entry : entries.entrySet()) {
			byte[] key = encodeKey(entry.getKey());
			byte[] value = encodeValue(entry.getValue());
			int size = key.length + value.length + ENTRY_OVERHEAD;
			bytes += size;
			if (bytes > PART_BYTES) {
				parts.add(new ArrayList<>());
				bytes = size;
			}
			parts.get(parts.size() - 1).add(new KeyValue(key, value, 0));
		}
		return allOf(parts.stream()
			.map((part) -> this.lane.command(new MapMessages.PutAll(this.id, part, timeToLive), Result.Done.class))
			.toList());
	}

	/**
	 * Waits for the parts of a write.
	 * @param parts the parts
	 * @return completes when all are written
	 */
	private CompletableFuture<Void> allOf(List<CompletableFuture<Result.Done>> parts) {
		CompletableFuture<Void> all = CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new));
		return (parts.size() <= 1) ? all : all.exceptionallyCompose((failure) -> {
			Throwable cause = AtomixException.unwrap(failure);
			boolean none = parts.stream().allMatch((part) -> part.isCompletedExceptionally());
			return CompletableFuture
				.failedFuture(
						(none && !(cause instanceof UnknownOutcomeException)) ? cause
								: new UnknownOutcomeException("putAll", "Of the " + parts.size()
										+ " parts of a putAll on '" + this.id.name() + "' not all were written",
										cause));
		});
	}

	CompletableFuture<Void> clear() {
		return this.lane.command(new MapMessages.Clear(this.id), Result.Done.class).thenApply((done) -> null);
	}

	/**
	 * Applies a function until no other write comes between.
	 * @param key the key
	 * @param function the function
	 * @param executor runs the function
	 * @return the value afterwards, or null
	 */
	CompletableFuture<@Nullable V> update(K key, MapFunction<V> function, Executor executor) {
		return get(key, ReadConsistency.LINEARIZABLE).thenComposeAsync((old) -> update(key,
				old.map(Versioned::value).orElse(null), old.map(Versioned::version).orElse(0L), function, executor),
				executor);
	}

	private CompletableFuture<@Nullable V> update(K key, @Nullable V old, long version, MapFunction<V> function,
			Executor executor) {
		Decision<V> decision = function.apply(old);
		if (!decision.isWrite()) {
			return CompletableFuture.completedFuture(decision.value());
		}
		return writeIf(key, version, decision.value())
			.thenComposeAsync((outcome) -> outcome.updated() ? CompletableFuture.completedFuture(decision.value())
					: update(key, old(outcome), outcome.oldVersion(), function, executor), executor);
	}

	CompletableFuture<Updated> writeIf(K key, long version, @Nullable V value) {
		Condition condition = Condition.version(version);
		return (value != null) ? write(key, value, condition) : remove(key, condition);
	}

	/**
	 * A read of several keys, in parts that are limited by the bytes of their keys and of
	 * their answers.
	 */
	private final class KeyedRead {

		private final ReadConsistency howFresh;

		private final Map<ByteBuffer, Integer> positions = new HashMap<>();

		private final List<K> keys = new ArrayList<>();

		private final List<byte[]> encoded = new ArrayList<>();

		private final Map<K, V> found = new LinkedHashMap<>();

		KeyedRead(ReadConsistency howFresh, Collection<? extends K> wanted) {
			this.howFresh = howFresh;
			for (K key : wanted) {
				byte[] bytes = encodeKey(key);
				if (this.positions.putIfAbsent(ByteBuffer.wrap(bytes), this.keys.size()) == null) {
					this.keys.add(key);
					this.encoded.add(bytes);
				}
			}
		}

		CompletableFuture<Map<K, V>> next(int from) {
			if (from == this.encoded.size()) {
				return CompletableFuture.completedFuture(this.found);
			}
			int end = from;
			int bytes = 0;
			do {
				bytes += this.encoded.get(end++).length + ENTRY_OVERHEAD;
			}
			while (end < this.encoded.size() && bytes + this.encoded.get(end).length + ENTRY_OVERHEAD <= PART_BYTES);
			int asked = end;
			return MapOperations.this.lane
				.ask(new MapMessages.Get(MapOperations.this.id, this.encoded.subList(from, asked)), this.howFresh,
						Result.Entries.class)
				.thenCompose((answer) -> next(take(answer.entries(), asked)));
		}

		/**
		 * Takes a part of the answer.
		 * @param entries the entries
		 * @param asked the position after the last key asked for
		 * @return the position of the first key to ask for now
		 */
		private int take(List<KeyValue> entries, int asked) {
			int bytes = 0;
			int position = 0;
			for (KeyValue entry : entries) {
				position = Objects.requireNonNull(this.positions.get(ByteBuffer.wrap(entry.key())));
				this.found.put(this.keys.get(position), MapOperations.this.values.decode(entry.value()));
				bytes += entry.size();
			}
			return (bytes >= MapMessages.MAX_ANSWER_BYTES) ? position + 1 : asked;
		}

	}

}
