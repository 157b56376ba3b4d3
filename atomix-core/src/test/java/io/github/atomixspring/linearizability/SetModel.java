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

import org.jspecify.annotations.Nullable;

/**
 * Sequential model of sets. Each element is judged by itself.
 */
public final class SetModel implements DeterministicModel<Boolean, SetModel.Input, ValueResult> {

	@Override
	public Boolean initialState() {
		return false;
	}

	@Override
	public Transition<Boolean, ValueResult> apply(Boolean state, Input input) {
		return switch (input.kind()) {
			case CONTAINS -> new Transition<>(state, ValueResult.of(state));
			case ADD -> new Transition<>(true, ValueResult.of(!state));
			case REMOVE -> new Transition<>(false, ValueResult.of(state));
		};
	}

	@Override
	public boolean isReadOnly(Input input, @Nullable ValueResult output) {
		return input.kind() == Kind.CONTAINS || (output != null && !output.success());
	}

	@Override
	public Object partition(Input input) {
		return input.element();
	}

	/**
	 * What may be asked of a set.
	 */
	public enum Kind {

		/**
		 * Answers whether the element is there.
		 */
		CONTAINS,

		/**
		 * Adds the element; answers whether it was not there.
		 */
		ADD,

		/**
		 * Removes the element; answers whether it was there.
		 */
		REMOVE

	}

	/**
	 * Operation on an element of a set.
	 *
	 * @param kind what is asked
	 * @param element the element
	 */
	public record Input(Kind kind, String element) {

	}

}
