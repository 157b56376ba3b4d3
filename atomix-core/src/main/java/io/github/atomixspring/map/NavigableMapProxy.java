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

import java.util.Comparator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentNavigableMap;

import io.github.atomixspring.codec.OrderedCodec;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.NavigableMapMessages.Range;
import io.github.atomixspring.session.PrimitiveSession;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DistributedNavigableMap} over the session of its node: a map, and for all that
 * has to do with the order the view of all its keys.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class NavigableMapProxy<K, V> extends MapProxy<K, V> implements DistributedNavigableMap<K, V> {

	private final Comparator<K> order;

	private final RangeView<K, V> all;

	private final AsyncDistributedNavigableMap<K, V> async;

	/**
	 * Creates a navigable map.
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param keyCodec the codec of the keys
	 * @param onClose called when the instance is closed
	 */
	NavigableMapProxy(PrimitiveSession session, String name, MapOptions<K, V> options, OrderedCodec<K> keyCodec,
			Runnable onClose) {
		super(session, PrimitiveType.NAVIGABLE_MAP, name, options, onClose);
		this.order = keyCodec.comparator();
		RangeOperations<K, V> ranges = new RangeOperations<>(id(), operations(), this);
		this.all = new RangeView<>(this, ranges, Range.ALL, false);
		this.async = new AsyncNavigableMapProxy<>(operations(), ranges, session, this::listen);
	}

	/**
	 * Returns the order of the keys.
	 * @return the order
	 */
	Comparator<K> order() {
		return this.order;
	}

	@Override
	public Comparator<? super K> comparator() {
		return this.order;
	}

	@Override
	public NavigableSet<K> keySet() {
		return navigableKeySet();
	}

	@Override
	public AsyncDistributedNavigableMap<K, V> async() {
		return this.async;
	}

	@Override
	public Map.@Nullable Entry<K, V> firstEntry() {
		return this.all.firstEntry();
	}

	@Override
	public Map.@Nullable Entry<K, V> lastEntry() {
		return this.all.lastEntry();
	}

	@Override
	public Map.@Nullable Entry<K, V> pollFirstEntry() {
		return this.all.pollFirstEntry();
	}

	@Override
	public Map.@Nullable Entry<K, V> pollLastEntry() {
		return this.all.pollLastEntry();
	}

	@Override
	public Map.@Nullable Entry<K, V> lowerEntry(K key) {
		return this.all.lowerEntry(key);
	}

	@Override
	public @Nullable K lowerKey(K key) {
		return this.all.lowerKey(key);
	}

	@Override
	public Map.@Nullable Entry<K, V> floorEntry(K key) {
		return this.all.floorEntry(key);
	}

	@Override
	public @Nullable K floorKey(K key) {
		return this.all.floorKey(key);
	}

	@Override
	public Map.@Nullable Entry<K, V> ceilingEntry(K key) {
		return this.all.ceilingEntry(key);
	}

	@Override
	public @Nullable K ceilingKey(K key) {
		return this.all.ceilingKey(key);
	}

	@Override
	public Map.@Nullable Entry<K, V> higherEntry(K key) {
		return this.all.higherEntry(key);
	}

	@Override
	public @Nullable K higherKey(K key) {
		return this.all.higherKey(key);
	}

	@Override
	public K firstKey() {
		return this.all.firstKey();
	}

	@Override
	public K lastKey() {
		return this.all.lastKey();
	}

	@Override
	public ConcurrentNavigableMap<K, V> descendingMap() {
		return this.all.descendingMap();
	}

	@Override
	public NavigableSet<K> navigableKeySet() {
		return this.all.navigableKeySet();
	}

	@Override
	public NavigableSet<K> descendingKeySet() {
		return this.all.descendingKeySet();
	}

	@Override
	public ConcurrentNavigableMap<K, V> subMap(K fromKey, boolean fromInclusive, K toKey, boolean toInclusive) {
		return this.all.subMap(fromKey, fromInclusive, toKey, toInclusive);
	}

	@Override
	public ConcurrentNavigableMap<K, V> headMap(K toKey, boolean inclusive) {
		return this.all.headMap(toKey, inclusive);
	}

	@Override
	public ConcurrentNavigableMap<K, V> tailMap(K fromKey, boolean inclusive) {
		return this.all.tailMap(fromKey, inclusive);
	}

	@Override
	public ConcurrentNavigableMap<K, V> subMap(K fromKey, K toKey) {
		return this.all.subMap(fromKey, toKey);
	}

	@Override
	public ConcurrentNavigableMap<K, V> headMap(K toKey) {
		return this.all.headMap(toKey);
	}

	@Override
	public ConcurrentNavigableMap<K, V> tailMap(K fromKey) {
		return this.all.tailMap(fromKey);
	}

}
