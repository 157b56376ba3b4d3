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

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A listener of a multimap and the key it is for.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @param listener the listener
 * @param key the encoded key, or null for all keys
 */
record KeyedListener<K, V>(MultimapListener<K, V> listener, byte @Nullable [] key) {

	boolean concerns(byte[] changed) {
		return this.key == null || Arrays.equals(this.key, changed);
	}

}
