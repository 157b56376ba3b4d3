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

package io.github.atomixspring.spring.integration;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.integration.metadata.ListenableMetadataStore;
import org.springframework.integration.metadata.MetadataStoreListener;
import org.springframework.util.Assert;

/**
 * A metadata store of the whole cluster, in a distributed map of strings.
 * <p>
 * All operations are linearizable, so that of several nodes that put a key if it is
 * absent exactly one does. They throw
 * {@link io.github.atomixspring.primitive.UnavailableException} if nothing happened
 * because the cluster could not be reached, and
 * {@link io.github.atomixspring.primitive.UnknownOutcomeException} if the answer was
 * lost. The interface has no way to say that a key was perhaps put: a filter or an
 * idempotent receiver whose {@code putIfAbsent} failed in this way has not let the file
 * or message through, and no other node will if the key was put all the same.
 * <p>
 * Listeners are told of the changes of all nodes in their order, each independently of
 * the others, and may block. A listener that is added while this node is connected sees
 * all later changes; one that is added before, as soon as the node is connected. When
 * changes may have been missed, as after the end of the session, this is logged at WARN.
 *
 * @since 0.1.0
 */
public class AtomixMetadataStore implements ListenableMetadataStore {

	/**
	 * The name of the map, unless another is given.
	 */
	public static final String DEFAULT_MAP = "integration-metadata";

	private static final Codec<String> CODEC = Codecs.forType(String.class);

	private final Atomix atomix;

	private final DistributedMap<String, String> map;

	private final Map<MetadataStoreListener, MetadataSubscription> subscriptions = new ConcurrentHashMap<>();

	/**
	 * Creates a store in the default map whose entries stay.
	 * @param atomix the node
	 */
	public AtomixMetadataStore(Atomix atomix) {
		this(atomix, DEFAULT_MAP, null);
	}

	/**
	 * Creates a store.
	 * @param atomix the node
	 * @param map the name of the map
	 * @param timeToLive the time after which an entry is removed that was not written
	 * again, positive, or null for never; the same on all nodes
	 */
	public AtomixMetadataStore(Atomix atomix, String map, @Nullable Duration timeToLive) {
		Assert.notNull(atomix, "'atomix' must not be null");
		MapOptions<String, String> options = MapOptions.of(CODEC, CODEC);
		this.atomix = atomix;
		this.map = atomix.map(map, (timeToLive != null) ? options.withTimeToLive(timeToLive) : options);
	}

	@Override
	public void put(String key, String value) {
		this.map.put(checkKey(key), checkValue(value, "value"));
	}

	@Override
	public @Nullable String get(String key) {
		return this.map.get(checkKey(key));
	}

	@Override
	public @Nullable String remove(String key) {
		return this.map.remove(checkKey(key));
	}

	@Override
	public @Nullable String putIfAbsent(String key, String value) {
		return this.map.putIfAbsent(checkKey(key), checkValue(value, "value"));
	}

	@Override
	public boolean replace(String key, String oldValue, String newValue) {
		return this.map.replace(checkKey(key), checkValue(oldValue, "oldValue"), checkValue(newValue, "newValue"));
	}

	/**
	 * Adds a listener. Adding it twice does nothing.
	 * @param listener the listener
	 */
	@Override
	public void addListener(MetadataStoreListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		MetadataSubscription subscription = new MetadataSubscription(this.map, listener);
		if (this.subscriptions.putIfAbsent(listener, subscription) == null) {
			boolean started = false;
			try {
				subscription.start(this.atomix.session());
				started = true;
			}
			finally {
				if (!started) {
					this.subscriptions.remove(listener, subscription);
				}
			}
		}
	}

	@Override
	public void removeListener(MetadataStoreListener listener) {
		MetadataSubscription subscription = this.subscriptions.remove(listener);
		if (subscription != null) {
			subscription.close();
		}
	}

	private static String checkKey(String key) {
		Assert.notNull(key, "'key' must not be null.");
		return key;
	}

	private static String checkValue(String value, String parameter) {
		Assert.notNull(value, () -> "'" + parameter + "' must not be null.");
		return value;
	}

	@Override
	public String toString() {
		return "AtomixMetadataStore[map=" + this.map.name() + "]";
	}

}
