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

import java.util.AbstractCollection;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.proxy.PageIterator;

/**
 * The views of a map. They are live, iterate in pages and are weakly consistent.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class MapViews<K, V> {

	private final MapProxy<K, V> map;

	private final MapOperations<K, V> operations;

	/**
	 * Creates the views.
	 * @param map the map
	 * @param operations its operations
	 */
	MapViews(MapProxy<K, V> map, MapOperations<K, V> operations) {
		this.map = map;
		this.operations = operations;
	}

	Map<K, V> copy() {
		Map<K, V> copy = new LinkedHashMap<>();
		iterator().forEachRemaining((entry) -> copy.put(key(entry), value(entry)));
		return copy;
	}

	Set<Map.Entry<K, V>> entrySet() {
		return new EntrySet();
	}

	Set<K> keySet() {
		return new KeySet();
	}

	Collection<V> values() {
		return new Values();
	}

	private PageIterator<KeyValue> iterator() {
		return new PageIterator<>(
				(last) -> this.map
					.complete(this.operations.page((last != null) ? last.key() : null, this.operations.consistency())),
				(entry) -> this.map.remove(key(entry)));
	}

	Map.Entry<K, V> liveEntry(KeyValue entry) {
		return new LiveEntry(key(entry), value(entry));
	}

	private K key(KeyValue entry) {
		return this.operations.keys().decode(entry.key());
	}

	private V value(KeyValue entry) {
		return this.operations.values().decode(entry.value());
	}

	/**
	 * Returns a spliterator that claims no size: others may change the map meanwhile.
	 * @param <T> the type of the elements
	 * @param iterator the iterator
	 * @param characteristics more characteristics
	 * @return the spliterator
	 */
	static <T> Spliterator<T> spliterator(Iterator<T> iterator, int characteristics) {
		return Spliterators.spliteratorUnknownSize(iterator,
				Spliterator.NONNULL | Spliterator.CONCURRENT | characteristics);
	}

	/**
	 * Removes the entries that fit, each only if nobody has written it meanwhile.
	 * @param filter tells which
	 * @return whether any was removed
	 */
	private boolean removeIf(BiPredicate<K, V> filter) {
		boolean removed = false;
		PageIterator<KeyValue> entries = iterator();
		while (entries.hasNext()) {
			KeyValue entry = entries.next();
			K key = key(entry);
			if (filter.test(key, value(entry))) {
				removed |= this.map.removeIfVersion(key, entry.version());
			}
		}
		return removed;
	}

	/**
	 * The entries.
	 */
	private final class EntrySet extends AbstractSet<Map.Entry<K, V>> {

		@Override
		public int size() {
			return MapViews.this.map.size();
		}

		@Override
		public Iterator<Map.Entry<K, V>> iterator() {
			return MapViews.this.iterator().map(MapViews.this::liveEntry);
		}

		@Override
		public Spliterator<Map.Entry<K, V>> spliterator() {
			return MapViews.spliterator(iterator(), Spliterator.DISTINCT);
		}

		@Override
		@SuppressWarnings("unchecked")
		public boolean contains(Object object) {
			return object instanceof Map.Entry<?, ?> entry && entry.getKey() != null && entry.getValue() != null
					&& MapViews.this.map
						.complete(MapViews.this.operations.containsEntry((K) entry.getKey(), (V) entry.getValue()));
		}

		@Override
		public boolean remove(Object object) {
			return object instanceof Map.Entry<?, ?> entry && entry.getKey() != null && entry.getValue() != null
					&& MapViews.this.map.remove(entry.getKey(), entry.getValue());
		}

		@Override
		public boolean removeIf(Predicate<? super Map.Entry<K, V>> filter) {
			return MapViews.this.removeIf((key, value) -> filter.test(Map.entry(key, value)));
		}

		@Override
		public void clear() {
			MapViews.this.map.clear();
		}

	}

	/**
	 * The keys.
	 */
	private final class KeySet extends AbstractSet<K> {

		@Override
		public int size() {
			return MapViews.this.map.size();
		}

		@Override
		public Iterator<K> iterator() {
			return MapViews.this.iterator().map(MapViews.this::key);
		}

		@Override
		public Spliterator<K> spliterator() {
			return MapViews.spliterator(iterator(), Spliterator.DISTINCT);
		}

		@Override
		public boolean contains(Object key) {
			return MapViews.this.map.containsKey(key);
		}

		@Override
		@SuppressWarnings("unchecked")
		public boolean remove(Object key) {
			return MapViews.this.map.complete(MapViews.this.operations.remove((K) key, Condition.present())).updated();
		}

		@Override
		public void clear() {
			MapViews.this.map.clear();
		}

	}

	/**
	 * The values.
	 */
	private final class Values extends AbstractCollection<V> {

		@Override
		public int size() {
			return MapViews.this.map.size();
		}

		@Override
		public Iterator<V> iterator() {
			return MapViews.this.iterator().map(MapViews.this::value);
		}

		@Override
		public Spliterator<V> spliterator() {
			return MapViews.spliterator(iterator(), 0);
		}

		@Override
		public boolean contains(Object value) {
			return MapViews.this.map.containsValue(value);
		}

		@Override
		public boolean removeIf(Predicate<? super V> filter) {
			return MapViews.this.removeIf((key, value) -> filter.test(value));
		}

		@Override
		public void clear() {
			MapViews.this.map.clear();
		}

	}

	/**
	 * An entry whose changes are written through.
	 */
	private final class LiveEntry extends SimpleEntry<K, V> {

		private LiveEntry(K key, V value) {
			super(key, value);
		}

		@Override
		public V setValue(V value) {
			MapViews.this.map.put(getKey(), value);
			return super.setValue(value);
		}

	}

}
