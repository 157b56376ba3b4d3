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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

import io.github.atomixspring.messaging.ConsumerOptions;
import io.github.atomixspring.messaging.ConsumerOptions.Acknowledgement;
import io.github.atomixspring.messaging.DistributedTaskQueue;
import io.github.atomixspring.messaging.Task;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.spring.annotation.TaskListener;
import io.github.atomixspring.spring.messaging.ListenerContainer;
import io.github.atomixspring.spring.messaging.MessageListeners;
import io.github.atomixspring.spring.messaging.TaskErrorHandler;
import io.github.atomixspring.spring.messaging.TaskErrorHandler.Decision;
import io.github.atomixspring.spring.messaging.TaskListenerOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link TaskListener @TaskListener} with a real cluster.
 */
class TaskListenerTests {

	private static ListenerCluster cluster;

	@BeforeAll
	static void start() {
		cluster = new ListenerCluster();
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@Test
	void methodDoesTasksUpToItsConcurrency() {
		DistributedTaskQueue<Integer> queue = cluster.replica().taskQueue("parallel", Integer.class);
		for (int i = 0; i < 5; i++) {
			queue.submit(i);
		}
		cluster.contextRunner().withPropertyValues("workers=3").withUserConfiguration(Parallel.class).run((context) -> {
			Parallel parallel = context.getBean(Parallel.class);
			await().until(() -> parallel.running.size() == 3);
			assertThat(queue.statistics().running()).isEqualTo(3);
			assertThat(queue.statistics().pending()).isEqualTo(2);
			parallel.permits.release(5);
			await().until(() -> queue.statistics().completed() == 5);
			assertThat(parallel.running).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
		});
	}

	@Test
	void explicitlyAcknowledgedTaskIsDoneWhenItSaysSo() {
		DistributedTaskQueue<String> queue = cluster.replica().taskQueue("explicit", String.class);
		cluster.contextRunner().withUserConfiguration(Explicit.class).run((context) -> {
			queue.submit("mail");
			Explicit explicit = context.getBean(Explicit.class);
			await().until(() -> !explicit.tasks.isEmpty());
			Task<String> task = explicit.tasks.get(0);
			assertThat(task.value()).isEqualTo("mail");
			assertThat(task.isHeld()).isTrue();
			assertThat(queue.statistics().running()).isOne();
			assertThat(task.complete()).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
			assertThat(queue.statistics().completed()).isOne();
		});
	}

	@Test
	void taskThatFailsTooOftenGoesToTheDeadLetters() {
		DistributedTaskQueue<String> queue = cluster.replica().taskQueue("mails", String.class);
		DistributedTaskQueue<String> dead = cluster.replica().taskQueue("dead-mails", String.class);
		List<String> buried = new CopyOnWriteArrayList<>();
		Registration consumer = dead.consume((task) -> buried.add(task.value()));
		cluster.contextRunner()
			.withPropertyValues("mails=mails")
			.withUserConfiguration(Failing.class)
			.run((context) -> {
				queue.submit("to nobody");
				queue.submit("to anna");
				Failing failing = context.getBean(Failing.class);
				await().until(() -> !buried.isEmpty());
				await().until(() -> queue.statistics().completed() == 2);
				assertThat(buried).containsExactly("to nobody");
				assertThat(failing.attempts).containsOnly(Map.entry("to nobody", 3), Map.entry("to anna", 1));
			});
		consumer.close();
	}

	@Test
	void taskThatWasHandedOutTooOftenIsNotTriedAgain() {
		DistributedTaskQueue<String> queue = cluster.replica().taskQueue("poison", String.class);
		DistributedTaskQueue<String> dead = cluster.replica().taskQueue("dead-poison", String.class);
		queue.submit("to nobody");
		for (int i = 1; i <= 3; i++) {
			// As if three nodes had died of it.
			int delivery = i;
			CountDownLatch taken = new CountDownLatch(1);
			Registration victim = queue
				.consume(ConsumerOptions.parallel(1).withAcknowledgement(Acknowledgement.EXPLICIT), (task) -> {
					assertThat(task.deliveryCount()).isEqualTo(delivery);
					taken.countDown();
				});
			await().until(() -> taken.getCount() == 0);
			victim.close();
		}
		List<String> buried = new CopyOnWriteArrayList<>();
		Registration consumer = dead.consume((task) -> buried.add(task.value()));
		cluster.contextRunner()
			.withPropertyValues("mails=poison")
			.withUserConfiguration(Failing.class)
			.run((context) -> {
				await().until(() -> !buried.isEmpty());
				assertThat(buried).containsExactly("to nobody");
				assertThat(context.getBean(Failing.class).attempts).isEmpty();
			});
		consumer.close();
	}

	@Test
	void errorHandlerDecides() {
		DistributedTaskQueue<String> queue = cluster.replica().taskQueue("decided", String.class);
		DistributedTaskQueue<String> dead = cluster.replica().taskQueue("decided-dead", String.class);
		cluster.contextRunner().withUserConfiguration(Decided.class).run((context) -> {
			queue.submit("DROP");
			queue.submit("DEAD_LETTER");
			queue.submit("RETRY");
			Decided decided = context.getBean(Decided.class);
			await().until(() -> queue.statistics().completed() == 3);
			assertThat(dead.statistics().pending()).isOne();
			assertThat(decided.attempts).containsOnly(Map.entry("DROP", 1), Map.entry("DEAD_LETTER", 1),
					Map.entry("RETRY", 2));
		});
	}

	@Test
	void taskIsDoneWhenTheReturnedStageHasCompleted() {
		DistributedTaskQueue<String> queue = cluster.replica().taskQueue("staged", String.class);
		cluster.contextRunner().withUserConfiguration(Staged.class).run((context) -> {
			queue.submit("mail");
			Staged staged = context.getBean(Staged.class);
			await().until(() -> staged.results.size() == 1);
			assertThat(queue.statistics().running()).isOne();
			staged.results.get(0).completeExceptionally(new IllegalStateException("expected by the test"));
			await().until(() -> staged.results.size() == 2);
			assertThat(queue.statistics().completed()).isZero();
			staged.results.get(1).complete(null);
			await().until(() -> queue.statistics().completed() == 1);
		});
	}

	@Test
	void stopWaitsForRunningTasksAndGivesBackTheOthers() {
		DistributedTaskQueue<Integer> queue = cluster.replica().taskQueue("parallel-stop", Integer.class);
		for (int i = 0; i < 4; i++) {
			queue.submit(i);
		}
		cluster.contextRunner()
			.withPropertyValues("workers=2", "queue=parallel-stop")
			.withUserConfiguration(Parallel.class)
			.run((context) -> {
				Parallel parallel = context.getBean(Parallel.class);
				await().until(() -> parallel.running.size() == 2);
				CompletableFuture<Void> stopped = new CompletableFuture<>();
				ListenerContainer container = context.getBean(MessageListeners.class)
					.container("parallel")
					.orElseThrow();
				container.stop(() -> stopped.complete(null));
				assertThat(stopped).isNotDone();
				parallel.permits.release(1);
				await().until(() -> queue.statistics().completed() == 1);
				assertThat(stopped).isNotDone();
				parallel.permits.release(10);
				await().until(stopped::isDone);
				await().until(() -> queue.statistics().consumers() == 0);
				assertThat(queue.statistics().completed()).isEqualTo(2);
				assertThat(queue.statistics().pending()).isEqualTo(2);
				assertThat(parallel.running).containsExactlyInAnyOrder(0, 1);
			});
	}

	@Test
	void listenersAreAddedByCode() {
		List<String> done = new CopyOnWriteArrayList<>();
		DistributedTaskQueue<String> dead = cluster.replica().taskQueue("by-code-dead", String.class);
		cluster.contextRunner().run((context) -> {
			DistributedTaskQueue<String> queue = cluster.replica().taskQueue("by-code", String.class);
			TaskListenerOptions<String> options = TaskListenerOptions.<String>of(ConsumerOptions.parallel(2))
				.withMaxDeliveries(2, dead);
			ListenerContainer container = context.getBean(MessageListeners.class)
				.addTaskListener("mine", queue, options, (task) -> {
					if (task.value().equals("bad")) {
						throw new IllegalStateException("expected by the test");
					}
					done.add(task.value());
				});
			await().until(container::isRegistered);
			queue.submit("bad");
			queue.submit("good");
			await().until(() -> queue.statistics().completed() == 2);
			assertThat(done).containsExactly("good");
			assertThat(dead.statistics().pending()).isOne();
		});
	}

	static class Parallel {

		private final List<Integer> running = new CopyOnWriteArrayList<>();

		private final Semaphore permits = new Semaphore(0);

		@TaskListener(id = "parallel", queue = "${queue:parallel}", concurrency = "${workers}")
		void work(int task) throws InterruptedException {
			this.running.add(task);
			this.permits.acquire();
		}

	}

	static class Explicit {

		private final List<Task<String>> tasks = new CopyOnWriteArrayList<>();

		@TaskListener(queue = "explicit", acknowledgement = Acknowledgement.EXPLICIT)
		void work(String value, Task<String> task) {
			assertThat(value).isEqualTo(task.value());
			this.tasks.add(task);
		}

	}

	static class Failing {

		private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

		@TaskListener(queue = "${mails}", maxDeliveries = "3", deadLetters = "dead-${mails}")
		void send(Task<String> mail) {
			this.attempts.merge(mail.value(), 1, Integer::sum);
			if (mail.value().equals("to nobody")) {
				throw new IllegalStateException("expected by the test");
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Decided {

		private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

		@Bean
		TaskErrorHandler decide() {
			return (task, failure) -> Decision.valueOf((String) task.value());
		}

		@TaskListener(queue = "decided", deadLetters = "decided-dead", errorHandler = "decide")
		void work(String task) {
			if (this.attempts.merge(task, 1, Integer::sum) == 1) {
				throw new IllegalStateException("expected by the test");
			}
		}

	}

	static class Staged {

		private final List<CompletableFuture<Void>> results = new CopyOnWriteArrayList<>();

		@TaskListener("staged")
		CompletableFuture<Void> work(String task) {
			CompletableFuture<Void> result = new CompletableFuture<>();
			this.results.add(result);
			return result;
		}

	}

}
