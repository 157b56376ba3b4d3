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

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.NavigableMapMessages.Range;
import io.github.atomixspring.session.PrimitiveSession;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of a navigable map.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class AsyncNavigableMapProxy<K, V> extends AsyncMapProxy<K, V> implements AsyncDistributedNavigableMap<K, V> {

	private final RangeOperations<K, V> ranges;

	private final PrimitiveSession session;

	/**
	 * Creates the face.
	 * @param operations the operations of a map
	 * @param ranges the operations on ranges
	 * @param session the session of the node
	 * @param listening adds a listener
	 */
	AsyncNavigableMapProxy(MapOperations<K, V> operations, RangeOperations<K, V> ranges, PrimitiveSession session,
			Function<KeyedListener<K, V>, CompletableFuture<Registration>> listening) {
		super(operations, session, listening);
		this.ranges = ranges;
		this.session = session;
	}

	@Override
	public CompletableFuture<Map.@Nullable Entry<K, V>> firstEntry() {
		return this.session.expose(this.ranges.edge(Range.ALL, false));
	}

	@Override
	public CompletableFuture<Map.@Nullable Entry<K, V>> lastEntry() {
		return this.session.expose(this.ranges.edge(Range.ALL, true));
	}

	@Override
	public CompletableFuture<Map.@Nullable Entry<K, V>> lowerEntry(K key) {
		return this.session.expose(this.ranges.near(Range.ALL, key, false, true));
	}

	@Override
	public CompletableFuture<Map.@Nullable Entry<K, V>> floorEntry(K key) {
		return this.session.expose(this.ranges.near(Range.ALL, key, true, true));
	}

	@Override
	public CompletableFuture<Map.@Nullable Entry<K, V>> ceilingEntry(K key) {
		return this.session.expose(this.ranges.near(Range.ALL, key, true, false));
	}

	@Override
	public CompletableFuture<Map.@Nullable Entry<K, V>> higherEntry(K key) {
		return this.session.expose(this.ranges.near(Range.ALL, key, false, false));
	}

	@Override
	public CompletableFuture<Map.@Nullable Entry<K, V>> pollFirstEntry() {
		return this.session.expose(this.ranges.poll(Range.ALL, false));
	}

	@Override
	public CompletableFuture<Map.@Nullable Entry<K, V>> pollLastEntry() {
		return this.session.expose(this.ranges.poll(Range.ALL, true));
	}

}
