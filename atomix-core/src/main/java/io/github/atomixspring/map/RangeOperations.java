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

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.NavigableMapMessages;
import io.github.atomixspring.protocol.NavigableMapMessages.Range;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;

/**
 * What a navigable map does with ranges of its keys, for both of its faces.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class RangeOperations<K, V> {

	private static final int PAGE_ENTRIES = 500;

	private final PrimitiveId id;

	private final MapLane lane;

	private final MapOperations<K, V> map;

	/**
	 * Creates the operations.
	 * @param id the map
	 * @param map the operations of a map
	 * @param lane submits commands and asks queries
	 */
	RangeOperations(PrimitiveId id, MapOperations<K, V> map, MapLane lane) {
		this.id = id;
		this.lane = lane;
		this.map = map;
	}

	/**
	 * Reads the first or the last entry of a range.
	 * @param range the range
	 * @param last whether the last one
	 * @return the entry, or null if the range is empty
	 */
	CompletableFuture<Map.@Nullable Entry<K, V>> edge(Range range, boolean last) {
		return page(range, last, 1).thenApply(this::first);
	}

	/**
	 * Reads the entry that is next to a key within a range.
	 * @param range the range
	 * @param key the key
	 * @param inclusive whether the entry of the key itself counts
	 * @param downwards whether to look at smaller keys
	 * @return the entry, or null if there is none
	 */
	CompletableFuture<Map.@Nullable Entry<K, V>> near(Range range, K key, boolean inclusive, boolean downwards) {
		byte[] bound = this.map.encodeKey(key);
		return edge(downwards ? endingAt(range, bound, inclusive) : startingAt(range, bound, inclusive), downwards);
	}

	private static Range startingAt(Range range, byte[] bound, boolean inclusive) {
		byte[] from = range.from();
		int order = (from != null) ? Arrays.compareUnsigned(bound, from) : 1;
		return (order > 0 || (order == 0 && !inclusive)) ? range.startingAt(bound, inclusive) : range;
	}

	private static Range endingAt(Range range, byte[] bound, boolean inclusive) {
		byte[] to = range.to();
		int order = (to != null) ? Arrays.compareUnsigned(bound, to) : -1;
		return (order < 0 || (order == 0 && !inclusive)) ? range.endingAt(bound, inclusive) : range;
	}

	/**
	 * Reads a page of a range.
	 * @param range the range
	 * @param descending whether to begin with the last entry
	 * @return the entries
	 */
	CompletableFuture<List<KeyValue>> page(Range range, boolean descending) {
		return page(range, descending, PAGE_ENTRIES);
	}

	private CompletableFuture<List<KeyValue>> page(Range range, boolean descending, int limit) {
		return this.lane
			.ask(new NavigableMapMessages.RangePage(this.id, range, descending, limit), this.map.consistency(),
					Result.Entries.class)
			.thenApply(Result.Entries::entries);
	}

	CompletableFuture<Integer> size(Range range) {
		return this.lane
			.ask(new NavigableMapMessages.RangeSize(this.id, range), this.map.consistency(), Result.Number.class)
			.thenApply((size) -> (int) Math.min(size.value(), Integer.MAX_VALUE));
	}

	/**
	 * Removes the first or the last entry of a range.
	 * @param range the range
	 * @param last whether the last one
	 * @return the entry, or null if the range is empty
	 */
	CompletableFuture<Map.@Nullable Entry<K, V>> poll(Range range, boolean last) {
		return this.lane.command(new NavigableMapMessages.Poll(this.id, range, last), Result.Entries.class)
			.thenApply(Result.Entries::entries)
			.thenApply(this::first);
	}

	CompletableFuture<Result.Done> clear(Range range) {
		return this.lane.command(new NavigableMapMessages.ClearRange(this.id, range), Result.Done.class);
	}

	private Map.@Nullable Entry<K, V> first(List<KeyValue> entries) {
		return entries.isEmpty() ? null : new SimpleImmutableEntry<>(this.map.keys().decode(entries.get(0).key()),
				this.map.values().decode(entries.get(0).value()));
	}

}
