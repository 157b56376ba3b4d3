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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.ElectionMessages;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.IdMessages;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.TransactionMessages.Commit;
import io.github.atomixspring.protocol.TransactionMessages.Expectation;
import io.github.atomixspring.protocol.TransactionMessages.Outcome;
import io.github.atomixspring.protocol.ValueMessages;
import io.github.atomixspring.protocol.Wire;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CommitCheck} and what {@link ReplicatedState} makes of it.
 */
class CommitTests {

	private static final PrimitiveId MAP = PrimitiveId.of(PrimitiveType.MAP, "m");

	private static final PrimitiveId OTHER_MAP = PrimitiveId.of(PrimitiveType.MAP, "o");

	private static final PrimitiveId VALUE = PrimitiveId.of(PrimitiveType.VALUE, "v");

	private static final PrimitiveId LONG = PrimitiveId.of(PrimitiveType.LONG, "n");

	private static final PrimitiveId LOCK = PrimitiveId.of(PrimitiveType.LOCK, "l");

	private static final PrimitiveId ELECTION = PrimitiveId.of(PrimitiveType.ELECTION, "e");

	private static final byte[] NO_KEY = {};

	private static final Outcome COMMITTED = new Outcome(Outcome.COMMITTED, null);

	private final StateLog log = new StateLog(true);

