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
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.Event.EntryChanged;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.QueueMessages;
import io.github.atomixspring.protocol.QueueMessages.Reply;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.protocol.Wire;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link QueueService}.
 */
class QueueServiceTests {

	private static final PrimitiveId QUEUE = PrimitiveId.of(PrimitiveType.QUEUE, "jobs");

	private static final long LONG_TIMEOUT = 24 * 60 * 60 * 1000L;

	private final StateLog log = new StateLog(true);

	private final long session = this.log.open("a", LONG_TIMEOUT);

	private final long other = this.log.open("b", LONG_TIMEOUT);

	private static byte[] bytes(int element) {
		return new byte[] { (byte) element };
	}

	private static List<byte[]> all(int... elements) {
		List<byte[]> all = new ArrayList<>();
		for (int element : elements) {
			all.add(bytes(element));
		}
		return all;
	}

	private boolean offer(int... elements) {
		return ((Result.Flag) this.log.submit(this.session, new QueueMessages.Offer(QUEUE, all(elements), List.of())))
			.value();
	}

	private String put(long by, long number, int element) {
		return text(this.log.submit(by, new QueueMessages.Put(QUEUE, number, bytes(element), List.of())));
	}

	private String take(long by, long number) {
		return text(this.log.submit(by, new QueueMessages.Take(QUEUE, number)));
	}

	private String withdraw(long by, long number) {
		return text(this.log.submit(by, new QueueMessages.Withdraw(QUEUE, number)));
	}

	private void settle(long by, long number) {
		assertThat(this.log.submit(by, new QueueMessages.Settle(QUEUE, number))).isEqualTo(new Result.Done());
	}

	private String poll(int limit) {
		return text(this.log.submit(this.session, new QueueMessages.Poll(QUEUE, limit)));
	}

	private void capacity(int capacity) {
		this.log.submit(this.session,
				new Command.Create(QUEUE, List.of(new Setting(Setting.CAPACITY, Integer.toString(capacity)))));
	}

	private void timeToLive(long millis, int capacity) {
		this.log.submit(this.session,
				new Command.Create(QUEUE, List.of(new Setting(Setting.TIME_TO_LIVE, Long.toString(millis)),
						new Setting(Setting.CAPACITY, Integer.toString(capacity)))));
	}

	private List<Integer> elements() {
		return page(0, 100_000).stream().map((entry) -> (int) entry.value()[0]).toList();
	}

	private List<KeyValue> page(long after, int limit) {
		return ((Result.Entries) this.log.state().read(new QueueMessages.Page(QUEUE, after, limit))).entries();
	}

	private List<String> events(long of) {
		return this.log.events(of).stream().map(QueueServiceTests::text).toList();
	}

	private static String text(Object message) {
		if (message instanceof Reply reply) {
			return switch (reply.status()) {
				case Reply.GRANTED -> "granted " + Arrays.toString(reply.element());
				case Reply.QUEUED -> "queued";
				default -> "none";
			};
		}
		if (message instanceof QueueMessages.Granted granted) {
			return granted.number() + " granted " + Arrays.toString(granted.element());
		}
		if (message instanceof EntryChanged changed) {
			return switch (changed.kind()) {
				case EntryChanged.WRITTEN -> "added " + Arrays.toString(changed.value());
				case EntryChanged.EXPIRED -> "expired " + Arrays.toString(changed.old());
				default -> "removed " + Arrays.toString(changed.old());
			};
		}
		if (message instanceof Result.Values values) {
			return values.values().stream().map(Arrays::toString).toList() + (values.more() ? " and more" : "");
		}
		return String.valueOf(message);
	}

	private void assertNothingIsLeft() {
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
	}

	@Test
	void elementsComeOutInOrder() {
		assertThat(offer(1)).isTrue();
		assertThat(offer(2, 3)).isTrue();
		assertThat(poll(1)).isEqualTo("[[1]]");
		assertThat(poll(5)).isEqualTo("[[2], [3]]");
		assertThat(poll(1)).isEqualTo("[]");
		assertThat(poll(0)).isEqualTo("[]");
		assertNothingIsLeft();
	}

