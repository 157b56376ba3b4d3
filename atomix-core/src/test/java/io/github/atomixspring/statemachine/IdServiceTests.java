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

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.IdMessages;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IdService}.
 */
class IdServiceTests {

	private static final PrimitiveId[] GENERATORS = { PrimitiveId.of(PrimitiveType.ID_GENERATOR, "orders"),
			PrimitiveId.of(PrimitiveType.ID_GENERATOR, "invoices") };

	private final StateLog log = new StateLog();

	private final long session = this.log.open("a", 24 * 60 * 60 * 1000L);

	@Test
	void rangesNeverOverlapWhateverHappensBetween() {
		Random random = new Random(29);
		PrimitiveId number = PrimitiveId.of(PrimitiveType.LONG, "n");
		boolean[] used = new boolean[GENERATORS.length];
		long last = 0;
		for (int i = 0; i < 100_000; i++) {
			int generator = random.nextInt(GENERATORS.length);
			PrimitiveId target = GENERATORS[generator];
			switch (random.nextInt(100)) {
				case 0 -> this.log.restart();
				case 1, 2 -> {
					assertThat(this.log.submit(this.session, new Command.Destroy(target)))
						.isEqualTo(new Result.Flag(used[generator]));
					used[generator] = false;
				}
				case 3, 4, 5 -> {
					this.log.submit(this.session, new LongMessages.Add(number, 1));
					last++;
				}
				default -> {
					int count = 1 + random.nextInt(1000);
					assertThat(this.log.submit(this.session, new IdMessages.Reserve(target, count)))
						.isEqualTo(new Result.Number(last + 1));
					last += count;
					used[generator] = true;
				}
			}
			if (i % 100 == 0) {
				List<PrimitiveId> expected = Arrays.stream(GENERATORS)
					.filter((id) -> used[Arrays.asList(GENERATORS).indexOf(id)])
					.sorted()
					.toList();
				assertThat(this.log.state().read(new Query.ListPrimitives(PrimitiveType.ID_GENERATOR.code())))
					.isEqualTo(new Result.Primitives(expected));
			}
		}
		assertThat(last).isGreaterThan(40_000_000);
	}

	@Test
	void tokensOfLocksGoOnBehindTheIds() {
		PrimitiveId lock = PrimitiveId.of(PrimitiveType.LOCK, "l");
		this.log.submit(this.session, new IdMessages.Reserve(GENERATORS[0], 500));
		assertThat(this.log.submit(this.session, new LockMessages.Acquire(lock, 1, false, 0)))
			.isEqualTo(new LockMessages.Reply(LockMessages.Reply.GRANTED, 501));
	}

	@Test
	void countIsLimited() {
		assertThat(failure(0)).isEqualTo(ErrorCode.ILLEGAL.code());
		assertThat(failure(Integer.MIN_VALUE)).isEqualTo(ErrorCode.ILLEGAL.code());
		assertThat(failure(IdMessages.Reserve.MAX_COUNT + 1)).isEqualTo(ErrorCode.LIMIT.code());
		assertThat(failure(Integer.MAX_VALUE)).isEqualTo(ErrorCode.LIMIT.code());
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
		assertThat(this.log.submit(this.session, new IdMessages.Reserve(GENERATORS[0], IdMessages.Reserve.MAX_COUNT)))
			.isEqualTo(new Result.Number(1));
	}

	private int failure(int count) {
		return ((Result.Failure) this.log.submit(this.session, new IdMessages.Reserve(GENERATORS[0], count))).code();
	}

}
