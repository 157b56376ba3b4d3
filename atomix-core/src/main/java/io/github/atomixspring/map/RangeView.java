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

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.ConcurrentNavigableMap;

import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.NavigableMapMessages.Range;
import io.github.atomixspring.proxy.PageIterator;
import org.jspecify.annotations.Nullable;

/**
 * A live view of a range of a navigable map, in one direction or the other.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class RangeView<K, V> extends AbstractMap<K, V> implements ConcurrentNavigableMap<K, V> {

	private final NavigableMapProxy<K, V> map;

	private final RangeOperations<K, V> ranges;

	private final Range range;

	private final boolean descending;

	/**
	 * Creates a view.
	 * @param map the map
	 * @param ranges its operations on ranges
	 * @param range the range
	 * @param descending whether it begins with the last entry
	 */
	RangeView(NavigableMapProxy<K, V> map, RangeOperations<K, V> ranges, Range range, boolean descending) {
		this.map = map;
		this.ranges = ranges;
		this.range = range;
		this.descending = descending;
	}

	@Override
	public Comparator<? super K> comparator() {
		Comparator<? super K> order = this.map.order();
		return this.descending ? order.reversed() : order;
	}

	// Single entries

	private boolean isInside(byte[] key) {
		return isAfterStart(key, this.range.fromInclusive()) && isBeforeEnd(key, this.range.toInclusive());
	}

	private boolean isAfterStart(byte[] key, boolean inclusive) {
		byte[] from = this.range.from();
		int order = (from != null) ? Arrays.compareUnsigned(key, from) : 1;
		return order > 0 || (order == 0 && inclusive);
	}

	private boolean isBeforeEnd(byte[] key, boolean inclusive) {
		byte[] to = this.range.to();
		int order = (to != null) ? Arrays.compareUnsigned(key, to) : -1;
		return order < 0 || (order == 0 && inclusive);
	}

	@SuppressWarnings("unchecked")
	private @Nullable K inside(Object key) {
		K typed = (K) key;
		return isInside(this.map.operations().encodeKey(typed)) ? typed : null;
	}

	private K checked(K key) {
		if (!isInside(this.map.operations().encodeKey(key))) {
			throw new IllegalArgumentException("The key is outside of the range of this view");
		}
		return key;
	}

	@Override
	public @Nullable V get(Object key) {
		K known = inside(key);
		return (known != null) ? this.map.get(known) : null;
	}

	@Override
	public boolean containsKey(Object key) {
		K known = inside(key);
		return known != null && this.map.containsKey(known);
	}

	@Override
	public @Nullable V put(K key, V value) {
		return this.map.put(checked(key), value);
	}

	@Override
	public @Nullable V putIfAbsent(K key, V value) {
		return this.map.putIfAbsent(checked(key), value);
	}

	@Override
	public @Nullable V replace(K key, V value) {
		return this.map.replace(checked(key), value);
	}

	@Override
	public boolean replace(K key, V oldValue, V newValue) {
		return this.map.replace(checked(key), oldValue, newValue);
	}

	@Override
	public @Nullable V remove(Object key) {
		K known = inside(key);
		return (known != null) ? this.map.remove(known) : null;
	}

	@Override
	public boolean remove(Object key, Object value) {
		K known = inside(key);
		return known != null && this.map.remove(known, value);
	}

	// All entries

	@Override
	public int size() {
		return this.map.complete(this.ranges.size(this.range));
	}

	@Override
	public boolean isEmpty() {
		return firstEntry() == null;
	}

	@Override
	public void clear() {
		this.map.complete(this.ranges.clear(this.range));
	}

	@Override
	public Set<Map.Entry<K, V>> entrySet() {
		return new Entries();
	}

	@Override
	public NavigableSet<K> keySet() {
		return navigableKeySet();
	}

	@Override
	public NavigableSet<K> navigableKeySet() {
		return new NavigableKeys<>(this);
	}

	@Override
	public NavigableSet<K> descendingKeySet() {
		return descendingMap().navigableKeySet();
	}

	// Neighbours

	private Map.@Nullable Entry<K, V> near(K key, boolean inclusive, boolean back) {
		return this.map.complete(this.ranges.near(this.range, key, inclusive, back != this.descending));
	}

	@Override
	public Map.@Nullable Entry<K, V> firstEntry() {
		return this.map.complete(this.ranges.edge(this.range, this.descending));
	}

	@Override
	public Map.@Nullable Entry<K, V> lastEntry() {
		return this.map.complete(this.ranges.edge(this.range, !this.descending));
	}

	@Override
	public Map.@Nullable Entry<K, V> pollFirstEntry() {
		return this.map.complete(this.ranges.poll(this.range, this.descending));
	}

	@Override
	public Map.@Nullable Entry<K, V> pollLastEntry() {
		return this.map.complete(this.ranges.poll(this.range, !this.descending));
	}

	@Override
	public Map.@Nullable Entry<K, V> lowerEntry(K key) {
		return near(key, false, true);
	}

	@Override
	public Map.@Nullable Entry<K, V> floorEntry(K key) {
		return near(key, true, true);
	}

	@Override
	public Map.@Nullable Entry<K, V> ceilingEntry(K key) {
		return near(key, true, false);
	}

	@Override
	public Map.@Nullable Entry<K, V> higherEntry(K key) {
		return near(key, false, false);
	}

	@Override
	public @Nullable K lowerKey(K key) {
		return keyOrNull(lowerEntry(key));
	}

	@Override
	public @Nullable K floorKey(K key) {
		return keyOrNull(floorEntry(key));
	}

	@Override
	public @Nullable K ceilingKey(K key) {
		return keyOrNull(ceilingEntry(key));
	}

	@Override
	public @Nullable K higherKey(K key) {
		return keyOrNull(higherEntry(key));
	}

	@Override
	public K firstKey() {
		return keyOf(firstEntry());
	}

	@Override
	public K lastKey() {
		return keyOf(lastEntry());
	}

	private @Nullable K keyOrNull(Map.@Nullable Entry<K, V> entry) {
		return (entry != null) ? entry.getKey() : null;
	}

	private K keyOf(Map.@Nullable Entry<K, V> entry) {
		if (entry == null) {
			throw new NoSuchElementException("There is no key");
		}
		return entry.getKey();
	}

	// Views of this view

	@Override
	public ConcurrentNavigableMap<K, V> descendingMap() {
		return new RangeView<>(this.map, this.ranges, this.range, !this.descending);
	}

	@Override
	public ConcurrentNavigableMap<K, V> subMap(K fromKey, boolean fromInclusive, K toKey, boolean toInclusive) {
		byte[] from = this.map.operations().encodeKey(Objects.requireNonNull(fromKey, "'fromKey' must not be null"));
		byte[] to = this.map.operations().encodeKey(Objects.requireNonNull(toKey, "'toKey' must not be null"));
		int order = Arrays.compareUnsigned(from, to);
		if (this.descending ? order < 0 : order > 0) {
			throw new IllegalArgumentException("'fromKey' must not come after 'toKey'");
		}
		return view(from, fromInclusive, to, toInclusive);
	}

	@Override
	public ConcurrentNavigableMap<K, V> headMap(K toKey, boolean inclusive) {
		return view(null, false,
				this.map.operations().encodeKey(Objects.requireNonNull(toKey, "'toKey' must not be null")), inclusive);
	}

	@Override
	public ConcurrentNavigableMap<K, V> tailMap(K fromKey, boolean inclusive) {
		return view(this.map.operations().encodeKey(Objects.requireNonNull(fromKey, "'fromKey' must not be null")),
				inclusive, null, false);
	}

	/**
	 * Returns a view of a part.
	 * @param from the first bound in the direction of this view, or null for that of this
	 * view
	 * @param fromInclusive whether it belongs to the part
	 * @param to the last bound in the direction of this view, or null for that of this
	 * view
	 * @param toInclusive whether it belongs to the part
	 * @return the view
	 */
	private ConcurrentNavigableMap<K, V> view(byte @Nullable [] from, boolean fromInclusive, byte @Nullable [] to,
			boolean toInclusive) {
		Range part = this.range;
		byte[] lower = this.descending ? to : from;
		if (lower != null) {
			part = part.startingAt(bound(lower, this.descending ? toInclusive : fromInclusive),
					this.descending ? toInclusive : fromInclusive);
		}
		byte[] upper = this.descending ? from : to;
		if (upper != null) {
			part = part.endingAt(bound(upper, this.descending ? fromInclusive : toInclusive),
					this.descending ? fromInclusive : toInclusive);
		}
		return new RangeView<>(this.map, this.ranges, part, this.descending);
	}

	private byte[] bound(byte[] key, boolean inclusive) {
		// A bound that does not belong to the part may be one that is not in this view.
		if (!isAfterStart(key, this.range.fromInclusive() || !inclusive)
				|| !isBeforeEnd(key, this.range.toInclusive() || !inclusive)) {
			throw new IllegalArgumentException("The bound is outside of the range of this view");
		}
		return key;
	}

	@Override
	public ConcurrentNavigableMap<K, V> subMap(K fromKey, K toKey) {
		return subMap(fromKey, true, toKey, false);
	}

	@Override
	public ConcurrentNavigableMap<K, V> headMap(K toKey) {
		return headMap(toKey, false);
	}

	@Override
	public ConcurrentNavigableMap<K, V> tailMap(K fromKey) {
		return tailMap(fromKey, true);
	}

	/**
	 * Returns that it is a range, of which map: never what is stored, and without asking
	 * the cluster.
	 * @return the text
	 */
	@Override
	public String toString() {
		return "a range of " + this.map;
	}

	private PageIterator<KeyValue> pages() {
		return new PageIterator<>((last) -> this.map.complete(this.ranges.page(after(last), this.descending)),
				(entry) -> this.map.remove(this.map.operations().keys().decode(entry.key())));
	}

	private Range after(@Nullable KeyValue last) {
		if (last == null) {
			return this.range;
		}
		return this.descending ? this.range.endingAt(last.key(), false) : this.range.startingAt(last.key(), false);
	}

	/**
	 * The entries.
	 */
	private final class Entries extends AbstractSet<Map.Entry<K, V>> {

		@Override
		public int size() {
			return RangeView.this.size();
		}

		@Override
		public boolean isEmpty() {
			return RangeView.this.isEmpty();
		}

		@Override
		public Iterator<Map.Entry<K, V>> iterator() {
			return pages().map(RangeView.this.map::liveEntry);
		}

		@Override
		public Spliterator<Map.Entry<K, V>> spliterator() {
			return MapViews.spliterator(iterator(), Spliterator.DISTINCT | Spliterator.ORDERED);
		}

		@Override
		public boolean contains(Object object) {
			return object instanceof Map.Entry<?, ?> entry && entry.getKey() != null && entry.getValue() != null
					&& inside(entry.getKey()) != null && RangeView.this.map.entrySet().contains(entry);
		}

		@Override
		public boolean remove(Object object) {
			return object instanceof Map.Entry<?, ?> entry && entry.getKey() != null && entry.getValue() != null
					&& RangeView.this.remove(entry.getKey(), entry.getValue());
		}

		@Override
		public void clear() {
			RangeView.this.clear();
		}

	}

}
