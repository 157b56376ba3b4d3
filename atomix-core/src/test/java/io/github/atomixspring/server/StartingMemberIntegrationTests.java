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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.testing.FreePorts;
import org.apache.ratis.statemachine.StateMachine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a member that is to be added while its Raft server still starts.
 */
class StartingMemberIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration SOON = Duration.ofMillis(1500);

	@Test
	void aMemberIsAddedWhenItsServerRunsAndNotBefore(@TempDir Path directory) throws Exception {
		List<Integer> ports = FreePorts.find(2);
		Member first = new Member("n1", "127.0.0.1", ports.get(0));
		Member second = new Member("n2", "127.0.0.1", ports.get(1));
		CountDownLatch starts = new CountDownLatch(1);
		CountDownLatch mayStart = new CountDownLatch(1);
		try (RaftMember leader = member(directory, "n1", List.of(first), new Engine("late", "n1"));
				RaftMember late = member(directory, "n2", List.of(first, second), new SlowEngine(starts, mayStart))) {
			try {
				leader.start();
				await(leader, NodeState.RUNNING);
				late.start();
				assertThat(starts.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
				// A busy machine may take longer to find that out than it is asked to.
				Awaitility.await()
					.atMost(PATIENCE)
					.untilAsserted(() -> assertThat(leader.addMember(second, SOON)).failsWithin(PATIENCE)
						.withThrowableThat()
						.havingCause()
						.isInstanceOf(UnavailableException.class)
						.withMessageContaining("were not changed: node 'n2' still starts"));
			}
			finally {
				mayStart.countDown();
			}
			assertThat(leader.addMember(second, PATIENCE)).succeedsWithin(PATIENCE);
			await(late, NodeState.RUNNING);
		}
	}

	private static RaftMember member(Path directory, String id, List<Member> members, Engine engine) {
		ServerConfig config = ServerConfig.of("late", id, members, directory.resolve(id))
			.withTimeouts(Duration.ofSeconds(4), Duration.ofSeconds(1));
		return new RaftMember(config, List.of(engine), List.of());
	}

	private static void await(RaftMember member, NodeState state) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> member.status(), (status) -> status.state() == state && status.leader() != null);
	}

	/**
	 * An engine that takes its time.
	 */
	private static final class SlowEngine extends Engine {

		private final CountDownLatch starts;

		private final CountDownLatch mayStart;

		SlowEngine(CountDownLatch starts, CountDownLatch mayStart) {
			super("late", "n2");
			this.starts = starts;
			this.mayStart = mayStart;
		}

		@Override
		public StateMachine newStateMachine(FailureListener failures, Headroom headroom) {
			this.starts.countDown();
			Awaitility.await().atMost(PATIENCE).until(() -> this.mayStart.getCount() == 0);
			return super.newStateMachine(failures, headroom);
		}

	}

}
