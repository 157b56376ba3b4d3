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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.messaging.ConsumerFailedException;
import io.github.atomixspring.messaging.ConsumerLostException;
import io.github.atomixspring.messaging.ConsumerOptions;
import io.github.atomixspring.messaging.ConsumerOptions.Acknowledgement;
import io.github.atomixspring.messaging.DistributedMessageBus;
import io.github.atomixspring.messaging.DistributedTaskQueue;
import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.messaging.NoConsumerException;
import io.github.atomixspring.messaging.TaskQueueOptions;
import io.github.atomixspring.messaging.TopicListener;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.primitive.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/messaging.md}.
 */
@ExtendWith(SingleMember.class)
class MessagingSnippetsTests {

	private final Atomix atomix = SingleMember.atomix();

	private final MailServer server = new MailServer();

	@Test
	void topic() {
		Atomix atomix = this.atomix;
		List<String> seen = new CopyOnWriteArrayList<>();
		// tag::topic[]
		DistributedTopic<String> news = atomix.topic("news", String.class);
		Registration subscription = news.subscribe(seen::add);
		news.publish("doors open");
		// end::topic[]
		await().untilAsserted(() -> assertThat(seen).containsExactly("doors open"));
		subscription.close();
	}

	@Test
	void tasks() {
		Atomix atomix = this.atomix;
		List<String> sent = new CopyOnWriteArrayList<>();
		// tag::tasks[]
		DistributedTaskQueue<String> mails = atomix.taskQueue("mails", String.class);
		Registration consumer = mails.consume((task) -> sent.add(task.value()));
		mails.submit("to anna");
		// end::tasks[]
		await().untilAsserted(() -> assertThat(sent).containsExactly("to anna"));
		consumer.close();
	}

	@Test
	void bus() throws Exception {
		Atomix atomix = this.atomix;
		// tag::bus[]
		DistributedMessageBus bus = atomix.messageBus("pricing");
		Registration consumer = bus.register("tax", Integer.class, (net) -> net + net / 5);
		Integer gross = bus.send("tax", 100, Integer.class);
		// end::bus[]
		assertThat(gross).isEqualTo(120);
		consumer.close();
	}

	@Test
	void resync() {
		DistributedTopic<Integer> prices = this.atomix.topic("prices", Integer.class);
		List<Integer> seen = new CopyOnWriteArrayList<>();
		// tag::resync[]
		Registration subscription = prices.subscribe(new TopicListener<>() {

			@Override
			public void onMessage(Integer price) {
				seen.add(price);
			}

			@Override
			public void onResync() {
				// Prices may be missing: whatever was made of them must be made anew.
				seen.clear();
			}

		});
		// end::resync[]
		prices.publish(1);
		await().untilAsserted(() -> assertThat(seen).containsExactly(1));
		prices.destroy();
		await().untilAsserted(() -> assertThat(seen).isEmpty());
		subscription.close();
	}

	@Test
	void received() throws Exception {
		DistributedTopic<String> news = this.atomix.topic("received", String.class);
		Registration subscription = news.subscribe((message) -> {
		});
		// tag::received[]
		boolean everywhere = news.publishAndAwait("doors close", Duration.ofSeconds(5));
		// end::received[]
		assertThat(everywhere).isTrue();
		subscription.close();
	}

	@Test
	void failure() {
		DistributedTaskQueue<String> mails = this.atomix.taskQueue("failing", String.class);
		MailServer server = this.server;
		List<String> rejected = new CopyOnWriteArrayList<>();
		// tag::failure[]
		Registration consumer = mails.consume(ConsumerOptions.parallel(4), (task) -> {
			if (task.deliveryCount() > 5) {
				rejected.add(task.value());
				return;
			}
			server.send(task.value());
		});
		// end::failure[]
		mails.submit("to nobody");
		mails.submit("to anna");
		await().untilAsserted(() -> assertThat(rejected).containsExactly("to nobody"));
		await().untilAsserted(() -> assertThat(server.sent).containsExactly("to anna"));
		consumer.close();
	}

	@Test
	void explicit() throws Exception {
		DistributedTaskQueue<String> mails = this.atomix.taskQueue("explicit", String.class);
		MailServer server = this.server;
		// tag::explicit[]
		ConsumerOptions explicit = ConsumerOptions.parallel(8).withAcknowledgement(Acknowledgement.EXPLICIT);
		Registration consumer = mails.consume(explicit,
				(task) -> server.sendAsync(task.value()).thenCompose((receipt) -> task.complete()));
		// end::explicit[]
		mails.submitAndAwait("to anna");
		assertThat(server.sent).containsExactly("to anna");
		consumer.close();
	}

	@Test
	void capacity() {
		Atomix atomix = this.atomix;
		// tag::capacity[]
		DistributedTaskQueue<String> small = atomix.taskQueue("small",
				TaskQueueOptions.of(Codecs.strings()).withCapacity(2));
		// end::capacity[]
		small.submit("a");
		small.submit("b");
		assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> small.submit("c"));
	}

	@Test
	void errors() throws Exception {
		DistributedMessageBus bus = this.atomix.messageBus("errors");
		List<String> outcomes = new CopyOnWriteArrayList<>();
		// tag::errors[]
		try {
			bus.send("discount", 100, Integer.class);
		}
		catch (NoConsumerException ex) {
			// Nobody has received it.
			outcomes.add("nobody");
		}
		catch (ConsumerFailedException ex) {
			// The handler threw an exception; the text says which.
			outcomes.add("failed");
		}
		catch (ConsumerLostException ex) {
			// The consumer ended without a reply: the message was handled, or was not.
			outcomes.add("unknown");
		}
		// end::errors[]
		assertThat(outcomes).containsExactly("nobody");
	}

	@Test
	void timeout() {
		DistributedMessageBus bus = this.atomix.messageBus("timeout");
		Registration consumer = bus.register("tax", Integer.class, (net) -> net + net / 5);
		// tag::timeout[]
		CompletableFuture<Integer> gross = bus.async().send("tax", 200, Integer.class).orTimeout(5, TimeUnit.SECONDS);
		// end::timeout[]
		assertThat(gross.join()).isEqualTo(240);
		consumer.close();
	}

	/**
	 * What the tasks are for.
	 */
	private static final class MailServer {

		private final List<String> sent = new CopyOnWriteArrayList<>();

		void send(String mail) {
			if (mail.equals("to nobody")) {
				throw new IllegalArgumentException("expected by the test");
			}
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
