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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.lock.LockLostException;
import io.github.atomixspring.lock.Locks;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A holder of a lock that is cut off from the cluster for longer than its session lives.
 */
@Tag("fault")
class CutOffHolderIntegrationTests {

	private static final String LOCK = "lock";

	private static final int CYCLES = 2;

	/**
	 * Who is not cut off keeps what it has, also if the machine stands still for a while.
	 * It would leave a silent leader later if it lived longer.
	 */
	private static final Duration PATIENT = Duration.ofSeconds(10);

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void countsItsLockAsLostBeforeAnotherIsGrantedIt(boolean onLeader) throws Exception {
		try (Nodes nodes = Nodes.start()) {
			List<Long> tokens = new ArrayList<>();
			for (int cycle = 0; cycle < CYCLES; cycle++) {
				String leader = nodes.cluster().awaitLeader();
				String holder = (onLeader) ? leader : nodes.others(leader).get(0);
				String other = nodes.others(holder).get(1);
				try (SessionClient rival = nodes.newSession(other, PATIENT, TestCluster.PATIENCE)) {
					cutOff(nodes, holder, other, rival, tokens);
				}
			}
			assertThat(tokens).hasSize(3 * CYCLES).isSorted().doesNotHaveDuplicates();
			nodes.awaitEqualDigests();
		}
	}

	private static void cutOff(Nodes nodes, String holder, String other, SessionClient patient, List<Long> tokens)
			throws Exception {
		DistributedLock lock = Locks.create(nodes.session(holder), LOCK, () -> {
		});
		DistributedLock rival = Locks.create(patient, LOCK, () -> {
		});
		AtomicInteger losses = new AtomicInteger();
		lock.addLostListener((lost, token) -> losses.incrementAndGet());
		LockHandle handle = lock.async().lock().get(60, TimeUnit.SECONDS);
		tokens.add(handle.fencingToken());
		// Looked at by nobody else: a thread that watches may be late on a busy machine.
		CompletableFuture<Boolean> heldAtTheGrant = new CompletableFuture<>();
		CompletableFuture<LockHandle> rivalHandle = rival.async()
			.lock()
			.whenComplete((granted, failure) -> heldAtTheGrant.complete(handle.isHeld()));
		long cutAt = System.nanoTime();
		nodes.isolate(holder);
		LockHandle next = rivalHandle.get(60, TimeUnit.SECONDS);
		tokens.add(next.fencingToken());
		System.out.printf(">> %s held with token %d, %s was granted token %d %d ms after the cut%n", holder,
				handle.fencingToken(), other, next.fencingToken(),
				TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - cutAt));
		assertThat(heldAtTheGrant.get(60, TimeUnit.SECONDS)).as("still held when another was granted it").isFalse();
		assertThat(handle.isHeld()).isFalse();
		nodes.heal(holder);
		nodes.cluster().awaitLeader();
		nodes.awaitSessions();
		assertThat(handle.isHeld()).isFalse();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> handle.unlock().get(60, TimeUnit.SECONDS))
			.withCauseInstanceOf(LockLostException.class);
		assertThat(next.isHeld()).isTrue();
		Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> losses.get() == 1);
		assertThat(lock.tryLock(Duration.ZERO)).isFalse();
		next.unlock().get(60, TimeUnit.SECONDS);
		LockHandle last = lock.async().tryLock(TestCluster.PATIENCE).get(120, TimeUnit.SECONDS).orElseThrow();
		tokens.add(last.fencingToken());
		last.close();
	}

}
