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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.election.Leadership;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.test.util.AopTestUtils;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The order of the advice: inside of {@code @Async}, outside of {@code @Transactional},
 * and in the way of {@code @Scheduled}.
 */
class LeaderOnlyOrderTests {

	private final TestAtomix node = TestAtomix.create();

	private final ApplicationContextRunner contextRunner = this.node.contextRunner()
		.withConfiguration(
				AutoConfigurations.of(TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class))
		.withUserConfiguration(Config.class);

	@Test
	void aspectjIsNotNeeded() {
		assertThat(ClassUtils.isPresent("org.aspectj.weaver.Advice", null)).isFalse();
	}

	@Test
	void asyncMethodIsCheckedOnItsOwnThreadBeforeTheTransactionBegins() {
		this.contextRunner.run((context) -> {
			Work work = context.getBean(Work.class);
			elect();
			work.async();
			await().until(() -> !target(context).log.isEmpty());
			assertThat(target(context).log).first().asString().startsWith("async in task-").endsWith("term 1");
			assertThat(context.getBean(Transactions.class).begun).hasSize(1);
			assertThat(context.getBean(Transactions.class).begun.get(0)).startsWith("task-").endsWith("term 1");
		});
	}

	@Test
	void skippedAsyncMethodBeginsNoTransaction() {
		this.contextRunner.run((context) -> {
			context.getBean(Work.class).transactional();
			context.getBean(Work.class).async();
			assertThat(target(context).log).isEmpty();
			assertThat(context.getBean(Transactions.class).begun).isEmpty();
		});
	}

	@Test
	void asyncMethodIsCheckedWhenItRunsAndNotWhenItIsCalled() {
		this.contextRunner
			.withPropertyValues("spring.task.execution.pool.core-size=1", "spring.task.execution.pool.max-size=1")
			.run((context) -> {
				Work work = context.getBean(Work.class);
				elect();
				work.occupy();
				await().until(() -> target(context).occupied);
				work.async();
				this.node.election("main").expireLease();
				target(context).release();
				work.last();
				await().until(() -> target(context).log.contains("last"));
				assertThat(target(context).log).containsExactly("last");
			});
	}

	@Test
	void scheduledMethodRunsOnlyOnTheLeader() {
		this.contextRunner.run((context) -> {
			await().until(() -> target(context).ticks > 2);
			assertThat(target(context).scheduled).isEmpty();
			elect();
			await().until(() -> !target(context).scheduled.isEmpty());
			assertThat(target(context).scheduled.get(0)).startsWith("scheduling-").endsWith("term 1");
		});
	}

	private static Work target(ApplicationContext context) {
		return AopTestUtils.getTargetObject(context.getBean(Work.class));
	}

	private void elect() {
		await().until(() -> !this.node.election("main").candidates().isEmpty());
		this.node.election("main").electOurs();
	}

	private static String where() {
		return Thread.currentThread().getName() + " "
				+ Leadership.current().map((leadership) -> "term " + leadership.term()).orElse("no leader");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	@EnableScheduling
	@EnableTransactionManagement
	static class Config {

		@Bean
		Transactions transactions() {
			return new Transactions();
		}

		@Bean
		Work work() {
			return new Work();
		}

	}

	static class Work {

		final List<String> log = new CopyOnWriteArrayList<>();

		final List<String> scheduled = new CopyOnWriteArrayList<>();

		final CountDownLatch released = new CountDownLatch(1);

		volatile boolean occupied;

		volatile int ticks;

		@Async
		@Transactional
		@LeaderOnly("main")
		void async() {
			this.log.add("async in " + where());
		}

		@Transactional
		@LeaderOnly("main")
		void transactional() {
			this.log.add("transactional in " + where());
		}

		@Async
		void occupy() throws InterruptedException {
			this.occupied = true;
			this.released.await();
		}

		@Async
		void last() {
			this.log.add("last");
		}

		void release() {
			this.released.countDown();
		}

		@Scheduled(fixedDelay = 20)
		void tick() {
			this.ticks++;
		}

		@Scheduled(fixedDelay = 20)
		@LeaderOnly("main")
		void scheduled() {
			this.scheduled.add(where());
		}

	}

	@SuppressWarnings("serial")
	static class Transactions extends AbstractPlatformTransactionManager {

		private final transient List<String> begun = new CopyOnWriteArrayList<>();

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			this.begun.add(where());
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
		}

	}

}
