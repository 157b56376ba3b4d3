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

package io.github.atomixspring.statemachine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.ReceiptMessages;
import io.github.atomixspring.protocol.ReceiptMessages.Receipt;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.TopicMessages;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TopicService}.
 */
class TopicServiceTests {

	private static final PrimitiveId TOPIC = PrimitiveId.of(PrimitiveType.TOPIC, "news");

	private static final long LONG_TIMEOUT = 24 * 60 * 60 * 1000L;

	private static final byte[] MESSAGE = { 7 };

	private final StateLog log = new StateLog(true);

	private final List<Long> sessions = new ArrayList<>();

	private long open() {
		long session = this.log.open("n", LONG_TIMEOUT);
		this.sessions.add(session);
		return session;
	}

	private Receipt publish(long session, long request) {
		return (Receipt) this.log.submit(session, new TopicMessages.Publish(TOPIC, request, true, MESSAGE));
	}

	private Result received(long session, long number) {
		return this.log.submit(session, new TopicMessages.Received(TOPIC, number));
	}

	private void listen(long session) {
		this.log.submit(session, new Command.Listen(TOPIC));
	}

	private List<String> events(long session) {
		return this.log.events(session).stream().map(TopicServiceTests::text).toList();
	}

	private static String text(Event event) {
		return (event instanceof TopicMessages.Published published)
				? published(published.number(), published.awaited(), published.message()) : event.toString();
	}

	private static String published(long number, boolean awaited, byte[] message) {
		return "published " + number + " " + awaited + " " + Arrays.toString(message);
	}

