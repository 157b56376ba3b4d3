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

package io.github.atomixspring.docs;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.shedlock.AtomixShedLockAutoConfiguration;
import io.github.atomixspring.spring.shedlock.AtomixLockProvider;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.spring.annotation.EnableSchedulerLock;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/shedlock.md}.
 */
@ExtendWith(SingleMember.class)
class ShedLockSnippetsTests {

	@Test
	void job() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomixShedLockAutoConfiguration.class))
			.withBean(Atomix.class, SingleMember::atomix, (definition) -> definition.setDestroyMethodName(""))
			.withUserConfiguration(Scheduling.class)
			.withBean(Reports.class)
			.run((context) -> await().until(() -> context.getBean(Reports.class).written() > 0));
	}

	@Test
	void provider() {
		Atomix atomix = SingleMember.atomix();
		// tag::provider[]
		LockProvider lockProvider = new AtomixLockProvider(atomix, "shop-jobs");
		// end::provider[]
		assertThat(lockProvider).hasToString("AtomixLockProvider over map 'shop-jobs'");
	}

	// tag::configuration[]
	@EnableScheduling
	@EnableSchedulerLock(defaultLockAtMostFor = "10m")
	static class Scheduling {

	}
	// end::configuration[]

	public static class Reports {

		private final AtomicInteger written = new AtomicInteger();

		// tag::job[]
		@Scheduled(fixedRate = 100)
		@SchedulerLock(name = "report", lockAtMostFor = "5m", lockAtLeastFor = "30s")
		public void report() {
			write();
		}
		// end::job[]

		public int written() {
			return this.written.get();
		}

		private void write() {
			this.written.incrementAndGet();
		}

	}

}
