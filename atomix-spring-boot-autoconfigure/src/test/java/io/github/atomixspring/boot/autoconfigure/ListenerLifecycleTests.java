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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.messaging.DistributedTaskQueue;
import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.spring.annotation.TaskListener;
import io.github.atomixspring.spring.annotation.TopicListener;
import io.github.atomixspring.spring.messaging.ListenerContainer;
import io.github.atomixspring.spring.messaging.MessageListeners;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The start and the stop of listeners, with a real cluster.
 */
class ListenerLifecycleTests {

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
	void listenersPauseAndGoOnWithTheContext() {
		DistributedTaskQueue<String> queue = cluster.replica().taskQueue("paused", String.class);
		DistributedTopic<String> topic = cluster.replica().topic("paused", String.class);
		cluster.contextRunner().withUserConfiguration(Recorder.class).run((context) -> {
			Recorder recorder = context.getBean(Recorder.class);
			MessageListeners listeners = context.getBean(MessageListeners.class);
			await().until(() -> listeners.containers().stream().allMatch(ListenerContainer::isRegistered));
			ConfigurableApplicationContext configurable = context.getSourceApplicationContext();
			configurable.pause();
			assertThat(listeners.isRunning()).isFalse();
			assertThat(listeners.containers()).noneMatch(ListenerContainer::isRunning);
			queue.submit("task");
			topic.publish("missed");
			configurable.restart();
			assertThat(listeners.containers()).allMatch(ListenerContainer::isRunning);
			await().until(() -> recorder.log.containsAll(List.of("task", "resync")));
			topic.publish("message");
			await().until(() -> recorder.log.contains("message"));
			assertThat(recorder.log).doesNotContain("missed");
		});
	}

	@Test
	void listenerThatWasStoppedStaysSoWhenTheContextGoesOn() {
		cluster.contextRunner().withUserConfiguration(Recorder.class).run((context) -> {
			MessageListeners listeners = context.getBean(MessageListeners.class);
			ListenerContainer stopped = listeners.container("tasks").orElseThrow();
			stopped.stop();
			ConfigurableApplicationContext configurable = context.getSourceApplicationContext();
			configurable.pause();
			configurable.restart();
			assertThat(stopped.isRunning()).isFalse();
			assertThat(listeners.container("messages")).get().matches(ListenerContainer::isRunning);
		});
	}

	@Test
	void listenersDoNotStartByThemselvesWhenToldSo() {
		cluster.contextRunner()
			.withPropertyValues("atomix.listeners.auto-startup=false")
			.withUserConfiguration(Recorder.class)
			.run((context) -> {
				MessageListeners listeners = context.getBean(MessageListeners.class);
				assertThat(listeners.containers()).hasSize(2).noneMatch(ListenerContainer::isRunning);
				listeners.start();
				assertThat(listeners.containers()).allMatch(ListenerContainer::isRunning);
			});
	}

