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
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.collection.DistributedQueue;
import io.github.atomixspring.collection.QueueEvent;
import io.github.atomixspring.collection.QueueOptions;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.primitive.PrimitiveType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the contract of {@link DistributedQueue}.
 */
class QueueContractIntegrationTests extends AbstractContractTests {

	private static final QueueOptions<Integer> BOUNDED = QueueOptions.of(Codecs.ints()).withCapacity(4);

	private DistributedQueue<Integer> queue() {
		return node().queue(this.name, Integer.class);
	}

	private DistributedQueue<Integer> otherQueue() {
		return other().queue(this.name, Integer.class);
	}

	@Test
	void elementsComeOutInOrder() throws InterruptedException {
		assertThat(queue().offer(1)).isTrue();
		otherQueue().put(2);
		assertThat(queue().addAll(List.of(3, 4, 5))).isTrue();
		assertThat(otherQueue().peek()).isEqualTo(1);
		assertThat(otherQueue().element()).isEqualTo(1);
		assertThat(otherQueue().poll()).isEqualTo(1);
		assertThat(queue().take()).isEqualTo(2);
		List<Integer> drained = new ArrayList<>();
		assertThat(otherQueue().drainTo(drained)).isEqualTo(3);
		assertThat(drained).containsExactly(3, 4, 5);
		assertThat(queue().poll()).isNull();
		assertThat(node().primitives()).contains(new PrimitiveInfo(PrimitiveType.QUEUE, this.name));
		queue().destroy();
		assertThat(node().primitives()).doesNotContain(new PrimitiveInfo(PrimitiveType.QUEUE, this.name));
	}

