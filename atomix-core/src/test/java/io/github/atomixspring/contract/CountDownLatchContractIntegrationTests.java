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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.sync.DistributedCountDownLatch;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The contract of {@link DistributedCountDownLatch}.
 */
class CountDownLatchContractIntegrationTests extends AbstractContractTests {

	private static final int RACES = 10_000;

	private DistributedCountDownLatch latch(long count) {
		return node().countDownLatch(this.name, count);
	}

	private DistributedCountDownLatch otherLatch(long count) {
		return other().countDownLatch(this.name, count);
	}

	@Test
	void nobodyPassesBeforeTheLastCountAndAllPassAfterIt() throws Exception {
		AtomicInteger counts = new AtomicInteger();
		inThreads(6, (thread) -> {
			DistributedCountDownLatch latch = (thread % 2 == 0) ? latch(2) : otherLatch(2);
			if (thread >= 4) {
				counts.incrementAndGet();
				latch.countDown();
			}
			else {
				latch.await();
				assertThat(counts).hasValue(2);
			}
		});
		assertThat(latch(2).await(Duration.ZERO)).isTrue();
		otherLatch(2).countDown();
		assertThat(latch(2).getCount()).isZero();
	}

	@Test
	void limitedWaitEnds() throws Exception {
		assertThat(latch(1).await(Duration.ofMillis(50))).isFalse();
		assertThat(latch(1).await(Duration.ZERO)).isFalse();
		otherLatch(1).countDown();
		assertThat(latch(1).await(Duration.ofSeconds(30))).isTrue();
		assertThat(node().countDownLatch(this.name + "-zero", 0).await(Duration.ZERO)).isTrue();
	}

	@Test
	void waitsThatEndInARaceWithTheOpeningEndOneWayOrTheOther() throws Exception {
		for (int round = 0; round < 10; round++) {
			DistributedCountDownLatch latch = node().countDownLatch(this.name + round, 1);
			List<CompletableFuture<Boolean>> waits = new ArrayList<>();
			for (int i = 0; i < RACES / 10; i++) {
				waits.add(latch.async().await(Duration.ofNanos(1 + i * 20_000L)));
			}
			other().countDownLatch(this.name + round, 1).countDown();
			CompletableFuture.allOf(waits.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);
			assertThat(latch.await(Duration.ZERO)).isTrue();
		}
	}

	@Test
	void countStaysWhenTheNodeIsGone() {
		try (Atomix client = this.setUp.newClient(this.name)) {
			client.countDownLatch(this.name, 2).countDown();
		}
		assertThat(latch(2).getCount()).isEqualTo(1);
	}

	@Test
	void countIsFixedByTheFirst() {
		assertThat(latch(3).getCount()).isEqualTo(3);
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> otherLatch(4).getCount())
			.withMessageContaining("3")
			.withMessageContaining("4");
		otherLatch(4).close();
		assertThatIllegalArgumentException().isThrownBy(() -> latch(4));
		assertThatIllegalArgumentException().isThrownBy(() -> latch(-1));
		assertThat(node().primitives()).contains(new PrimitiveInfo(PrimitiveType.COUNT_DOWN_LATCH, this.name));
	}

	@Test
	void destroyBeginsAnew() throws Exception {
		latch(1).countDown();
		otherLatch(1).destroy();
		assertThat(latch(1).getCount()).isEqualTo(1);
		CompletableFuture<Void> wait = latch(1).async().await();
		assertThat(latch(1).getCount()).isEqualTo(1);
		otherLatch(1).destroy();
		otherLatch(1).countDown();
		wait.get(30, TimeUnit.SECONDS);
	}

}
