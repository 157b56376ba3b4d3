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

package io.github.atomixspring.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;

/**
 * An entry of a map.
 *
 * @param key the encoded key
 * @param value the encoded value
 * @param version the version, or zero where it has no meaning
 */
@JsonFormat(shape = Shape.ARRAY)
public record KeyValue(byte[] key, byte[] value, long version) {
	public KeyValue {
		Presence.check(key, value);
	}

	/**
	 * Returns how many bytes key and value have.
	 * @return the bytes
	 */
	public int size() {
		return this.key.length + this.value.length;
	}

}
