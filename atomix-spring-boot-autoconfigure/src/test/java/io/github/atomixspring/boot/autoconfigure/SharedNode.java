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

package io.github.atomixspring.boot.autoconfigure;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.docs.SingleMember;
import org.mockito.AdditionalAnswers;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.support.GenericApplicationContext;

import static org.mockito.BDDMockito.mock;
import static org.mockito.BDDMockito.willDoNothing;

/**
 * Contexts that share the running node of {@link SingleMember}, for tests that need a
 * real cluster and none of its own.
 */
final class SharedNode {

	private SharedNode() {
	}

	static Atomix atomix() {
		return SingleMember.atomix();
	}

	/**
	 * Returns a runner of contexts with the auto-configuration and this node.
	 * @return the runner
	 */
	static ApplicationContextRunner contextRunner() {
		Atomix running = mock(Atomix.class, AdditionalAnswers.delegatesTo(atomix()));
		willDoNothing().given(running).start();
		willDoNothing().given(running).stop();
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomixAutoConfiguration.class))
			.withInitializer((context) -> ((GenericApplicationContext) context).registerBean("atomix", Atomix.class,
					() -> running, (definition) -> definition.setDestroyMethodName("")));
	}

}
