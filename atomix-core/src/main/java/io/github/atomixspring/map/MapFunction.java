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
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done with an entry, depending on its value.
 *
 * @param <V> the type of the values
 */
@FunctionalInterface
interface MapFunction<V> {

	/**
	 * Decides.
	 * @param old the present value, or null
	 * @return the decision
	 */
	Decision<V> apply(@Nullable V old);

	static <K, V> MapFunction<V> compute(K key,
			BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
		check(key, function);
		return (old) -> {
			V value = function.apply(key, old);
			return (old == null && value == null) ? Decision.keep(null) : Decision.write(value);
		};
	}

	static <K, V> MapFunction<V> computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
		check(key, function);
		return (old) -> {
			if (old != null) {
				return Decision.keep(old);
			}
			V value = function.apply(key);
			return (value != null) ? Decision.write(value) : Decision.keep(null);
		};
	}

	static <K, V> MapFunction<V> computeIfPresent(K key,
			BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
		check(key, function);
		return (old) -> (old != null) ? Decision.write(function.apply(key, old)) : Decision.keep(null);
	}

	static <K, V> MapFunction<V> merge(K key, V value,
			BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
		check(key, function);
		Objects.requireNonNull(value, "'value' must not be null");
		return (old) -> Decision.write((old != null) ? function.apply(old, value) : value);
	}

	private static void check(Object key, Object function) {
		Objects.requireNonNull(key, "'key' must not be null");
		Objects.requireNonNull(function, "'function' must not be null");
	}

	/**
	 * A decision.
	 *
	 * @param <V> the type of the values
	 * @param isWrite whether the entry is written
	 * @param value the value afterwards, or null for none
	 */
	record Decision<V>(boolean isWrite, @Nullable V value) {

		static <V> Decision<V> keep(@Nullable V value) {
			return new Decision<>(false, value);
		}

		static <V> Decision<V> write(@Nullable V value) {
			return new Decision<>(true, value);
		}

	}

}