	@Test
	void offerIsAllOrNothing() {
		capacity(3);
		assertThat(offer(1, 2)).isTrue();
		assertThat(offer(3, 4)).isFalse();
		assertThat(offer(3)).isTrue();
		assertThat(offer(4)).isFalse();
		assertThat(elements()).containsExactly(1, 2, 3);
	}

	@Test
	void whatGoesToTakersNeedsNoRoom() {
		capacity(1);
		take(this.other, 1);
		take(this.other, 2);
		assertThat(offer(1, 2, 3, 4)).isFalse();
		assertThat(offer(1, 2, 3)).isTrue();
		assertThat(events(this.other)).containsExactly("1 granted [1]", "2 granted [2]");
		assertThat(elements()).containsExactly(3);
	}

	@Test
	void takersAreServedInOrder() {
		assertThat(take(this.session, 1)).isEqualTo("queued");
		assertThat(take(this.other, 1)).isEqualTo("queued");
		assertThat(take(this.session, 2)).isEqualTo("queued");
		assertThat(take(this.session, 1)).isEqualTo("queued");
		this.log.restart();
		offer(1, 2);
		assertThat(events(this.session)).containsExactly("1 granted [1]");
		assertThat(events(this.other)).containsExactly("1 granted [2]");
		assertThat(elements()).isEmpty();
	}

	@Test
	void repeatedTakeGetsTheReservedElement() {
		offer(1, 2);
		assertThat(take(this.session, 7)).isEqualTo("granted [1]");
		this.log.restart();
		assertThat(take(this.session, 7)).isEqualTo("granted [1]");
		settle(this.session, 7);
		assertThat(take(this.session, 7)).isEqualTo("granted [2]");
		settle(this.session, 7);
		assertNothingIsLeft();
	}

	@Test
	void withdrawnElementGoesBackToItsPlace() {
		offer(1, 2, 3);
		take(this.session, 1);
		take(this.other, 1);
		assertThat(withdraw(this.other, 1)).isEqualTo("none");
		assertThat(elements()).containsExactly(2, 3);
		this.log.restart();
		withdraw(this.session, 1);
		assertThat(elements()).containsExactly(1, 2, 3);
		assertThat(withdraw(this.session, 1)).isEqualTo("none");
		assertThat(elements()).containsExactly(1, 2, 3);
	}

	@Test
	void withdrawnElementGoesOnToTheNextTaker() {
		offer(1);
		take(this.session, 1);
		take(this.other, 1);
		withdraw(this.session, 1);
		assertThat(events(this.other)).containsExactly("1 granted [1]");
	}

	@Test
	void withdrawnTakerGetsNothing() {
		take(this.session, 1);
		assertThat(withdraw(this.session, 1)).isEqualTo("none");
		offer(1);
		assertThat(events(this.session)).isEmpty();
		assertThat(elements()).containsExactly(1);
	}

	@Test
	void putWaitsForRoom() {
		capacity(1);
		assertThat(put(this.session, 1, 1)).isEqualTo("granted null");
		assertThat(put(this.session, 1, 1)).isEqualTo("granted null");
		assertThat(put(this.session, 2, 2)).isEqualTo("queued");
		assertThat(put(this.other, 1, 3)).isEqualTo("queued");
		assertThat(put(this.session, 2, 2)).isEqualTo("queued");
		this.log.restart();
		assertThat(poll(1)).isEqualTo("[[1]]");
		assertThat(events(this.session)).containsExactly("2 granted null");
		assertThat(put(this.session, 2, 2)).isEqualTo("granted null");
		assertThat(elements()).containsExactly(2);
		assertThat(poll(9)).isEqualTo("[[2]]");
		assertThat(events(this.other)).containsExactly("1 granted null");
		assertThat(elements()).containsExactly(3);
	}

