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

package io.github.atomixspring.boot.test;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * Grants leadership before test methods with {@link WithLeadership}, and revokes all
 * after each test method, so that tests which share a context do not see each other's.
 */
class WithLeadershipTestExecutionListener extends AbstractTestExecutionListener {

	@Override
	public int getOrder() {
		// After the injection into the test, before the listeners of Spring Boot.
		return 4_500;
	}

	@Override
	public void beforeTestMethod(TestContext testContext) {
		WithLeadership annotation = find(testContext);
		if (annotation == null) {
			return;
		}
		ApplicationContext context = testContext.getApplicationContext();
		TestLeadership leadership = context.getBeanProvider(TestLeadership.class).getIfAvailable();
		if (leadership == null) {
			throw new IllegalStateException("@WithLeadership on " + testContext.getTestClass().getName()
					+ " or its method " + testContext.getTestMethod().getName()
					+ " has nothing to grant leadership with: add @AutoConfigureTestLeadership to the class");
		}
		if (annotation.value().length == 0) {
			leadership.grant();
		}
		for (String election : annotation.value()) {
			leadership.grant(context.getEnvironment().resolveRequiredPlaceholders(election));
		}
	}

	@Override
	public void afterTestMethod(TestContext testContext) {
		if (testContext.hasApplicationContext()) {
			testContext.getApplicationContext()
				.getBeanProvider(TestLeadership.class)
				.ifAvailable(TestLeadership::revoke);
		}
	}

	private @Nullable WithLeadership find(TestContext testContext) {
		WithLeadership annotation = AnnotatedElementUtils.findMergedAnnotation(testContext.getTestMethod(),
				WithLeadership.class);
		return (annotation != null) ? annotation
				: TestContextAnnotationUtils.findMergedAnnotation(testContext.getTestClass(), WithLeadership.class);
	}

}
