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

package io.github.atomixspring.protocol;

import java.util.List;

import io.github.atomixspring.primitive.PrimitiveType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Command#shrinks()}.
 */
class ShrinkingCommandsTests {

	private static final byte[] BYTES = { 1 };

	private static final PrimitiveId MAP = PrimitiveId.of(PrimitiveType.MAP, "m");

	private static final PrimitiveId MULTIMAP = PrimitiveId.of(PrimitiveType.MULTIMAP, "mm");

	private static final PrimitiveId QUEUE = PrimitiveId.of(PrimitiveType.QUEUE, "q");

	private static final PrimitiveId SET = PrimitiveId.of(PrimitiveType.SET, "s");

	private static final PrimitiveId VALUE = PrimitiveId.of(PrimitiveType.VALUE, "v");

	private static final Command PUT = new MapMessages.Update(MAP, BYTES, BYTES, 0, Condition.present(), true);

	private static final Command REMOVE = new MapMessages.Update(MAP, BYTES, null, 0, Condition.value(BYTES), true);

	private static Command commit(Command... writes) {
		return new TransactionMessages.Commit(MAP, List.of(), List.of(), List.of(writes));
	}

	@Test
	void whatRemovesOrGivesBackShrinks() {
		assertThat(List.of(REMOVE, new MapMessages.Clear(MAP),
				new NavigableMapMessages.Poll(MAP, NavigableMapMessages.Range.ALL, true),
				new NavigableMapMessages.ClearRange(MAP, NavigableMapMessages.Range.ALL),
				new ValueMessages.Update(VALUE, null, 0, Condition.always()),
				new MultimapMessages.Remove(MULTIMAP, BYTES, BYTES),
				new MultimapMessages.Replace(MULTIMAP, BYTES, List.of(), 0, false),
				new MultimapMessages.Clear(MULTIMAP), new QueueMessages.Poll(QUEUE, 1),
				new QueueMessages.Take(QUEUE, 1), new QueueMessages.Clear(QUEUE),
				new QueueMessages.RemoveFirst(QUEUE, BYTES), new QueueMessages.RemoveAt(QUEUE, List.of(1L)),
				new SetMessages.Remove(SET, List.of(BYTES)), new SetMessages.Retain(SET, List.of(BYTES)),
				new TreeMessages.Remove(PrimitiveId.of(PrimitiveType.TREE, "t"), "/a", Condition.always()),
				new DeliveryMessages.Consume(PrimitiveId.of(PrimitiveType.TASK_QUEUE, "tq"), 1, "c", 1),
				new LockMessages.Release(PrimitiveId.of(PrimitiveType.LOCK, "l"), 1), new Command.Destroy(MAP),
				commit(REMOVE, REMOVE)))
			.allMatch(Command::shrinks);
	}

	@Test
	void whatWritesDoesNot() {
		assertThat(List.of(PUT, new MapMessages.PutAll(MAP, List.of(), 0),
				new ValueMessages.Update(VALUE, BYTES, 0, Condition.always()),
				new MultimapMessages.Replace(MULTIMAP, BYTES, List.of(BYTES), 0, false),
				new QueueMessages.Offer(QUEUE, List.of(BYTES), List.of()), new SetMessages.Add(SET, List.of(BYTES), 0),
				new LockMessages.Acquire(PrimitiveId.of(PrimitiveType.LOCK, "l"), 1, true, 0),
				new Command.Create(MAP, List.of()), commit(REMOVE, PUT)))
			.noneMatch(Command::shrinks);
	}

}
