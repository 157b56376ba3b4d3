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

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.spring.election.LeaderElections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.integration.leader.AbstractCandidate;
import org.springframework.integration.leader.Context;
import org.springframework.integration.leader.DefaultCandidate;
import org.springframework.integration.leader.event.AbstractLeaderEvent;
import org.springframework.integration.leader.event.OnGrantedEvent;
import org.springframework.integration.leader.event.OnRevokedEvent;
import org.springframework.integration.support.SmartLifecycleRoleController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AtomixLeaderInitiator}: what Spring Integration tests of its
 * initiators, and what ours promises beyond.
 */
class AtomixLeaderInitiatorTests {

	private static LocalCluster cluster;

	private static Atomix node;

	private static Atomix otherNode;

	private final String role = UUID.randomUUID().toString();

	private final LeaderEventRecorder events = new LeaderEventRecorder();

	private final LeaderEventRecorder otherEvents = new LeaderEventRecorder();

	private final AtomixLeaderInitiator initiator = create(node, this.events);

	private final AtomixLeaderInitiator other = create(otherNode, this.otherEvents);

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

	private AtomixLeaderInitiator create(Atomix atomix, LeaderEventRecorder recorder) {
		AtomixLeaderInitiator created = new AtomixLeaderInitiator(atomix,
				new DefaultCandidate(UUID.randomUUID().toString(), this.role));
		created.setLeaderEventPublisher(recorder);
		return created;
	}

	@AfterEach
	void end() {
		this.initiator.stop();
		this.other.stop();
	}

	@Test
	void leadsFromStartToStop() {
		assertThat(this.initiator.isAutoStartup()).isTrue();
		assertThat(this.initiator.getPhase()).isEqualTo(LeaderElections.PHASE);
		assertThat(this.initiator.getContext().isLeader()).isFalse();
		assertThat(this.initiator.getContext().getRole()).isEqualTo(this.role);
		this.initiator.start();
		assertThat(this.initiator.isRunning()).isTrue();
		this.events.awaitLast("granted " + this.role);
		assertThat(this.events.context().isLeader()).isTrue();
		assertThat(this.initiator.getContext().isLeader()).isTrue();
		assertThat(node.election("integration:" + this.role).leadership().leader()).isNotNull();
		this.initiator.stop();
		assertThat(this.initiator.isRunning()).isFalse();
		assertThat(this.initiator.getContext().isLeader()).isFalse();
		assertThat(this.events.events()).containsExactly("granted " + this.role, "revoked " + this.role);
		this.initiator.start();
		this.events.awaitLast("granted " + this.role);
	}

	@Test
	void anotherLeadsWhenTheLeaderStops() {
		this.initiator.start();
		this.events.awaitLast("granted " + this.role);
		this.other.start();
		await().atMost(LocalCluster.PATIENCE)
			.until(() -> node.election("integration:" + this.role).leadership().candidates().size() == 2);
		assertThat(this.other.getContext().isLeader()).isFalse();
		this.initiator.stop();
		this.otherEvents.awaitLast("granted " + this.role);
		assertThat(this.other.getContext().isLeader()).isTrue();
		assertThat(this.otherEvents.events()).hasSize(1);
	}

	@Test
	void leaderThatYieldsIsRevokedFirstAndGoesToTheEndOfTheLine() {
		this.initiator.start();
		this.events.awaitLast("granted " + this.role);
		this.other.start();
		await().atMost(LocalCluster.PATIENCE)
			.until(() -> node.election("integration:" + this.role).leadership().candidates().size() == 2);
		this.events.context().yield();
		assertThat(this.initiator.getContext().isLeader()).isFalse();
		this.otherEvents.awaitLast("granted " + this.role);
		assertThat(this.events.events()).containsExactly("granted " + this.role, "revoked " + this.role);
		await().atMost(LocalCluster.PATIENCE)
			.until(() -> node.election("integration:" + this.role).leadership().candidates().size() == 2);
		this.other.getContext().yield();
		this.events.awaitLast("granted " + this.role);
		this.initiator.getContext().yield();
		this.otherEvents.awaitLast("granted " + this.role);
		await().atMost(LocalCluster.PATIENCE)
			.until(() -> node.election("integration:" + this.role).leadership().candidates().size() == 2);
	}

	@Test
	void onlyCandidateThatYieldsLeadsAgain() {
		this.initiator.start();
		this.events.awaitLast("granted " + this.role);
		this.initiator.getContext().yield();
		await().atMost(LocalCluster.PATIENCE).until(() -> this.events.events().size() == 3);
		assertThat(this.events.events()).containsExactly("granted " + this.role, "revoked " + this.role,
				"granted " + this.role);
		assertThat(this.initiator.getContext().isLeader()).isTrue();
	}

	@Test
	void rolesStartAndStopEndpoints() {
		List<AbstractLeaderEvent> published = new CopyOnWriteArrayList<>();
		Endpoint endpoint = new Endpoint();
		SmartLifecycleRoleController controller = new SmartLifecycleRoleController(List.of(this.role),
				List.of(endpoint));
		AtomixLeaderInitiator created = new AtomixLeaderInitiator(node, new DefaultCandidate("n1", this.role));
		created.setApplicationEventPublisher(publisher((event) -> {
			controller.onApplicationEvent((AbstractLeaderEvent) event);
			published.add((AbstractLeaderEvent) event);
		}));
		created.start();
		await().atMost(LocalCluster.PATIENCE).until(() -> published.size() == 1);
		assertThat(published.get(0)).isInstanceOf(OnGrantedEvent.class);
		assertThat(published.get(0).getRole()).isEqualTo(this.role);
		assertThat(endpoint.isRunning()).isTrue();
		created.stop();
		assertThat(published).hasSize(2);
		assertThat(published.get(1)).isInstanceOf(OnRevokedEvent.class);
		assertThat(endpoint.isRunning()).isFalse();
	}

