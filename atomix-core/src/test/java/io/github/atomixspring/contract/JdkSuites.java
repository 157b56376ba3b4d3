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

package io.github.atomixspring.contract;

import java.util.Collections;
import java.util.Spliterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import junit.framework.Test;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * Runs the suites of guava-testlib, which are of JUnit 3.
 */
final class JdkSuites {

	private JdkSuites() {
	}

	static Stream<DynamicTest> tests(Test test) {
		if (test instanceof TestSuite suite) {
			Iterable<Test> tests = () -> Collections.list(suite.tests()).iterator();
			Spliterator<Test> each = tests.spliterator();
			return StreamSupport.stream(each, false).flatMap(JdkSuites::tests);
		}
		Executable run = () -> {
			TestResult result = new TestResult();
			test.run(result);
			for (TestFailure failure : Collections.list(result.errors())) {
				throw failure.thrownException();
			}
			for (TestFailure failure : Collections.list(result.failures())) {
				throw failure.thrownException();
			}
		};
		return Stream.of(DynamicTest.dynamicTest(test.toString(), run));
	}

}
