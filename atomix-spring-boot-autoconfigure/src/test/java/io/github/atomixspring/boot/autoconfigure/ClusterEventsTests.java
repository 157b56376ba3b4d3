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
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.spring.annotation.Clustered;
import io.github.atomixspring.spring.annotation.InvalidAnnotationException;
import io.github.atomixspring.spring.event.ClusterEventsResyncEvent;
import io.github.atomixspring.spring.event.RemoteEvent;
import io.github.atomixspring.spring.messaging.ClusterEvents;
import io.github.atomixspring.spring.messaging.ListenerContainer;
import io.github.atomixspring.spring.messaging.MessageListeners;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for application events with {@link Clustered @Clustered}, with a real cluster and
 * several applications.
 */
class ClusterEventsTests {

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
	void eventIsPublishedOnceOnEachNode() {
		run(Recorder.class, Recorder.class, (one, two) -> {
			publish(one, "a");
			assertThat(log(one)).containsExactly("a");
			publish(one, "b");
			await().until(() -> log(two).size() == 2);
			publish(two, "c");
			await().until(() -> log(one).size() == 3);
			publish(one, "d");
			await().until(() -> log(two).size() == 4);
			// Whatever went round would have come before the last one.
			assertThat(log(one)).containsExactly("a", "b", "c", "d");
			assertThat(log(two)).containsExactly("a", "b", "c", "d");
		});
	}

	@Test
	void eventsOfOneThreadKeepTheirOrder() {
		run(Recorder.class, Recorder.class, (one, two) -> {
			for (int i = 0; i < 50; i++) {
				publish(one, "" + i);
			}
			await().until(() -> log(two).size() == 50);
			assertThat(log(two)).isEqualTo(log(one));
		});
	}

	@Test
	void eventGoesRoundInNoContextWhoseListenersRunElsewhere() {
		run(AsyncRecorder.class, AsyncRecorder.class, (one, two) -> {
			publish(one, "a");
			await().until(() -> log(two).contains("a"));
			publish(two, "b");
			await().until(() -> log(one).contains("b"));
			publish(one, "c");
			await().until(() -> log(two).contains("c"));
			// What was published here is told of by other threads, too.
			await().until(() -> log(one).size() >= 3 && log(two).size() >= 3);
			assertThat(log(one)).containsExactlyInAnyOrder("a", "b", "c");
			assertThat(log(two)).containsExactlyInAnyOrder("a", "b", "c");
		});
	}

	@Test
	void listenerOfRemoteEventsKnowsTheNodeAndGetsNoneOfThisOne() {
		run(RemoteRecorder.class, RemoteRecorder.class, (one, two) -> {
			publish(one, "a");
			await().until(() -> !two.getBean(RemoteRecorder.class).log.isEmpty());
			publish(two, "b");
			await().until(() -> !one.getBean(RemoteRecorder.class).log.isEmpty());
			assertThat(two.getBean(RemoteRecorder.class).log).containsExactly("a from " + node(one));
			assertThat(one.getBean(RemoteRecorder.class).log).containsExactly("b from " + node(two));
		});
	}

	@Test
	void eventsThatAreNotClusteredStayHere() {
		run(Recorder.class, Recorder.class, (one, two) -> {
			one.publishEvent(new Local("a"));
			publish(one, "b");
			await().until(() -> log(two).contains("b"));
			assertThat(log(one)).containsExactly("local a", "b");
			assertThat(log(two)).containsExactly("b");
		});
	}

	@Test
	void listenersAreToldOfAGap() {
		run(Recorder.class, Recorder.class, (one, two) -> {
			cluster.replica().topic("atomix.application-events", String.class).destroy();
			await().until(() -> log(one).contains("resync") && log(two).contains("resync"));
			publish(one, "a");
			await().until(() -> log(two).contains("a"));
		});
	}

