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

import io.github.atomixspring.primitive.PrimitiveType;
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
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.protocol.TaskMessages;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TaskService}.
 */
class TaskServiceTests {

	private static final PrimitiveId QUEUE = PrimitiveId.of(PrimitiveType.TASK_QUEUE, "mails");

	private static final long LONG_TIMEOUT = 24 * 60 * 60 * 1000L;

	private static final int CAPACITY = 12;

	private final StateLog log = new StateLog(true);

	private final List<Long> sessions = new ArrayList<>();

	private long open() {
		long session = this.log.open("n", LONG_TIMEOUT);
		this.sessions.add(session);
		return session;
	}

	private Result submit(long session, int task) {
		return this.log.submit(session, new TaskMessages.Submit(QUEUE, task, true, content(task)));
	}

	private Result settle(long session, long token, boolean done) {
		return this.log.submit(session, new TaskMessages.Settle(QUEUE, token, done));
	}

	private Result consume(long session, int parallelism) {
		return this.log.submit(session, new DeliveryMessages.Consume(QUEUE, 1, "", parallelism));
	}

	private TaskMessages.Counts counts() {
		return (TaskMessages.Counts) this.log.state().read(new TaskMessages.Count(QUEUE));
	}

	/**
	 * Returns the tasks that were handed to a session, with the tokens.
	 */
	private Map<Integer, Long> assigned(long session) {
		Map<Integer, Long> tasks = new TreeMap<>();
		for (Event event : this.log.events(session)) {
			if (event instanceof DeliveryMessages.Assigned assigned) {
				tasks.put((int) assigned.content()[0], assigned.assignment().token());
			}
		}
		return tasks;
	}

	private static byte[] content(int task) {
		return new byte[] { (byte) task };
	}

	private List<String> events(long session) {
		return this.log.events(session).stream().map(TaskServiceTests::text).toList();
	}

	private static String text(Event event) {
		return (event instanceof DeliveryMessages.Assigned assigned)
				? assigned(assigned.consumer(), assigned.assignment(), assigned.content()) : event.toString();
	}

	private static String assigned(long consumer, Assignment assignment, byte[] content) {
		return "assigned " + consumer + " " + assignment + " " + Arrays.toString(content);
	}

	private static String ended(long request, int status) {
		return new ReceiptMessages.Ended(QUEUE, request, status).toString();
	}

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(29);
		for (int i = 0; i < 4; i++) {
			open();
		}
		Model model = new Model();
		create();
		for (int i = 0; i < 100_000; i++) {
			long session = this.sessions.get(random.nextInt(this.sessions.size()));
			int operation = random.nextInt(200);
			if (operation == 0) {
				model.destroy();
				this.log.submit(session, new Command.Destroy(QUEUE));
				create();
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
			if (i % 16 == 0) {
				assertThat(counts()).isEqualTo(model.counts());
			}
		}
		assertThat(model.assignments).isGreaterThan(20_000);
		assertThat(model.refused).isGreaterThan(1_000);
		ReplicatedState replayed = new ReplicatedState();
		this.log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(this.log.digest());
	}

	private void create() {
		this.log.submit(this.sessions.get(0),
				new Command.Create(QUEUE, List.of(new Setting(TaskMessages.CAPACITY, Integer.toString(CAPACITY)))));
	}

	private void operate(long session, int operation, Random random, Model model) {
		long request = random.nextInt(10);
		if (operation < 80) {
			boolean awaited = random.nextBoolean();
			byte[] task = { (byte) random.nextInt(100) };
			Result result = this.log.submit(session, new TaskMessages.Submit(QUEUE, request, awaited, task));
			Receipt expected = model.submit(session, request, awaited, task);
			if (expected != null) {
				assertThat(result).isEqualTo(expected);
			}
			else {
				assertThat(((Result.Failure) result).code()).isEqualTo(ErrorCode.LIMIT.code());
			}
		}
		else if (operation < 95) {
			long consumer = random.nextInt(2);
			int parallelism = 1 + random.nextInt(3);
			assertThat(this.log.submit(session, new DeliveryMessages.Consume(QUEUE, consumer, "", parallelism)))
				.isEqualTo(model.consume(session, consumer, parallelism));
		}
		else if (operation < 98) {
			long consumer = random.nextInt(2);
			assertThat(this.log.submit(session, new DeliveryMessages.Cancel(QUEUE, consumer)))
				.isEqualTo(new Result.Flag(model.cancel(List.of(session, consumer), true)));
		}
		else if (operation < 180) {
			long token = model.token(random);
			boolean done = random.nextInt(4) > 0;
			long by = (random.nextInt(5) == 0) ? session : model.owner(token, session);
			assertThat(settle(by, token, done)).isEqualTo(new Result.Flag(model.settle(by, token, done)));
		}
		else if (operation < 190) {
			long number = model.number - random.nextInt(50);
			assertThat(this.log.submit(session, new ReceiptMessages.Check(QUEUE, request, number)))
				.isEqualTo(model.check(session, request, number));
		}
		else {
			assertThat(this.log.submit(session, new ReceiptMessages.Forget(QUEUE, request)))
				.isEqualTo(new Result.Flag(model.waits.remove(List.of(session, request)) != null));
		}
	}