	@Test
	void withdrawalOfAPutTellsWhetherItWasAccepted() {
		capacity(1);
		put(this.session, 1, 1);
		put(this.session, 2, 2);
		assertThat(withdraw(this.session, 1)).isEqualTo("granted null");
		assertThat(withdraw(this.session, 2)).isEqualTo("none");
		assertThat(elements()).containsExactly(1);
		poll(1);
		assertThat(elements()).isEmpty();
	}

	@Test
	void removalMakesRoomToo() {
		capacity(2);
		offer(1, 2);
		put(this.other, 1, 3);
		put(this.other, 2, 4);
		assertThat(this.log.submit(this.session, new QueueMessages.RemoveFirst(QUEUE, bytes(1))))
			.isEqualTo(new Result.Flag(true));
		assertThat(elements()).containsExactly(2, 3);
		long position = page(0, 1).get(0).version();
		assertThat(this.log.submit(this.session, new QueueMessages.RemoveAt(QUEUE, List.of(position, -1L, position))))
			.isEqualTo(new Result.Flag(true));
		assertThat(elements()).containsExactly(3, 4);
		put(this.other, 3, 5);
		this.log.submit(this.session, new QueueMessages.Clear(QUEUE));
		assertThat(elements()).containsExactly(5);
		assertThat(events(this.other)).containsExactly("1 granted null", "2 granted null", "3 granted null");
	}

	@Test
	void endOfTheSessionDropsWhatIsReservedAndKeepsWhatWasPut() {
		capacity(2);
		put(this.other, 1, 1);
		put(this.other, 2, 2);
		put(this.other, 3, 3);
		take(this.other, 4);
		take(this.other, 5);
		take(this.other, 6);
		take(this.other, 7);
		put(this.session, 1, 4);
		assertThat(elements()).isEmpty();
		this.log.close(this.other);
		this.log.restart();
		assertThat(elements()).isEmpty();
		offer(5);
		assertThat(elements()).containsExactly(5);
	}

	@Test
	void endOfTheSessionWithdrawsItsWaits() {
		capacity(1);
		put(this.session, 1, 1);
		put(this.other, 1, 2);
		this.log.close(this.other);
		poll(1);
		assertThat(elements()).isEmpty();
	}

	@Test
	void destructionIsToldToThoseWhoWait() {
		capacity(1);
		offer(1);
		put(this.other, 1, 2);
		this.log.submit(this.session, new Command.Destroy(QUEUE));
		assertThat(this.log.events(this.other)).containsExactly(new Event.Destroyed(QUEUE));
		assertThat(this.log.events(this.session)).isEmpty();
		assertThat(this.log.state().interests(this.other)).isZero();
		assertThat(withdraw(this.other, 1)).isEqualTo("none");
		take(this.other, 2);
		this.log.submit(this.session, new Command.Destroy(QUEUE));
		assertThat(this.log.events(this.other)).containsExactly(new Event.Destroyed(QUEUE));
		assertNothingIsLeft();
	}

	@Test
	void writerThatMissedTheDestructionCreatesTheQueueAsItKnowsIt() {
		this.log.submit(this.session,
				new QueueMessages.Offer(QUEUE, all(1), List.of(new Setting(Setting.CAPACITY, "1"))));
		assertThat(offer(2)).isFalse();
		assertThat(((Result.Failure) this.log.submit(this.session, new Command.Create(QUEUE, List.of()))).code())
			.isEqualTo(ErrorCode.CONFIGURATION.code());
	}

