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

package io.github.atomixspring.boot.autoconfigure.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.primitive.AtomixException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.bootstrap.BootstrapContext;
import org.springframework.util.Assert;

/**
 * The maps from which an application imports configuration, and what was in them. It is
 * there from the first import on, in the bootstrap context, and read again by each
 * refresh. All methods may be called from any thread.
 */
class ImportedMaps {

	private static final Log logger = LogFactory.getLog(ImportedMaps.class);

	private final String cluster;

	private final Supplier<AtomixClient> clients;

	private final Duration timeout;

	private final ReentrantLock lock = new ReentrantLock();

	private final Set<String> names = new LinkedHashSet<>();

	private final Map<String, Map<String, String>> contents = new LinkedHashMap<>();

	/**
	 * Whether the application has got through all imports of its start.
	 */
	private boolean started;

	private boolean watched;

	private @Nullable ConfigImportException failure;

	/**
	 * Creates an instance without any map.
	 * @param cluster the cluster and its members, for messages
	 * @param clients makes a client that was not started
	 * @param timeout how long such a client waits for an answer
	 */
	ImportedMaps(String cluster, Supplier<AtomixClient> clients, Duration timeout) {
		this.cluster = cluster;
		this.clients = clients;
		this.timeout = timeout;
	}

	/**
	 * Returns the instance of an application.
	 * @param bootstrap what was there at the import
	 * @return the maps
	 */
	static ImportedMaps of(BootstrapContext bootstrap) {
		ImportedMaps maps = bootstrap.get(ImportedMaps.class);
		Assert.state(maps != null, "Nothing is imported from the cluster");
		return maps;
	}

	/**
	 * Adds a map that is imported.
	 * @param map the name of the map
	 */
	void add(String map) {
		this.lock.lock();
		try {
			this.names.add(map);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the names of all maps that are imported, also of those that could not be.
	 * @return the names
	 */
	Set<String> names() {
		this.lock.lock();
		try {
			return Set.copyOf(this.names);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ends the imports of the start.
	 */
	void started() {
		this.lock.lock();
		try {
			this.started = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns what is in a map. The cluster is asked by a client, unless a watch keeps
	 * what is known up to date. Once the start of the application has waited in vain it
	 * does not wait again for another map.
	 * @param map the name of the map
	 * @return the entries
	 * @throws ConfigImportException if the cluster gave no answer
	 */
	Map<String, String> load(String map) {
		this.lock.lock();
		try {
			Map<String, String> known = this.contents.get(map);
			if (this.watched && known != null) {
				return known;
			}
			ConfigImportException before = this.failure;
			if (!this.started && before != null) {
				throw new ConfigImportException(map, before);
			}
			return read(map, known);
		}
		finally {
			this.lock.unlock();
		}
	}

	private Map<String, String> read(String map, @Nullable Map<String, String> known) {
		try (AtomixClient client = this.clients.get()) {
			client.start();
			Map<String, String> entries = read(client, map);
			this.contents.put(map, entries);
			return entries;
		}
		catch (AtomixException ex) {
			if (known != null) {
				// What was imported once must not be lost by a refresh.
				logger.warn("Configuration in the map '" + map + "' stays as it is: " + ex.getMessage());
				return known;
			}
			ConfigImportException failed = new ConfigImportException(map, this.cluster, this.timeout, ex);
			this.failure = failed;
			throw failed;
		}
	}

	/**
	 * Reads all maps again and keeps them from now on as they are told by this method.
	 * @param atomix the node of the application
	 * @return whether anything differs from what was imported
	 * @throws AtomixException if the cluster gave no answer; nothing is changed then
	 */
	boolean update(Atomix atomix) {
		Map<String, Map<String, String>> read = new LinkedHashMap<>();
		names().forEach((map) -> read.put(map, read(atomix, map)));
		this.lock.lock();
		try {
			boolean changed = read.entrySet()
				.stream()
				.anyMatch((map) -> !map.getValue().equals(this.contents.getOrDefault(map.getKey(), Map.of())));
			this.contents.putAll(read);
			this.watched = true;
			return changed;
		}
		finally {
			this.lock.unlock();
		}
	}

	private static Map<String, String> read(Atomix atomix, String name) {
		Map<String, String> entries = new LinkedHashMap<>();
		map(atomix, name).forEach(entries::put);
		return Map.copyOf(entries);
	}

	/**
	 * Returns the map of a name.
	 * @param atomix the node
	 * @param name the name
	 * @return the map
	 */
	static DistributedMap<String, String> map(Atomix atomix, String name) {
		return atomix.map(name, String.class, String.class);
	}

}
