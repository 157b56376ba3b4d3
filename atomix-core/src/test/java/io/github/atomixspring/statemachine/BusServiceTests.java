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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.BusMessages;
import io.github.atomixspring.protocol.BusMessages.Replied;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.DeliveryMessages;
import io.github.atomixspring.protocol.DeliveryMessages.Assignment;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.ReceiptMessages;
import io.github.atomixspring.protocol.ReceiptMessages.Receipt;
import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BusService}.
 */
class BusServiceTests {

	private static final PrimitiveId BUS = PrimitiveId.of(PrimitiveType.MESSAGE_BUS, "bus");

	private static final long LONG_TIMEOUT = 24 * 60 * 60 * 1000L;

	private static final List<String> NAMES = List.of("a", "b", "c");

	private final StateLog log = new StateLog(true);

	private final List<Long> sessions = new ArrayList<>();

	private long open() {
		long session = this.log.open("n", LONG_TIMEOUT);
		this.sessions.add(session);
		return session;
	}

	private Result consume(long session, long consumer, String name) {
		return this.log.submit(session, new DeliveryMessages.Consume(BUS, consumer, name, 1));
	}

	private Receipt send(long session, long request, String name) {
		return (Receipt) this.log.submit(session, new BusMessages.Send(BUS, request, name, new byte[] { 1 }));
	}

	private boolean reply(long session, long token) {
		return ((Result.Flag) this.log.submit(session, new BusMessages.Reply(BUS, token, false, new byte[] { 2 })))
			.value();
	}

	private List<String> events(long session) {
		return this.log.events(session).stream().map(BusServiceTests::text).toList();
	}

	private static String text(Event event) {
		if (event instanceof DeliveryMessages.Assigned assigned) {
			return assigned(assigned.consumer(), assigned.assignment().token(), assigned.content());
		}
		return (event instanceof Replied replied) ? replied(replied.request(), replied.status(), replied.content())
				: event.toString();
	}

	private static String assigned(long consumer, long token, byte[] content) {
		return "assigned " + consumer + " " + token + " " + Arrays.toString(content);
	}

