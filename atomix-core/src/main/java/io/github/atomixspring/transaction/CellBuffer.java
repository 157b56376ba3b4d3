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

package io.github.atomixspring.transaction;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.TransactionalCells;
import io.github.atomixspring.session.PrimitiveSession;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a primitive as a transaction sees them: what it has written, else what it
 * has read.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class CellBuffer<K, V> {

	private final TransactionalCells<K, V> cells;

	private final Buffer buffer;

	private final Map<ByteBuffer, Optional<byte[]>> contents = new HashMap<>();

	/**
	 * Creates a buffer without contents.
	 * @param cells the cells on the cluster
	 * @param buffer the buffer of the transaction
	 */
	CellBuffer(TransactionalCells<K, V> cells, Buffer buffer) {
		this.cells = cells;
		this.buffer = buffer;
	}

	@Nullable V get(K key) {
		return getAll(List.of(key)).get(key);
	}

	Map<K, V> getAll(Collection<? extends K> keys) {
		this.buffer.checkActive();
		Map<K, ByteBuffer> encoded = new LinkedHashMap<>();
		keys.forEach((key) -> encoded.put(key, ByteBuffer.wrap(this.cells.keys().apply(key))));
		read(encoded.values().stream().filter((key) -> !this.contents.containsKey(key)).distinct().toList());
		Map<K, V> found = new LinkedHashMap<>();
		encoded.forEach(
				(key, bytes) -> content(bytes).ifPresent((value) -> found.put(key, this.cells.values().decode(value))));
		return found;
	}

	private Optional<byte[]> content(ByteBuffer key) {
		return this.contents.getOrDefault(key, Optional.empty());
	}

	private void read(List<ByteBuffer> missing) {
		if (!missing.isEmpty()) {
			this.buffer.asking(missing.size());
		}
		for (List<ByteBuffer> rest = missing; !rest.isEmpty();) {
			rest = readPart(rest);
		}
	}

	/**
	 * Reads as much as one answer carries.
	 * @param missing the keys
	 * @return the keys that were not looked at
	 */
	private List<ByteBuffer> readPart(List<ByteBuffer> missing) {
		PrimitiveSession session = this.cells.participant().session();
		List<byte[]> keys = missing.stream().map(ByteBuffer::array).toList();
		Result.Entries answer = (Result.Entries) session
			.await(session.query(this.cells.read().apply(keys), ReadConsistency.LINEARIZABLE));
		Map<ByteBuffer, KeyValue> found = new HashMap<>();
		int end = missing.size();
		int bytes = 0;
		for (KeyValue entry : answer.entries()) {
			ByteBuffer key = ByteBuffer.wrap(entry.key());
			found.put(key, entry);
			bytes += entry.size();
			if (bytes >= MapMessages.MAX_ANSWER_BYTES) {
				end = missing.indexOf(key) + 1;
			}
		}
		for (ByteBuffer key : missing.subList(0, end)) {
			KeyValue entry = found.get(key);
			this.buffer.read(id(), key.array(), (entry != null) ? entry.version() : 0);
			this.contents.put(key, Optional.ofNullable(entry).map(KeyValue::value));
		}
		return missing.subList(end, missing.size());
	}

	/**
	 * Writes a cell.
	 * @param key the key
	 * @param value the value, or null to remove it
	 * @param timeToLive the time to live in milliseconds; zero for the default
	 */
	void put(K key, @Nullable V value, long timeToLive) {
		byte[] encodedKey = this.cells.keys().apply(key);
		byte[] encodedValue = this.cells.values().encodeNullable(value);
		this.buffer.write(id(), encodedKey, this.cells.write().write(encodedKey, encodedValue, timeToLive),
				encodedKey.length + ((encodedValue != null) ? encodedValue.length : 0));
		this.contents.put(ByteBuffer.wrap(encodedKey), Optional.ofNullable(encodedValue));
	}

	private PrimitiveId id() {
		return this.cells.participant().id();
	}

}
