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
import java.util.Map;
import java.util.Objects;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.proxy.PageIterator;
import io.github.atomixspring.session.PrimitiveSession;

/**
 * A {@link DistributedMultimap} over the session of its node.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class MultimapProxy<K, V> extends CollectionProxy<KeyedListener<K, V>> implements DistributedMultimap<K, V> {

	private final MultimapOperations<K, V> operations;

	private final AsyncDistributedMultimap<K, V> async;

	/**
	 * Creates a multimap.
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called when the instance is closed
	 */
	MultimapProxy(PrimitiveSession session, String name, MultimapOptions<K, V> options, Runnable onClose) {
		super(session, PrimitiveType.MULTIMAP, name,
				(options.valueOrder() == ValueOrder.NATURAL) ? List.of(Setting.NATURAL_ORDER) : List.of(), onClose);
		this.operations = new MultimapOperations<>(id(), options, this);
		this.async = new AsyncMultimapProxy<>(this.operations, session, this::listen);
	}

	@Override
	public boolean put(K key, V value) {
		return complete(this.operations.put(key, value, 0));
	}

	@Override
	public boolean put(K key, V value, Duration timeToLive) {
		return complete(this.operations.put(key, value, MultimapOperations.millis(timeToLive)));
	}

	@Override
	public boolean putAll(K key, Collection<? extends V> values) {
		return complete(this.operations.putAll(key, values, 0));
	}

	@Override
	public boolean putAll(K key, Collection<? extends V> values, Duration timeToLive) {
		return complete(this.operations.putAll(key, values, MultimapOperations.millis(timeToLive)));
	}

	@Override
	public List<V> get(K key) {
		return get(key, this.operations.consistency());
	}

	@Override
	public List<V> get(K key, ReadConsistency consistency) {
		return complete(this.operations.get(key, consistency));
	}

	@Override
	public List<V> remove(K key) {
		return complete(this.operations.removeAll(key));
	}

	@Override
	public boolean remove(K key, V value) {
		return complete(this.operations.remove(key, value));
	}

	@Override
	public List<V> replaceValues(K key, Collection<? extends V> values) {
		return complete(this.operations.replace(key, values, 0));
	}

	@Override
	public List<V> replaceValues(K key, Collection<? extends V> values, Duration timeToLive) {
		return complete(this.operations.replace(key, values, MultimapOperations.millis(timeToLive)));
	}

	@Override
	public void clear() {
		complete(this.operations.clear());
	}

	@Override
	public int size() {
		return complete(this.operations.size());
	}

	@Override
	public int size(K key) {
		return complete(this.operations.size(key));
	}

	@Override
	public boolean isEmpty() {
		return size() == 0;
	}

	@Override
	public boolean containsKey(K key) {
		return complete(this.operations.containsKey(key));
	}

	@Override
	public boolean containsValue(V value) {
		return complete(this.operations.containsValue(value));
	}

	@Override
	public boolean containsEntry(K key, V value) {
		return complete(this.operations.containsEntry(key, value));
	}

	@Override
	public Iterable<K> keys() {
		return () -> new PageIterator<KeyValue>((after) -> complete(this.operations.keysAfter(after)),
				(entry) -> complete(this.operations.drop(entry.key())))
			.map((entry) -> this.operations.keys().decode(entry.key()));
	}

	@Override
	public Iterable<Map.Entry<K, V>> entries() {
		return () -> new PageIterator<KeyValue>((after) -> complete(this.operations.entriesAfter(after)),
				(entry) -> complete(this.operations.remove(entry.key(), entry.value())))
			.map((entry) -> Map.entry(this.operations.keys().decode(entry.key()),
					this.operations.values().decode(entry.value())));
	}

	@Override
	public Registration addListener(MultimapListener<K, V> listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		return complete(listen(new KeyedListener<>(listener, null)));
	}

	@Override
	public Registration addListener(K key, MultimapListener<K, V> listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		return complete(listen(new KeyedListener<>(listener, this.operations.encodeKey(key))));
	}

	@Override
	public AsyncDistributedMultimap<K, V> async() {
		return this.async;
	}

	@Override
	void changed(Event.EntryChanged changed) {
		// Decoded by the listener's own executor: codecs are code of users.
		feed().publish((listener) -> listener.concerns(changed.key()),
				(listener) -> listener.listener().onEvent(toEvent(changed)));
	}

	private MultimapEvent<K, V> toEvent(Event.EntryChanged changed) {
		MultimapEvent.Type type = switch (changed.kind()) {
			case Event.EntryChanged.WRITTEN -> MultimapEvent.Type.ADDED;
			case Event.EntryChanged.EXPIRED -> MultimapEvent.Type.EXPIRED;
			default -> MultimapEvent.Type.REMOVED;
		};
		return new MultimapEvent<>(name(), type, this.operations.keys().decode(changed.key()), this.operations.values()
			.decodeNullable((type == MultimapEvent.Type.ADDED) ? changed.value() : changed.old()));
	}

	@Override
	void resync() {
		MultimapEvent<K, V> event = new MultimapEvent<>(name(), MultimapEvent.Type.RESYNC, null, null);
		feed().publish((listener) -> listener.listener().onEvent(event));
	}

}
