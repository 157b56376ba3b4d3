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

package io.github.atomixspring.testing;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import junit.framework.Test;
import junit.framework.TestFailure;
import junit.framework.TestResult;

/**
 * Runs suites of JUnit 3, as the library of Guava makes them for collections.
 */
public final class SuiteRunner {

	private SuiteRunner() {
	}

	/**
	 * Runs a suite.
	 * @param suite the suite
	 * @return the names of the tests that failed, and why
	 */
	public static List<String> run(Test suite) {
		TestResult result = new TestResult();
		suite.run(result);
		if (result.runCount() == 0) {
			throw new AssertionError("The suite " + suite + " has no tests");
		}
		System.out.println(suite + ": " + result.runCount() + " tests");
		return Stream.concat(Collections.list(result.errors()).stream(), Collections.list(result.failures()).stream())
			.map(SuiteRunner::describe)
			.toList();
	}

	private static String describe(TestFailure failure) {
		return failure.failedTest() + "\n" + failure.trace();
	}

}