	@Test
	void eventOfATransactionGoesOutAfterTheCommit() {
		run(Transactional.class, Transactional.class, (one, two) -> {
			TransactionTemplate transaction = one.getBean(TransactionTemplate.class);
			transaction.executeWithoutResult((status) -> {
				publish(one, "rolled back");
				status.setRollbackOnly();
			});
			transaction.executeWithoutResult((status) -> {
				publish(one, "first");
				publish(one, "second");
				assertThat(log(one)).containsExactly("rolled back", "first", "second");
			});
			publish(one, "without");
			await().until(() -> log(two).contains("without"));
			assertThat(log(two)).containsExactly("first", "second", "without");
			Transactional here = one.getBean(Transactional.class);
			assertThat(here.committed).containsExactly("first", "second");
			assertThat(here.fallback).containsExactly("first", "second", "without");
			// There is no transaction on the other node.
			Transactional there = two.getBean(Transactional.class);
			assertThat(there.committed).isEmpty();
			await().until(() -> there.fallback.size() == 3);
			assertThat(there.fallback).containsExactly("first", "second", "without");
		});
	}

	@Test
	void eventOfAListenerAfterTheCommitGoesOutToo() {
		run(Transactional.class, Transactional.class, (one, two) -> {
			one.getBean(TransactionTemplate.class).executeWithoutResult((status) -> publish(one, "answered"));
			await().until(() -> log(two).contains("answer"));
			assertThat(log(two)).containsExactly("answered", "answer");
		});
	}

	@Test
	void worksWithoutTransactionsOnTheClassPath() {
		cluster.contextRunner()
			.withClassLoader(new FilteredClassLoader("org.springframework.transaction"))
			.withUserConfiguration(Recorder.class)
			.run((one) -> cluster.contextRunner().withUserConfiguration(Recorder.class).run((two) -> {
				awaitRegistered(two);
				publish(one, "a");
				await().until(() -> log(two).contains("a"));
			}));
	}

	@Test
	void eventStaysHereWhenSwitchedOff() {
		cluster.contextRunner()
			.withPropertyValues("atomix.cluster-events.enabled=false")
			.withUserConfiguration(Recorder.class)
			.run((context) -> {
				assertThat(context).doesNotHaveBean(ClusterEvents.class);
				assertThat(context.getBean(MessageListeners.class).containers()).isEmpty();
				publish(context, "a");
				assertThat(log(context)).containsExactly("a");
			});
	}

	@Test
	void applicationsWithDifferentTopicsDoNotShareEvents() {
		cluster.contextRunner()
			.withPropertyValues("atomix.cluster-events.topic=other")
			.withUserConfiguration(Recorder.class)
			.run((other) -> run(Recorder.class, Recorder.class, (one, two) -> {
				awaitRegistered(other);
				publish(other, "other");
				publish(one, "a");
				await().until(() -> log(two).contains("a"));
				assertThat(log(two)).containsExactly("a");
				assertThat(log(other)).containsExactly("other");
			}));
	}

	@Test
	void applicationThatListensToNothingDoesNotSubscribe() {
		cluster.contextRunner().withUserConfiguration(LocalRecorder.class).run((context) -> {
			assertThat(context).hasSingleBean(ClusterEvents.class);
			assertThat(context.getBean(MessageListeners.class).containers()).isEmpty();
		});
	}

	@Test
	void applicationListenersAreFoundToo() {
		cluster.contextRunner()
			.withUserConfiguration(LambdaListener.class)
			.run((context) -> assertThat(context.getBean(MessageListeners.class).container(ClusterEvents.LISTENER_ID))
				.isPresent());
	}

	@Test
	void eventOfAnUnknownClassIsIgnored() {
		cluster.contextRunner()
			.withClassLoader(new FilteredClassLoader(Unknown.class))
			.withUserConfiguration(Recorder.class)
			.run((one) -> cluster.contextRunner().withUserConfiguration(Recorder.class).run((two) -> {
				awaitRegistered(one);
				two.publishEvent(new Unknown("a"));
				publish(two, "b");
				await().until(() -> log(one).contains("b"));
				assertThat(log(one)).containsExactly("b");
			}));
	}

