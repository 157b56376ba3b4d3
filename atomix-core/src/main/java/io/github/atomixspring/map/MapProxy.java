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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.atomixspring.map.MapFunction.Decision;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.Versioned;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Result.Updated;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.proxy.AbstractPrimitive;
import io.github.atomixspring.proxy.CreationGate;
import io.github.atomixspring.proxy.EventFeed;
import io.github.atomixspring.proxy.Participant;
import io.github.atomixspring.proxy.TransactionalCells;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DistributedMap} over the session of its node.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
class MapProxy<K, V> extends AbstractPrimitive implements DistributedMap<K, V>, MapLane {

	private final MapOperations<K, V> operations;

	private final MapViews<K, V> views;

	private final CreationGate gate;

	private final EventFeed<KeyedListener<K, V>> feed;

	private final AsyncDistributedMap<K, V> async;

	private final @Nullable NearCaching caching;

	/**
	 * Creates a map.
	 * @param session the session of the node
	 * @param type the type
	 * @param name the name
	 * @param options the options
	 * @param onClose called when the instance is closed
	 */
	MapProxy(PrimitiveSession session, PrimitiveType type, String name, MapOptions<K, V> options, Runnable onClose) {
		super(session, type, name, onClose);
		this.operations = new MapOperations<>(id(), options, this);
		this.views = new MapViews<>(this, this.operations);
		long timeToLive = MapOperations.defaultTimeToLive(options);
		this.gate = new CreationGate(session, id(),
				(timeToLive != 0) ? List.of(new Setting(Setting.TIME_TO_LIVE, Long.toString(timeToLive))) : List.of());
		this.feed = new EventFeed<>(session, id(), mailbox(), this::resync);
		this.async = new AsyncMapProxy<>(this.operations, session, this::listen);
		NearCache<K> cache = this.operations.cache();
		this.caching = (cache != null) ? new NearCaching(cache, new CacheLoader(cache,
				(after) -> this.operations.page(after, ReadConsistency.LINEARIZABLE), session, mailbox()), this::keep)
				: null;
	}

	/**
	 * Opens the instance.
	 */
	void start() {
		open();
		if (this.caching != null) {
			this.caching.start();
		}
	}

	private CompletableFuture<Void> keep(Runnable keeper) {
		return pass(() -> {
			mailbox().execute(() -> this.feed.keep(keeper));
			return CompletableFuture.completedFuture(null);
		});
	}

	/**
	 * Returns the operations.
	 * @return the operations
	 */
	final MapOperations<K, V> operations() {
		return this.operations;
	}

	@Override
	public <R extends Result> CompletableFuture<R> command(Command command, Class<R> result) {
		return pass(() -> submit(command, result));
	}

	@Override
	public <R extends Result> CompletableFuture<R> ask(Query query, ReadConsistency consistency, Class<R> result) {
		if (this.caching != null) {
			this.caching.start();
		}
		return pass(() -> query(query, consistency, result));
	}

	@Override
	public boolean isCaughtUp() {
		return session().isCaughtUp();
	}

