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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.session.PrimitiveSession;

/**
 * The asynchronous face of a counter map.
 *
 * @param <K> the type of the keys
 */
final class AsyncCounterMapProxy<K> implements AsyncDistributedCounterMap<K> {

	private final CounterMapOperations<K> operations;

	private final PrimitiveSession session;

	private final Function<CounterMapListener<K>, CompletableFuture<Registration>> listening;

	/**
	 * Creates the face.
	 * @param operations the operations
	 * @param session the session of the node
	 * @param listening adds a listener
	 */
	AsyncCounterMapProxy(CounterMapOperations<K> operations, PrimitiveSession session,
			Function<CounterMapListener<K>, CompletableFuture<Registration>> listening) {
		this.operations = operations;
		this.session = session;
		this.listening = listening;
	}

	@Override
	public CompletableFuture<Long> get(K key) {
		return get(key, this.operations.map().consistency());
	}

	@Override
	public CompletableFuture<Long> get(K key, ReadConsistency consistency) {
		return this.session.expose(this.operations.get(key, consistency));
	}

	@Override
	public CompletableFuture<Long> put(K key, long value) {
		return this.session.expose(this.operations.put(key, value));
	}

	@Override
	public CompletableFuture<Long> put(K key, long value, Duration timeToLive) {
		return this.session.expose(this.operations.put(key, value, timeToLive));
	}

	@Override
	public CompletableFuture<Long> putIfAbsent(K key, long value) {
		return this.session.expose(this.operations.putIfAbsent(key, value));
	}

	@Override
	public CompletableFuture<Long> putIfAbsent(K key, long value, Duration timeToLive) {
		return this.session.expose(this.operations.putIfAbsent(key, value, timeToLive));
	}

	@Override
	public CompletableFuture<Boolean> replace(K key, long oldValue, long newValue) {
		return this.session.expose(this.operations.replace(key, oldValue, newValue));
	}

	@Override
	public CompletableFuture<Long> addAndGet(K key, long delta) {
		return this.session.expose(this.operations.addAndGet(key, delta));
	}

	@Override
	public CompletableFuture<Long> getAndAdd(K key, long delta) {
		return this.session.expose(this.operations.getAndAdd(key, delta));
	}

	@Override
	public CompletableFuture<Long> remove(K key) {
		return this.session.expose(this.operations.remove(key));
	}

	@Override
	public CompletableFuture<Boolean> remove(K key, long value) {
		return this.session.expose(this.operations.remove(key, value));
	}

	@Override
	public CompletableFuture<Integer> size() {
		return this.session.expose(this.operations.map().size());
	}

	@Override
	public CompletableFuture<Boolean> isEmpty() {
		return this.session.expose(this.operations.map().size().thenApply((size) -> size == 0));
	}

	@Override
	public CompletableFuture<Void> clear() {
		return this.session.expose(this.operations.map().clear());
	}

	@Override
	public CompletableFuture<Registration> addListener(CounterMapListener<K> listener) {
		return this.session.expose(this.listening.apply(listener));
	}

}
