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
 * How one instance of a tree works.
 *
 * @param <V> the type of the values
 * @param valueCodec the codec of the values
 * @param readConsistency the consistency of reads of this instance
 * @since 0.1.0
 */
public record TreeOptions<V>(Codec<V> valueCodec, ReadConsistency readConsistency) {

	public TreeOptions {
		Objects.requireNonNull(valueCodec, "'valueCodec' must not be null");
		Objects.requireNonNull(readConsistency, "'readConsistency' must not be null");
	}

	/**
	 * Returns options with the given codec and linearizable reads.
	 * @param <V> the type of the values
	 * @param valueCodec the codec of the values
	 * @return the options
	 */
	public static <V> TreeOptions<V> of(Codec<V> valueCodec) {
		return new TreeOptions<>(valueCodec, ReadConsistency.LINEARIZABLE);
	}

	/**
	 * Returns these options with another read consistency.
	 * @param newReadConsistency the consistency of reads
	 * @return the options
	 */
	public TreeOptions<V> withReadConsistency(ReadConsistency newReadConsistency) {
		return new TreeOptions<>(this.valueCodec, newReadConsistency);
	}

}
