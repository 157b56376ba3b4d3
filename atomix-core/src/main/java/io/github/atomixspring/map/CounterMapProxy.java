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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjLongConsumer;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.Encoding;
import io.github.atomixspring.proxy.ObservedPrimitive;
import io.github.atomixspring.proxy.PageIterator;
import io.github.atomixspring.session.PrimitiveSession;

/**
 * A {@link DistributedCounterMap} over the session of its node.
 *
 * @param <K> the type of the keys
 */
final class CounterMapProxy<K> extends ObservedPrimitive<CounterMapListener<K>>
		implements DistributedCounterMap<K>, MapLane {

	private final CounterMapOperations<K> operations;

	private final AsyncDistributedCounterMap<K> async;

	/**
	 * Creates a counter map.
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called when the instance is closed
	 */
	CounterMapProxy(PrimitiveSession session, String name, CounterMapOptions<K> options, Runnable onClose) {
		super(session, PrimitiveType.COUNTER_MAP, name, onClose);
		this.operations = new CounterMapOperations<>(id(), options, this);
		this.async = new AsyncCounterMapProxy<>(this.operations, session, this::listen);
	}

	/**
	 * Opens the instance.
	 */
	void start() {
		open();
	}

	@Override
	public <R extends Result> CompletableFuture<R> command(Command command, Class<R> result) {
		return submit(command, result);
	}

	@Override
	public <R extends Result> CompletableFuture<R> ask(Query query, ReadConsistency consistency, Class<R> result) {
		return query(query, consistency, result);
	}

	@Override
	public boolean isCaughtUp() {
		return session().isCaughtUp();
	}

	@Override
	public long get(K key) {
		return get(key, this.operations.map().consistency());
	}

	@Override
	public long get(K key, ReadConsistency consistency) {
		return session().await(this.operations.get(key, consistency));
	}

	@Override
	public long put(K key, long value) {
		return session().await(this.operations.put(key, value));
	}

	@Override
	public long put(K key, long value, Duration timeToLive) {
		return session().await(this.operations.put(key, value, timeToLive));
	}

	@Override
	public long putIfAbsent(K key, long value) {
		return session().await(this.operations.putIfAbsent(key, value));
	}

	@Override
	public long putIfAbsent(K key, long value, Duration timeToLive) {
		return session().await(this.operations.putIfAbsent(key, value, timeToLive));
	}

	@Override
	public boolean replace(K key, long oldValue, long newValue) {
		return session().await(this.operations.replace(key, oldValue, newValue));
	}

	@Override
	public long addAndGet(K key, long delta) {
		return session().await(this.operations.addAndGet(key, delta));
	}

	@Override
	public long getAndAdd(K key, long delta) {
		return session().await(this.operations.getAndAdd(key, delta));
	}

	@Override
	public long remove(K key) {
		return session().await(this.operations.remove(key));
	}

	@Override
	public boolean remove(K key, long value) {
		return session().await(this.operations.remove(key, value));
	}

	@Override
	public int size() {
		return session().await(this.operations.map().size());
	}

	@Override
	public void clear() {
		session().await(this.operations.map().clear());
	}

	@Override
	public void forEach(ObjLongConsumer<? super K> action) {
		Objects.requireNonNull(action, "'action' must not be null");
		MapOperations<K, Long> map = this.operations.map();
		new PageIterator<KeyValue>(
				(last) -> session().await(map.page((last != null) ? last.key() : null, map.consistency())), (entry) -> {
				})
			.forEachRemaining((entry) -> accept(action, entry));
	}

	private void accept(ObjLongConsumer<? super K> action, KeyValue entry) {
		action.accept(this.operations.map().keys().decode(entry.key()),
				this.operations.map().values().decode(entry.value()));
	}

	@Override
	public Registration addListener(CounterMapListener<K> listener) {
		return session().await(listen(listener));
	}

	@Override
	public AsyncDistributedCounterMap<K> async() {
		return this.async;
	}

	@Override
	protected void changed(Event event) {
		if (event instanceof Event.EntryChanged changed) {
			// Decoded by the listener's own executor: codecs are code of users.
			feed().publish((listener) -> listener.onEvent(toEvent(changed)));
		}
	}

	private static CounterMapEvent.Type type(int kind) {
		return switch (kind) {
			case Event.EntryChanged.WRITTEN -> CounterMapEvent.Type.UPDATED;
			case Event.EntryChanged.EXPIRED -> CounterMapEvent.Type.EXPIRED;
			default -> CounterMapEvent.Type.REMOVED;
		};
	}

	private CounterMapEvent<K> toEvent(Event.EntryChanged changed) {
		Encoding<Long> numbers = this.operations.map().values();
		return new CounterMapEvent<>(name(), type(changed.kind()), this.operations.map().keys().decode(changed.key()),
				CounterMapOperations.orZero(numbers.decodeNullable(changed.old())),
				CounterMapOperations.orZero(numbers.decodeNullable(changed.value())), changed.version());
	}

	@Override
	protected void resync() {
		CounterMapEvent<K> event = new CounterMapEvent<>(name(), CounterMapEvent.Type.RESYNC, null, 0, 0, 0);
		feed().publish((listener) -> listener.onEvent(event));
	}

}
