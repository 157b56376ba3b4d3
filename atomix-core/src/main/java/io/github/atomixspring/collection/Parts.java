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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import io.github.atomixspring.proxy.Encoding;

/**
 * Splits encoded elements where they do not fit into one message.
 */
final class Parts {

	/**
	 * The largest size of a part.
	 */
	static final int BYTES = 512 * 1024;

	private static final int OVERHEAD = 16;

	private Parts() {
	}

	/**
	 * Encodes elements. All are encoded before the first is sent: one that cannot be
	 * spoils none.
	 * @param <E> the type of the elements
	 * @param elements the elements
	 * @param encoding encodes one
	 * @return the parts, empty if there is no element
	 */
	static <E> List<List<byte[]>> of(Collection<? extends E> elements, Encoding<E> encoding) {
		Objects.requireNonNull(elements, "'elements' must not be null");
		List<List<byte[]>> parts = new ArrayList<>();
		int bytes = BYTES;
		for (E element : elements) {
			Objects.requireNonNull(element, "An element must not be null");
			byte[] encoded = encoding.encode(element);
			bytes += encoded.length + OVERHEAD;
			if (bytes > BYTES) {
				parts.add(new ArrayList<>());
				bytes = encoded.length + OVERHEAD;
			}
			parts.get(parts.size() - 1).add(encoded);
		}
		return parts;
	}

}