	@Test
	void eachElementIsTakenOnceByOneOfMany() throws Exception {
		Collection<Integer> taken = new ConcurrentLinkedQueue<>();
		AtomicInteger next = new AtomicInteger();
		inThreads(6, (thread) -> {
			Atomix node = (thread % 2 == 0) ? node() : other();
			DistributedQueue<Integer> queue = node.queue(this.name, BOUNDED);
			for (int i = 0; i < 20; i++) {
				if (thread < 3) {
					queue.put(next.getAndIncrement());
				}
				else {
					taken.add(queue.take());
				}
			}
		});
		assertThat(taken).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 60).boxed().toList());
	}

	@Test
	void takersAreServedInTheOrderOfTheirRequests() {
		queue().size();
		otherQueue().size();
		List<CompletableFuture<Integer>> takes = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			DistributedQueue<Integer> queue = (i % 2 == 0) ? otherQueue() : queue();
			takes.add(queue.async().take());
			// A read sees what its session has submitted before.
			assertThat(queue.size()).isZero();
		}
		queue().addAll(List.of(0, 1, 2));
		otherQueue().addAll(List.of(3, 4, 5));
		for (int i = 0; i < 6; i++) {
			assertThat(takes.get(i).join()).isEqualTo(i);
		}
	}

	@Test
	void waitsOfLimitedTimeEnd() throws InterruptedException {
		assertThat(queue().poll(50, TimeUnit.MILLISECONDS)).isNull();
		DistributedQueue<Integer> bounded = node().queue(this.name + "-bounded", BOUNDED);
		bounded.addAll(List.of(1, 2, 3, 4));
		assertThat(bounded.offer(5, 50, TimeUnit.MILLISECONDS)).isFalse();
		assertThat(bounded.offer(5)).isFalse();
		CompletableFuture<Boolean> offered = other().queue(this.name + "-bounded", BOUNDED)
			.async()
			.offer(5, Duration.ofSeconds(30));
		assertThat(bounded.poll()).isEqualTo(1);
		assertThat(offered.join()).isTrue();
		assertThat(bounded).containsExactly(2, 3, 4, 5);
	}

	@Test
	void waitsThatEndEarlyTakeNothing() throws Exception {
		List<Integer> taken = new CopyOnWriteArrayList<>();
		inThreads(4, (thread) -> {
			DistributedQueue<Integer> queue = (thread % 2 == 0) ? queue() : otherQueue();
			for (int i = 0; i < 50; i++) {
				if (thread < 2) {
					queue.offer(thread * 1000 + i);
				}
				else if (thread == 2) {
					Integer element = queue.poll(Duration.ofMillis(i % 5));
					if (element != null) {
						taken.add(element);
					}
				}
				else {
					CompletableFuture<Integer> take = queue.async().take();
					if (take.cancel(false)) {
						continue;
					}
					taken.add(take.join());
				}
			}
		});
		await().until(() -> {
			queue().drainTo(taken);
			return taken.size() >= 100;
		});
		assertThat(taken).hasSize(100).doesNotHaveDuplicates();
		assertThat(queue()).isEmpty();
	}

	@Test
	void stopOfANodeEndsItsWaits() {
		CompletableFuture<Integer> wait;
		try (Atomix client = this.setUp.newClient(this.name)) {
			client.queue(this.name, Integer.class).size();
			wait = client.queue(this.name, Integer.class).async().take();
			client.queue(this.name, Integer.class).size();
			client.stop();
		}
		await().until(wait::isCompletedExceptionally);
		queue().add(1);
		assertThat(otherQueue()).containsExactly(1);
	}

	@Test
	void manyElementsAreReadInPages() {
		List<Integer> elements = IntStream.range(0, 1200).boxed().toList();
		queue().addAll(elements);
		assertThat(otherQueue()).containsExactlyElementsOf(elements).hasSize(1200);
		assertThat(otherQueue().contains(1199)).isTrue();
		assertThat(otherQueue().remove(600)).isTrue();
		assertThat(otherQueue().removeIf((element) -> element % 2 == 0)).isTrue();
		assertThat(queue()).hasSize(600);
		queue().clear();
		assertThat(otherQueue()).isEmpty();
	}

	@Test
	void eventsComeInOrder() {
		List<QueueEvent<Integer>> here = new CopyOnWriteArrayList<>();
		List<QueueEvent<Integer>> there = new CopyOnWriteArrayList<>();
		queue().addListener(here::add);
		otherQueue().addListener(there::add);
		for (int i = 0; i < 20; i++) {
			queue().async().offer(i);
			otherQueue().async().poll();
		}
		otherQueue().size();
		queue().clear();
		await().until(() -> here.size() == 40 && there.size() == 40);
		assertThat(here).isEqualTo(there);
		assertThat(here.stream().filter((event) -> event.type() == QueueEvent.Type.ADDED).map(QueueEvent::element))
			.isEqualTo(here.stream()
				.filter((event) -> event.type() == QueueEvent.Type.REMOVED)
				.map(QueueEvent::element)
				.toList());
	}

	@Test
	void firstCreatorFixesTheCapacity() {
		node().queue(this.name, BOUNDED).add(1);
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> otherQueue().add(2));
	}

	@Test
	void elementsThatNobodyTakesExpireNeverEarlyAndSoon() {
		QueueOptions<Integer> expiring = QueueOptions.of(Codecs.ints()).withTimeToLive(Duration.ofSeconds(1));
		List<QueueEvent<Integer>> events = new CopyOnWriteArrayList<>();
		other().queue(this.name, expiring).addListener(events::add);
		long before = System.nanoTime();
		node().queue(this.name, expiring).add(1);
		await().until(() -> events.size() == 2);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofSeconds(1),
				Duration.ofSeconds(20));
		assertThat(events.get(1)).isEqualTo(new QueueEvent<>(this.name, QueueEvent.Type.EXPIRED, 1));
		assertThat(node().queue(this.name, expiring)).isEmpty();
		try (Atomix client = this.setUp.newClient(this.name)) {
			assertThatExceptionOfType(ConfigurationMismatchException.class)
				.isThrownBy(() -> client.queue(this.name, BOUNDED).add(2))
				.withMessageContaining("time-to-live");
		}
	}

	@Test
	void elementsThatAreTooLargeAreRefused() throws InterruptedException {
		DistributedQueue<byte[]> blobs = node().queue(this.name, byte[].class);
		assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> blobs.add(new byte[2 << 20]));
		CompletableFuture<byte[]> waiting = other().queue(this.name, byte[].class).async().take();
		blobs.add(new byte[1 << 20]);
		assertThat(waiting.join()).hasSize(1 << 20);
		blobs.put(new byte[1 << 20]);
		assertThat(blobs.take()).hasSize(1 << 20);
	}

}