	@Test
	void tasksGoToConsumersInOrderAndInTurn() {
		long producer = open();
		long first = open();
		long second = open();
		consume(first, 1);
		consume(second, 2);
		for (int i = 1; i <= 5; i++) {
			submit(producer, i);
		}
		Map<Integer, Long> ofFirst = assigned(first);
		assertThat(ofFirst.keySet()).containsExactly(1);
		assertThat(assigned(second).keySet()).containsExactly(2, 3);
		settle(first, ofFirst.get(1), true);
		assertThat(assigned(first).keySet()).containsExactly(4);
		assertThat(events(producer)).containsExactly(ended(1, Receipt.DONE));
		assertThat(counts()).isEqualTo(new TaskMessages.Counts(1, 3, 1, 2));
	}

	@Test
	void taskOfDeadConsumerReturnsToItsPlace() {
		long producer = open();
		long dying = open();
		long other = open();
		consume(dying, 2);
		for (int i = 1; i <= 4; i++) {
			submit(producer, i);
		}
		assertThat(assigned(dying).keySet()).containsExactly(1, 2);
		this.log.close(dying);
		this.log.restart();
		consume(other, 3);
		List<Event> events = this.log.events(other);
		assertThat(events).extracting((event) -> (int) ((DeliveryMessages.Assigned) event).content()[0])
			.containsExactly(1, 2, 3);
		assertThat(events).extracting((event) -> ((DeliveryMessages.Assigned) event).assignment().delivery())
			.containsExactly(2, 2, 1);
	}

	@Test
	void failedTaskGoesBehindTheOthers() {
		long producer = open();
		long consumer = open();
		consume(consumer, 1);
		submit(producer, 1);
		submit(producer, 2);
		settle(consumer, assigned(consumer).get(1), false);
		Map<Integer, Long> next = assigned(consumer);
		assertThat(next.keySet()).containsExactly(2);
		settle(consumer, next.get(2), true);
		Map<Integer, Long> again = assigned(consumer);
		assertThat(again.keySet()).containsExactly(1);
		assertThat(events(producer)).containsExactly(ended(2, Receipt.DONE));
		settle(consumer, again.get(1), true);
		assertThat(events(producer)).containsExactly(ended(1, Receipt.DONE));
	}

	@Test
	void settlementByAnotherOrOfAnOldTokenChangesNothing() {
		long producer = open();
		long consumer = open();
		consume(consumer, 1);
		submit(producer, 1);
		long old = assigned(consumer).get(1);
		assertThat(settle(producer, old, true)).isEqualTo(new Result.Flag(false));
		settle(consumer, old, false);
		long token = assigned(consumer).get(1);
		assertThat(token).isGreaterThan(old);
		assertThat(settle(consumer, old, true)).isEqualTo(new Result.Flag(false));
		assertThat(settle(consumer, token, true)).isEqualTo(new Result.Flag(true));
		assertThat(settle(consumer, token, true)).isEqualTo(new Result.Flag(false));
		assertThat(counts().completed()).isEqualTo(1);
	}

	@Test
	void consumerCanAskForWhatItHas() {
		long producer = open();
		long consumer = open();
		consume(consumer, 2);
		submit(producer, 1);
		submit(producer, 2);
		submit(producer, 3);
		this.log.events(consumer);
		this.log.restart();
		List<Assignment> assignments = ((DeliveryMessages.Assignments) consume(consumer, 2)).assignments();
		assertThat(assignments).hasSize(2);
		assertThat(this.log.events(consumer)).isEmpty();
		for (int i = 0; i < 2; i++) {
			Result content = this.log.state().read(new DeliveryMessages.Content(QUEUE, assignments.get(i).token()));
			assertThat(((Result.Entries) content).entries().get(0).value()).isEqualTo(content(i + 1));
		}
		assertThat(this.log.state().read(new DeliveryMessages.Content(QUEUE, 99)))
			.isEqualTo(new Result.Entries(List.of()));
	}

