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

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.TopicListener;
import io.github.atomixspring.spring.messaging.ListenerContainer;
import io.github.atomixspring.spring.messaging.MessageListeners;
import io.github.atomixspring.spring.messaging.TopicErrorHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link TopicListener @TopicListener} with a real cluster.
 */
class TopicListenerTests {

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
	void methodGetsMessagesInOrderAsTheTypeOfItsParameter() {
		cluster.contextRunner().withPropertyValues("shop=eu").withUserConfiguration(Prices.class).run((context) -> {
			awaitRegistered(context);
			DistributedTopic<List<Price>> topic = cluster.replica()
				.topic("prices-eu", Codecs.json(new ParameterizedTypeReference<List<Price>>() {
				}.getType()));
			topic.publish(List.of(new Price("tea", 3)));
			topic.publish(List.of(new Price("tea", 4), new Price("oil", 9)));
			Prices prices = context.getBean(Prices.class);
			await().until(() -> prices.seen.size() == 3);
			assertThat(prices.seen).containsExactly(new Price("tea", 3), new Price("tea", 4), new Price("oil", 9));
		});
	}

	@Test
	void typeComesFromTheTypeOfTheBean() {
		cluster.contextRunner().withUserConfiguration(PriceListener.class).run((context) -> {
			awaitRegistered(context);
			cluster.replica().topic("generic", Price.class).publish(new Price("tea", 3));
			List<Object> seen = context.getBean(PriceListener.class).seen;
			await().until(() -> seen.size() == 1);
			cluster.replica().topic("generic-lists", Codecs.json(new ParameterizedTypeReference<List<Price>>() {
			}.getType())).publish(List.of(new Price("oil", 9)));
			await().until(() -> seen.size() == 2);
			assertThat(seen).containsExactly(new Price("tea", 3), new Price("oil", 9));
		});
	}

	@Test
	void messagesPublishedHereAfterTheStartAreReceived() {
		cluster.contextRunner().withUserConfiguration(Recorder.class).run((context) -> {
			// Without waiting for the registration: both go the same way, one after the
			// other.
			topic(context, "recorded").publish("first");
			Recorder recorder = context.getBean(Recorder.class);
			await().until(() -> recorder.log.contains("first"));
		});
	}

	@Test
	void listenerIsToldOfAGap() {
		cluster.contextRunner().withUserConfiguration(Recorder.class).run((context) -> {
			awaitRegistered(context);
			Recorder recorder = context.getBean(Recorder.class);
			cluster.replica().topic("recorded", String.class).destroy();
			await().until(() -> recorder.log.contains("resync"));
			topic(context, "recorded").publish("after");
			await().until(() -> recorder.log.contains("after"));
			assertThat(recorder.log).containsExactly("resync", "after");
		});
	}

	@Test
	void stoppedListenerIsToldOfTheGapWhenItIsStartedAgain() {
		cluster.contextRunner().withUserConfiguration(Recorder.class).run((context) -> {
			awaitRegistered(context);
			Recorder recorder = context.getBean(Recorder.class);
			topic(context, "recorded").publish("before");
			await().until(() -> recorder.log.contains("before"));
			ListenerContainer container = context.getBean(MessageListeners.class).container("recorder").orElseThrow();
			container.stop();
			assertThat(container.isRunning()).isFalse();
			topic(context, "recorded").publish("missed");
			container.start();
			topic(context, "recorded").publish("after");
			await().until(() -> recorder.log.contains("after"));
			assertThat(recorder.log).containsExactly("before", "resync", "after");
		});
	}

	@Test
	void listenerThatDoesNotStartByItselfIsStartedByItsContainer() {
		cluster.contextRunner()
			.withPropertyValues("recorder.start=false")
			.withUserConfiguration(Recorder.class)
			.run((context) -> {
				ListenerContainer container = context.getBean(MessageListeners.class)
					.container("recorder")
					.orElseThrow();
				assertThat(container.isRunning()).isFalse();
				container.start();
				topic(context, "recorded").publish("message");
				Recorder recorder = context.getBean(Recorder.class);
				await().until(() -> recorder.log.contains("message"));
				assertThat(recorder.log).containsExactly("message");
			});
	}

	@Test
	void errorHandlerIsToldAndTheNextMessageComes() {
		cluster.contextRunner().withUserConfiguration(Failing.class).run((context) -> {
			awaitRegistered(context);
			topic(context, "failing").publish("bad");
			topic(context, "failing").publish("good");
			Failing failing = context.getBean(Failing.class);
			await().until(() -> failing.log.contains("good"));
			assertThat(failing.log).containsExactly("bad: expected by the test", "good");
		});
	}

