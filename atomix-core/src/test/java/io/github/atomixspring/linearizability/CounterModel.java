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
 * Counters by key, zero at first, which answer their value after each operation.
 *
 * @since 0.1.0
 */
public final class CounterModel implements DeterministicModel<Long, CounterModel.Input, Long> {

	@Override
	public Long initialState() {
		return 0L;
	}

	@Override
	public Transition<Long, Long> apply(Long state, Input input) {
		Long next = state + input.delta();
		return new Transition<>(next, next);
	}

	@Override
	public boolean isReadOnly(Input input, @Nullable Long output) {
		return input.delta() == 0;
	}

	@Override
	public boolean isOutOfReach(Long state, Input input, Long output) {
		return state + input.delta() > output;
	}

	@Override
	public Object partition(Input input) {
		return input.key();
	}

	/**
	 * Operation on a counter.
	 *
	 * @param key the counter
	 * @param delta what is added, zero for a read; never negative, as a counter that only
	 * grows is far easier to judge
	 */
	public record Input(String key, long delta) {

		public Input {
			if (delta < 0) {
				throw new IllegalArgumentException("'delta' must not be negative");
			}
		}

		public static Input addAndGet(String key, long delta) {
			return new Input(key, delta);
		}

		public static Input get(String key) {
			return new Input(key, 0);
		}

	}

}