	@Test
	void elementsExpireInTimeWhereverTheyAre() {
		timeToLive(1_000, 2);
		this.log.submit(this.session, new Command.Listen(QUEUE));
		offer(1);
		this.log.tick(400);
		take(this.other, 1);
		offer(2, 3);
		put(this.other, 2, 4);
		this.log.restart();
		this.log.tick(599);
		assertThat(elements()).containsExactly(2, 3);
		this.log.tick(1);
		withdraw(this.other, 1);
		assertThat(elements()).as("1 has expired while it was out").containsExactly(2, 3);
		this.log.tick(399);
		assertThat(elements()).containsExactly(2, 3);
		assertThat(events(this.other)).isEmpty();
		this.log.tick(1);
		assertThat(elements()).as("there is room for what waited").containsExactly(4);
		assertThat(events(this.other)).containsExactly("2 granted null");
		this.log.tick(999);
		assertThat(elements()).containsExactly(4);
		this.log.tick(1);
		assertThat(elements()).isEmpty();
		assertThat(events(this.session)).containsExactly("added [1]", "removed [1]", "added [2]", "added [3]",
				"expired [2]", "added [4]", "expired [3]", "expired [4]");
	}

	@Test
	void destroyedAndTakenElementsDoNotExpire() {
		timeToLive(1_000, 5);
		this.log.submit(this.session, new Command.Listen(QUEUE));
		offer(1, 2);
		poll(1);
		this.log.submit(this.session, new Command.Destroy(QUEUE));
		this.log.events(this.session);
		this.log.submit(this.session, new Command.Listen(QUEUE));
		offer(3);
		this.log.tick(100_000);
		assertThat(elements()).containsExactly(3);
		assertThat(events(this.session)).containsExactly("added [3]");
	}

	@Test
	void illegalSettingsMeanNothing() {
		this.log.submit(this.session, new QueueMessages.Offer(QUEUE, all(1), List
			.of(new Setting(Setting.TIME_TO_LIVE, "-1"), new Setting(Setting.CAPACITY, "-1"), new Setting("x", "y"))));
		assertThat(offer(2, 3)).isTrue();
		this.log.tick(100_000);
		assertThat(elements()).containsExactly(1, 2, 3);
	}

	@Test
	void illegalArgumentsChangeNothing() {
		for (long number : new long[] { Long.MIN_VALUE, -1 }) {
			assertThat(poll((int) number)).isEqualTo("[]");
			assertThat(take(this.session, number)).isEqualTo("queued");
			assertThat(withdraw(this.session, number)).isEqualTo("none");
			settle(this.session, number);
			assertThat(page(number, (int) number)).isEmpty();
		}
		assertThat(this.log.submit(this.session, new QueueMessages.RemoveAt(QUEUE, List.of(Long.MAX_VALUE))))
			.isEqualTo(new Result.Flag(false));
		assertThat(page(Long.MAX_VALUE, 1)).isEmpty();
		assertNothingIsLeft();
	}

	@Test
	void numberOfWaitersIsLimited() {
		long busy = this.log.open("c", LONG_TIMEOUT);
		for (int first = 1; first <= Waiters.LIMIT; first += 10_000) {
			this.log.append(new LogEntry.Batch(busy, first - 1, 0, LongStream.range(first, first + 10_000)
				.mapToObj((number) -> new Sequenced(number, Wire.COMMAND.encode(new QueueMessages.Take(QUEUE, number))))
				.toList()));
		}
		Result refused = this.log.submit(this.other, new QueueMessages.Take(QUEUE, 0));
		assertThat(((Result.Failure) refused).code()).isEqualTo(ErrorCode.LIMIT.code());
		this.log.close(busy);
		assertThat(take(this.session, 5)).isEqualTo("queued");
		assertThat(StateLog.digest(StateLog.copy(this.log.state()))).isEqualTo(this.log.digest());
	}