	@Test
	void nobodyGetsAnEventThatCannotGoOut() {
		cluster.contextRunner().withUserConfiguration(Recorder.class).run((context) -> {
			context.getBean(Atomix.class).stop();
			assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> publish(context, "a"))
				.withMessageContaining("this node does not run");
			assertThat(log(context)).isEmpty();
		});
	}

	@Test
	void wrongTypesAreRefusedWhenTheyArePublished() {
		cluster.contextRunner().run((context) -> {
			assertThatExceptionOfType(InvalidAnnotationException.class)
				.isThrownBy(() -> context.publishEvent(new WithSource(this)))
				.withMessageContaining("extends ApplicationEvent");
			assertThatExceptionOfType(InvalidAnnotationException.class)
				.isThrownBy(() -> context.publishEvent(new Generic<>("a")))
				.withMessageContaining("type parameters");
		});
	}

	private static void run(Class<?> first, Class<?> second, Exchange exchange) {
		cluster.contextRunner()
			.withUserConfiguration(first)
			.run((one) -> cluster.contextRunner().withUserConfiguration(second).run((two) -> {
				awaitRegistered(one);
				awaitRegistered(two);
				exchange.between(one, two);
			}));
	}

	private static void publish(ApplicationContext context, String text) {
		context.publishEvent(new Announcement(text));
	}

	private static List<String> log(ApplicationContext context) {
		return context.getBean(Log.class).entries;
	}

	private static String node(ApplicationContext context) {
		return context.getBean(Atomix.class).session().node();
	}

	private static void awaitRegistered(ApplicationContext context) {
		await().until(() -> context.getBean(MessageListeners.class)
			.container(ClusterEvents.LISTENER_ID)
			.filter(ListenerContainer::isRegistered)
			.isPresent());
	}

	/**
	 * What two applications do.
	 */
	@FunctionalInterface
	interface Exchange {

		void between(ApplicationContext one, ApplicationContext two) throws Throwable;

	}

	@Clustered
	interface Event {

	}

	record Announcement(String text) implements Event {

	}

	record Local(String text) {

	}

	@Clustered
	record Unknown(String text) {

	}

	@Clustered
	@SuppressWarnings("serial")
	static class WithSource extends ApplicationEvent {

		WithSource(Object source) {
			super(source);
		}

	}

	@Clustered
	record Generic<T>(T value) {

	}

	static class Log {

		private final List<String> entries = new CopyOnWriteArrayList<>();

	}

	static class Recorder extends Log {

		@EventListener
		void on(Announcement event) {
			super.entries.add(event.text());
		}

		@EventListener
		void on(Local event) {
			super.entries.add("local " + event.text());
		}

		@EventListener
		void on(ClusterEventsResyncEvent event) {
			super.entries.add("resync");
		}

	}

	static class LocalRecorder {

		@EventListener
		void on(Local event) {
		}

		@EventListener
		void on(ClusterEventsResyncEvent event) {
		}

	}

	static class RemoteRecorder {

		private final List<String> log = new CopyOnWriteArrayList<>();

		@EventListener
		void on(RemoteEvent<Announcement> event) {
			this.log.add(event.getPayload().text() + " from " + event.getNode());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AsyncRecorder {

		@Bean
		Recorder recorder() {
			return new Recorder();
		}

		@Bean
		ApplicationEventMulticaster applicationEventMulticaster() {
			SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
			multicaster.setTaskExecutor(new SimpleAsyncTaskExecutor("events-"));
			return multicaster;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LambdaListener {

		@Bean
		ApplicationListener<PayloadApplicationEvent<Announcement>> listener() {
			return (event) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
	static class Transactional extends Log {

		private final List<String> committed = new CopyOnWriteArrayList<>();

		private final List<String> fallback = new CopyOnWriteArrayList<>();

		@EventListener
		void on(Announcement event) {
			super.entries.add(event.text());
		}

		@TransactionalEventListener
		Announcement committed(Announcement event) {
			this.committed.add(event.text());
			return event.text().equals("answered") ? new Announcement("answer") : null;
		}

		@TransactionalEventListener(fallbackExecution = true)
		void fallback(Announcement event) {
			this.fallback.add(event.text());
		}

		@Bean
		Transactions transactions() {
			return new Transactions();
		}

		@Bean
		TransactionTemplate transactionTemplate(PlatformTransactionManager manager) {
			return new TransactionTemplate(manager);
		}

	}

	@SuppressWarnings("serial")
	static class Transactions extends AbstractPlatformTransactionManager {

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
		}

	}

}
