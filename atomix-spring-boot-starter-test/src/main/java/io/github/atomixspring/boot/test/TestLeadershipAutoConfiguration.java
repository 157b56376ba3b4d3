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

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.spring.election.LeaderElections;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for tests that decide when the
 * application leads.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = AtomixAutoConfiguration.class)
public final class TestLeadershipAutoConfiguration {

	@Bean
	TestLeadership atomixTestLeadership(ApplicationEventPublisher publisher) {
		return new TestLeadership(publisher);
	}

	@Bean
	LeaderElections atomixLeaderElections(TestLeadership leadership) {
		return leadership.elections();
	}

	@Bean
	@Conditional(OnNoTestNodeCondition.class)
	@ConditionalOnMissingBean
	Atomix atomix(TestLeadership leadership) {
		return leadership.atomix();
	}

}
