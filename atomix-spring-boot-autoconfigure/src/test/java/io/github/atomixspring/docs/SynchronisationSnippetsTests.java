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

package io.github.atomixspring.docs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.sync.DistributedCountDownLatch;
import io.github.atomixspring.sync.DistributedCyclicBarrier;
import io.github.atomixspring.sync.DistributedSemaphore;
import io.github.atomixspring.sync.PermitHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/synchronisation.md}.
 */
@ExtendWith(SingleMember.class)
class SynchronisationSnippetsTests {

	private final Atomix atomix = SingleMember.atomix();

	private final List<String> report = new CopyOnWriteArrayList<>();

	@Test
	void semaphore() throws InterruptedException {
		Atomix atomix = this.atomix;
		// tag::semaphore[]
		DistributedSemaphore printers = atomix.semaphore("printers", 3);
		printers.acquire();
		try {
			print("invoice 7");
		}
		finally {
			printers.release();
		}
		// end::semaphore[]
		assertThat(this.report).containsExactly("invoice 7");
		assertThat(printers.availablePermits()).isEqualTo(3);
	}

	@Test
	void latch() throws InterruptedException {
		Atomix atomix = this.atomix;
		// tag::latch[]
		DistributedCountDownLatch imported = atomix.countDownLatch("imported", 2);
		imported.countDown();
		boolean complete = imported.await(Duration.ofMillis(100));
		// end::latch[]
		assertThat(complete).isFalse();
		assertThat(imported.getCount()).isEqualTo(1);
	}

	@Test
	void barrier() throws InterruptedException {
		Atomix atomix = this.atomix;
		List<String> report = this.report;
		CompletableFuture<Integer> first = atomix.cyclicBarrier("step", 2).async().await();
		await().until(() -> atomix.cyclicBarrier("step", 2).getNumberWaiting() == 1);
		// tag::barrier[]
		DistributedCyclicBarrier step = atomix.cyclicBarrier("step", 2);
		try {
			int stillToCome = step.await(Duration.ofSeconds(10));
			report.add("all are here, " + stillToCome + " came after me");
		}
		catch (BrokenBarrierException | TimeoutException ex) {
			// Another party is gone, or did not come.
			report.add("not all came");
		}
		// end::barrier[]
		assertThat(report).containsExactly("all are here, 0 came after me");
		assertThat(first.join()).isEqualTo(1);
	}

	@Test
	void handle() {
		DistributedSemaphore printers = this.atomix.semaphore("handle", 3);
		// tag::handle[]
		try (PermitHandle handle = printers.async().acquire(2).join()) {
			print("invoice 8, with " + handle.permits() + " printers");
		}
		// end::handle[]
		assertThat(this.report).containsExactly("invoice 8, with 2 printers");
		assertThat(printers.availablePermits()).isEqualTo(3);
	}

	@Test
	void lost() {
		DistributedSemaphore printers = this.atomix.semaphore("lost", 3);
		List<String> report = this.report;
		// tag::lost[]
		Registration registration = printers
			.addLostListener((name, permits) -> report.add(permits + " permits of " + name + " were lost"));
		// end::lost[]
		assertThat(printers.tryAcquire(2)).isTrue();
		printers.destroy();
		await().untilAsserted(() -> assertThat(report).containsExactly("2 permits of lost were lost"));
		registration.close();
	}

	private void print(String text) {
		this.report.add(text);
	}

}
