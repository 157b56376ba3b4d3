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

import java.util.NavigableSet;
import java.util.concurrent.ConcurrentNavigableMap;

/**
 * A replicated map in the order of its keys, for small data.
 * <p>
 * It has all operations of a {@link DistributedMap}, and keeps the contract of
 * {@link ConcurrentNavigableMap}. The order is that of an
 * {@link io.github.atomixspring.codec.OrderedCodec}, since the cluster sees and sorts the
 * encoded keys; {@link #comparator()} tells it.
 * <p>
 * Finding a neighbour, the first or the last entry is one round trip and linearizable,
 * and so are {@code pollFirstEntry} and {@code pollLastEntry}, which of all callers give
 * an entry to one only. Entries that these methods return show one moment and cannot be
 * changed. Sub maps, key sets and descending ones are live views of a range; they iterate
 * in pages, weakly consistent, and {@code clear()} of a view removes its range at once.
 * Their {@code size()} makes the cluster count the range.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1.0
 */
public interface DistributedNavigableMap<K, V> extends DistributedMap<K, V>, ConcurrentNavigableMap<K, V> {

	/**
	 * Returns the keys in their order, as a live view.
	 * @return the keys
	 */
	@Override
	NavigableSet<K> keySet();

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	@Override
	AsyncDistributedNavigableMap<K, V> async();

}