	private final long session = this.log.open("a", 24 * 60 * 60 * 1000L);

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(31);
		Model model = new Model();
		for (PrimitiveId id : List.of(MAP, OTHER_MAP, VALUE, LONG)) {
			this.log.submit(this.session, new Command.Listen(id));
		}
		for (int i = 0; i < 100_000; i++) {
			if (random.nextInt(500) == 0) {
				this.log.restart();
			}
			if (random.nextBoolean()) {
				Command claim = model.claim(random);
				Command write = (claim != null) ? claim : model.randomWrite(random);
				this.log.submit(this.session, write);
				model.apply(write);
			}
			else {
				Commit commit = model.randomCommit(random);
				assertThat(this.log.submit(this.session, commit)).isEqualTo(model.commit(commit));
			}
			List<Event> events = this.log.events(this.session)
				.stream()
				.filter((event) -> !(event instanceof ElectionMessages.Changed))
				.toList();
			assertThat(StateLog.text(events)).isEqualTo(StateLog.text(model.events));
			model.events.clear();
			if (i % 64 == 0) {
				assertThat(StateLog.text(this.log.state().read(new MapMessages.Page(MAP, null, 100))))
					.isEqualTo(StateLog.text(model.entries(MAP)));
				assertThat(StateLog.text(this.log.state().read(new MapMessages.Page(OTHER_MAP, null, 100))))
					.isEqualTo(StateLog.text(model.entries(OTHER_MAP)));
				assertThat(this.log.state().read(new LongMessages.GetVersioned(LONG)))
					.isEqualTo(new LongMessages.Versioned(model.value, model.version));
			}
		}
		assertThat(Arrays.stream(model.outcomes).min().orElseThrow()).isGreaterThan(3_000);
		ReplicatedState replayed = new ReplicatedState();
		this.log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(this.log.digest());
	}

	private static Commit commit(List<Expectation> guards, List<Expectation> reads, Command... writes) {
		return new Commit(MAP, guards, reads, List.of(writes));
	}

	private static Command put(PrimitiveId map, int key, int value) {
		return new MapMessages.Update(map, bytes(key), bytes(value), 0, Condition.always(), false);
	}

	private static byte[] bytes(int... content) {
		byte[] bytes = new byte[content.length];
		for (int i = 0; i < content.length; i++) {
			bytes[i] = (byte) content[i];
		}
		return bytes;
	}

	private int errorOf(Commit commit) {
		String before = this.log.digest();
		Result result = this.log.submit(this.session, commit);
		assertThat(result).isInstanceOf(Result.Failure.class);
		assertNothingButTheSessionChanged(before);
		return ((Result.Failure) result).code();
	}

	private void assertNothingButTheSessionChanged(String digestBefore) {
		// Sequence and kept answer of the session are part of the digest.
		assertThat(this.log.digest()).isNotEqualTo(digestBefore);
		assertThat(this.log.events(this.session)).isEmpty();
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
		assertThat(this.log.state().interests(this.session)).isZero();
	}

	@Test
	void writesOfSeveralPrimitivesAreOneStep() {
		for (PrimitiveId id : List.of(LONG, MAP, VALUE)) {
			this.log.submit(this.session, new Command.Listen(id));
		}
		assertThat(this.log.submit(this.session,
				commit(List.of(), List.of(new Expectation(MAP, bytes(1), 0), new Expectation(LONG, NO_KEY, 0)),
						put(MAP, 1, 7), new LongMessages.Add(LONG, 5),
						new ValueMessages.Update(VALUE, bytes(3), 0, Condition.always()), put(MAP, 2, 8))))
			.isEqualTo(COMMITTED);
		assertThat(this.log.events(this.session)).extracting(Event::source).containsExactly(MAP, LONG, VALUE, MAP);
		assertThat(this.log.state().read(new LongMessages.GetVersioned(LONG)))
			.isEqualTo(new LongMessages.Versioned(5, 2));
	}

	@Test
	void changedReadLeavesNothing() {
		this.log.submit(this.session, put(OTHER_MAP, 1, 1));
		Commit commit = commit(List.of(),
				List.of(new Expectation(OTHER_MAP, bytes(1), 1), new Expectation(OTHER_MAP, bytes(2), 0)),
				put(MAP, 1, 7));
		this.log.submit(this.session, put(OTHER_MAP, 2, 1));
		assertThat(this.log.submit(this.session, commit)).isEqualTo(new Outcome(Outcome.CONFLICT, OTHER_MAP));
		assertThat(this.log.state().read(new Query.ListPrimitives(0)))
			.isEqualTo(new Result.Primitives(List.of(OTHER_MAP)));
		this.log.submit(this.session, new MapMessages.Update(OTHER_MAP, bytes(2), null, 0, Condition.always(), false));
		assertThat(this.log.submit(this.session, commit)).isEqualTo(COMMITTED);
	}

	@Test
	void readsOfTheTransactionAreNotThoseOfItsWrites() {
		assertThat(this.log.submit(this.session,
				commit(List.of(), List.of(new Expectation(MAP, bytes(1), 0)), put(MAP, 1, 1), put(MAP, 1, 2),
						new MapMessages.Update(MAP, bytes(1), null, 0, Condition.always(), false), put(MAP, 1, 3))))
			.isEqualTo(COMMITTED);
		assertThat(StateLog.text(this.log.state().read(new MapMessages.Page(MAP, null, 9))))
			.isEqualTo(StateLog.text(new Result.Entries(List.of(new KeyValue(bytes(1), bytes(3), 3)))));
	}

	@Test
	void claimMustBeInForce() {
		long token = ((LockMessages.Reply) this.log.submit(this.session, new LockMessages.Acquire(LOCK, 1, false, 50)))
			.token();
		long term = ((ElectionMessages.Leadership) this.log.submit(this.session,
				new ElectionMessages.Campaign(ELECTION, "c")))
			.term();
		Commit guarded = commit(List.of(new Expectation(LOCK, NO_KEY, token), new Expectation(ELECTION, NO_KEY, term)),
				List.of(), put(MAP, 1, 1));
		assertThat(this.log.submit(this.session, guarded)).isEqualTo(COMMITTED);
		this.log.restart();
		assertThat(this.log.submit(this.session, guarded)).isEqualTo(COMMITTED);
		this.log.submit(this.session, new ElectionMessages.Resign(ELECTION, "c"));
		assertThat(this.log.submit(this.session, guarded)).isEqualTo(new Outcome(Outcome.STALE_GUARD, ELECTION));
		this.log.elapse(50);
		assertThat(this.log.submit(this.session, guarded)).isEqualTo(new Outcome(Outcome.STALE_GUARD, LOCK));
		this.log.submit(this.session, new LockMessages.Acquire(LOCK, 2, false, 0));
		assertThat(this.log.submit(this.session, guarded)).isEqualTo(new Outcome(Outcome.STALE_GUARD, LOCK));
	}

	@Test
	void staleGuardIsToldBeforeAConflict() {
		assertThat(this.log.submit(this.session,
				commit(List.of(new Expectation(LOCK, NO_KEY, 1)), List.of(new Expectation(MAP, bytes(1), 1)))))
			.isEqualTo(new Outcome(Outcome.STALE_GUARD, LOCK));
	}

	@Test
	void whatCannotBePartOfATransactionIsRefusedAsAWhole() {
		Command good = put(MAP, 1, 1);
		for (Command bad : List.of(new Command.Destroy(MAP), new Command.Listen(MAP),
				new Command.Create(MAP, List.of()), new MapMessages.Clear(MAP),
				new MapMessages.Update(MAP, bytes(1), bytes(1), -1, Condition.always(), false),
				new MapMessages.Update(MAP, bytes(1), bytes(1), 0, Condition.absent(), false),
				new MapMessages.Update(MAP, bytes(1), bytes(1), 0, new Condition(99, null, 0), false),
				new MapMessages.Update(LONG, bytes(1), bytes(1), 0, Condition.always(), false),
				new ValueMessages.Update(VALUE, bytes(1), 0, Condition.version(0)),
				new ValueMessages.Update(VALUE, bytes(1), Long.MIN_VALUE, Condition.always()),
				new LongMessages.Set(LONG, 1, -1), new LongMessages.CompareAndSet(LONG, 0, 1),
				new LockMessages.Acquire(LOCK, 1, true, 0), new ElectionMessages.Campaign(ELECTION, "c"),
				new IdMessages.Reserve(PrimitiveId.of(PrimitiveType.ID_GENERATOR, "i"), 1),
				commit(List.of(), List.of(), good))) {
			assertThat(errorOf(commit(List.of(), List.of(), good, bad))).as(bad.toString())
				.isEqualTo(ErrorCode.ILLEGAL.code());
		}
		Expectation impossible = new Expectation(PrimitiveId.of(PrimitiveType.ID_GENERATOR, "i"), NO_KEY, 0);
		assertThat(errorOf(commit(List.of(), List.of(impossible), good))).isEqualTo(ErrorCode.ILLEGAL.code());
		for (long number : new long[] { 0, -1, Long.MIN_VALUE }) {
			// A free lock has the number zero.
			assertThat(errorOf(commit(List.of(new Expectation(LOCK, NO_KEY, number)), List.of(), good)))
				.isEqualTo(ErrorCode.ILLEGAL.code());
		}
	}

	@Test
	void sizeIsLimited() {
		assertThat(errorOf(commit(List.of(),
				Collections.nCopies(Commit.MAX_OPERATIONS, new Expectation(MAP, NO_KEY, 0)), put(MAP, 1, 1))))
			.isEqualTo(ErrorCode.LIMIT.code());
		Command large = new MapMessages.Update(MAP, NO_KEY, new byte[400_000], 0, Condition.always(), false);
		assertThat(errorOf(commit(List.of(), List.of(), large, large, large))).isEqualTo(ErrorCode.LIMIT.code());
		assertThat(this.log.submit(this.session, commit(List.of(),
				Collections.nCopies(Commit.MAX_OPERATIONS - 2, new Expectation(MAP, NO_KEY, 0)), large, large)))
			.isEqualTo(COMMITTED);
	}

	@Test
	void timeToLiveCountsFromTheCommit() {
		this.log.submit(this.session,
				commit(List.of(), List.of(),
						new MapMessages.Update(MAP, bytes(1), bytes(1), 20, Condition.always(), false),
						new LongMessages.Set(LONG, 5, 20)));
		this.log.tick(19);
		assertThat(this.log.state().read(new MapMessages.Size(MAP))).isEqualTo(new Result.Number(1));
		this.log.tick(1);
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
	}

	@Test
	void repeatedCommitIsAnsweredAndNotDoneAgain() {
		byte[] encoded = Wire.COMMAND.encode(commit(List.of(), List.of(), new LongMessages.Add(LONG, 1)));
		LogEntry.Batch batch = new LogEntry.Batch(this.session, 0, 0, List.of(new Sequenced(1, encoded)));
		for (int i = 0; i < 3; i++) {
			assertThat(this.log.append(batch).deliveries().get(this.session).results().get(0).result())
				.isEqualTo(COMMITTED);
			this.log.restart();
		}
		assertThat(this.log.state().read(new LongMessages.Get(LONG))).isEqualTo(new Result.Number(1));
	}

	@Test
	void damagedCommitsAreAnsweredTheSameEverywhere() {
		Random random = new Random(37);
		byte[] encoded = Wire.COMMAND.encode(commit(List.of(new Expectation(LOCK, NO_KEY, 1)),
				List.of(new Expectation(MAP, bytes(1), 0)), put(MAP, 1, 1), new LongMessages.Add(LONG, 1),
				new ValueMessages.Update(VALUE, bytes(1), 5, Condition.always())));
		long sequence = 0;
		for (int i = 0; i < 20_000; i++) {
			byte[] damaged = encoded.clone();
			for (int flips = 1 + random.nextInt(2); flips > 0; flips--) {
				damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
			}
			damaged = (random.nextInt(4) == 0) ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
			Applied applied = this.log
				.append(new LogEntry.Batch(this.session, sequence, 0, List.of(new Sequenced(++sequence, damaged))));
			assertThat(applied.failure()).isNull();
			assertThat(applied.deliveries().get(this.session).results()).hasSize(1);
		}
		ReplicatedState replayed = new ReplicatedState();
		this.log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(this.log.digest());
		assertThat(StateLog.digest(StateLog.copy(replayed))).isEqualTo(this.log.digest());
	}

	/**
	 * The primitives in plain Java.
	 */
	private static final class Model {

		private final Map<String, KeyValue> cells = new TreeMap<>();

		private final List<Event> events = new ArrayList<>();

		private final int[] outcomes = new int[3];

		private long number;

		private long value;

		private long version;

		private long token;

		private long acquisition;

		private long term;

		Result.Entries entries(PrimitiveId map) {
			return new Result.Entries(this.cells.entrySet()
				.stream()
				.filter((cell) -> cell.getKey().startsWith(map + "/"))
				.map(Map.Entry::getValue)
				.toList());
		}

		private static String place(PrimitiveId id, byte[] key) {
			return id + "/" + Arrays.toString(key);
		}

		Command randomWrite(Random random) {
			byte[] content = (random.nextInt(3) == 0) ? null : bytes(random.nextInt(5));
			return switch (random.nextInt(6)) {
				case 0 -> new LongMessages.Add(LONG, random.nextInt(3));
				case 1 -> new LongMessages.Set(LONG, random.nextInt(3), 0);
				case 2 -> new ValueMessages.Update(VALUE, content, 0, Condition.always());
				default -> new MapMessages.Update(random.nextBoolean() ? MAP : OTHER_MAP, bytes(random.nextInt(3)),
						content, 0, Condition.always(), false);
			};
		}

		@Nullable Command claim(Random random) {
			return switch (random.nextInt(10)) {
				case 0 -> (this.token == 0) ? new LockMessages.Acquire(LOCK, ++this.acquisition, false, 0)
						: new LockMessages.Release(LOCK, this.acquisition);
				case 1 -> (this.term == 0) ? new ElectionMessages.Campaign(ELECTION, "c")
						: new ElectionMessages.Resign(ELECTION, "c");
				default -> null;
			};
		}

		private long version(PrimitiveId id, byte[] key) {
			if (id.equals(LONG)) {
				return this.version;
			}
			if (id.equals(LOCK)) {
				return this.token;
			}
			if (id.equals(ELECTION)) {
				return this.term;
			}
			KeyValue cell = this.cells.get(place(id, key));
			return (cell != null) ? cell.version() : 0;
		}

		Commit randomCommit(Random random) {
			List<Expectation> guards = new ArrayList<>();
			if (random.nextInt(4) == 0) {
				PrimitiveId claim = random.nextBoolean() ? LOCK : ELECTION;
				long current = version(claim, NO_KEY);
				guards.add(new Expectation(claim, NO_KEY,
						(current == 0 || random.nextInt(4) == 0) ? 1 + this.number / 2 : current));
			}
			List<Expectation> reads = new ArrayList<>();
			for (int i = random.nextInt(4); i > 0; i--) {
				PrimitiveId id = List.of(MAP, OTHER_MAP, VALUE, LONG).get(random.nextInt(4));
				byte[] key = (id.type() == MAP.type()) ? bytes(random.nextInt(3)) : NO_KEY;
				reads.add(new Expectation(id, key, (random.nextInt(6) == 0) ? this.number : version(id, key)));
			}
			List<Command> writes = new ArrayList<>();
			for (int i = random.nextInt(5); i > 0; i--) {
				writes.add(randomWrite(random));
			}
			return new Commit(MAP, guards, reads, writes);
		}

		Outcome commit(Commit commit) {
			for (Expectation guard : commit.guards()) {
				if (version(guard.primitive(), guard.key()) != guard.number()) {
					this.outcomes[2]++;
					return new Outcome(Outcome.STALE_GUARD, guard.primitive());
				}
			}
			for (Expectation read : commit.reads()) {
				if (version(read.primitive(), read.key()) != read.number()) {
					this.outcomes[1]++;
					return new Outcome(Outcome.CONFLICT, read.primitive());
				}
			}
			this.outcomes[0]++;
			commit.writes().forEach(this::apply);
			return COMMITTED;
		}

		void apply(Command write) {
			if (write instanceof LongMessages.Add add) {
				change(this.value + add.delta());
			}
			else if (write instanceof LongMessages.Set set) {
				change(set.value());
			}
			else if (write instanceof ValueMessages.Update update) {
				update(VALUE, NO_KEY, update.value());
			}
			else if (write instanceof MapMessages.Update update) {
				update(update.target(), update.key(), update.value());
			}
			else if (write instanceof LockMessages.Acquire) {
				this.token = ++this.number;
			}
			else if (write instanceof LockMessages.Release) {
				this.token = 0;
			}
			else {
				this.term = (this.term == 0) ? ++this.number : 0;
			}
		}

		private void change(long newValue) {
			this.version = ++this.number;
			this.events.add(new LongMessages.Changed(LONG, false, this.value, newValue, this.version));
			this.value = newValue;
		}

		private void update(PrimitiveId id, byte[] key, byte @Nullable [] content) {
			KeyValue old = (content != null) ? this.cells.put(place(id, key), new KeyValue(key, content, ++this.number))
					: this.cells.remove(place(id, key));
			byte[] oldContent = (old != null) ? old.value() : null;
			if (content != null) {
				this.events
					.add(new Event.EntryChanged(id, Event.EntryChanged.WRITTEN, key, oldContent, content, this.number));
			}
			else if (old != null) {
				this.events
					.add(new Event.EntryChanged(id, Event.EntryChanged.REMOVED, key, oldContent, null, old.version()));
			}
		}

	}

}
