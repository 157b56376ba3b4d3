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

package io.github.atomixspring.collection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.protocol.QueueMessages;
import io.github.atomixspring.proxy.FakeSession;
import io.github.atomixspring.proxy.Races;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Races of grants with timeouts, interrupts and cancellations of {@link QueueProxy}:
 * nothing is lost and nothing comes twice.
 */
class QueueRaceTests {

	private static final int ROUNDS = 10_000;

	private static final int THREADS = 8;

	private final Races races = new Races();

	private final List<FakeSession> sessions = List.of(this.races.connect("n1"), this.races.connect("n2"));

	private final List<DistributedQueue<Integer>> queues = this.sessions.stream()
		.map((session) -> Collections.createQueue(session, "q", QueueOptions.of(Codecs.ints()).withCapacity(3), () -> {
		}))
		.toList();

	private final AtomicInteger elements = new AtomicInteger();

	/**
	 * Elements that were surely put.
	 */
	private final Set<Integer> put = ConcurrentHashMap.newKeySet();

	/**
	 * Elements of cancelled puts, which nobody knows the outcome of.
	 */
	private final Set<Integer> doubtful = ConcurrentHashMap.newKeySet();

	private final Collection<Integer> taken = new ConcurrentLinkedQueue<>();

	@AfterEach
	void stop() {
		this.races.close();
	}

	@Test
	void waitsThatEndEarlyLoseNothingAndTakeNothingTwice() throws Exception {
		this.races.run(THREADS, ROUNDS, (round, thread, random) -> round(this.queues.get(thread % 2), random));
		// What was withdrawn is on its way back.
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			Integer element = this.queues.get(0).poll();
			while (element != null) {
				this.taken.add(element);
				element = this.queues.get(0).poll();
			}
			return this.taken.containsAll(this.put);
		});
		assertThat(new HashSet<>(this.taken)).hasSameSizeAs(this.taken);
		List<Integer> unexpected = new ArrayList<>(this.taken);
		unexpected.removeAll(this.put);
		unexpected.removeAll(this.doubtful);
		assertThat(unexpected).isEmpty();
		assertThat(this.put).hasSizeGreaterThan(ROUNDS / 20);
		assertThat(this.sessions.stream()
			.mapToInt((session) -> session.submitted(QueueMessages.Withdraw.class).size())
			.sum()).isGreaterThan(ROUNDS / 20);
		this.sessions.forEach((session) -> assertThat(session.submitted(QueueMessages.Settle.class)).isNotEmpty());
	}

	private void round(DistributedQueue<Integer> queue, Random random) throws Exception {
		Duration time = this.races.time(random);
		int element = this.elements.incrementAndGet();
		switch (random.nextInt(8)) {
			case 0, 1 -> {
				if (queue.offer(element, time)) {
					this.put.add(element);
				}
			}
			case 2 -> this.races.interrupt(random, () -> {
				queue.put(element);
				this.put.add(element);
			});
			case 3 -> {
				Boolean added = outcome(this.races.cancelLater(queue.async().offer(element, time), random));
				if (added == null) {
					this.doubtful.add(element);
				}
				else if (added) {
					this.put.add(element);
				}
			}
			case 4, 5 -> took(queue.poll(time));
			case 6 -> this.races.interrupt(random, () -> took(queue.take()));
			default -> took(outcome(this.races.cancelLater(queue.async().take(), random)));
		}
	}

	private void took(Integer element) {
		if (element != null) {
			this.taken.add(element);
		}
	}

	private static <T> T outcome(CompletableFuture<T> wait) {
		try {
			return wait.join();
		}
		catch (CompletionException | CancellationException ex) {
			return null;
		}
	}

}
