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

package io.github.atomixspring.linearizability;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Map whose keys are independent of each other, empty at first.
 *
 * @since 0.1.0
 */
public final class MapModel implements DeterministicModel<Optional<String>, MapModel.Input, ValueResult> {

	@Override
	public Optional<String> initialState() {
		return Optional.empty();
	}

	@Override
	public Transition<Optional<String>, ValueResult> apply(Optional<String> state, Input input) {
		ValueResult old = ValueResult.of(state.orElse(null));
		Optional<String> value = Optional.ofNullable(input.value());
		return switch (input.kind()) {
			case GET -> new Transition<>(state, old);
			case PUT, REMOVE -> new Transition<>(value, old);
			case PUT_IF_ABSENT -> new Transition<>((state.isPresent()) ? state : value, old);
			case REPLACE -> (state.isPresent() && state.get().equals(input.expected()))
					? new Transition<>(value, ValueResult.of(true)) : new Transition<>(state, ValueResult.of(false));
		};
	}

	@Override
	public boolean isReadOnly(Input input, @Nullable ValueResult output) {
		return switch (input.kind()) {
			case GET -> true;
			case PUT -> false;
			case PUT_IF_ABSENT -> output != null && output.value() != null;
			case REMOVE -> output != null && output.value() == null;
			case REPLACE -> output != null && !output.success();
		};
	}

	@Override
	public Object partition(Input input) {
		return input.key();
	}

	/**
	 * What may be asked of a map.
	 */
	public enum Kind {

		/**
		 * Answers the value.
		 */
		GET,

		/**
		 * Replaces the value; answers the old one.
		 */
		PUT,

		/**
		 * Sets the value if there is none; answers the one that was there.
		 */
		PUT_IF_ABSENT,

		/**
		 * Removes the key; answers the value that was there.
		 */
		REMOVE,

		/**
		 * Replaces the value if it is the expected one; answers whether it was.
		 */
		REPLACE

	}

	/**
	 * Operation on a key of a map.
	 *
	 * @param kind what is asked
	 * @param key the key
	 * @param expected the value that must be there, only for {@link Kind#REPLACE}
	 * @param value the new value, if there is one
	 */
	public record Input(Kind kind, String key, @Nullable String expected, @Nullable String value) {

		public static Input get(String key) {
			return new Input(Kind.GET, key, null, null);
		}

		public static Input put(String key, String value) {
			return new Input(Kind.PUT, key, null, value);
		}

		public static Input putIfAbsent(String key, String value) {
			return new Input(Kind.PUT_IF_ABSENT, key, null, value);
		}

		public static Input remove(String key) {
			return new Input(Kind.REMOVE, key, null, null);
		}

		public static Input replace(String key, String expected, String value) {
			return new Input(Kind.REPLACE, key, expected, value);
		}

	}

}
