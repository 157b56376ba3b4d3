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

import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Registers by key, empty at first, with read, write and compare-and-set.
 *
 * @since 0.1.0
 */
public final class RegisterModel implements DeterministicModel<Optional<String>, RegisterModel.Input, ValueResult> {

	@Override
	public Optional<String> initialState() {
		return Optional.empty();
	}

	@Override
	public Transition<Optional<String>, ValueResult> apply(Optional<String> state, Input input) {
		return switch (input.kind()) {
			case READ -> new Transition<>(state, ValueResult.of(state.orElse(null)));
			case WRITE -> new Transition<>(Optional.ofNullable(input.value()), ValueResult.of((String) null));
			case COMPARE_AND_SET -> Objects.equals(state.orElse(null), input.expected())
					? new Transition<>(Optional.ofNullable(input.value()), ValueResult.of(true))
					: new Transition<>(state, ValueResult.of(false));
		};
	}

	@Override
	public boolean isReadOnly(Input input, @Nullable ValueResult output) {
		return switch (input.kind()) {
			case READ -> true;
			case WRITE -> false;
			case COMPARE_AND_SET -> output != null && !output.success();
		};
	}

	@Override
	public Object partition(Input input) {
		return input.key();
	}

	/**
	 * What may be asked of a register.
	 */
	public enum Kind {

		/**
		 * Answers the value.
		 */
		READ,

		/**
		 * Replaces the value; answers {@code ValueResult.of(null)}.
		 */
		WRITE,

		/**
		 * Replaces the value if it is the expected one; answers whether it was.
		 */
		COMPARE_AND_SET

	}

	/**
	 * Operation on a register.
	 *
	 * @param kind what is asked
	 * @param key the register
	 * @param expected the value that must be there, {@code null} for an empty register
	 * @param value the value to write, {@code null} to empty the register
	 */
	public record Input(Kind kind, String key, @Nullable String expected, @Nullable String value) {

		public static Input read(String key) {
			return new Input(Kind.READ, key, null, null);
		}

		public static Input write(String key, @Nullable String value) {
			return new Input(Kind.WRITE, key, null, value);
		}

		public static Input compareAndSet(String key, @Nullable String expected, @Nullable String value) {
			return new Input(Kind.COMPARE_AND_SET, key, expected, value);
		}

	}

}
