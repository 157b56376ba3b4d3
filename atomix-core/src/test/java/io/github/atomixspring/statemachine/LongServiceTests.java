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
import java.util.List;
import java.util.Random;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LongService}.
 */
class LongServiceTests {

	private static final PrimitiveId LONG = PrimitiveId.of(PrimitiveType.LONG, "orders");

	private final StateLog log = new StateLog();

	private final long session = this.log.open("a", 24 * 60 * 60 * 1000L);

	private final List<Event> expected = new ArrayList<>();

	private long value;

	private long number;

	private long deadline;

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(23);
		this.log.submit(this.session, new Command.Listen(LONG));
		for (int i = 0; i < 100_000; i++) {
			if (random.nextInt(6) == 0) {
				this.log.elapse(random.nextInt(20));
			}
			if (this.deadline != 0 && this.deadline <= this.log.now()) {
				this.deadline = 0;
				change(0, true);
			}
			long old = this.value;
			long operand = random.nextInt(5) - 2;
			switch (random.nextInt(8)) {
				case 0 -> {
					long timeToLive = random.nextBoolean() ? 0 : 1 + random.nextInt(40);
					Result result = this.log.submit(this.session, new LongMessages.Set(LONG, operand, timeToLive));
					this.deadline = (timeToLive != 0) ? this.log.now() + timeToLive : 0;
					change(operand, false);
					assertThat(result).isEqualTo(new LongMessages.Updated(true, old, operand));
				}
				case 1, 2 -> {
					Result result = this.log.submit(this.session,
							new LongMessages.CompareAndSet(LONG, operand, operand + 1));
					if (operand == old) {
						this.deadline = 0;
						change(operand + 1, false);
					}
					assertThat(result).isEqualTo(new LongMessages.Updated(operand == old, old, this.value));
				}
				case 3 -> {
					this.log.restart();
					this.log.append();
				}
				default -> {
					long delta = (random.nextInt(50) == 0) ? Long.MAX_VALUE : operand;
					Result result = this.log.submit(this.session, new LongMessages.Add(LONG, delta));
					change(old + delta, false);
					assertThat(result).isEqualTo(new LongMessages.Updated(true, old, old + delta));
				}
			}
			assertThat(this.log.events(this.session)).isEqualTo(this.expected);
			this.expected.clear();
			assertThat(this.log.state().read(new LongMessages.Get(LONG))).isEqualTo(new Result.Number(this.value));
		}
	}

	private void change(long newValue, boolean reset) {
		this.expected.add(new LongMessages.Changed(LONG, reset, this.value, newValue, ++this.number));
		this.value = newValue;
	}

	@Test
	void additionKeepsTheTimeToLive() {
		this.log.submit(this.session, new LongMessages.Set(LONG, 5, 30));
		this.log.elapse(29);
		this.log.submit(this.session, new LongMessages.Add(LONG, 2));
		assertThat(this.log.state().read(new LongMessages.Get(LONG))).isEqualTo(new Result.Number(7));
		this.log.restart();
		this.log.tick(1);
		assertThat(this.log.state().read(new LongMessages.Get(LONG))).isEqualTo(new Result.Number(0));
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
	}

}
