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

import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * Really atomic object, and processes that use it, for the simulation of histories that
 * are linearizable by construction. Written without the models that judge them.
 *
 * @param <I> the type of inputs
 * @param <O> the type of outputs
 */
interface Workload<I, O> {

	I next(int process, Random random);

	/**
	 * Carries out an operation at once, or returns {@code null} if it has to wait.
	 */
	@Nullable O apply(I input);

	/**
	 * Returns a wrong, though plausible, answer.
	 */
	O mutate(I input, O output, Random random);

	default boolean isAlwaysUnknown(I input) {
		return false;
	}

}
