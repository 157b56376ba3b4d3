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

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.messaging.ConsumerOptions;
import io.github.atomixspring.messaging.ConsumerOptions.Acknowledgement;
import io.github.atomixspring.messaging.DistributedTaskQueue;
import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.messaging.Task;
import io.github.atomixspring.spring.annotation.Clustered;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.spring.annotation.TaskListener;
import io.github.atomixspring.spring.annotation.TopicListener;
import io.github.atomixspring.spring.event.ClusterEventsResyncEvent;
import io.github.atomixspring.spring.event.RemoteEvent;
import io.github.atomixspring.spring.messaging.MessageListeners;
import io.github.atomixspring.spring.messaging.TaskErrorHandler;
import io.github.atomixspring.spring.messaging.TaskErrorHandler.Decision;
import io.github.atomixspring.spring.messaging.TaskListenerOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.event.TransactionalEventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/spring-messaging.md}.
 */
class SpringMessagingSnippetsTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner contextRunner;

	@BeforeEach
	void prepare() {
		this.contextRunner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomixAutoConfiguration.class))
			.withPropertyValues("region=eu", "atomix.storage.directory=" + this.directory,
					"atomix.node.address=127.0.0.1:" + SingleMember.freePort());
	}

	@Test
	void topics() {
		this.contextRunner.withUserConfiguration(PriceTable.class, PriceTag.class, PriceFeed.class).run((context) -> {
			context.getBean(PriceFeed.class).publish();
			Map<String, Integer> table = context.getBean(PriceTable.class).table;
			await().untilAsserted(() -> assertThat(table).containsOnly(Map.entry("tea", 3)));
			context.getBean(PriceFeed.class).prices.destroy();
			await().until(table::isEmpty);
		});
	}

	@Test
	void tasks() {
		this.contextRunner.withUserConfiguration(Mails.class, Letters.class, MailServer.class, Handlers.class)
			.run((context) -> {
				MailServer server = context.getBean(MailServer.class);
				context.getBean(Mails.class).submit();
				context.getBean(Letters.class).letters.submit("by hand");
				await().until(() -> server.sent.containsAll(List.of("to anna", "by hand", "dead: to nobody")));
			});
	}

	@Test
	void events() {
		this.contextRunner.withUserConfiguration(Orders.class, OrderViews.class).run((context) -> {
			context.getBean(Orders.class).ship("o1");
			assertThat(context.getBean(OrderViews.class).log).contains("shipped o1");
		});
	}

	@Test
	void containers() {
		this.contextRunner.withUserConfiguration(PriceTable.class, PriceTag.class, Control.class)
			.withBean(MailServer.class)
			.run((context) -> {
				Control control = context.getBean(Control.class);
				control.pause();
				MessageListeners listeners = context.getBean(MessageListeners.class);
				assertThat(listeners.container("price-table")).get().matches((container) -> !container.isRunning());
				control.add();
				assertThat(listeners.container("parcels")).isPresent();
			});
	}

	record Price(String product, int amount) {

	}

	static class PriceFeed {

		private final DistributedTopic<Price> prices;

		PriceFeed(@Primitive("prices") DistributedTopic<Price> prices) {
			this.prices = prices;
		}

		void publish() {
			this.prices.publish(new Price("tea", 3));
		}

	}

	static class PriceTable {

		private final Map<String, Integer> table = new ConcurrentHashMap<>();

		// tag::topic[]
		@TopicListener(id = "price-table", topic = "prices", onResync = "reload")
		void changed(Price price) {
			this.table.put(price.product(), price.amount());
		}

		void reload() {
			// Prices may be missing: whatever was made of them must be made anew.
			this.table.clear();
		}
		// end::topic[]

	}

	static class PriceTag {

		private volatile int count;

		// tag::types[]
		@TopicListener("offers-${region}")
		void offered(List<Price> offers) {
			this.count = offers.size();
		}
		// end::types[]

	}

	static class Mails {

		private final DistributedTaskQueue<String> mails;

		private final MailServer server;

		Mails(@Primitive("mails") DistributedTaskQueue<String> mails, MailServer server) {
			this.mails = mails;
			this.server = server;
		}

		void submit() {
			this.mails.submit("to nobody");
			this.mails.submit("to anna");
		}

		// tag::task[]
		@TaskListener(queue = "mails", concurrency = "4", maxDeliveries = "5", deadLetters = "dead-mails")
		void send(String mail) {
			this.server.send(mail);
		}

		@TaskListener("dead-mails")
		void bury(Task<String> mail) {
			this.server.note("dead: " + mail.value());
		}
		// end::task[]

	}

	static class Letters {

		private final DistributedTaskQueue<String> letters;

		private final MailServer server;

		Letters(@Primitive("letters") DistributedTaskQueue<String> letters, MailServer server) {
			this.letters = letters;
			this.server = server;
		}

		// tag::explicit[]
		@TaskListener(queue = "letters", acknowledgement = Acknowledgement.EXPLICIT)
		void send(Task<String> letter) {
			this.server.sendAsync(letter.value())
				.handle((receipt, failure) -> (failure != null) ? letter.fail() : letter.complete());
		}
		// end::explicit[]

		// tag::stage[]
		@TaskListener("cards")
		CompletableFuture<String> sendCard(String card) {
			return this.server.sendAsync(card);
		}
		// end::stage[]

	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		// tag::handler[]
		@Bean
		TaskErrorHandler parcelErrors() {
			return (task, failure) -> (failure instanceof IllegalArgumentException) ? Decision.DEAD_LETTER
					: Decision.RETRY;
		}

		@TaskListener(queue = "parcels", deadLetters = "dead-parcels", errorHandler = "parcelErrors")
		void send(String parcel) {
			// ...
		}
		// end::handler[]

	}

	// tag::clustered[]
	@Clustered
	record OrderShipped(String order) {

	}
	// end::clustered[]

	static class Orders {

		private final ApplicationEventPublisher publisher;

		Orders(ApplicationEventPublisher publisher) {
			this.publisher = publisher;
		}

		// tag::publish[]
		void ship(String order) {
			this.publisher.publishEvent(new OrderShipped(order));
		}
		// end::publish[]

	}

	static class OrderViews {

		private final List<String> log = new CopyOnWriteArrayList<>();

		// tag::listen[]
		@EventListener
		void shipped(OrderShipped event) {
			this.log.add("shipped " + event.order());
		}

		@EventListener
		void shippedElsewhere(RemoteEvent<OrderShipped> event) {
			this.log.add("shipped by " + event.getNode());
		}

		@EventListener
		void resync(ClusterEventsResyncEvent event) {
			// Events of other nodes may be missing.
			this.log.clear();
		}
		// end::listen[]

		// tag::transactional[]
		@TransactionalEventListener(fallbackExecution = true)
		void committed(OrderShipped event) {
			this.log.add("committed " + event.order());
		}
		// end::transactional[]

	}

	static class Control {

		private final MessageListeners listeners;

		private final DistributedTaskQueue<String> parcels;

		private final MailServer server;

		Control(MessageListeners listeners, @Primitive("parcels") DistributedTaskQueue<String> parcels,
				MailServer server) {
			this.listeners = listeners;
			this.parcels = parcels;
			this.server = server;
		}

		// tag::container[]
		void pause() {
			this.listeners.container("price-table").orElseThrow().stop();
		}
		// end::container[]

		// tag::code[]
		void add() {
			TaskListenerOptions<String> options = TaskListenerOptions.of(ConsumerOptions.parallel(2));
			this.listeners.addTaskListener("parcels", this.parcels, options, (task) -> this.server.send(task.value()));
		}
		// end::code[]

	}

	/**
	 * What the tasks are for.
	 */
	static class MailServer {

		private final List<String> sent = new CopyOnWriteArrayList<>();

		void send(String mail) {
			if (mail.equals("to nobody")) {
				throw new IllegalArgumentException("expected by the test");
			}
			this.sent.add(mail);
		}

		void note(String mail) {
			this.sent.add(mail);
		}

		CompletableFuture<String> sendAsync(String mail) {
			return CompletableFuture.supplyAsync(() -> {
				send(mail);
				return "receipt";
			});
		}

	}

}
