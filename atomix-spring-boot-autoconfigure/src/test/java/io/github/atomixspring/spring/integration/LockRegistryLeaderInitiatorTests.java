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

package io.github.atomixspring.spring.integration;

import java.time.Duration;
import java.util.UUID;

import io.github.atomixspring.Atomix;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.integration.leader.DefaultCandidate;
import org.springframework.integration.support.leader.LockRegistryLeaderInitiator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that Spring Integration's own {@link LockRegistryLeaderInitiator}, which acquires
 * the lock that it holds again and again, works with {@link AtomixLockRegistry}.
 */
class LockRegistryLeaderInitiatorTests {

	private static LocalCluster cluster;

	private static Atomix node;

	private static Atomix otherNode;

	private final String role = UUID.randomUUID().toString();

	private final LeaderEventRecorder events = new LeaderEventRecorder();

	private final LeaderEventRecorder otherEvents = new LeaderEventRecorder();

	private final LockRegistryLeaderInitiator initiator = create(node, this.events);

	private final LockRegistryLeaderInitiator other = create(otherNode, this.otherEvents);

	@BeforeAll
	static void start() {
		cluster = new LocalCluster();
		node = cluster.replica();
		otherNode = cluster.client("other");
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	private LockRegistryLeaderInitiator create(Atomix atomix, LeaderEventRecorder recorder) {
		LockRegistryLeaderInitiator created = new LockRegistryLeaderInitiator(new AtomixLockRegistry(atomix),
				new DefaultCandidate(UUID.randomUUID().toString(), this.role));
		created.setLeaderEventPublisher(recorder);
		created.setHeartBeatMillis(100);
		return created;
	}

	@AfterEach
	void end() {
		this.initiator.stop();
		this.other.stop();
	}

	@Test
	void leaderGoesOnUntilItStops() {
		this.initiator.start();
		this.events.awaitLast("granted " + this.role);
		long token = node.lock("integration:" + this.role).holder().orElseThrow().fencingToken();
		this.other.start();
		await().during(Duration.ofMillis(500))
			.atMost(LocalCluster.PATIENCE)
			.until(() -> this.initiator.getContext().isLeader() && !this.other.getContext().isLeader());
		assertThat(node.lock("integration:" + this.role).holder().orElseThrow().fencingToken()).isEqualTo(token);
		this.initiator.stop();
		this.events.awaitLast("revoked " + this.role);
		this.otherEvents.awaitLast("granted " + this.role);
		assertThat(this.other.getContext().isLeader()).isTrue();
	}

	@Test
	void leaderYields() {
		this.initiator.start();
		this.events.awaitLast("granted " + this.role);
		this.initiator.getContext().yield();
		this.events.awaitContains("revoked " + this.role);
	}

	@Test
	void leaderWhoseLockWasTakenAwayIsRevoked() {
		this.initiator.start();
		this.events.awaitLast("granted " + this.role);
		this.other.start();
		otherNode.lock("integration:" + this.role).destroy();
		this.events.awaitContains("revoked " + this.role);
		await().atMost(LocalCluster.PATIENCE)
			.until(() -> this.initiator.getContext().isLeader() != this.other.getContext().isLeader());
	}

}