	private static String replied(long request, int status, byte @Nullable [] content) {
		return "replied " + request + " " + status + " " + Arrays.toString(content);
	}

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(31);
		for (int i = 0; i < 4; i++) {
			open();
		}
		Model model = new Model();
		for (int i = 0; i < 100_000; i++) {
			long session = this.sessions.get(random.nextInt(this.sessions.size()));
			int operation = random.nextInt(200);
			if (operation == 0) {
				model.destroy();
				this.log.submit(session, new Command.Destroy(BUS));
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
		assertThat(model.number).isGreaterThan(20_000);
		assertThat(model.lost).isGreaterThan(1_000);
		ReplicatedState replayed = new ReplicatedState();
		this.log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(this.log.digest());
	}

	private void operate(long session, int operation, Random random, Model model) {
		long request = random.nextInt(10);
		String name = NAMES.get(random.nextInt(NAMES.size()));
		if (operation < 90) {
			byte[] message = { (byte) random.nextInt(100) };
			assertThat(this.log.submit(session, new BusMessages.Send(BUS, request, name, message)))
				.isEqualTo(model.send(session, request, name, message));
		}
		else if (operation < 100) {
			assertThat(consume(session, request % 3, name)).isEqualTo(model.consume(session, request % 3, name));
		}
		else if (operation < 105) {
			assertThat(this.log.submit(session, new DeliveryMessages.Cancel(BUS, request % 3)))
				.isEqualTo(new Result.Flag(model.cancel(List.of(session, request % 3))));
		}
		else if (operation < 185) {
			long token = model.token(random);
			long by = (random.nextInt(5) == 0) ? session : model.owner(token, session);
			boolean failed = random.nextInt(4) == 0;
			byte[] content = (random.nextInt(4) == 0) ? null : new byte[] { (byte) random.nextInt(100) };
			assertThat(this.log.submit(by, new BusMessages.Reply(BUS, token, failed, content)))
				.isEqualTo(new Result.Flag(model.reply(by, token, failed, content)));
		}
		else if (operation < 190) {
			Long known = model.waits.get(List.of(session, request));
			assertThat(this.log.submit(session, new ReceiptMessages.Check(BUS, request, 4)))
				.isEqualTo((known != null) ? new Receipt(known, Receipt.AWAITED) : new Receipt(4, Receipt.LOST));
		}
		else {
			assertThat(this.log.submit(session, new ReceiptMessages.Forget(BUS, request)))
				.isEqualTo(new Result.Flag(model.waits.remove(List.of(session, request)) != null));
		}
	}

	@Test
	void messagesGoToTheConsumersOfANameInTurn() {
		long sender = open();
		long first = open();
		long second = open();
		consume(first, 1, "a");
		consume(second, 1, "a");
		consume(second, 2, "b");
		assertThat(send(sender, 1, "a").status()).isEqualTo(Receipt.AWAITED);
		send(sender, 2, "a");
		this.log.restart();
		send(sender, 3, "a");
		send(sender, 4, "b");
		assertThat(events(first)).containsExactly(assigned(1, 1, new byte[] { 1 }), assigned(1, 3, new byte[] { 1 }));
		assertThat(events(second)).containsExactly(assigned(1, 2, new byte[] { 1 }), assigned(2, 4, new byte[] { 1 }));
		assertThat(send(sender, 5, "c").status()).isEqualTo(Replied.NO_CONSUMER);
	}

	@Test
	void requestOfDeadConsumerEnds() {
		long sender = open();
		long consumer = open();
		consume(consumer, 1, "a");
		send(sender, 1, "a");
		this.log.close(consumer);
		assertThat(events(sender)).containsExactly(replied(1, Replied.LOST, null));
		assertThat(send(sender, 2, "a").status()).isEqualTo(Replied.NO_CONSUMER);
		assertThat(this.log.state().interests(sender)).isZero();
	}

	/**
	 * A defect of Atomix 1.0.8: messages of finished requests stayed in the state.
	 */
	@Test
	void finishedRequestsAreFreed() {
		long sender = open();
		long consumer = open();
		consume(consumer, 1, "a");
		int before = size();
		for (int i = 0; i < 1_000; i++) {
			Receipt receipt = send(sender, i, "a");
			assertThat(reply(consumer, receipt.number())).isTrue();
			assertThat(reply(consumer, receipt.number())).isFalse();
		}
		assertThat(events(sender)).hasSize(1_000);
		this.log.events(consumer);
		this.log.submit(sender, new Command.Unlisten(BUS));
		this.log.submit(consumer, new Command.Unlisten(BUS));
		assertThat(size()).isLessThan(before + 200);
		this.log.submit(consumer, new DeliveryMessages.Cancel(BUS, 1));
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
	}

	private int size() {
		return StateLog.encode(this.log.state()).stream().mapToInt((part) -> part.length).sum();
	}

	@Test
	void messageWhoseSenderGaveUpIsFreedByTheReply() {
		long sender = open();
		long other = open();
		long consumer = open();
		consume(consumer, 1, "a");
		long first = send(sender, 1, "a").number();
		long second = send(other, 1, "a").number();
		this.log.submit(sender, new ReceiptMessages.Forget(BUS, 1));
		this.log.close(other);
		this.log.restart();
		assertThat(reply(consumer, first)).isTrue();
		assertThat(reply(consumer, second)).isTrue();
		assertThat(events(sender)).isEmpty();
	}

	@Test
	void consumerCanAskForWhatItHas() {
		long sender = open();
		long consumer = open();
		consume(consumer, 1, "a");
		long token = send(sender, 1, "a").number();
		assertThat(consume(consumer, 1, "a"))
			.isEqualTo(new DeliveryMessages.Assignments(List.of(new Assignment(token, token, 1))));
		Result content = this.log.state().read(new DeliveryMessages.Content(BUS, token));
		assertThat(((Result.Entries) content).entries().get(0).value()).containsExactly(1);
	}

	@Test
	void openMessagesAreLimited() {
		long sender = open();
		consume(open(), 1, "a");
		for (int i = 0; i < BusService.MAX_OPEN; i++) {
			send(sender, i, "a");
		}
		Result refused = this.log.submit(sender, new BusMessages.Send(BUS, 99_999, "a", new byte[0]));
		assertThat(((Result.Failure) refused).code()).isEqualTo(ErrorCode.LIMIT.code());
		String digest = this.log.digest();
		this.log.restart();
		assertThat(this.log.digest()).isEqualTo(digest);
	}

	@Test
	void namesOfConsumersHaveARule() {
		long session = open();
		for (String name : List.of("", " ", "x".repeat(257))) {
			assertThat(((Result.Failure) consume(session, 1, name)).code()).isEqualTo(ErrorCode.ILLEGAL.code());
		}
		assertThat(consume(session, 1, "x".repeat(256))).isEqualTo(new DeliveryMessages.Assignments(List.of()));
	}

	/**
	 * A message of the model.
	 */
	private record ModelMessage(List<Long> sender, List<Long> consumer) {

	}

	/**
	 * The bus in plain Java.
	 */
	private static final class Model {

		private final Map<List<Long>, String> names = new LinkedHashMap<>();

		/**
		 * All consumers, the one whose turn it is before the others of its name.
		 */
		private final List<List<Long>> turns = new ArrayList<>();

		private final TreeMap<Long, ModelMessage> open = new TreeMap<>();

		private final Map<List<Long>, Long> waits = new HashMap<>();

		private final Map<Long, List<String>> events = new TreeMap<>();

		private long number;

		private int lost;

		List<String> events(long session) {
			List<String> sent = this.events.remove(session);
			return (sent != null) ? sent : List.of();
		}

		private void deliver(long session, String event) {
			this.events.computeIfAbsent(session, (key) -> new ArrayList<>()).add(event);
		}

		Receipt send(long session, long request, String name, byte[] message) {
			List<Long> sender = List.of(session, request);
			if (this.waits.containsKey(sender)) {
				return new Receipt(this.waits.get(sender), Receipt.AWAITED);
			}
			for (List<Long> consumer : this.turns) {
				if (this.names.get(consumer).equals(name)) {
					this.turns.remove(consumer);
					this.turns.add(consumer);
					this.number++;
					this.open.put(this.number, new ModelMessage(sender, consumer));
					this.waits.put(sender, this.number);
					deliver(consumer.get(0), assigned(consumer.get(1), this.number, message));
					return new Receipt(this.number, Receipt.AWAITED);
				}
			}
			return new Receipt(0, Replied.NO_CONSUMER);
		}

		Result consume(long session, long number, String name) {
			List<Long> consumer = List.of(session, number);
			if (this.names.putIfAbsent(consumer, name) == null) {
				this.turns.add(consumer);
			}
			return new DeliveryMessages.Assignments(this.open.entrySet()
				.stream()
				.filter((entry) -> entry.getValue().consumer().equals(consumer))
				.map((entry) -> new Assignment(entry.getKey(), entry.getKey(), 1))
				.toList());
		}

		boolean cancel(List<Long> consumer) {
			this.turns.remove(consumer);
			for (long token : List.copyOf(this.open.keySet())) {
				if (this.open.get(token).consumer().equals(consumer)) {
					end(token, Replied.LOST, null);
				}
			}
			return this.names.remove(consumer) != null;
		}

		private void end(long token, int status, byte @Nullable [] content) {
			List<Long> sender = this.open.remove(token).sender();
			Long awaited = this.waits.get(sender);
			if (awaited != null && awaited == token) {
				this.waits.remove(sender);
				deliver(sender.get(0), replied(sender.get(1), status, content));
				if (status == Replied.LOST) {
					this.lost++;
				}
			}
		}

		long token(Random random) {
			List<Long> tokens = List.copyOf(this.open.keySet());
			return (tokens.isEmpty()) ? 1 : tokens.get(random.nextInt(tokens.size()));
		}

		long owner(long token, long otherwise) {
			ModelMessage message = this.open.get(token);
			return (message != null) ? message.consumer().get(0) : otherwise;
		}

		boolean reply(long session, long token, boolean failed, byte @Nullable [] content) {
			if (owner(token, -1) != session) {
				return false;
			}
			end(token, failed ? Replied.FAILED : Replied.ANSWERED, content);
			return true;
		}

		void destroy() {
			List.copyOf(this.open.keySet()).forEach((token) -> end(token, Replied.LOST, null));
			this.names.keySet()
				.stream()
				.map((consumer) -> consumer.get(0))
				.distinct()
				.forEach((session) -> deliver(session, new Event.Destroyed(BUS).toString()));
			this.names.clear();
			this.turns.clear();
			this.waits.clear();
		}

		void close(long session) {
			this.waits.keySet().removeIf((wait) -> wait.get(0) == session);
			this.names.keySet()
				.stream()
				.filter((consumer) -> consumer.get(0) == session)
				.toList()
				.forEach(this::cancel);
			this.events.remove(session);
		}

	}

}
