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

package io.github.atomixspring.faulttolerance;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.primitive.InsufficientMemoryException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.ValueMessages;
import io.github.atomixspring.server.TestMembers;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Members whose heaps are nearly full: one of them does no harm, and when too many are
 * the cluster takes only what removes something.
 */
@Tag("fault")
class MemoryShortageIntegrationTests {

	private static final long LITTLE = 20;

	private static final long MUCH = 90;

	private static final PrimitiveId VALUE = PrimitiveId.of(PrimitiveType.VALUE, "value");

	private final Map<String, Long> used = new ConcurrentHashMap<>();

	private static Result write(PrimitiveSession session, boolean remove) throws Exception {
		return session
			.submit(new ValueMessages.Update(VALUE, (remove) ? null : new byte[] { 1 }, 0, Condition.always()))
			.get(60, TimeUnit.SECONDS);
	}

	private static void awaitWrites(PrimitiveSession session) {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.atMost(TestCluster.PATIENCE)
			.pollInterval(Duration.ofMillis(100))
			.ignoreException(ExecutionException.class)
			.until(() -> write(session, false) instanceof Result.Updated);
	}

	@Test
	void whenTooFewHaveMemoryOnlyRemovalsAreTaken() throws Exception {
		try (Nodes nodes = Nodes.startPatient(TestMembers.withHeap((id) -> this.used.getOrDefault(id, LITTLE)))) {
			String leader = nodes.cluster().awaitLeader();
			PrimitiveSession client = nodes.session(Nodes.CLIENT);
			String one = nodes.others(leader).get(0);
			String other = nodes.others(leader).get(1);
			this.used.put(one, MUCH);
			NodeStatus status = Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> nodes.cluster().status(one), (current) -> current.problem() != null);
			assertThat(status.state()).isEqualTo(NodeState.RUNNING);
			assertThat(status.problem()).contains("'" + one + "'").contains("atomix.memory.max-heap-use");
			assertThat(status.memory().used()).isEqualTo(MUCH);
			// A member that stands still may be taken for a second one without memory.
			for (int i = 0; i < 20; i++) {
				awaitWrites(client);
			}
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> nodes.cluster().status(leader).problem() == null);
			this.used.put(other, MUCH);
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> nodes.cluster().status(leader).problem() != null);
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.untilAsserted(
						() -> assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> write(client, false))
							.withCauseInstanceOf(InsufficientMemoryException.class)
							.withMessageContaining("takes no writes but removals")
							.withMessageContaining("'" + one + "'")
							.withMessageContaining("'" + other + "'"));
			assertThat(
					client.query(new ValueMessages.Get(VALUE), ReadConsistency.LINEARIZABLE).get(60, TimeUnit.SECONDS))
				.isInstanceOfSatisfying(Result.Entries.class, (found) -> assertThat(found.entries()).hasSize(1));
			assertThat(write(client, true)).isInstanceOf(Result.Updated.class);
			this.used.clear();
			awaitWrites(client);
			nodes.awaitEqualDigests();
		}
	}

	@Test
	void aLeaderWithoutMemoryHandsOver() throws Exception {
		try (Nodes nodes = Nodes.startPatient(TestMembers.withHeap((id) -> this.used.getOrDefault(id, LITTLE)))) {
			String leader = nodes.cluster().awaitLeader();
			this.used.put(leader, MUCH);
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> nodes.cluster().awaitLeader(), (current) -> !current.equals(leader));
			awaitWrites(nodes.session(Nodes.CLIENT));
		}
	}

}
