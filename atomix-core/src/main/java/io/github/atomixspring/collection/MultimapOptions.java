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

import java.util.Objects;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.primitive.ReadConsistency;

/**
 * How one instance of a multimap works, and the configuration it wants the multimap to
 * have.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @param keyCodec the codec of the keys
 * @param valueCodec the codec of the values
 * @param valueOrder the order of the values of a key. This is configuration: the first
 * creator fixes it for the cluster
 * @param readConsistency the consistency of reads of this instance
 * @since 0.1.0
 */
public record MultimapOptions<K, V>(Codec<K> keyCodec, Codec<V> valueCodec, ValueOrder valueOrder,
		ReadConsistency readConsistency) {

	public MultimapOptions {
		Objects.requireNonNull(keyCodec, "'keyCodec' must not be null");
		Objects.requireNonNull(valueCodec, "'valueCodec' must not be null");
		Objects.requireNonNull(valueOrder, "'valueOrder' must not be null");
		Objects.requireNonNull(readConsistency, "'readConsistency' must not be null");
	}

	/**
	 * Returns options with the given codecs, values in the order of insertion and
	 * linearizable reads.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param keyCodec the codec of the keys
	 * @param valueCodec the codec of the values
	 * @return the options
	 */
	public static <K, V> MultimapOptions<K, V> of(Codec<K> keyCodec, Codec<V> valueCodec) {
		return new MultimapOptions<>(keyCodec, valueCodec, ValueOrder.INSERT, ReadConsistency.LINEARIZABLE);
	}

	/**
	 * Returns these options with another order of values.
	 * @param newValueOrder the order of the values of a key
	 * @return the options
	 */
	public MultimapOptions<K, V> withValueOrder(ValueOrder newValueOrder) {
		return new MultimapOptions<>(this.keyCodec, this.valueCodec, newValueOrder, this.readConsistency);
	}

	/**
	 * Returns these options with another read consistency.
	 * @param newReadConsistency the consistency of reads
	 * @return the options
	 */
	public MultimapOptions<K, V> withReadConsistency(ReadConsistency newReadConsistency) {
		return new MultimapOptions<>(this.keyCodec, this.valueCodec, this.valueOrder, newReadConsistency);
	}

}