	@Test
	void methodIsCalledThroughTheProxyOfItsBean() {
		cluster.contextRunner()
			.withPropertyValues("atomix.leader.campaign=false")
			.withUserConfiguration(Guarded.class)
			.run((context) -> {
				awaitRegistered(context);
				topic(context, "guarded").publish("message");
				Guarded guarded = context.getBean(Guarded.class);
				await().until(() -> guarded.log().contains("second message"));
				assertThat(guarded.log()).containsExactly("second message");
			});
	}

	@Test
	void supportsMetaAnnotation() {
		cluster.contextRunner().withUserConfiguration(Meta.class).run((context) -> {
			awaitRegistered(context);
			topic(context, "news-of-today").publish("rain");
			List<String> log = context.getBean(Meta.class).log;
			await().until(() -> log.contains("rain"));
		});
	}

	@Test
	void beanThatIsMadeLateListensAtOnce() {
		cluster.contextRunner().withUserConfiguration(LazyBean.class).run((context) -> {
			assertThat(context.getBean(MessageListeners.class).containers()).isEmpty();
			Recorder recorder = context.getBean(Recorder.class);
			topic(context, "recorded").publish("message");
			await().until(() -> recorder.log.contains("message"));
		});
	}

	@Test
	void listenersAreAddedByCode() {
		List<String> log = new CopyOnWriteArrayList<>();
		cluster.contextRunner().run((context) -> {
			MessageListeners listeners = context.getBean(MessageListeners.class);
			ListenerContainer container = listeners.addTopicListener("mine", topic(context, "by-code"), log::add);
			assertThat(container.isRunning()).isTrue();
			topic(context, "by-code").publish("message");
			await().until(() -> log.contains("message"));
			assertThat(listeners.containers()).containsExactly(container);
		});
	}

	@Test
	void typeThatDiffersFromThatOfAnotherUseFailsTheStart() {
		cluster.contextRunner()
			.withUserConfiguration(Recorder.class, OtherType.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("@TopicListener on method")
				.hasMessageContaining("cannot listen to 'recorded'"));
	}

	private static DistributedTopic<String> topic(ApplicationContext context, String name) {
		return context.getBean(Atomix.class).topic(name, String.class);
	}

	private static void awaitRegistered(ApplicationContext context) {
		await().until(() -> context.getBean(MessageListeners.class)
			.containers()
			.stream()
			.allMatch(ListenerContainer::isRegistered));
	}

	record Price(String product, int amount) {

	}

	static class Prices {

		private final List<Price> seen = new CopyOnWriteArrayList<>();

		@TopicListener("prices-${shop}")
		void changed(List<Price> prices) {
			this.seen.addAll(prices);
		}

	}

	abstract static class GenericListener<T> {

		final List<Object> seen = new CopyOnWriteArrayList<>();

		@TopicListener("generic")
		void listen(T message) {
			this.seen.add(message);
		}

		@TopicListener("generic-lists")
		void listenToAll(List<T> messages) {
			this.seen.addAll(messages);
		}

	}

	static class PriceListener extends GenericListener<Price> {

	}

	static class Recorder {

		private final List<String> log = new CopyOnWriteArrayList<>();

		@TopicListener(id = "recorder", topic = "recorded", onResync = "resync", autoStartup = "${recorder.start:true}")
		void listen(String message) {
			this.log.add(message);
		}

		void resync() {
			this.log.add("resync");
		}

	}

	static class OtherType {

		@TopicListener("recorded")
		void listen(Integer message) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		private final List<String> log = new CopyOnWriteArrayList<>();

		@Bean
		TopicErrorHandler recordingHandler() {
			return (message, failure) -> this.log.add(message + ": " + failure.getMessage());
		}

		@TopicListener(topic = "failing", errorHandler = "recordingHandler")
		void listen(String message) {
			if (message.equals("bad")) {
				throw new IllegalStateException("expected by the test");
			}
			this.log.add(message);
		}

	}

	static class Guarded {

		private final List<String> log = new CopyOnWriteArrayList<>();

		@TopicListener("guarded")
		@LeaderOnly("guard")
		void first(String message) {
			this.log.add("first " + message);
		}

		@TopicListener("guarded")
		void second(String message) {
			this.log.add("second " + message);
		}

		List<String> log() {
			return this.log;
		}

	}

	@TopicListener
	@Retention(RetentionPolicy.RUNTIME)
	@interface NewsListener {

		@AliasFor(annotation = TopicListener.class, attribute = "topic")
		String value();

	}

	static class Meta {

		private final List<String> log = new CopyOnWriteArrayList<>();

		@NewsListener("news-of-today")
		void listen(String message) {
			this.log.add(message);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyBean {

		@Bean
		@Lazy
		Recorder recorder() {
			return new Recorder();
		}

	}

}