	@Test
	void destructionIsTold() {
		long producer = open();
		long consumer = open();
		consume(consumer, 1);
		long number = ((Receipt) submit(producer, 1)).number();
		this.log.events(consumer);
		this.log.submit(producer, new Command.Destroy(QUEUE));
		assertThat(events(producer)).containsExactly(ended(1, Receipt.LOST));
		assertThat(events(consumer)).containsExactly(new Event.Destroyed(QUEUE).toString());
		assertThat(this.log.submit(producer, new ReceiptMessages.Check(QUEUE, 1, number)))
			.isEqualTo(new Receipt(number, Receipt.LOST));
		submit(producer, 2);
		assertThat(this.log.submit(producer, new ReceiptMessages.Check(QUEUE, 1, number)))
			.isEqualTo(new Receipt(number, Receipt.LOST));
	}

	@Test
	void parallelismHasLimits() {
		long session = open();
		for (int parallelism : new int[] { Integer.MIN_VALUE, 0, TaskMessages.MAX_PARALLELISM + 1 }) {
			assertThat(((Result.Failure) consume(session, parallelism)).code()).isEqualTo(ErrorCode.ILLEGAL.code());
		}
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
	}

	@Test
	void finishedTasksLeaveNothing() {
		long session = open();
		consume(session, 10);
		for (int i = 0; i < 1_000; i++) {
			submit(session, i % 100);
			assigned(session).values().forEach((token) -> settle(session, token, true));
		}
		this.log.submit(session, new DeliveryMessages.Cancel(QUEUE, 1));
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
		assertThat(this.log.state().interests(session)).isZero();
	}

	@Test
	void manyTasksSurviveARestart() {
		long session = open();
		byte[] large = new byte[300_000];
		for (int i = 0; i < 2_500; i++) {
			this.log.submit(session, new TaskMessages.Submit(QUEUE, i, i % 2 == 0, (i < 12) ? large : content(i)));
		}
		consume(session, 20);
		String digest = this.log.digest();
		this.log.restart();
		assertThat(this.log.digest()).isEqualTo(digest);
		assertThat(counts()).isEqualTo(new TaskMessages.Counts(2_480, 20, 0, 1));
	}

	/**
	 * A task of the model.
	 */
	private static final class ModelTask {

		private final long id;

		private final byte[] content;

		private final List<Long> request;

		private long place;

		private int deliveries;

		private List<Long> owner = List.of();

		ModelTask(long id, byte[] content, List<Long> request) {
			this.id = id;
			this.place = id;
			this.content = content;
			this.request = request;
		}

	}

	/**
	 * The queue in plain Java.
	 */
	private static final class Model {

		private final TreeMap<Long, ModelTask> waiting = new TreeMap<>();

		private final TreeMap<Long, ModelTask> running = new TreeMap<>();

		/**
		 * How many more tasks each consumer takes.
		 */
		private final Map<List<Long>, Integer> free = new TreeMap<>(
				(one, other) -> one.toString().compareTo(other.toString()));

		private final List<List<Long>> turns = new ArrayList<>();

		private final Map<Long, List<String>> events = new TreeMap<>();

		private final Map<List<Long>, Long> waits = new HashMap<>();

		private long born = Long.MAX_VALUE;

		private long number;

		private long completed;

		private int assignments;

		private int refused;

		List<String> events(long session) {
			List<String> sent = this.events.remove(session);
			return (sent != null) ? sent : List.of();
		}

		private void send(long session, String event) {
			this.events.computeIfAbsent(session, (key) -> new ArrayList<>()).add(event);
		}

		TaskMessages.Counts counts() {
			return new TaskMessages.Counts(this.waiting.size(), this.running.size(), this.completed, this.free.size());
		}

