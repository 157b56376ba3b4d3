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

package io.github.atomixspring.collection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.MultimapMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.Durations;
import io.github.atomixspring.proxy.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a multimap, for both of its faces.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class MultimapOperations<K, V> {

	private static final int PAGE_ENTRIES = 500;

	/**
	 * The size of a page of values: only bytes limit what is read in one round trip.
	 */
	private static final int PAGE_VALUES = Integer.MAX_VALUE;

	private static final byte[] NOTHING = new byte[0];

	private final PrimitiveId id;

	private final Lane lane;

	private final Encoding<K> keys;

	private final Encoding<V> values;

	private final boolean natural;

	private final ReadConsistency consistency;

	/**
	 * Creates the operations.
	 * @param id the multimap
	 * @param options the options
	 * @param lane submits commands and asks queries
	 */
	MultimapOperations(PrimitiveId id, MultimapOptions<K, V> options, Lane lane) {
		this.id = id;
		this.lane = lane;
		this.keys = new Encoding<>(options.keyCodec(), "a key of the multimap '" + id.name() + "'");
		this.values = new Encoding<>(options.valueCodec(), "a value of the multimap '" + id.name() + "'");
		this.natural = options.valueOrder() == ValueOrder.NATURAL;
		this.consistency = options.readConsistency();
	}

	Encoding<K> keys() {
		return this.keys;
	}

	Encoding<V> values() {
		return this.values;
	}

	ReadConsistency consistency() {
		return this.consistency;
	}

	byte[] encodeKey(K key) {
		Objects.requireNonNull(key, "'key' must not be null");
		return this.keys.encode(key);
	}

	private byte[] encodeValue(V value) {
		Objects.requireNonNull(value, "'value' must not be null");
		return this.values.encode(value);
	}

	/**
	 * Returns a time to live in milliseconds.
	 * @param timeToLive the time to live
	 * @return the milliseconds
	 */
	static long millis(Duration timeToLive) {
		return Durations.positiveMillis(timeToLive, "timeToLive");
	}

	CompletableFuture<Boolean> put(K key, V value, long timeToLive) {
		return flag(new MultimapMessages.Put(this.id, encodeKey(key), List.of(encodeValue(value)), timeToLive,
				this.natural));
	}

	CompletableFuture<Boolean> putAll(K key, Collection<? extends V> added, long timeToLive) {
		return putAll(encodeKey(key), parts(added), timeToLive);
	}

	private List<List<byte[]>> parts(Collection<? extends V> added) {
		Objects.requireNonNull(added, "'values' must not be null");
		return Parts.of(added, this.values);
	}

	private CompletableFuture<Boolean> putAll(byte[] key, List<List<byte[]>> parts, long timeToLive) {
		CompletableFuture<Boolean> all = CompletableFuture.completedFuture(false);
		for (List<byte[]> part : parts) {
			all = all.thenCombine(flag(new MultimapMessages.Put(this.id, key, part, timeToLive, this.natural)),
					Boolean::logicalOr);
		}
		return all;
	}

	CompletableFuture<Boolean> remove(K key, V value) {
		return remove(encodeKey(key), encodeValue(value));
	}

	CompletableFuture<Boolean> remove(byte[] key, byte[] value) {
		return flag(new MultimapMessages.Remove(this.id, key, value));
	}

	CompletableFuture<List<V>> replace(K key, Collection<? extends V> added, long timeToLive) {
		byte[] encoded = encodeKey(key);
		List<List<byte[]>> parts = parts(added);
		return replace(encoded, parts.isEmpty() ? List.of() : parts.get(0), timeToLive, new ArrayList<>())
			.thenCompose((removed) -> (parts.size() <= 1) ? CompletableFuture.completedFuture(removed)
					: putAll(encoded, parts.subList(1, parts.size()), timeToLive).thenApply((any) -> removed));
	}

	private CompletableFuture<List<V>> replace(byte[] key, List<byte[]> added, long timeToLive, List<V> removed) {
		return this.lane
			.command(new MultimapMessages.Replace(this.id, key, added, timeToLive, this.natural), Result.Values.class)
			.thenCompose((result) -> {
				result.values().forEach((value) -> removed.add(this.values.decode(value)));
				return result.more() ? replace(key, added, timeToLive, removed)
						: CompletableFuture.completedFuture(removed);
			});
	}

	CompletableFuture<List<V>> removeAll(K key) {
		return replace(key, List.of(), 0);
	}

	/**
	 * Removes a key without reading what it had.
	 * @param key the encoded key
	 * @return completes when it is removed
	 */
	CompletableFuture<Void> drop(byte[] key) {
		return this.lane
			.command(new MultimapMessages.Replace(this.id, key, List.of(), 0, this.natural), Result.Values.class)
			.thenCompose((result) -> result.more() ? drop(key) : CompletableFuture.completedFuture(null));
	}

	CompletableFuture<Void> clear() {
		return this.lane.command(new MultimapMessages.Clear(this.id), Result.Done.class).thenApply((done) -> null);
	}

	CompletableFuture<List<V>> get(K key, ReadConsistency howFresh) {
		return get(new KeyValue(encodeKey(key), NOTHING, 0), howFresh, new ArrayList<>());
	}

	private CompletableFuture<List<V>> get(KeyValue after, ReadConsistency howFresh, List<V> found) {
		return page(after, true, PAGE_VALUES, howFresh).thenCompose((page) -> {
			page.forEach((entry) -> found.add(this.values.decode(entry.value())));
			long bytes = page.stream().mapToLong((entry) -> entry.key().length + entry.value().length).sum();
			return (bytes < Parts.BYTES) ? CompletableFuture.completedFuture(found)
					: get(page.get(page.size() - 1), howFresh, found);
		});
	}

	CompletableFuture<Integer> size() {
		return count(null);
	}

	CompletableFuture<Integer> size(K key) {
		return count(encodeKey(key));
	}

	private CompletableFuture<Integer> count(byte @Nullable [] key) {
		return this.lane.ask(new MultimapMessages.Size(this.id, key), this.consistency, Result.Number.class)
			.thenApply((size) -> (int) Math.min(size.value(), Integer.MAX_VALUE));
	}

	CompletableFuture<Boolean> containsKey(K key) {
		return contains(new MultimapMessages.Contains(this.id, encodeKey(key), null));
	}

	CompletableFuture<Boolean> containsValue(V value) {
		return contains(new MultimapMessages.Contains(this.id, null, encodeValue(value)));
	}

	CompletableFuture<Boolean> containsEntry(K key, V value) {
		return contains(new MultimapMessages.Contains(this.id, encodeKey(key), encodeValue(value)));
	}

	private CompletableFuture<Boolean> contains(Query query) {
		return this.lane.ask(query, this.consistency, Result.Flag.class).thenApply(Result.Flag::value);
	}

	CompletableFuture<List<KeyValue>> entriesAfter(@Nullable KeyValue after) {
		return page(after, false, PAGE_ENTRIES, this.consistency);
	}

	private CompletableFuture<List<KeyValue>> page(@Nullable KeyValue after, boolean within, int limit,
			ReadConsistency howFresh) {
		return this.lane.ask(new MultimapMessages.Page(this.id, after, within, limit), howFresh, Result.Entries.class)
			.thenApply(Result.Entries::entries);
	}

	CompletableFuture<List<KeyValue>> keysAfter(@Nullable KeyValue after) {
		return this.lane
			.ask(new MultimapMessages.Keys(this.id, (after != null) ? after.key() : null, PAGE_ENTRIES),
					this.consistency, Result.Entries.class)
			.thenApply(Result.Entries::entries);
	}

	private CompletableFuture<Boolean> flag(Command command) {
		return this.lane.command(command, Result.Flag.class).thenApply(Result.Flag::value);
	}

}