	private <T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> operation) {
		return isClosed() ? CompletableFuture.failedFuture(closedException()) : this.gate.pass(operation);
	}

	/**
	 * Returns the cells of this map for transactions.
	 * @return the cells
	 */
	TransactionalCells<K, V> cells() {
		Participant participant = new Participant(id(), session(),
				() -> pass(() -> CompletableFuture.completedFuture(null)));
		return new TransactionalCells<>(participant, this.operations::encodeKey, this.operations.values(),
				(keys) -> new MapMessages.Get(id(), keys), this.operations::unconditional);
	}

	/**
	 * Waits for an operation.
	 * @param <T> the type of the result
	 * @param future the operation
	 * @return the result
	 */
	final <T> T complete(CompletableFuture<T> future) {
		return session().await(future);
	}

	@Override
	public @Nullable V get(Object key) {
		return get(cast(key), this.operations.consistency());
	}

	@Override
	public @Nullable V get(K key, ReadConsistency consistency) {
		NearCache.Cell cell = this.operations.findNear(key, consistency);
		if (cell != null) {
			return (cell != NearCache.ABSENT) ? this.operations.values().decode(cell.value()) : null;
		}
		return complete(this.operations.get(key, consistency)).map(Versioned::value).orElse(null);
	}

	@Override
	public Optional<Versioned<V>> getVersioned(K key) {
		return getVersioned(key, this.operations.consistency());
	}

	@Override
	public Optional<Versioned<V>> getVersioned(K key, ReadConsistency consistency) {
		return complete(this.operations.get(key, consistency));
	}

	@Override
	public Map<K, V> getAll(Collection<? extends K> keys) {
		return getAll(keys, this.operations.consistency());
	}

	@Override
	public Map<K, V> getAll(Collection<? extends K> keys, ReadConsistency consistency) {
		return complete(this.operations.getAll(keys, consistency));
	}

	@Override
	public boolean containsKey(Object key) {
		return complete(this.operations.find(cast(key), this.operations.consistency())).isPresent();
	}

	@Override
	public boolean containsValue(Object value) {
		return complete(this.operations.containsValue(cast(value)));
	}

	@Override
	public int size() {
		return complete(this.operations.size());
	}

	@Override
	public boolean isEmpty() {
		return size() == 0;
	}

	@Override
	public @Nullable V put(K key, V value) {
		return this.operations.old(complete(this.operations.write(key, value, Condition.always())));
	}

	@Override
	public @Nullable V put(K key, V value, Duration timeToLive) {
		return this.operations.old(complete(this.operations.write(key, value, timeToLive, Condition.always())));
	}

	@Override
	public @Nullable V putIfAbsent(K key, V value) {
		return this.operations.old(complete(this.operations.write(key, value, Condition.absent())));
	}

	@Override
	public @Nullable V putIfAbsent(K key, V value, Duration timeToLive) {
		return this.operations.old(complete(this.operations.write(key, value, timeToLive, Condition.absent())));
	}

	@Override
	public void putAll(Map<? extends K, ? extends V> entries) {
		complete(this.operations.putAll(entries));
	}

	@Override
	public void putAll(Map<? extends K, ? extends V> entries, Duration timeToLive) {
		complete(this.operations.putAll(entries, timeToLive));
	}

	@Override
	public @Nullable V remove(Object key) {
		return this.operations.old(complete(this.operations.remove(cast(key), Condition.always())));
	}

	@Override
	public boolean remove(Object key, Object value) {
		K typedKey = cast(key);
		Objects.requireNonNull(typedKey, "'key' must not be null");
		return complete(this.operations.remove(typedKey, this.operations.valueIs(cast(value)))).updated();
	}

	@Override
	public boolean removeIfVersion(K key, long version) {
		return complete(this.operations.remove(key, existing(version))).updated();
	}

	@Override
	public @Nullable V replace(K key, V value) {
		return replaced(complete(this.operations.write(key, value, Condition.present())));
	}

	@Override
	public @Nullable V replace(K key, V value, Duration timeToLive) {
		return replaced(complete(this.operations.write(key, value, timeToLive, Condition.present())));
	}

	private @Nullable V replaced(Updated outcome) {
		return outcome.updated() ? this.operations.old(outcome) : null;
	}

	@Override
	public boolean replace(K key, V oldValue, V newValue) {
		Objects.requireNonNull(key, "'key' must not be null");
		return complete(this.operations.write(key, newValue, this.operations.valueIs(oldValue))).updated();
	}

	@Override
	public boolean replace(K key, V oldValue, V newValue, Duration timeToLive) {
		Objects.requireNonNull(key, "'key' must not be null");
		return complete(this.operations.write(key, newValue, timeToLive, this.operations.valueIs(oldValue))).updated();
	}

	@Override
	public boolean replaceIfVersion(K key, long version, V newValue) {
		return complete(this.operations.write(key, newValue, existing(version))).updated();
	}

	@Override
	public boolean replaceIfVersion(K key, long version, V newValue, Duration timeToLive) {
		return complete(this.operations.write(key, newValue, timeToLive, existing(version))).updated();
	}

	/**
	 * Returns the condition that an entry has a version.
	 * @param version the version
	 * @return the condition
	 */
	static Condition existing(long version) {
		if (version <= 0) {
			throw new IllegalArgumentException("'version' must be positive, not " + version);
		}
		return Condition.version(version);
	}

	@Override
	public @Nullable V compute(K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
		return update(key, MapFunction.compute(key, function));
	}

	@Override
	public @Nullable V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
		return update(key, MapFunction.computeIfAbsent(key, function));
	}

	@Override
	public @Nullable V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
		return update(key, MapFunction.computeIfPresent(key, function));
	}

	@Override
	public @Nullable V merge(K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
		return update(key, MapFunction.merge(key, value, function));
	}

	private @Nullable V update(K key, MapFunction<V> function) {
		Optional<Versioned<V>> current = complete(this.operations.get(key, ReadConsistency.LINEARIZABLE));
		V old = current.map(Versioned::value).orElse(null);
		long version = current.map(Versioned::version).orElse(0L);
		while (true) {
			Decision<V> decision = function.apply(old);
			if (!decision.isWrite()) {
				return decision.value();
			}
			Updated outcome = complete(this.operations.writeIf(key, version, decision.value()));
			if (outcome.updated()) {
				return decision.value();
			}
			old = this.operations.old(outcome);
			version = outcome.oldVersion();
		}
	}

	@Override
	public void clear() {
		complete(this.operations.clear());
	}

	@Override
	public Set<K> keySet() {
		return this.views.keySet();
	}

	@Override
	public Collection<V> values() {
		return this.views.values();
	}

	@Override
	public Set<Map.Entry<K, V>> entrySet() {
		return this.views.entrySet();
	}

	/**
	 * Returns an entry whose changes are written through.
	 * @param entry the encoded entry
	 * @return the entry
	 */
	final Map.Entry<K, V> liveEntry(KeyValue entry) {
		return this.views.liveEntry(entry);
	}

	@Override
	public boolean equals(Object other) {
		return this == other || (other instanceof Map<?, ?> && this.views.copy().equals(other));
	}

	@Override
	public int hashCode() {
		return this.views.copy().hashCode();
	}

	@Override
	public Registration addListener(MapListener<K, V> listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		return complete(listen(new KeyedListener<>(listener, null)));
	}

	@Override
	public Registration addListener(K key, MapListener<K, V> listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		return complete(listen(new KeyedListener<>(listener, this.operations.encodeKey(key))));
	}

	/**
	 * Adds a listener.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	final CompletableFuture<Registration> listen(KeyedListener<K, V> listener) {
		return pass(() -> this.feed.add(listener, this::closedException));
	}

	@Override
	public AsyncDistributedMap<K, V> async() {
		return this.async;
	}

	@Override
	protected CompletableFuture<Result.Flag> destroyAsync() {
		CompletableFuture<Result.Flag> destroyed = super.destroyAsync();
		this.gate.reset();
		return destroyed;
	}

	@Override
	protected void observe(Event event) {
		if (this.caching != null) {
			this.caching.observe(event);
		}
	}

	@Override
	protected void observe(SessionState state) {
		if (this.caching != null) {
			this.caching.observe(state);
		}
	}

	@Override
	protected void handle(Event event) {
		if (this.caching != null) {
			this.caching.handle(event);
		}
		if (event instanceof Event.EntryChanged changed) {
			// Decoded by the listener's own executor: codecs are code of users.
			this.feed.publish((listener) -> listener.concerns(changed.key()),
					(listener) -> listener.listener().onEvent(toEvent(changed)));
		}
		else if (event instanceof Event.Destroyed || event instanceof Event.Resync) {
			this.gate.reset();
			this.feed.listenAnew();
		}
	}

	private MapEvent<K, V> toEvent(Event.EntryChanged changed) {
		MapEvent.Type type = switch (changed.kind()) {
			case Event.EntryChanged.WRITTEN -> (changed.old() != null) ? MapEvent.Type.UPDATED : MapEvent.Type.ADDED;
			case Event.EntryChanged.EXPIRED -> MapEvent.Type.EXPIRED;
			default -> MapEvent.Type.REMOVED;
		};
		return new MapEvent<>(name(), type, this.operations.keys().decode(changed.key()),
				this.operations.values().decodeNullable(changed.old()),
				this.operations.values().decodeNullable(changed.value()), changed.version());
	}

	private void resync() {
		MapEvent<K, V> event = new MapEvent<>(name(), MapEvent.Type.RESYNC, null, null, null, 0);
		this.feed.publish((listener) -> listener.listener().onEvent(event));
	}

	@Override
	protected void handle(long id, SessionState state) {
		if (this.caching != null) {
			this.caching.handle(state);
		}
		this.feed.onState(state);
	}

	@Override
	protected void release() {
		if (this.caching != null) {
			this.caching.close();
		}
		this.feed.close();
	}

	@SuppressWarnings("unchecked")
	private static <T> T cast(Object object) {
		return (T) object;
	}

}