	@Test
	void answersAndPagesEndAtALimitOfBytes() {
		byte[] large = new byte[400_000];
		for (int i = 0; i < 8; i++) {
			this.log.submit(this.session, new QueueMessages.Offer(QUEUE, List.of(large), List.of()));
		}
		assertThat(page(0, 100)).hasSize(3);
		assertThat(page(page(0, 100).get(2).version(), 100)).hasSize(3);
		Result.Values polled = (Result.Values) this.log.submit(this.session, new QueueMessages.Poll(QUEUE, 100));
		assertThat(polled.values()).hasSize(3);
		assertThat(polled.more()).isTrue();
		assertThat(this.log.state().read(new QueueMessages.Size(QUEUE))).isEqualTo(new Result.Number(5));
		assertThat(StateLog.digest(StateLog.copy(this.log.state()))).isEqualTo(this.log.digest());
	}

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(29);
		QueueModel model = new QueueModel(4, 50);
		timeToLive(50, 4);
		long[] sessions = { this.session, this.other, this.log.open("c", LONG_TIMEOUT) };
		int number = 0;
		for (int i = 0; i < 100_000; i++) {
			int who = random.nextInt(3);
			long by = sessions[who];
			int element = i % 100;
			long known = Math.max(0, number - random.nextInt(12));
			switch (random.nextInt(100)) {
				case 0 -> this.log.restart();
				case 1 -> {
					this.log.close(by);
					model.end(by);
					sessions[who] = this.log.open("d", LONG_TIMEOUT);
				}
				case 2 -> {
					this.log.submit(by, new QueueMessages.Clear(QUEUE));
					model.clear();
				}
				case 3, 4, 5, 6, 7 -> {
					int millis = random.nextInt(60);
					model.elapse(millis);
					this.log.tick(millis);
				}
				case 8, 9, 10 ->
					assertThat(this.log.submit(by, new QueueMessages.RemoveFirst(QUEUE, bytes(element - 3))))
						.isEqualTo(new Result.Flag(model.removeFirst(element - 3)));
				default -> {
					switch (random.nextInt(8)) {
						case 0 -> {
							int[] elements = random.ints(random.nextInt(4), 0, 100).toArray();
							assertThat(this.log.submit(by, new QueueMessages.Offer(QUEUE, all(elements), List.of())))
								.isEqualTo(new Result.Flag(model.offer(elements)));
						}
						case 1, 2 -> {
							number++;
							assertThat(put(by, number, element)).isEqualTo(model.put(by, number, element));
						}
						case 3, 4 -> {
							number++;
							assertThat(take(by, number)).isEqualTo(model.take(by, number));
						}
						case 5 -> {
							settle(by, known);
							model.settle(by, known);
						}
						case 6 -> assertThat(withdraw(by, known)).isEqualTo(model.withdraw(by, known));
						default -> {
							int limit = random.nextInt(4);
							assertThat(text(this.log.submit(by, new QueueMessages.Poll(QUEUE, limit))))
								.isEqualTo(model.poll(limit).toString());
						}
					}
				}
			}
			for (long one : sessions) {
				assertThat(events(one)).isEqualTo(model.grants(one));
			}
			if (i % 16 == 0) {
				assertThat(elements()).isEqualTo(model.elements());
			}
		}
		assertThat(model.returned).isGreaterThan(500);
		assertThat(model.handedOver).isGreaterThan(500);
		assertThat(model.expired).isGreaterThan(500);
		assertThat(model.expiredOutside).isGreaterThan(50);
		ReplicatedState replayed = new ReplicatedState();
		this.log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(this.log.digest());
	}

	@Test
	void listenersSeeEveryChange() {
		Random random = new Random(31);
		this.log.submit(this.session, new Command.Listen(QUEUE));
		List<Integer> copy = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			switch (random.nextInt(4)) {
				case 0, 1 -> offer(i % 100);
				case 2 -> take(this.other, i);
				default -> poll(1);
			}
			for (String event : events(this.session)) {
				Integer element = Integer.valueOf(event.substring(event.indexOf('[') + 1, event.length() - 1));
				if (event.startsWith("added")) {
					copy.add(element);
				}
				else {
					assertThat(copy.remove(0)).isEqualTo(element);
				}
			}
			if (i % 16 == 0) {
				assertThat(elements()).isEqualTo(copy);
			}
			this.log.events(this.other);
		}
	}

}
