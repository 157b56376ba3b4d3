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

package io.github.atomixspring.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.sync.DistributedCyclicBarrier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The contract of {@link DistributedCyclicBarrier}.
 */
class CyclicBarrierContractIntegrationTests extends AbstractContractTests {

	private static final int RACES = 5_000;

	private DistributedCyclicBarrier barrier(int parties) {
		return node().cyclicBarrier(this.name, parties);
	}

	private DistributedCyclicBarrier otherBarrier(int parties) {
		return other().cyclicBarrier(this.name, parties);
	}

	@Test
	void nobodyPassesBeforeAllHaveArrived() throws Exception {
		AtomicInteger arrived = new AtomicInteger();
		Set<String> indexes = new ConcurrentSkipListSet<>();
		inThreads(4, (thread) -> {
			DistributedCyclicBarrier barrier = (thread % 2 == 0) ? barrier(4) : otherBarrier(4);
			for (int round = 1; round <= 5; round++) {
				arrived.incrementAndGet();
				indexes.add(round + "/" + barrier.await());
				assertThat(arrived.get()).isBetween(4 * round, 4 * round + 3);
			}
		});
		assertThat(indexes).hasSize(20).contains("1/0", "1/1", "1/2", "1/3", "5/0", "5/3");
		assertThat(barrier(4).isBroken()).isFalse();
		assertThat(otherBarrier(4).getNumberWaiting()).isZero();
		assertThat(barrier(4).getParties()).isEqualTo(4);
	}

	@Test
	void timeoutBreaksTheBarrierForTheOthers() {
		CompletableFuture<Integer> first = otherBarrier(3).async().await();
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> barrier(3).await(Duration.ofMillis(50)));
		assertBroken(first);
		assertThat(otherBarrier(3).isBroken()).isTrue();
		otherBarrier(3).reset();
		assertThat(barrier(3).isBroken()).isFalse();
	}

	@Test
	@Tag("long")
	void racesOfTimeoutsAndTripsEndTheSameWayForAll() throws Exception {
		int trips = 0;
		for (int round = 0; round < RACES / 100; round++) {
			List<CompletableFuture<Boolean>> passed = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				String name = this.name + i;
				Duration timeout = Duration.ofNanos(1 + (round * 50L + i) * 1_999_993L % 4_000_000);
				passed.add(passed(node().cyclicBarrier(name, 2).async().await(timeout)));
				passed.add(passed(other().cyclicBarrier(name, 2).async().await()));
			}
			for (int i = 0; i < 50; i++) {
				boolean one = passed.get(2 * i).get(1, TimeUnit.MINUTES);
				assertThat(passed.get(2 * i + 1).get(1, TimeUnit.MINUTES)).isEqualTo(one);
				trips += one ? 1 : 0;
				if (!one) {
					node().cyclicBarrier(this.name + i, 2).async().reset();
				}
			}
			for (int i = 0; i < 50; i++) {
				assertThat(node().cyclicBarrier(this.name + i, 2).async().getNumberWaiting().get()).isZero();
			}
		}
		System.out.println(this.setUp + ": " + trips + " of " + RACES / 2 + " barriers tripped");
	}

	private static CompletableFuture<Boolean> passed(CompletableFuture<Integer> wait) {
		return wait.handle((index, ex) -> {
			assertThat((ex == null) || ex instanceof TimeoutException || ex instanceof BrokenBarrierException).isTrue();
			return ex == null;
		});
	}

	@Test
	void deadPartyBreaksTheBarrier() {
		try (Atomix client = this.setUp.newClient(this.name)) {
			CompletableFuture<Integer> first = barrier(3).async().await();
			client.cyclicBarrier(this.name, 3).async().await();
			await().until(() -> barrier(3).getNumberWaiting() == 2);
			client.stop();
			assertBroken(first);
		}
		assertThatExceptionOfType(BrokenBarrierException.class).isThrownBy(() -> otherBarrier(3).await());
	}

	@Test
	void resetAndDestroyBreakTheBarrierForThoseWhoWait() {
		CompletableFuture<Integer> first = barrier(2).async().await();
		await().until(() -> otherBarrier(2).getNumberWaiting() == 1);
		otherBarrier(2).reset();
		assertBroken(first);
		CompletableFuture<Integer> second = barrier(2).async().await();
		await().until(() -> otherBarrier(2).getNumberWaiting() == 1);
		otherBarrier(2).destroy();
		assertBroken(second);
		assertThat(barrier(2).isBroken()).isFalse();
	}

	@Test
	void numberOfPartiesIsFixedByTheFirst() throws Exception {
		assertThat(barrier(1).await()).isZero();
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> otherBarrier(2).await())
			.withMessageContaining("1")
			.withMessageContaining("2");
		otherBarrier(2).close();
		assertThatIllegalArgumentException().isThrownBy(() -> barrier(2));
		assertThatIllegalArgumentException().isThrownBy(() -> barrier(0));
		assertThat(node().primitives()).contains(new PrimitiveInfo(PrimitiveType.CYCLIC_BARRIER, this.name));
	}

	private static void assertBroken(CompletableFuture<Integer> wait) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> wait.get(30, TimeUnit.SECONDS))
			.withCauseInstanceOf(BrokenBarrierException.class);
	}

}
