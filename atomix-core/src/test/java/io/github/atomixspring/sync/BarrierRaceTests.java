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

package io.github.atomixspring.sync;

import java.util.Collection;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.proxy.FakeSession;
import io.github.atomixspring.proxy.Races;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Races of trips with timeouts, interrupts and cancellations of barriers.
 */
class BarrierRaceTests {

	private static final int ROUNDS = 10_000;

	private static final int THREADS = 4;

	private final Races races = new Races();

	private final FakeSession session = this.races.connect("n1");

	private final FakeSession partnerSession = this.races.connect("n2");

	private final Collection<DistributedCyclicBarrier> barriers = new ConcurrentLinkedQueue<>();

	private final AtomicInteger passed = new AtomicInteger();

	private final AtomicInteger left = new AtomicInteger();

	private final AtomicInteger cancelledAndPassed = new AtomicInteger();

	/**
	 * Creates a barrier for a round: what is cancelled may come after the next one has
	 * begun.
	 */
	private static DistributedCyclicBarrier create(FakeSession node, int round) {
		return Synchronisers.createCyclicBarrier(node, "b" + round, 2, () -> {
		});
	}

	@AfterEach
	void stop() {
		this.races.close();
	}

	@Test
	void waitsThatEndEarlyEndTheSameWayForTheOtherParty() throws Exception {
		this.races.run(THREADS, ROUNDS, (round, thread, random) -> round(create(this.session, round),
				create(this.partnerSession, round), random));
		System.out.println(this.passed + " waits passed, " + this.left + " did not, " + this.cancelledAndPassed
				+ " were cancelled after the trip");
		assertThat(this.passed).hasValueGreaterThan(ROUNDS / 100);
		assertThat(this.left).hasValueGreaterThan(ROUNDS / 100);
		await().until(() -> this.barriers.stream().allMatch((barrier) -> barrier.getNumberWaiting() == 0));
	}

	private void round(DistributedCyclicBarrier barrier, DistributedCyclicBarrier partner, Random random)
			throws Exception {
		CompletableFuture<Boolean> other = new CompletableFuture<>();
		this.races.later(random, () -> partner.async().await().whenComplete((index, ex) -> {
			assertThat(ex == null || ex instanceof BrokenBarrierException).isTrue();
			other.complete(ex == null);
		}));
		Boolean own = arrive(barrier, random);
		while (own == null && !other.isDone()) {
			// Who was cancelled before it arrived has broken nothing.
			barrier.reset();
		}
		boolean tripped = other.get(1, TimeUnit.MINUTES);
		assertThat(own).isIn(tripped, null);
		(tripped ? this.passed : this.left).incrementAndGet();
		this.cancelledAndPassed.addAndGet((tripped && own == null) ? 1 : 0);
		this.barriers.add(partner);
	}

	/**
	 * Arrives and leaves again after a while.
	 * @return whether the barrier tripped, or null if the caller did not want to know
	 */
	private @Nullable Boolean arrive(DistributedCyclicBarrier barrier, Random random) throws Exception {
		switch (random.nextInt(3)) {
			case 0 -> {
				try {
					barrier.await(this.races.time(random));
					return true;
				}
				catch (TimeoutException ex) {
					return false;
				}
			}
			case 1 -> {
				return this.races.interrupt(random, barrier::await);
			}
			default -> {
				return this.races.cancelLater(barrier.async().await(), random)
					.handle((index, ex) -> (ex != null) ? null : Boolean.TRUE)
					.get();
			}
		}
	}

}