	private static ApplicationEventPublisher publisher(Consumer<ApplicationEvent> consumer) {
		return (event) -> consumer.accept((ApplicationEvent) event);
	}

	@Test
	void workOfTheCandidateIsInterruptedWhenTheLeadershipEnds() throws Exception {
		CompletableFuture<String> outcome = new CompletableFuture<>();
		List<String> calls = new CopyOnWriteArrayList<>();
		AtomixLeaderInitiator worker = new AtomixLeaderInitiator(node, new TestCandidate(this.role, calls) {

			@Override
			public void onGranted(Context context) throws InterruptedException {
				super.onGranted(context);
				try {
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					outcome.complete("interrupted, leads: " + context.isLeader());
					throw ex;
				}
			}

		});
		worker.setLeaderEventPublisher(this.events);
		worker.start();
		await().atMost(LocalCluster.PATIENCE).until(() -> calls.contains("granted"));
		this.other.start();
		assertThat(worker.getContext().isLeader()).isTrue();
		worker.stop();
		assertThat(outcome.get(1, TimeUnit.MINUTES)).isEqualTo("interrupted, leads: false");
		assertThat(calls).containsExactly("granted", "revoked");
		assertThat(this.events.events()).isEmpty();
		this.otherEvents.awaitLast("granted " + this.role);
	}

	@Test
	void candidateThatFailsGivesTheLeadershipUp() {
		List<String> calls = new CopyOnWriteArrayList<>();
		AtomixLeaderInitiator failing = new AtomixLeaderInitiator(node, new TestCandidate(this.role, calls) {

			@Override
			public void onGranted(Context context) throws InterruptedException {
				super.onGranted(context);
				throw new IllegalStateException("intentional");
			}

		});
		failing.setLeaderEventPublisher(this.events);
		this.other.start();
		this.otherEvents.awaitLast("granted " + this.role);
		failing.start();
		await().atMost(LocalCluster.PATIENCE)
			.until(() -> node.election("integration:" + this.role).leadership().candidates().size() == 2);
		this.other.getContext().yield();
		await().atMost(LocalCluster.PATIENCE).until(() -> this.otherEvents.events().size() == 3);
		this.otherEvents.awaitLast("granted " + this.role);
		assertThat(calls).startsWith("granted", "revoked");
		assertThat(this.events.events()).isEmpty();
		failing.stop();
	}

	@Test
	void failureOfAListenerChangesNothing() {
		LeaderEventRecorder failing = new LeaderEventRecorder() {

			@Override
			public void publishOnGranted(Object source, Context context, String role) {
				super.publishOnGranted(source, context, role);
				throw new IllegalStateException("intentional");
			}

		};
		this.initiator.setLeaderEventPublisher(failing);
		this.initiator.start();
		failing.awaitLast("granted " + this.role);
		assertThat(this.initiator.getContext().isLeader()).isTrue();
		this.initiator.stop();
		assertThat(failing.events()).last().isEqualTo("revoked " + this.role);
	}

	@Test
	void leadershipEndsWhenTheNodeIsStopped() {
		Atomix stopped = cluster.client("stopped");
		AtomixLeaderInitiator onStopped = create(stopped, this.events);
		onStopped.start();
		this.events.awaitLast("granted " + this.role);
		this.other.start();
		stopped.stop();
		assertThat(onStopped.getContext().isLeader()).isFalse();
		this.events.awaitLast("revoked " + this.role);
		this.otherEvents.awaitLast("granted " + this.role);
		stopped.start();
		this.other.stop();
		this.events.awaitLast("granted " + this.role);
		onStopped.stop();
		stopped.close();
	}

	@Test
	void candidateIsPutUpWhenTheNodeIsConnected() {
		Atomix late = cluster.newClient("late");
		AtomixLeaderInitiator onLate = create(late, this.events);
		onLate.start();
		assertThat(onLate.getContext().isLeader()).isFalse();
		late.start();
		this.events.awaitLast("granted " + this.role);
		onLate.stop();
		late.close();
	}

	@Test
	void nullIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new AtomixLeaderInitiator(null, new DefaultCandidate()));
		assertThatIllegalArgumentException().isThrownBy(() -> new AtomixLeaderInitiator(node, null));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new AtomixLeaderInitiator(node, new DefaultCandidate(), null));
	}

	private static class TestCandidate extends AbstractCandidate {

		private final List<String> calls;

		TestCandidate(String role, List<String> calls) {
			super(UUID.randomUUID().toString(), role);
			this.calls = calls;
		}

		@Override
		public void onGranted(Context context) throws InterruptedException {
			this.calls.add("granted");
		}

		@Override
		public void onRevoked(Context context) {
			this.calls.add("revoked");
		}

	}

	private static final class Endpoint implements SmartLifecycle {

		private volatile boolean running;

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

	}

}
