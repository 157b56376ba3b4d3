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

import io.github.atomixspring.codec.OrderedCodec;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.proxy.TransactionalCells;
import io.github.atomixspring.session.PrimitiveSession;

/**
 * Makes maps, counter maps and trees. Internal: public only for the root package.
 *
 * @since 0.1.0
 */
public final class Maps {

	private Maps() {
	}

	/**
	 * Creates the instance of a map.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called once, when the instance is closed
	 * @return the map
	 */
	public static <K, V> DistributedMap<K, V> create(PrimitiveSession session, String name, MapOptions<K, V> options,
			Runnable onClose) {
		MapProxy<K, V> map = new MapProxy<>(session, PrimitiveType.MAP, name, options, onClose);
		map.start();
		return map;
	}

	/**
	 * Returns the cells of a map for transactions.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param map the map
	 * @return the cells
	 * @throws IllegalArgumentException if it is another implementation
	 */
	public static <K, V> TransactionalCells<K, V> cells(DistributedMap<K, V> map) {
		if (map instanceof MapProxy<K, V> proxy) {
			return proxy.cells();
		}
		throw new IllegalArgumentException("'map' must be one that a node returned, not a " + map.getClass());
	}

	/**
	 * Creates the instance of a navigable map.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called once, when the instance is closed
	 * @return the map
	 * @throws IllegalArgumentException if the codec of the keys keeps no order
	 */
	public static <K, V> DistributedNavigableMap<K, V> createNavigable(PrimitiveSession session, String name,
			MapOptions<K, V> options, Runnable onClose) {
		if (!(options.keyCodec() instanceof OrderedCodec<K> keyCodec)) {
			throw new IllegalArgumentException("The keys of the navigable map '" + name
					+ "' need an OrderedCodec, see OrderedCodecs, and not " + options.keyCodec());
		}
		NavigableMapProxy<K, V> map = new NavigableMapProxy<>(session, name, options, keyCodec, onClose);
		map.start();
		return map;
	}

	/**
	 * Creates the instance of a counter map.
	 * @param <K> the type of the keys
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called once, when the instance is closed
	 * @return the map
	 */
	public static <K> DistributedCounterMap<K> createCounter(PrimitiveSession session, String name,
			CounterMapOptions<K> options, Runnable onClose) {
		CounterMapProxy<K> map = new CounterMapProxy<>(session, name, options, onClose);
		map.start();
		return map;
	}

	/**
	 * Creates the instance of a tree.
	 * @param <V> the type of the values
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called once, when the instance is closed
	 * @return the tree
	 */
	public static <V> DistributedTree<V> createTree(PrimitiveSession session, String name, TreeOptions<V> options,
			Runnable onClose) {
		TreeProxy<V> tree = new TreeProxy<>(session, name, options, onClose);
		tree.start();
		return tree;
	}

}
