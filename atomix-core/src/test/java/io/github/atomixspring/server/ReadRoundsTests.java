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

package io.github.atomixspring.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.Query;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ReadRounds}.
 */
class ReadRoundsTests {

	@Test
	void endlessStreamOfQueriesDoesNotExhaustTheStack() {
		PendingRead read = new PendingRead(mock(GatewayLink.class), new ClientFrame.Ask(1, true, 0, new byte[0]),
				new Query.ListSessions());
		AtomicInteger asked = new AtomicInteger();
		AtomicInteger answered = new AtomicInteger();
		ReadRounds[] rounds = new ReadRounds[1];
		RaftLogAccess log = new RaftLogAccess() {

			@Override
			public CompletableFuture<Long> append(long callId, byte[] bytes) {
				throw new AssertionError();
			}

			@Override
			public void whenApplied(long index, RatisStateMachine.StateTask task) {
				answered.incrementAndGet();
			}

			@Override
			public CompletableFuture<Long> confirmLeadership() {
				if (asked.incrementAndGet() < 100_000) {
					rounds[0].add(read);
				}
				return CompletableFuture.completedFuture(1L);
			}

		};
		rounds[0] = new ReadRounds(log, (failed) -> {
			throw new AssertionError();
		});
		rounds[0].add(read);
		assertThat(answered).hasValue(100_000);
	}

}
