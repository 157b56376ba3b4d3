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

import java.util.AbstractSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.Spliterator;
import java.util.concurrent.ConcurrentNavigableMap;

import org.jspecify.annotations.Nullable;

/**
 * The keys of a navigable map or of a view of one.
 *
 * @param <K> the type of the keys
 */
final class NavigableKeys<K> extends AbstractSet<K> implements NavigableSet<K> {

	private final ConcurrentNavigableMap<K, ?> map;

	/**
	 * Creates the set.
	 * @param map the map
	 */
	NavigableKeys(ConcurrentNavigableMap<K, ?> map) {
		this.map = map;
	}

	@Override
	public Comparator<? super K> comparator() {
		return this.map.comparator();
	}

	@Override
	public int size() {
		return this.map.size();
	}

	@Override
	public boolean isEmpty() {
		return this.map.isEmpty();
	}

	@Override
	public boolean contains(Object key) {
		return this.map.containsKey(key);
	}

	@Override
	public boolean remove(Object key) {
		return this.map.remove(key) != null;
	}

	@Override
	public void clear() {
		this.map.clear();
	}

	@Override
	public Iterator<K> iterator() {
		Iterator<? extends Map.Entry<K, ?>> entries = this.map.entrySet().iterator();
		return new Iterator<>() {

			@Override
			public boolean hasNext() {
				return entries.hasNext();
			}

			@Override
			public K next() {
				return entries.next().getKey();
			}

			@Override
			public void remove() {
				entries.remove();
			}

		};
	}

	@Override
	public Spliterator<K> spliterator() {
		return MapViews.spliterator(iterator(), Spliterator.DISTINCT | Spliterator.ORDERED);
	}

	@Override
	public Iterator<K> descendingIterator() {
		return descendingSet().iterator();
	}

	@Override
	public NavigableSet<K> descendingSet() {
		return this.map.descendingKeySet();
	}

	@Override
	public K first() {
		return this.map.firstKey();
	}

	@Override
	public K last() {
		return this.map.lastKey();
	}

	@Override
	public @Nullable K lower(K key) {
		return this.map.lowerKey(key);
	}

	@Override
	public @Nullable K floor(K key) {
		return this.map.floorKey(key);
	}

	@Override
	public @Nullable K ceiling(K key) {
		return this.map.ceilingKey(key);
	}

	@Override
	public @Nullable K higher(K key) {
		return this.map.higherKey(key);
	}

	@Override
	public @Nullable K pollFirst() {
		Map.Entry<K, ?> entry = this.map.pollFirstEntry();
		return (entry != null) ? entry.getKey() : null;
	}

	@Override
	public @Nullable K pollLast() {
		Map.Entry<K, ?> entry = this.map.pollLastEntry();
		return (entry != null) ? entry.getKey() : null;
	}

	@Override
	public NavigableSet<K> subSet(K from, boolean fromInclusive, K to, boolean toInclusive) {
		return this.map.subMap(from, fromInclusive, to, toInclusive).navigableKeySet();
	}

	@Override
	public NavigableSet<K> headSet(K to, boolean inclusive) {
		return this.map.headMap(to, inclusive).navigableKeySet();
	}

	@Override
	public NavigableSet<K> tailSet(K from, boolean inclusive) {
		return this.map.tailMap(from, inclusive).navigableKeySet();
	}

	@Override
	public SortedSet<K> subSet(K from, K to) {
		return subSet(from, true, to, false);
	}

	@Override
	public SortedSet<K> headSet(K to) {
		return headSet(to, false);
	}

	@Override
	public SortedSet<K> tailSet(K from) {
		return tailSet(from, true);
	}

}
