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
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.session.PrimitiveSession;

/**
 * The asynchronous face of a multimap.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class AsyncMultimapProxy<K, V> implements AsyncDistributedMultimap<K, V> {

	private final MultimapOperations<K, V> operations;

	private final PrimitiveSession session;

	private final Function<KeyedListener<K, V>, CompletableFuture<Registration>> listening;

	/**
	 * Creates the face.
	 * @param operations the operations
	 * @param session the session of the node
	 * @param listening adds a listener
	 */
	AsyncMultimapProxy(MultimapOperations<K, V> operations, PrimitiveSession session,
			Function<KeyedListener<K, V>, CompletableFuture<Registration>> listening) {
		this.operations = operations;
		this.session = session;
		this.listening = listening;
	}

	@Override
	public CompletableFuture<Boolean> put(K key, V value) {
		return this.session.expose(this.operations.put(key, value, 0));
	}

	@Override
	public CompletableFuture<Boolean> put(K key, V value, Duration timeToLive) {
		return this.session.expose(this.operations.put(key, value, MultimapOperations.millis(timeToLive)));
	}

	@Override
	public CompletableFuture<Boolean> putAll(K key, Collection<? extends V> values) {
		return this.session.expose(this.operations.putAll(key, values, 0));
	}

	@Override
	public CompletableFuture<Boolean> putAll(K key, Collection<? extends V> values, Duration timeToLive) {
		return this.session.expose(this.operations.putAll(key, values, MultimapOperations.millis(timeToLive)));
	}

	@Override
	public CompletableFuture<List<V>> get(K key) {
		return get(key, this.operations.consistency());
	}

	@Override
	public CompletableFuture<List<V>> get(K key, ReadConsistency consistency) {
		return this.session.expose(this.operations.get(key, consistency));
	}

	@Override
	public CompletableFuture<List<V>> remove(K key) {
		return this.session.expose(this.operations.removeAll(key));
	}

	@Override
	public CompletableFuture<Boolean> remove(K key, V value) {
		return this.session.expose(this.operations.remove(key, value));
	}

	@Override
	public CompletableFuture<List<V>> replaceValues(K key, Collection<? extends V> values) {
		return this.session.expose(this.operations.replace(key, values, 0));
	}

	@Override
	public CompletableFuture<List<V>> replaceValues(K key, Collection<? extends V> values, Duration timeToLive) {
		return this.session.expose(this.operations.replace(key, values, MultimapOperations.millis(timeToLive)));
	}

	@Override
	public CompletableFuture<Void> clear() {
		return this.session.expose(this.operations.clear());
	}

	@Override
	public CompletableFuture<Integer> size() {
		return this.session.expose(this.operations.size());
	}

	@Override
	public CompletableFuture<Boolean> isEmpty() {
		return this.session.expose(this.operations.size().thenApply((size) -> size == 0));
	}

	@Override
	public CompletableFuture<Integer> size(K key) {
		return this.session.expose(this.operations.size(key));
	}

	@Override
	public CompletableFuture<Boolean> containsKey(K key) {
		return this.session.expose(this.operations.containsKey(key));
	}

	@Override
	public CompletableFuture<Boolean> containsValue(V value) {
		return this.session.expose(this.operations.containsValue(value));
	}

	@Override
	public CompletableFuture<Boolean> containsEntry(K key, V value) {
		return this.session.expose(this.operations.containsEntry(key, value));
	}

	@Override
	public CompletableFuture<Registration> addListener(MultimapListener<K, V> listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		return this.session.expose(this.listening.apply(new KeyedListener<>(listener, null)));
	}

	@Override
	public CompletableFuture<Registration> addListener(K key, MultimapListener<K, V> listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		return this.session.expose(this.listening.apply(new KeyedListener<>(listener, this.operations.encodeKey(key))));
	}

}
