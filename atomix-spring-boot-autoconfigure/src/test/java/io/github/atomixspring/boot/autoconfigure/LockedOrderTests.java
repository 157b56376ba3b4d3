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

import io.github.atomixspring.Atomix;
import io.github.atomixspring.docs.SingleMember;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.Locked;
import io.github.atomixspring.spring.annotation.Otherwise;
import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.lock.HeldLock;
import io.github.atomixspring.spring.lock.LockNotAcquiredException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The order of the advice: inside of {@code @Async} and {@code @LeaderOnly}, outside of
 * {@code @Transactional} and {@code @Cacheable}, and in the way of {@code @Scheduled}.
 */
@ExtendWith(SingleMember.class)
class LockedOrderTests {

	private final Atomix atomix = SharedNode.atomix();

	private final List<String> log = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner contextRunner = SharedNode.contextRunner()
		.withConfiguration(
				AutoConfigurations.of(TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class))
		.withBean(Log.class, () -> new Log(this.log))
		.withUserConfiguration(Config.class);

	/**
	 * A thread of the test may still have the lock, for which the next test does not
	 * wait.
	 */
	@AfterEach
	void lockIsFree() {
		await().until(() -> !this.atomix.lock("order").isLocked());
	}

	@Test
	void lockOutlivesTheTransaction() {
		this.contextRunner.run((context) -> {
			context.getBean(Work.class).transactional();
			assertThat(this.log).containsExactly("begin locked", "body locked", "commit locked");
			assertThat(this.atomix.lock("order").isLocked()).isFalse();
		});
	}

	@Test
	void callWithoutLockBeginsNoTransaction() {
		this.contextRunner.run((context) -> {
			try (LockHandle other = hold()) {
				context.getBean(Work.class).transactional();
			}
			assertThat(this.log).isEmpty();
		});
	}

	@Test
	void asyncMethodAcquiresTheLockOnItsOwnThread() {
		this.contextRunner.run((context) -> {
			try (LockHandle other = hold()) {
				context.getBean(Work.class).async();
				await().until(() -> this.atomix.lock("order").queueLength() == 1);
				assertThat(this.log).isEmpty();
			}
			await().until(() -> this.log.size() == 1);
			assertThat(this.log.get(0)).startsWith("task-").endsWith("locked");
		});
	}

	@Test
	void scheduledMethodRunsUnderTheLock() {
		this.contextRunner.withUserConfiguration(Scheduling.class).run((context) -> {
			await().until(() -> !this.log.isEmpty());
			assertThat(this.log.get(0)).startsWith("scheduling-").endsWith("locked");
		});
	}

	@Test
	void cacheIsAskedUnderTheLockAndKeepsNothingOfASkippedCall() {
		this.contextRunner.run((context) -> {
			Work work = context.getBean(Work.class);
			try (LockHandle other = hold()) {
				assertThat(work.cached("a")).isNull();
			}
			assertThat(work.cached("a")).isEqualTo("value of a");
			assertThat(work.cached("a")).isEqualTo("value of a");
			assertThat(this.log).containsExactly("load locked");
			try (LockHandle other = hold()) {
				assertThat(work.cached("a")).isNull();
			}
		});
	}

	@Test
	void onlyTheLeaderAsksForTheLock() {
		this.contextRunner.withPropertyValues("atomix.leader.campaign=false").run((context) -> {
			try (LockHandle other = hold()) {
				context.getBean(Work.class).leader();
			}
		});
		this.contextRunner.run((context) -> {
			await().until(() -> context.getBean(LeaderElections.class).isLeader("order"));
			try (LockHandle other = hold()) {
				assertThatExceptionOfType(LockNotAcquiredException.class)
					.isThrownBy(() -> context.getBean(Work.class).leader());
			}
		});
	}

	private LockHandle hold() {
		return this.atomix.lock("order").async().lock().join();
	}

	private static String where() {
		return HeldLock.current().filter(HeldLock::isHeld).isPresent() ? "locked" : "not locked";
	}

	/**
	 * What happened, in order.
	 *
	 * @param lines the lines
	 */
	record Log(List<String> lines) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	@EnableCaching
	@EnableTransactionManagement
	static class Config {

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager();
		}

		@Bean
		Transactions transactions(Log log) {
			return new Transactions(log.lines());
		}

		@Bean
		Work work(Log log) {
			return new Work(log.lines());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Scheduling {

		@Bean
		Job job(Log log) {
			return new Job(log.lines());
		}

	}

	static class Job {

		private final List<String> log;

		Job(List<String> log) {
			this.log = log;
		}

		@Scheduled(fixedDelay = 20)
		@Locked("order")
		void scheduled() {
			this.log.add(Thread.currentThread().getName() + " " + where());
		}

	}

	static class Work {

		private final List<String> log;

		Work(List<String> log) {
			this.log = log;
		}

		@Transactional
		@Locked(lock = "order", maxWait = "0", otherwise = Otherwise.SKIP)
		void transactional() {
			this.log.add("body " + where());
		}

		@Async
		@Locked("order")
		void async() {
			this.log.add(Thread.currentThread().getName() + " " + where());
		}

		@Cacheable("values")
		@Locked(lock = "order", maxWait = "0", otherwise = Otherwise.SKIP)
		@Nullable String cached(String key) {
			this.log.add("load " + where());
			return "value of " + key;
		}

		@LeaderOnly("order")
		@Locked(lock = "order", maxWait = "0")
		void leader() {
			this.log.add("leader " + where());
		}

	}

	@SuppressWarnings("serial")
	static class Transactions extends AbstractPlatformTransactionManager {

		private final transient List<String> log;

		Transactions(List<String> log) {
			this.log = log;
		}

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			this.log.add("begin " + where());
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			this.log.add("commit " + where());
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			this.log.add("rollback " + where());
		}

	}

}
