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

package io.github.atomixspring.codec;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Function;

/**
 * A codec whose bytes are in the order of the values, if they are compared one by one as
 * unsigned numbers and a beginning comes before what it begins. The cluster sees bytes
 * only, so this is what makes it sort the keys of a navigable map. See
 * {@link OrderedCodecs} for those that come with the library.
 *
 * @param <T> the type of the values
 * @since 0.1.0
 */
public interface OrderedCodec<T> extends Codec<T> {

	/**
	 * Returns the order of the values, which is that of their bytes.
	 * @return the comparator
	 */
	default Comparator<T> comparator() {
		return (one, other) -> Arrays.compareUnsigned(encode(one), encode(other));
	}

	/**
	 * Returns a codec of other values, each of which stands for a value of this codec and
	 * has its place in the order.
	 * @param <U> the type of the other values
	 * @param to returns what a value stands for
	 * @param from returns the value that stands for another
	 * @return the codec, equal to another only if both are the same
	 */
	default <U> OrderedCodec<U> mapped(Function<? super U, ? extends T> to, Function<? super T, ? extends U> from) {
		Objects.requireNonNull(to, "'to' must not be null");
		Objects.requireNonNull(from, "'from' must not be null");
		return new OrderedCodec<>() {

			@Override
			public byte[] encode(U value) {
				return OrderedCodec.this.encode(to.apply(value));
			}

			@Override
			public U decode(byte[] bytes) {
				return from.apply(OrderedCodec.this.decode(bytes));
			}

			@Override
			public String toString() {
				return "mapped to " + OrderedCodec.this;
			}

		};
	}

}
