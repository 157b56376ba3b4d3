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

import java.nio.file.Path;

/**
 * Assertions on recorded histories.
 *
 * @since 0.1.0
 */
public final class LinearizabilityAssertions {

	private static final Path DIRECTORY = Path.of("target", "histories");

	private LinearizabilityAssertions() {
	}

	/**
	 * Fails unless a history is proven to be linearizable; keeps it under
	 * {@code target/histories} if so.
	 * @param name the name of the file to keep it in
	 * @param history the history
	 * @param model the sequential model
	 * @param format the form of the file
	 * @param <I> the type of inputs
	 * @param <O> the type of outputs
	 */
	public static <I, O> void assertLinearizable(String name, History<I, O> history, Model<?, I, O> model,
			HistoryFormat<I, O> format) {
		Verdict verdict = new LinearizabilityChecker<>(model).check(history);
		if (!verdict.isValid()) {
			Path file = DIRECTORY.resolve(name + ".jsonl");
			format.write(history, file);
			throw new AssertionError("%s is %s%nThe history is kept in %s".formatted(name, verdict, file));
		}
	}

}
