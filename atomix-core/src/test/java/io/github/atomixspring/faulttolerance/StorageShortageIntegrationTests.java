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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.primitive.InsufficientStorageException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.server.TestMembers;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Members whose disks are nearly full: with a majority that has room the cluster goes on,
 * without one it refuses writes until there is room.
 */
@Tag("fault")
class StorageShortageIntegrationTests {

	private static final long MUCH = 1L << 40;

	private static final long LITTLE = 40L << 20;

	private static final long NEXT_TO_NOTHING = 1L << 20;

	private static final PrimitiveId LOCK = PrimitiveId.of(PrimitiveType.LOCK, "lock");

	private final Map<String, Long> free = new ConcurrentHashMap<>();

	private Nodes start() {
		return Nodes.start(TestMembers.withSpace((id) -> this.free.getOrDefault(id, MUCH)), Nodes::withCalmLeader);
	}

	private Nodes startPatient() {
		return Nodes.startPatient(TestMembers.withSpace((id) -> this.free.getOrDefault(id, MUCH)));
	}

	private static long add(PrimitiveSession session) throws Exception {
		return Operations.addAndGet(session, "counter", 1).get(60, TimeUnit.SECONDS);
	}

	private static void assertRefused(PrimitiveSession session, String... texts) {
		Awaitility.await()
			.atMost(TestCluster.PATIENCE)
			.untilAsserted(() -> assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> add(session))
				.withCauseInstanceOf(InsufficientStorageException.class)
				.satisfies((ex) -> assertThat(ex).hasMessageContainingAll((CharSequence[]) texts)));
	}

	/**
	 * Adds one as soon as that is not refused.
	 * @return the sum
	 */
	private static long awaitWrites(PrimitiveSession session) {
		return Awaitility.await()
			.pollDelay(Duration.ZERO)
			.atMost(TestCluster.PATIENCE)
			.pollInterval(Duration.ofMillis(100))
			.ignoreException(ExecutionException.class)
			.until(() -> add(session), (sum) -> sum > 0);
	}

	private static Result lock(PrimitiveSession session, long acquisition) throws Exception {
		return session.submit(new LockMessages.Acquire(LOCK, acquisition, true, 0)).get(60, TimeUnit.SECONDS);
	}

	@Test
	void aMemberWithoutRoomSaysSoAndDoesNotLeadButTheClusterGoesOn() throws Exception {
		try (Nodes nodes = startPatient()) {
			String leader = nodes.cluster().awaitLeader();
			String follower = nodes.others(leader).get(0);
			this.free.put(follower, LITTLE);
			NodeStatus status = Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> nodes.cluster().status(follower), (current) -> current.problem() != null);
			assertThat(status.state()).isEqualTo(NodeState.RUNNING);
			assertThat(status.problem()).contains("'" + follower + "'")
				.contains(nodes.cluster().directory(follower).toString())
				.contains(Long.toString(LITTLE))
				.contains("atomix.storage.min-free-space");
			assertThat(status.storage().free()).isEqualTo(LITTLE);
			// A member that stands still may be taken for a second one without room.
			for (int i = 1; i <= 50; i++) {
				assertThat(awaitWrites(nodes.session(follower))).isEqualTo(i);
			}
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> nodes.cluster().status(leader).problem() == null);
			this.free.remove(follower);
			this.free.put(leader, LITTLE);
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> nodes.cluster().awaitLeader(), (current) -> !current.equals(leader));
			awaitWrites(nodes.session(Nodes.CLIENT));
			assertThat(nodes.cluster().status(leader).problem()).contains("'" + leader + "'");
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> nodes.cluster().status(follower).problem() == null);
			this.free.clear();
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> nodes.cluster().status(leader).problem() == null);
		}
	}

	@Test
	void withoutAMajorityWithRoomWritesAreRefusedUntilThereIsSome() throws Exception {
		try (Nodes nodes = startPatient()) {
			String leader = nodes.cluster().awaitLeader();
			PrimitiveSession client = nodes.session(Nodes.CLIENT);
			PrimitiveSession other = nodes.session(leader);
			long counted = add(client);
			lock(client, 1);
			nodes.others(leader).forEach((id) -> this.free.put(id, LITTLE));
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> nodes.cluster().status(leader).problem() != null);
			List<String> others = nodes.others(leader);
			assertRefused(client, "takes no writes", "'" + others.get(0) + "'", "'" + others.get(1) + "'",
					"atomix.storage.min-free-space");
			assertRefused(other, "takes no writes");
			assertThat(Operations.get(client, "counter").get(60, TimeUnit.SECONDS)).isEqualTo(counted);
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> lock(other, 1))
				.withCauseInstanceOf(InsufficientStorageException.class);
			assertThat(client.submit(new LockMessages.Release(LOCK, 1)).get(60, TimeUnit.SECONDS))
				.isInstanceOf(LockMessages.Released.class);
			this.free.clear();
			awaitWrites(client);
			awaitWrites(other);
			lock(other, 2);
			assertThat(Operations.get(client, "counter").get(60, TimeUnit.SECONDS)).isGreaterThan(counted);
			nodes.awaitEqualDigests();
		}
	}

	@Test
	@Tag("long")
	void sessionsOutliveAShortageOfAll() throws Exception {
		try (Nodes nodes = start()) {
			List<Long> sessions = nodes.all().stream().map((id) -> nodes.session(id).id()).toList();
			nodes.cluster().ids().forEach((id) -> this.free.put(id, NEXT_TO_NOTHING));
			PrimitiveSession client = nodes.session(Nodes.CLIENT);
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> nodes.cluster()
					.ids()
					.stream()
					.allMatch((id) -> nodes.cluster().status(id).problem() != null));
			long end = System.nanoTime() + Nodes.SESSION_TIMEOUT.multipliedBy(2).toNanos();
			CompletableFuture<Long> sent = Operations.addAndGet(client, "counter", 1);
			Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> System.nanoTime() - end > 0);
			assertThat(nodes.all()).extracting((id) -> nodes.session(id).id()).isEqualTo(sessions);
			assertThat(sent.isDone() && !sent.isCompletedExceptionally()).isFalse();
			this.free.clear();
			awaitWrites(client);
			nodes.awaitSessions();
			assertThat(client.state()).isEqualTo(SessionState.CONNECTED);
			assertThat(nodes.all()).extracting((id) -> nodes.session(id).id()).isEqualTo(sessions);
		}
	}

}
