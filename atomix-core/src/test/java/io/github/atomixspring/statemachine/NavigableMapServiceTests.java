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
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.NavigableMapMessages;
import io.github.atomixspring.protocol.NavigableMapMessages.Range;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NavigableMapService}.
 */
class NavigableMapServiceTests {

	private static final PrimitiveId MAP = PrimitiveId.of(PrimitiveType.NAVIGABLE_MAP, "prices");

	private final StateLog log = new StateLog(true);

	private final long session = this.log.open("a", 24 * 60 * 60 * 1000L);

	/**
	 * Keys from 0 to 255 in the order of unsigned bytes.
	 */
	private static byte @Nullable [] key(@Nullable Integer number) {
		return (number != null) ? new byte[] { (byte) (int) number } : null;
	}

	private void put(int key) {
		this.log.submit(this.session,
				new MapMessages.Update(MAP, new byte[] { (byte) key }, new byte[0], 0, Condition.always(), false));
	}

	private static List<Integer> keys(Result result) {
		return ((Result.Entries) result).entries().stream().map((entry) -> entry.key()[0] & 0xff).toList();
	}

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(31);
		TreeMap<Integer, Boolean> model = new TreeMap<>();
		this.log.submit(this.session, new Command.Listen(MAP));
		for (int i = 0; i < 100_000; i++) {
			Integer from = (random.nextInt(4) == 0) ? null : 4 * random.nextInt(64);
			Integer to = (random.nextInt(4) == 0) ? null : 4 * random.nextInt(64);
			boolean fromInclusive = random.nextBoolean();
			boolean toInclusive = random.nextBoolean();
			boolean last = random.nextBoolean();
			Range range = new Range(key(from), fromInclusive, key(to), toInclusive);
			NavigableMap<Integer, Boolean> view = view(model, from, fromInclusive, to, toInclusive);
			List<Integer> removed = List.of();
			switch (random.nextInt(8)) {
				case 0 -> {
					removed = first(view, last);
					assertThat(keys(this.log.submit(this.session, new NavigableMapMessages.Poll(MAP, range, last))))
						.isEqualTo(removed);
					model.keySet().removeAll(removed);
				}
				case 1 -> {
					if (random.nextInt(20) == 0) {
						removed = List.copyOf(view.keySet());
						this.log.submit(this.session, new NavigableMapMessages.ClearRange(MAP, range));
						view.clear();
					}
				}
				case 2 -> {
					int limit = 1 + random.nextInt(20);
					assertThat(keys(this.log.state().read(new NavigableMapMessages.RangePage(MAP, range, last, limit))))
						.isEqualTo((last ? view.descendingMap() : view).keySet().stream().limit(limit).toList());
				}
				case 3 -> assertThat(this.log.state().read(new NavigableMapMessages.RangeSize(MAP, range)))
					.isEqualTo(new Result.Number(view.size()));
				default -> {
					int key = 4 * random.nextInt(64);
					put(key);
					model.put(key, true);
					this.log.events(this.session);
				}
			}
			assertThat(this.log.events(this.session)
				.stream()
				.map((event) -> ((Event.EntryChanged) event).key()[0] & 0xff)
				.toList()).isEqualTo(removed);
			if (i % 1000 == 0) {
				this.log.restart();
			}
		}
		ReplicatedState replayed = new ReplicatedState();
		this.log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(this.log.digest());
	}

	private static List<Integer> first(NavigableMap<Integer, Boolean> view, boolean last) {
		return view.isEmpty() ? List.of() : List.of(last ? view.lastKey() : view.firstKey());
	}

	private static NavigableMap<Integer, Boolean> view(NavigableMap<Integer, Boolean> model, @Nullable Integer from,
			boolean fromInclusive, @Nullable Integer to, boolean toInclusive) {
		if (from != null && to != null && from > to) {
			return new TreeMap<>();
		}
		NavigableMap<Integer, Boolean> tail = (from != null) ? model.tailMap(from, fromInclusive) : model;
		if (to == null) {
			return tail;
		}
		return (from != null) ? model.subMap(from, fromInclusive, to, toInclusive) : tail.headMap(to, toInclusive);
	}

	@Test
	void pageOfARangeEndsAtALimitOfBytes() {
		byte[] large = new byte[400_000];
		for (int i = 0; i < 10; i++) {
			this.log.submit(this.session,
					new MapMessages.Update(MAP, new byte[] { (byte) i }, large, 0, Condition.always(), false));
		}
		assertThat(keys(this.log.state().read(new NavigableMapMessages.RangePage(MAP, Range.ALL, true, 100))))
			.containsExactly(9, 8, 7);
	}

	@Test
	void removedEntriesDoNotExpire() {
		this.log.submit(this.session,
				new MapMessages.Update(MAP, new byte[] { 1 }, new byte[0], 10, Condition.always(), false));
		this.log.submit(this.session, new NavigableMapMessages.Poll(MAP, Range.ALL, false));
		this.log.submit(this.session, new Command.Listen(MAP));
		put(1);
		this.log.events(this.session);
		this.log.tick(20);
		assertThat(this.log.events(this.session)).isEmpty();
	}

	@Test
	void misfittingOperationsAreRefused() {
		List<Object> failures = new ArrayList<>();
		PrimitiveId map = PrimitiveId.of(PrimitiveType.MAP, "prices");
		failures.add(this.log.submit(this.session, new NavigableMapMessages.Poll(map, Range.ALL, false)));
		failures.add(this.log.submit(this.session, new NavigableMapMessages.ClearRange(map, Range.ALL)));
		for (Query query : Arrays.asList(new NavigableMapMessages.RangePage(map, Range.ALL, false, 1),
				new NavigableMapMessages.RangeSize(map, Range.ALL))) {
			failures.add(this.log.state().read(query));
		}
		assertThat(failures)
			.allSatisfy((failure) -> assertThat(((Result.Failure) failure).code()).isEqualTo(ErrorCode.ILLEGAL.code()));
	}

}
