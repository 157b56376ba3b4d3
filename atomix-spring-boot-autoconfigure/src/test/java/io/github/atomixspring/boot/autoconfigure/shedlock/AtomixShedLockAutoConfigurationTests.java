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

package io.github.atomixspring.boot.autoconfigure.shedlock;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.spring.shedlock.AtomixLockProvider;
import io.github.atomixspring.spring.testing.OneMember;
import net.javacrumbs.shedlock.core.LockAssert;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.spring.annotation.EnableSchedulerLock;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AtomixShedLockAutoConfiguration}.
 */
class AtomixShedLockAutoConfigurationTests {

	private static OneMember cluster;

	private static Atomix client;

	private final ApplicationContextRunner contextRunner = runner(cluster.node());

	@BeforeAll
	static void start() {
		cluster = OneMember.start();
		client = cluster.client("c1");
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	private static ApplicationContextRunner runner(Atomix atomix) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomixShedLockAutoConfiguration.class))
			.withBean(Atomix.class, () -> atomix, (definition) -> definition.setDestroyMethodName(""));
	}

	@Test
	void jobRunsOnOneNodeAtATime() {
		runner(cluster.node()).withUserConfiguration(Locking.class)
			.withBean("job", Job.class)
			.run((context) -> runner(client).withUserConfiguration(Locking.class)
				.withBean("job", Job.class)
				.run((other) -> {
					context.getBean(Job.class).run();
					other.getBean(Job.class).run();
					assertThat(context.getBean(Job.class).runs()).isEqualTo(1);
					assertThat(other.getBean(Job.class).runs()).isEqualTo(0);
				}));
	}

	@Test
	void mapIsThatOfTheProperty() {
		assertThat(new AtomixShedLockProperties().getMap()).isEqualTo(AtomixLockProvider.DEFAULT_MAP);
		this.contextRunner.withPropertyValues("atomix.shedlock.map=jobs")
			.run((context) -> assertThat(context.getBean(AtomixLockProvider.class))
				.hasToString("AtomixLockProvider over map 'jobs'"));
		this.contextRunner.withPropertyValues("atomix.shedlock.map= ")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("atomix.shedlock.map")
				.hasMessageContaining("must not be blank"));
		this.contextRunner.withPropertyValues("atomix.shedlock.mpa=jobs")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(UnboundConfigurationPropertiesException.class));
	}

	@Test
	void providerOfTheApplicationWins() {
		this.contextRunner.withBean("own", LockProvider.class, () -> BDDMockito.mock(LockProvider.class))
			.run((context) -> assertThat(context).hasSingleBean(LockProvider.class).hasBean("own"));
	}

	@Test
	void runWhenDisabledCreatesNothing() {
		this.contextRunner.withPropertyValues("atomix.shedlock.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(LockProvider.class));
	}

	@Test
	void runWithoutNodeCreatesNothing() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(AtomixAutoConfiguration.class, AtomixShedLockAutoConfiguration.class))
			.withPropertyValues("atomix.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LockProvider.class));
	}

	@Test
	void runWithoutShedLockStarts() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("net.javacrumbs"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("atomixLockProvider"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableSchedulerLock(defaultLockAtMostFor = "5m")
	static class Locking {

	}

	public static class Job {

		private final AtomicInteger runs = new AtomicInteger();

		public int runs() {
			return this.runs.get();
		}

		@SchedulerLock(name = "report", lockAtLeastFor = "1m")
		public void run() {
			LockAssert.assertLocked();
			this.runs.incrementAndGet();
		}

	}

}
