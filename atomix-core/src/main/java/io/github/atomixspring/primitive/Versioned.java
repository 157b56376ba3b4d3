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

package io.github.atomixspring.primitive;

import java.util.function.Function;

/**
 * A value and the version at which it was written.
 * <p>
 * Versions grow for ever, across removal and re-creation, and may skip numbers.
 *
 * @param <V> the type of the value
 * @param value the value
 * @param version the version, positive
 * @since 0.1.0
 */
public record Versioned<V>(V value, long version) {

	/**
	 * Returns the mapped value with the same version.
	 * @param <R> the type of the mapped value
	 * @param mapper the mapping function
	 * @return the mapped value
	 */
	public <R> Versioned<R> map(Function<? super V, ? extends R> mapper) {
		return new Versioned<>(mapper.apply(this.value), this.version);
	}

}
