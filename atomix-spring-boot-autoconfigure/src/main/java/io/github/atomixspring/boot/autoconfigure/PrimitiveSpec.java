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

package io.github.atomixspring.boot.autoconfigure;

import java.time.Duration;
import java.util.function.BiFunction;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.codec.OrderedCodecs;
import io.github.atomixspring.spring.annotation.ElementTypes;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a primitive before it is made. Whatever breaks a rule fails with the
 * property that is to be changed.
 *
 * @param <P> the type of its properties
 * @param path the prefix of its properties
 * @param name its name in the cluster
 * @param properties its properties
 * @param elementTypes the types of what it keeps
 */
record PrimitiveSpec<P extends DeclaredPrimitive>(String path, String name, P properties, ElementTypes elementTypes) {

	/**
	 * Returns the codec of what the primitive keeps.
	 * @param index the position of the type parameter
	 * @return the codec
	 */
	Codec<Object> codec(int index) {
		return Codecs.forType(this.elementTypes.get(index));
	}

	/**
	 * Returns the codec of what the primitive keeps in order.
	 * @param index the position of the type parameter
	 * @return the codec
	 */
	@SuppressWarnings("unchecked")
	Codec<Object> orderedCodec(int index) {
		if (this.elementTypes.get(index) instanceof Class<?> type) {
			try {
				return (Codec<Object>) OrderedCodecs.forType(type);
			}
			catch (IllegalArgumentException ex) {
				throw this.elementTypes.unusable(index, String.valueOf(ex.getMessage()));
			}
		}
		throw this.elementTypes.unusable(index, "there is no ordered codec of a type with parameters");
	}

	/**
	 * Returns a number that must be set.
	 * @param <N> the type of the number
	 * @param property the property
	 * @param value its value
	 * @param least the least value
	 * @param meaning what the number is
	 * @return the number
	 */
	<N extends Number> N required(String property, @Nullable N value, long least, String meaning) {
		String key = key(property);
		if (value == null) {
			throw new InvalidConfigurationException(key, null, "the cluster must know " + meaning,
					"Set " + key + " to a number of at least " + least + ", the same on all nodes");
		}
		if (value.longValue() < least) {
			throw new InvalidConfigurationException(key, value, "it must be at least " + least,
					"Use a number of at least " + least);
		}
		return value;
	}

	/**
	 * Applies a duration if it is set.
	 * @param <O> the type of the options
	 * @param options the options
	 * @param property the property
	 * @param value its value
	 * @param change puts the duration into the options
	 * @return the options
	 */
	<O> O withDuration(O options, String property, @Nullable Duration value, BiFunction<O, Duration, O> change) {
		if (value != null && (value.isZero() || value.isNegative())) {
			throw new InvalidConfigurationException(key(property), value, "it must be longer than zero",
					"Use a positive duration with a unit, such as 10m");
		}
		return with(options, property, value, change);
	}

	/**
	 * Applies a value if it is set.
	 * @param <O> the type of the options
	 * @param <V> the type of the value
	 * @param options the options
	 * @param property the property
	 * @param value its value
	 * @param change puts the value into the options, which know its limits
	 * @return the options
	 */
	<O, V> O with(O options, String property, @Nullable V value, BiFunction<O, V, O> change) {
		if (value == null) {
			return options;
		}
		try {
			return change.apply(options, value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationException(key(property), value, String.valueOf(ex.getMessage()),
					"Use a value within these limits");
		}
	}

	/**
	 * Returns what to throw if the node refuses the primitive.
	 * @param cause why it does
	 * @return an exception that says where the primitive was declared
	 */
	RuntimeException unusable(IllegalArgumentException cause) {
		InvalidConfigurationException failure = new InvalidConfigurationException(key("name"), this.name,
				String.valueOf(cause.getMessage()),
				"Use a name of at most 256 characters, and with one name the same types of elements and the same "
						+ "options in the whole application");
		failure.initCause(cause);
		return failure;
	}

	private String key(String property) {
		return this.path + "." + property;
	}

}
