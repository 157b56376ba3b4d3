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

import java.util.Objects;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.primitive.ReadConsistency;

/**
 * How one instance of a counter map works.
 *
 * @param <K> the type of the keys
 * @param keyCodec the codec of the keys
 * @param readConsistency the consistency of reads of this instance
 * @since 0.1.0
 */
public record CounterMapOptions<K>(Codec<K> keyCodec, ReadConsistency readConsistency) {

	public CounterMapOptions {
		Objects.requireNonNull(keyCodec, "'keyCodec' must not be null");
		Objects.requireNonNull(readConsistency, "'readConsistency' must not be null");
	}

	/**
	 * Returns options with the given codec and linearizable reads.
	 * @param <K> the type of the keys
	 * @param keyCodec the codec of the keys
	 * @return the options
	 */
	public static <K> CounterMapOptions<K> of(Codec<K> keyCodec) {
		return new CounterMapOptions<>(keyCodec, ReadConsistency.LINEARIZABLE);
	}

	/**
	 * Returns these options with another read consistency.
	 * @param newReadConsistency the consistency of reads
	 * @return the options
	 */
	public CounterMapOptions<K> withReadConsistency(ReadConsistency newReadConsistency) {
		return new CounterMapOptions<>(this.keyCodec, newReadConsistency);
	}

}
