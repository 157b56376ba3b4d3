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

package io.github.atomixspring.spring.cache;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.CodecException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the keys of one cache into bytes.
 */
final class CacheKeys {

	private final String cache;

	private final Codec<Object> codec;

	private final boolean declared;

	/**
	 * Creates an encoder.
	 * @param cache the name of the cache, for messages
	 * @param codec the codec of a declared type, or null
	 */
	@SuppressWarnings("unchecked")
	CacheKeys(String cache, @Nullable Codec<?> codec) {
		this.cache = cache;
		this.declared = (codec != null);
		this.codec = (codec != null) ? (Codec<Object>) codec : new StableKeyCodec();
	}

	byte[] encode(Object key) {
		try {
			return this.codec.encode(key);
		}
		catch (RuntimeException ex) {
			throw new CodecException("Cache '" + this.cache + "' cannot have the key of the type "
					+ key.getClass().getName() + ": " + reason(ex), ex);
		}
	}

	private String reason(RuntimeException ex) {
		if (ex instanceof ClassCastException) {
			return "its keys are declared as " + this.codec;
		}
		return (this.declared) ? String.valueOf(ex.getMessage())
				: ex.getMessage() + ". Use keys of other types, for instance by the 'key' attribute of the annotation, "
						+ "or declare the type of the keys of this cache";
	}

}
