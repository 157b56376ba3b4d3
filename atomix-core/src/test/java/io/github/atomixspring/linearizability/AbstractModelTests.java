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

import java.util.List;

/**
 * Base class of the tests that judge hand-written histories.
 */
abstract class AbstractModelTests {

	static <I, O> Operation<I, O> known(long invoked, long returned, I input, O output) {
		return new Operation<>("p", invoked, returned, input, output);
	}

	static <I, O> Operation<I, O> unknown(long invoked, I input) {
		return new Operation<>("p", invoked, Operation.NEVER, input, null);
	}

	@SafeVarargs
	@SuppressWarnings("varargs")
	static <I, O> Verdict.Status check(Model<?, I, O> model, Operation<I, O>... operations) {
		return new LinearizabilityChecker<>(model).check(List.of(operations)).status();
	}

}