	@Test
	void contextStartsAndStopsWithoutQuorum(@TempDir Path directory) {
		String members = "n1=127.0.0.1:" + FreePort.find() + ",n2=127.0.0.1:" + FreePort.find() + ",n3=127.0.0.1:"
				+ FreePort.find();
		long begin = System.nanoTime();
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomixAutoConfiguration.class))
			.withPropertyValues("atomix.storage.directory=" + directory, "atomix.node.id=n1",
					"atomix.cluster.members=" + members, "atomix.session.operation-timeout=4m")
			.withUserConfiguration(Recorder.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(MessageListeners.class).containers()).hasSize(2)
					.allMatch(ListenerContainer::isRunning)
					.noneMatch(ListenerContainer::isRegistered);
			});
		// The timeout of operations is 4 minutes: nothing waits for one.
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(2));
	}

	@Test
	void contextWaitsForTheRunningCallBeforeItsNodeStops() throws InterruptedException {
		DistributedTaskQueue<String> queue = cluster.replica().taskQueue("slow", String.class);
		CountDownLatch release = new CountDownLatch(1);
		Thread[] closing = new Thread[1];
		cluster.contextRunner()
			.withBean(CountDownLatch.class, () -> release)
			.withUserConfiguration(Slow.class)
			.run((context) -> {
				queue.submit("task");
				Slow slow = context.getBean(Slow.class);
				await().until(() -> slow.running);
				closing[0] = new Thread(context.getSourceApplicationContext()::close);
				closing[0].start();
				await().until(() -> !context.getBean(MessageListeners.class).isRunning());
				assertThat(context.getBean(Atomix.class).isRunning()).isTrue();
				release.countDown();
				closing[0].join();
			});
		await().until(() -> queue.statistics().completed() == 1);
	}

	@Test
	void stopGivesUpWaitingInTime() {
		DistributedTaskQueue<String> queue = cluster.replica().taskQueue("slow", String.class);
		CountDownLatch release = new CountDownLatch(1);
		cluster.contextRunner()
			.withPropertyValues("atomix.listeners.shutdown-timeout=100ms")
			.withBean(CountDownLatch.class, () -> release)
			.withUserConfiguration(Slow.class)
			.run((context) -> {
				queue.submit("task");
				Slow slow = context.getBean(Slow.class);
				await().until(() -> slow.running);
				context.getBean(MessageListeners.class).stop();
				await().until(() -> queue.statistics().pending() == 1);
				release.countDown();
			});
		queue.destroy();
	}

	@Test
	void listenerStopsItsOwnContainerWithoutWaitingForItself() {
		cluster.contextRunner().withUserConfiguration(SelfStopping.class).run((context) -> {
			cluster.replica().taskQueue("last", String.class).submit("task");
			SelfStopping listener = context.getBean(SelfStopping.class);
			await().until(() -> listener.stopped);
			assertThat(context.getBean(MessageListeners.class).container("last")).get()
				.matches((container) -> !container.isRunning());
		});
		cluster.replica().taskQueue("last", String.class).destroy();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void listenersRunOnVirtualThreads() {
		cluster.contextRunner()
			.withPropertyValues("spring.threads.virtual.enabled=true")
			.withUserConfiguration(Recorder.class)
			.run((context) -> {
				MessageListeners listeners = context.getBean(MessageListeners.class);
				await().until(() -> listeners.containers().stream().allMatch(ListenerContainer::isRegistered));
				cluster.replica().taskQueue("paused", String.class).submit("task");
				cluster.replica().topic("paused", String.class).publish("message");
				Recorder recorder = context.getBean(Recorder.class);
				await().until(() -> recorder.log.containsAll(List.of("task", "message")));
				assertThat(recorder.threads).hasSize(2)
					.allSatisfy((thread) -> assertThat(thread).asString().startsWith("VirtualThread"));
				ConfigurableApplicationContext configurable = context.getSourceApplicationContext();
				configurable.pause();
				configurable.restart();
				cluster.replica().taskQueue("paused", String.class).submit("again");
				await().until(() -> recorder.log.contains("again"));
			});
	}

	static class Recorder {

		private final List<String> log = new CopyOnWriteArrayList<>();

		private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

		@TopicListener(id = "messages", topic = "paused", onResync = "resync")
		void listen(String message) {
			record(message);
		}

		@TaskListener(id = "tasks", queue = "paused")
		void work(String task) {
			record(task);
		}

		void resync() {
			this.log.add("resync");
		}

		private void record(String entry) {
			this.threads.add(Thread.currentThread());
			this.log.add(entry);
		}

	}

	static class Slow {

		private final CountDownLatch release;

		private volatile boolean running;

		Slow(CountDownLatch release) {
			this.release = release;
		}

		@TaskListener("slow")
		void work(String task) throws InterruptedException {
			this.running = true;
			this.release.await();
		}

	}

	static class SelfStopping {

		private final ApplicationContext context;

		private volatile boolean stopped;

		SelfStopping(ApplicationContext context) {
			this.context = context;
		}

		@TaskListener(id = "last", queue = "last")
		void work(String task) {
			this.context.getBean(MessageListeners.class).container("last").orElseThrow().stop();
			this.stopped = true;
		}

	}

}
