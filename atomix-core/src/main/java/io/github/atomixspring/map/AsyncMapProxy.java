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
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.Versioned;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.Result.Updated;
import io.github.atomixspring.session.PrimitiveSession;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of a map.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
class AsyncMapProxy<K, V> implements AsyncDistributedMap<K, V> {

	private final MapOperations<K, V> operations;

	private final PrimitiveSession session;

	private final Function<KeyedListener<K, V>, CompletableFuture<Registration>> listening;

	/**
	 * Creates the face.
	 * @param operations the operations
	 * @param session the session of the node
	 * @param listening adds a listener
	 */
	AsyncMapProxy(MapOperations<K, V> operations, PrimitiveSession session,
			Function<KeyedListener<K, V>, CompletableFuture<Registration>> listening) {
		this.operations = operations;
		this.session = session;
		this.listening = listening;
	}

	@Override
	public CompletableFuture<@Nullable V> get(K key) {
		return get(key, this.operations.consistency());
	}

	@Override
	public CompletableFuture<@Nullable V> get(K key, ReadConsistency consistency) {
		return this.session.expose(
				this.operations.get(key, consistency).thenApply((found) -> found.map(Versioned::value).orElse(null)));
	}

	@Override
	public CompletableFuture<Optional<Versioned<V>>> getVersioned(K key) {
		return getVersioned(key, this.operations.consistency());
	}

	@Override
	public CompletableFuture<Optional<Versioned<V>>> getVersioned(K key, ReadConsistency consistency) {
		return this.session.expose(this.operations.get(key, consistency));
	}

	@Override
	public CompletableFuture<Map<K, V>> getAll(Collection<? extends K> keys) {
		return getAll(keys, this.operations.consistency());
	}

	@Override
	public CompletableFuture<Map<K, V>> getAll(Collection<? extends K> keys, ReadConsistency consistency) {
		return this.session.expose(this.operations.getAll(keys, consistency));
	}

	@Override
	public CompletableFuture<Boolean> containsKey(K key) {
		return this.session
			.expose(this.operations.find(key, this.operations.consistency()).thenApply(Optional::isPresent));
	}

	@Override
	public CompletableFuture<Boolean> containsValue(V value) {
		return this.session.expose(this.operations.containsValue(value));
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
	public CompletableFuture<@Nullable V> put(K key, V value) {
		return old(this.operations.write(key, value, Condition.always()));
	}

	@Override
	public CompletableFuture<@Nullable V> put(K key, V value, Duration timeToLive) {
		return old(this.operations.write(key, value, timeToLive, Condition.always()));
	}

	@Override
	public CompletableFuture<@Nullable V> putIfAbsent(K key, V value) {
		return old(this.operations.write(key, value, Condition.absent()));
	}

	@Override
	public CompletableFuture<@Nullable V> putIfAbsent(K key, V value, Duration timeToLive) {
		return old(this.operations.write(key, value, timeToLive, Condition.absent()));
	}

	@Override
	public CompletableFuture<Void> putAll(Map<? extends K, ? extends V> entries) {
		return this.session.expose(this.operations.putAll(entries));
	}

	@Override
	public CompletableFuture<Void> putAll(Map<? extends K, ? extends V> entries, Duration timeToLive) {
		return this.session.expose(this.operations.putAll(entries, timeToLive));
	}

	@Override
	public CompletableFuture<@Nullable V> remove(K key) {
		return old(this.operations.remove(key, Condition.always()));
	}

	@Override
	public CompletableFuture<Boolean> remove(K key, V value) {
		Objects.requireNonNull(key, "'key' must not be null");
		return updated(this.operations.remove(key, this.operations.valueIs(value)));
	}

	@Override
	public CompletableFuture<Boolean> removeIfVersion(K key, long version) {
		return updated(this.operations.remove(key, MapProxy.existing(version)));
	}

	@Override
	public CompletableFuture<@Nullable V> replace(K key, V value) {
		return replaced(this.operations.write(key, value, Condition.present()));
	}

	@Override
	public CompletableFuture<@Nullable V> replace(K key, V value, Duration timeToLive) {
		return replaced(this.operations.write(key, value, timeToLive, Condition.present()));
	}

	@Override
	public CompletableFuture<Boolean> replace(K key, V oldValue, V newValue) {
		Objects.requireNonNull(key, "'key' must not be null");
		return updated(this.operations.write(key, newValue, this.operations.valueIs(oldValue)));
	}

	@Override
	public CompletableFuture<Boolean> replace(K key, V oldValue, V newValue, Duration timeToLive) {
		Objects.requireNonNull(key, "'key' must not be null");
		return updated(this.operations.write(key, newValue, timeToLive, this.operations.valueIs(oldValue)));
	}

	@Override
	public CompletableFuture<Boolean> replaceIfVersion(K key, long version, V newValue) {
		return updated(this.operations.write(key, newValue, MapProxy.existing(version)));
	}

	@Override
	public CompletableFuture<Boolean> replaceIfVersion(K key, long version, V newValue, Duration timeToLive) {
		return updated(this.operations.write(key, newValue, timeToLive, MapProxy.existing(version)));
	}

	@Override
	public CompletableFuture<@Nullable V> compute(K key,
			BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
		return update(key, MapFunction.compute(key, function));
	}

	@Override
	public CompletableFuture<@Nullable V> computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
		return update(key, MapFunction.computeIfAbsent(key, function));
	}

	@Override
	public CompletableFuture<@Nullable V> computeIfPresent(K key,
			BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
		return update(key, MapFunction.computeIfPresent(key, function));
	}

	@Override
	public CompletableFuture<@Nullable V> merge(K key, V value,
			BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
		return update(key, MapFunction.merge(key, value, function));
	}

	@Override
	public CompletableFuture<Void> clear() {
		return this.session.expose(this.operations.clear());
	}

	@Override
	public CompletableFuture<Registration> addListener(MapListener<K, V> listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		return this.session.expose(this.listening.apply(new KeyedListener<>(listener, null)));
	}

	@Override
	public CompletableFuture<Registration> addListener(K key, MapListener<K, V> listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		return this.session.expose(this.listening.apply(new KeyedListener<>(listener, this.operations.encodeKey(key))));
	}

	private CompletableFuture<@Nullable V> update(K key, MapFunction<V> function) {
		return this.session.expose(this.operations.update(key, function, this.session.callbackExecutor()));
	}

	private CompletableFuture<@Nullable V> old(CompletableFuture<Updated> outcome) {
		return this.session.expose(outcome.thenApply(this.operations::old));
	}

	private CompletableFuture<@Nullable V> replaced(CompletableFuture<Updated> outcome) {
		return this.session
			.expose(outcome.thenApply((updated) -> updated.updated() ? this.operations.old(updated) : null));
	}

	private CompletableFuture<Boolean> updated(CompletableFuture<Updated> outcome) {
		return this.session.expose(outcome.thenApply(Updated::updated));
	}

}
