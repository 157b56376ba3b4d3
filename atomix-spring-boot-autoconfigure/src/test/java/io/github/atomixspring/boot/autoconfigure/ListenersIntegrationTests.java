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
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.github.atomixspring.messaging.DistributedTaskQueue;
import io.github.atomixspring.spring.annotation.Clustered;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.spring.annotation.TaskListener;
import io.github.atomixspring.spring.messaging.ListenerContainer;
import io.github.atomixspring.spring.messaging.MessageListeners;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Three members with listeners, one of which is stopped and comes back.
 */
class ListenersIntegrationTests {

	private static final int MEMBERS = 3;

	private static final int TASKS = 100;

	@TempDir
	private Path directory;

	private final Queue<Integer> done = new ConcurrentLinkedQueue<>();

	private final List<AnnotationConfigApplicationContext> applications = new ArrayList<>();

	private List<Integer> ports;

	@BeforeEach
	void start() {
		this.ports = IntStream.range(0, MEMBERS).mapToObj((member) -> FreePort.find()).toList();
		for (int member = 0; member < MEMBERS; member++) {
			this.applications.add(startMember(member));
		}
		this.applications.forEach(ListenersIntegrationTests::awaitRegistered);
	}

	@AfterEach
	void stop() {
		this.applications.forEach(AnnotationConfigApplicationContext::close);
	}

	@Test
	void tasksAreDoneAndEventsArriveWhileAMemberStopsAndComesBack() {
		Application first = application(0);
		for (int i = 0; i < TASKS / 2; i++) {
			submit(first, i);
		}
		this.applications.get(2).close();
		for (int i = TASKS / 2; i < TASKS; i++) {
			submit(first, i);
		}
		this.applications.set(2, startMember(2));
		awaitRegistered(this.applications.get(2));
		await().atMost(Duration.ofMinutes(2))
			.untilAsserted(() -> assertThat(this.done).containsAll(IntStream.range(0, TASKS).boxed().toList()));
		this.applications.get(2).publishEvent(new Submitted(-1));
		await().atMost(Duration.ofMinutes(1))
			.until(() -> this.applications.stream()
				.map((context) -> context.getBean(Application.class))
				.allMatch((application) -> application.events.contains(-1)));
		assertThat(application(0).events).isEqualTo(application(1).events).hasSize(TASKS + 1);
		assertThat(application(2).events).containsExactly(-1);
	}

	private void submit(Application application, int task) {
		application.tasks.submit(task);
		this.applications.get(0).publishEvent(new Submitted(task));
	}

	private Application application(int member) {
		return this.applications.get(member).getBean(Application.class);
	}

	private AnnotationConfigApplicationContext startMember(int member) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		TestPropertyValues.of("atomix.node.id=n" + member, "atomix.session.timeout=20s",
				"atomix.storage.directory=" + this.directory.resolve("n" + member),
				"atomix.cluster.members=" + String.join(",",
						IntStream.range(0, MEMBERS)
							.mapToObj((other) -> "n" + other + "=127.0.0.1:" + this.ports.get(other))
							.toList()))
			.applyTo(context);
		context.registerBean("done", Queue.class, () -> this.done);
		context.register(Application.class);
		context.refresh();
		return context;
	}

	private static void awaitRegistered(AnnotationConfigApplicationContext context) {
		await().atMost(Duration.ofMinutes(1))
			.until(() -> context.getBean(MessageListeners.class)
				.containers()
				.stream()
				.allMatch(ListenerContainer::isRegistered));
	}

	@Clustered
	record Submitted(int task) {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AtomixAutoConfiguration.class)
	static class Application {

		private final List<Integer> events = new CopyOnWriteArrayList<>();

		private final Queue<Integer> done;

		private final DistributedTaskQueue<Integer> tasks;

		Application(Queue<Integer> done, @Primitive("tasks") DistributedTaskQueue<Integer> tasks) {
			this.done = done;
			this.tasks = tasks;
		}

		@TaskListener(queue = "tasks", concurrency = "4")
		void work(int task) {
			this.done.add(task);
		}

		@EventListener
		void submitted(Submitted event) {
			this.events.add(event.task());
		}

	}

}