		Receipt submit(long session, long request, boolean awaited, byte[] content) {
			List<Long> key = List.of(session, request);
			if (awaited && this.waits.containsKey(key)) {
				return new Receipt(this.waits.get(key), Receipt.AWAITED);
			}
			if (this.waiting.size() >= CAPACITY) {
				this.refused++;
				return null;
			}
			long id = ++this.number;
			this.born = Math.min(this.born, id);
			this.waiting.put(id, new ModelTask(id, content, awaited ? key : List.of()));
			if (awaited) {
				this.waits.put(key, id);
			}
			assign();
			return new Receipt(id, awaited ? Receipt.AWAITED : Receipt.DONE);
		}

		private void assign() {
			while (!this.waiting.isEmpty() && !this.turns.isEmpty()) {
				List<Long> consumer = this.turns.remove(0);
				ModelTask task = this.waiting.pollFirstEntry().getValue();
				long token = ++this.number;
				task.deliveries++;
				task.owner = consumer;
				this.running.put(token, task);
				this.assignments++;
				if (this.free.merge(consumer, -1, Integer::sum) > 0) {
					this.turns.add(consumer);
				}
				send(consumer.get(0),
						assigned(consumer.get(1), new Assignment(token, task.id, task.deliveries), task.content));
			}
		}

		Result consume(long session, long number, int parallelism) {
			List<Long> consumer = List.of(session, number);
			if (!this.free.containsKey(consumer)) {
				this.free.put(consumer, parallelism);
				this.turns.add(consumer);
				assign();
			}
			List<Assignment> assignments = new ArrayList<>();
			this.running.forEach((token, task) -> {
				if (task.owner.equals(consumer)) {
					assignments.add(new Assignment(token, task.id, task.deliveries));
				}
			});
			return new DeliveryMessages.Assignments(assignments);
		}

		boolean cancel(List<Long> consumer, boolean assign) {
			boolean known = this.free.remove(consumer) != null;
			this.turns.remove(consumer);
			for (long token : List.copyOf(this.running.keySet())) {
				if (this.running.get(token).owner.equals(consumer)) {
					ModelTask task = this.running.remove(token);
					this.waiting.put(task.place, task);
				}
			}
			if (assign) {
				assign();
			}
			return known;
		}

		long token(Random random) {
			List<Long> tokens = List.copyOf(this.running.keySet());
			return (tokens.isEmpty()) ? 1 : tokens.get(random.nextInt(tokens.size()));
		}

		long owner(long token, long otherwise) {
			ModelTask task = this.running.get(token);
			return (task != null) ? task.owner.get(0) : otherwise;
		}

		boolean settle(long session, long token, boolean done) {
			ModelTask task = this.running.get(token);
			if (task == null || task.owner.get(0) != session) {
				return false;
			}
			this.running.remove(token);
			if (!done) {
				task.place = ++this.number;
				this.waiting.put(task.place, task);
			}
			else {
				this.completed++;
				Long awaited = this.waits.get(task.request);
				if (awaited != null && awaited == task.id) {
					this.waits.remove(task.request);
					send(task.request.get(0), ended(task.request.get(1), Receipt.DONE));
				}
			}
			this.free.merge(task.owner, 1, Integer::sum);
			if (!this.turns.contains(task.owner)) {
				this.turns.add(task.owner);
			}
			assign();
			return true;
		}

		Receipt check(long session, long request, long number) {
			Long known = this.waits.get(List.of(session, request));
			return (known != null) ? new Receipt(known, Receipt.AWAITED)
					: new Receipt(number, (number >= this.born) ? Receipt.DONE : Receipt.LOST);
		}

		void destroy() {
			this.waits.entrySet()
				.stream()
				.sorted(Map.Entry.comparingByValue())
				.forEach((wait) -> send(wait.getKey().get(0), ended(wait.getKey().get(1), Receipt.LOST)));
			this.free.keySet()
				.stream()
				.map((consumer) -> consumer.get(0))
				.distinct()
				.forEach((session) -> send(session, new Event.Destroyed(QUEUE).toString()));
			this.waits.clear();
			this.free.clear();
			this.turns.clear();
			this.waiting.clear();
			this.running.clear();
			this.completed = 0;
			this.born = Long.MAX_VALUE;
		}

		void close(long session) {
			this.waits.keySet().removeIf((wait) -> wait.get(0) == session);
			List.copyOf(this.free.keySet())
				.stream()
				.filter((consumer) -> consumer.get(0) == session)
				.forEach((consumer) -> cancel(consumer, false));
			assign();
			this.events.remove(session);
		}

	}

}
