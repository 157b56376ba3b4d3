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

package io.github.atomixspring.proxy;

import java.util.List;
import java.util.function.Function;

import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Query;
import org.jspecify.annotations.Nullable;

/**
 * A primitive that takes part in transactions and stores versioned cells by key.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @param participant the primitive
 * @param keys encodes keys
 * @param values encodes and decodes values
 * @param read makes the query for the cells of several keys, which answers those that
 * exist as entries
 * @param write makes the command that writes a cell without a condition
 */
public record TransactionalCells<K, V>(Participant participant, Function<? super K, byte[]> keys, Encoding<V> values,
		Function<List<byte[]>, Query> read, Writer write) {

	/**
	 * Makes the command that writes a cell.
	 */
	@FunctionalInterface
	public interface Writer {

		/**
		 * Makes the command.
		 * @param key the key
		 * @param value the value, or null to remove the cell
		 * @param timeToLive the time to live in milliseconds; zero for the default
		 * @return the command
		 */
		Command write(byte[] key, byte @Nullable [] value, long timeToLive);

	}

}
