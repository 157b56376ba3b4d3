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
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.messaging.ConsumerOptions;
import io.github.atomixspring.messaging.ConsumerOptions.Acknowledgement;
import io.github.atomixspring.messaging.DistributedTaskQueue;
import io.github.atomixspring.messaging.TaskQueueOptions;
import io.github.atomixspring.messaging.TaskQueueStatistics;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.primitive.Registration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The contract of {@link DistributedTaskQueue}.
 */
class TaskQueueContractIntegrationTests extends AbstractContractTests {

	private static final ConsumerOptions EXPLICIT = ConsumerOptions.parallel(4)
		.withAcknowledgement(Acknowledgement.EXPLICIT);

	private DistributedTaskQueue<Integer> queue() {
		return node().taskQueue(this.name, Integer.class);
	}

	private DistributedTaskQueue<Integer> otherQueue() {
		return other().taskQueue(this.name, Integer.class);
	}

	@Test
	void eachTaskIsDoneOnceByWhoeverIsFree() throws Exception {
		List<Integer> done = new CopyOnWriteArrayList<>();
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		queue().consume(ConsumerOptions.parallel(3), (task) -> {
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			done.add(task.value());
			running.decrementAndGet();
		});
		otherQueue().consume((task) -> done.add(task.value()));
		inThreads(4, (thread) -> {
			DistributedTaskQueue<Integer> queue = (thread % 2 == 0) ? queue() : otherQueue();
			for (int i = 0; i < 50; i++) {
				queue.submit(thread * 50 + i);
			}
		});
		await().until(() -> queue().statistics().completed() == 200);
		assertThat(done).hasSize(200).doesNotHaveDuplicates();
		assertThat(most.get()).isLessThanOrEqualTo(3);
		assertThat(otherQueue().statistics()).isEqualTo(new TaskQueueStatistics(0, 0, 200, 2));
		queue().destroy();
	}

	@Test
	void singleConsumerWorksInOrder() throws Exception {
		List<Integer> done = new CopyOnWriteArrayList<>();
		for (int i = 0; i < 50; i++) {
			queue().submit(i);
		}
		otherQueue().consume((task) -> done.add(task.value()));
		queue().submitAndAwait(50);
		assertThat(queue().submitAndAwait(51, Duration.ofSeconds(30))).isTrue();
		assertThat(done).hasSize(52).isSorted();
		queue().destroy();
	}

	@Test
	void failedTaskComesAgain() throws Exception {
		List<Integer> counts = new CopyOnWriteArrayList<>();
		queue().consume((task) -> {
			counts.add(task.deliveryCount());
			if (task.deliveryCount() < 3) {
				throw new IllegalStateException("expected by the test");
			}
		});
		otherQueue().submitAndAwait(1);
		assertThat(counts).containsExactly(1, 2, 3);
		queue().destroy();
	}

	@Test
	void tasksOfAStoppedNodeGoToAnother() {
		List<io.github.atomixspring.messaging.Task<Integer>> lost = new CopyOnWriteArrayList<>();
		List<io.github.atomixspring.messaging.Task<Integer>> taken = new CopyOnWriteArrayList<>();
		try (Atomix client = this.setUp.newClient(this.name)) {
			DistributedTaskQueue<Integer> queue = client.taskQueue(this.name, Integer.class);
			queue.consume(EXPLICIT, lost::add);
			CompletableFuture<Void> first = queue().async().submitAndAwait(1);
			CompletableFuture<Void> second = queue().async().submitAndAwait(2);
			await().until(() -> lost.size() == 2);
			// Handed over by two threads.
			lost.sort(Comparator.comparing(io.github.atomixspring.messaging.Task::value));
			assertThat(lost.get(0).complete().orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
			assertThat(first).succeedsWithin(Duration.ofSeconds(20));
			otherQueue().consume(EXPLICIT, taken::add);
			client.stop();
			await().until(() -> taken.size() == 1);
			assertThat(lost.get(1).isHeld()).isFalse();
			assertThat(taken.get(0).value()).isEqualTo(2);
			assertThat(taken.get(0).deliveryCount()).isEqualTo(2);
			taken.get(0).complete();
			assertThat(second).succeedsWithin(Duration.ofSeconds(20));
		}
		queue().destroy();
	}

	@Test
	void fullQueueRefuses() {
		TaskQueueOptions<Integer> options = TaskQueueOptions.of(Codecs.ints()).withCapacity(5);
		DistributedTaskQueue<Integer> queue = node().taskQueue(this.name + "-small", options);
		for (int i = 0; i < 5; i++) {
			queue.submit(i);
		}
		assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> queue.submit(5))
			.withMessageContaining("5 pending");
		assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> queue.submitAndAwait(5));
		Registration registration = other().taskQueue(this.name + "-small", options).consume((task) -> {
		});
		await().until(() -> queue.statistics().completed() == 5);
		registration.close();
		queue.destroy();
	}

	@Test
	void waitsThatEndEarlyLeaveTheTasks() {
		Set<Integer> done = ConcurrentHashMap.newKeySet();
		otherQueue().consume(ConsumerOptions.parallel(8), (task) -> done.add(task.value()));
		for (int i = 0; i < 200; i++) {
			queue().async().submitAndAwait(i).orTimeout(i * 20L, TimeUnit.MICROSECONDS);
		}
		await().until(() -> done.size() == 200);
		await().until(() -> queue().statistics().equals(new TaskQueueStatistics(0, 0, 200, 1)));
		queue().destroy();
		await().until(() -> otherQueue().statistics().equals(new TaskQueueStatistics(0, 0, 0, 1)));
		otherQueue().close();
		await().until(() -> queue().statistics().consumers() == 0);
		queue().destroy();
		assertThat(node().primitives()).noneMatch((primitive) -> primitive.name().equals(this.name));
	}

}