	private static String ended(long request) {
		return new ReceiptMessages.Ended(TOPIC, request, Receipt.DONE).toString();
	}

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(23);
		for (int i = 0; i < 4; i++) {
			open();
		}
		Model model = new Model();
		for (int i = 0; i < 100_000; i++) {
			long session = this.sessions.get(random.nextInt(this.sessions.size()));
			int operation = random.nextInt(200);
			if (operation == 0) {
				model.destroy();
				this.log.submit(session, new Command.Destroy(TOPIC));
			}
			else if (operation == 1) {
				model.close(session);
				this.log.close(session);
				this.sessions.remove(session);
				open();
			}
			else if (operation == 2) {
				this.log.restart();
			}
			else {
				operate(session, operation, random, model);
			}
			for (long each : this.sessions) {
				List<String> seen = events(each);
				List<String> expected = model.events(each);
				if (!seen.equals(expected)) {
					assertThat(seen).isEqualTo(expected);
				}
			}
		}
		assertThat(model.number).isGreaterThan(10_000);
		assertThat(model.ended).isGreaterThan(5_000);
		ReplicatedState replayed = new ReplicatedState();
		this.log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(this.log.digest());
	}

	private void operate(long session, int operation, Random random, Model model) {
		long request = random.nextInt(20);
		if (operation < 20) {
			listen(session);
			model.listeners.add(session);
		}
		else if (operation < 30) {
			this.log.submit(session, new Command.Unlisten(TOPIC));
			model.unlisten(session);
		}
		else if (operation < 90) {
			boolean awaited = random.nextBoolean();
			byte[] message = { (byte) random.nextInt(100) };
			assertThat(this.log.submit(session, new TopicMessages.Publish(TOPIC, request, awaited, message)))
				.isEqualTo(model.publish(session, request, awaited, message));
		}
		else if (operation < 170) {
			long number = model.number - random.nextInt(10);
			assertThat(received(session, number)).isEqualTo(new Result.Number(model.received(session, number)));
		}
		else if (operation < 190) {
			assertThat(this.log.submit(session, new ReceiptMessages.Check(TOPIC, request, 4)))
				.isEqualTo(model.check(session, request, 4));
		}
		else {
			assertThat(this.log.submit(session, new ReceiptMessages.Forget(TOPIC, request)))
				.isEqualTo(new Result.Flag(model.waits.remove(List.of(session, request)) != null));
		}
	}

	@Test
	void messagesGoToThoseWhoListenOnly() {
		long publisher = open();
		long listener = open();
		assertThat(publish(publisher, 1).status()).isEqualTo(Receipt.DONE);
		listen(listener);
		assertThat(events(listener)).isEmpty();
		this.log.submit(publisher, new TopicMessages.Publish(TOPIC, 0, false, MESSAGE));
		assertThat(events(listener)).containsExactly(published(2, false, MESSAGE));
		assertThat(events(publisher)).isEmpty();
	}

	@Test
	void receiptComesWhenTheLastSubscriberHasReceived() {
		long publisher = open();
		long first = open();
		long second = open();
		listen(first);
		listen(second);
		Receipt receipt = publish(publisher, 1);
		assertThat(receipt.status()).isEqualTo(Receipt.AWAITED);
		long late = open();
		listen(late);
		received(first, receipt.number());
		received(first, receipt.number());
		this.log.restart();
		assertThat(events(publisher)).isEmpty();
		received(second, receipt.number());
		assertThat(events(publisher)).containsExactly(ended(1));
		assertThat(events(late)).isEmpty();
	}

	@Test
	void subscriberThatEndsOrLeavesIsNotAwaited() {
		long publisher = open();
		long first = open();
		long second = open();
		listen(first);
		listen(second);
		publish(publisher, 1);
		this.log.close(first);
		assertThat(events(publisher)).isEmpty();
		this.log.submit(second, new Command.Unlisten(TOPIC));
		assertThat(events(publisher)).containsExactly(ended(1));
		assertThat(this.log.state().interests(publisher)).isZero();
	}

	@Test
	void missedMessagesCanBeAskedFor() {
		long publisher = open();
		long subscriber = open();
		listen(subscriber);
		publish(publisher, 1);
		long last = publish(publisher, 2).number();
		assertThat(received(subscriber, 0)).isEqualTo(new Result.Number(last));
		assertThat(received(subscriber, last)).isEqualTo(new Result.Number(0));
		assertThat(events(publisher)).containsExactly(ended(1), ended(2));
		assertThat(this.log.submit(publisher, new ReceiptMessages.Check(TOPIC, 2, last)))
			.isEqualTo(new Receipt(last, Receipt.DONE));
	}

	@Test
	void awaitedMessagesAreLimited() {
		long publisher = open();
		listen(open());
		for (int i = 0; i < TopicService.MAX_AWAITED; i++) {
			publish(publisher, i);
		}
		Result refused = this.log.submit(publisher, new TopicMessages.Publish(TOPIC, 99_999, true, MESSAGE));
		assertThat(((Result.Failure) refused).code()).isEqualTo(ErrorCode.LIMIT.code());
		assertThat(publish(publisher, 0).status()).isEqualTo(Receipt.AWAITED);
		assertThat(this.log.submit(publisher, new TopicMessages.Publish(TOPIC, 0, false, MESSAGE)))
			.isInstanceOf(Receipt.class);
	}

	@Test
	void idleTopicsLeaveNothing() {
		long session = open();
		for (int i = 0; i < 1_000; i++) {
			PrimitiveId topic = PrimitiveId.of(PrimitiveType.TOPIC, "topic-" + i);
			this.log.submit(session, new Command.Listen(topic));
			Receipt receipt = (Receipt) this.log.submit(session, new TopicMessages.Publish(topic, i, true, MESSAGE));
			this.log.submit(session, new TopicMessages.Received(topic, receipt.number()));
			this.log.submit(session, new Command.Unlisten(topic));
		}
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
		assertThat(this.log.state().interests(session)).isZero();
	}

	/**
	 * The topic in plain Java.
	 */
	private static final class Model {

		private final TreeSet<Long> listeners = new TreeSet<>();

		private final Map<Long, List<String>> events = new TreeMap<>();

		/**
		 * The numbers of awaited requests.
		 */
		private final Map<List<Long>, Long> waits = new HashMap<>();

		/**
		 * Who has not received an awaited message.
		 */
		private final TreeMap<Long, TreeSet<Long>> missing = new TreeMap<>();

		private long number;

		private int ended;

		List<String> events(long session) {
			List<String> sent = this.events.remove(session);
			return (sent != null) ? sent : List.of();
		}

		private void send(long session, String event) {
			this.events.computeIfAbsent(session, (key) -> new ArrayList<>()).add(event);
		}

		Receipt publish(long session, long request, boolean awaited, byte[] message) {
			Long known = this.waits.get(List.of(session, request));
			if (awaited && known != null) {
				return new Receipt(known, Receipt.AWAITED);
			}
			this.number++;
			boolean await = awaited && !this.listeners.isEmpty();
			this.listeners.forEach((listener) -> send(listener, published(this.number, await, message)));
			if (await) {
				this.waits.put(List.of(session, request), this.number);
				this.missing.put(this.number, new TreeSet<>(this.listeners));
			}
			return new Receipt(this.number, await ? Receipt.AWAITED : Receipt.DONE);
		}

		long received(long session, long upTo) {
			for (long each : List.copyOf(this.missing.keySet())) {
				TreeSet<Long> missing = this.missing.get(each);
				if (each <= upTo && missing.remove(session) && missing.isEmpty()) {
					this.missing.remove(each);
					end(each);
				}
			}
			return this.missing.entrySet()
				.stream()
				.filter((entry) -> entry.getValue().contains(session))
				.mapToLong(Map.Entry::getKey)
				.max()
				.orElse(0);
		}

		private void end(long each) {
			List.copyOf(this.waits.entrySet()).forEach((wait) -> {
				if (wait.getValue() == each) {
					this.waits.remove(wait.getKey());
					send(wait.getKey().get(0), TopicServiceTests.ended(wait.getKey().get(1)));
					this.ended++;
				}
			});
		}

		Receipt check(long session, long request, long number) {
			Long known = this.waits.get(List.of(session, request));
			return (known != null) ? new Receipt(known, Receipt.AWAITED) : new Receipt(number, Receipt.DONE);
		}

		void unlisten(long session) {
			this.listeners.remove(session);
			received(session, Long.MAX_VALUE);
		}

		void destroy() {
			List.copyOf(this.waits.values()).stream().sorted().forEach(this::end);
			this.missing.clear();
			this.listeners.forEach((listener) -> send(listener, new Event.Destroyed(TOPIC).toString()));
			this.listeners.clear();
		}

		void close(long session) {
			this.waits.keySet().removeIf((wait) -> wait.get(0) == session);
			unlisten(session);
			this.events.remove(session);
		}

	}

}
