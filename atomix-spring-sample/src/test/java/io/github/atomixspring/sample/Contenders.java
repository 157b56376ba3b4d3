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

package io.github.atomixspring.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * Those who increment the fenced counter, each through its own process and as fast as it
 * can, and the record of what they were told.
 */
final class Contenders implements AutoCloseable {

	private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

	private static final Duration RETRY_DELAY = Duration.ofMillis(100);

	private final SampleCluster cluster;

	private final List<Thread> threads = new ArrayList<>();

	private final Map<String, AtomicInteger> busy;

	private volatile String paused = "";

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final Queue<Increment> increments = new ConcurrentLinkedQueue<>();

	private final AtomicInteger stale = new AtomicInteger();

	private final AtomicInteger unknown = new AtomicInteger();

	private final AtomicLong token = new AtomicLong();

	Contenders(SampleCluster cluster, int count) {
		this.cluster = cluster;
		List<String> members = cluster.members();
		this.busy = members.stream().collect(Collectors.toMap((member) -> member, (member) -> new AtomicInteger()));
		for (int i = 0; i < count; i++) {
			String member = members.get(i % members.size());
			this.threads.add(new Thread(() -> contend(member), "contender " + i));
		}
		this.threads.forEach(Thread::start);
	}

	private void contend(String member) {
		while (this.stopped.getCount() > 0) {
			SampleProcess process = this.cluster.process(member);
			this.busy.get(member).incrementAndGet();
			boolean done = !member.equals(this.paused) && process.isReady()
					&& record(process.postAsync("/fenced-counter?work=5ms", REQUEST_TIMEOUT).join()).isOk();
			this.busy.get(member).decrementAndGet();
			if (!done) {
				pause();
			}
		}
	}

	/**
	 * Lets nobody contend through a member and waits until nobody does.
	 * @param member the member
	 */
	void pause(String member) {
		this.paused = member;
		Awaitility.await("pause of " + member).atMost(Limits.PATIENCE).until(() -> this.busy.get(member).get() == 0);
	}

	/**
	 * Lets all contend again.
	 */
	void resume() {
		this.paused = "";
	}

	private void pause() {
		try {
			this.stopped.await(RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Records the answer to an increment.
	 * @param reply the answer
	 * @return the answer
	 */
	Reply record(Reply reply) {
		if (reply.isOk()) {
			JsonNode json = reply.json();
			Increment increment = new Increment(json.path("number").asLong(), json.path("token").asLong());
			this.increments.add(increment);
			this.token.accumulateAndGet(increment.token(), Math::max);
		}
		else if (reply.isStale()) {
			this.stale.incrementAndGet();
		}
		else if (!reply.isWithoutEffect()) {
			this.unknown.incrementAndGet();
		}
		return reply;
	}

	/**
	 * Returns the greatest token of an increment that was acknowledged.
	 * @return the token
	 */
	long token() {
		return this.token.get();
	}

	/**
	 * Returns the increments that were acknowledged.
	 * @return the increments in the order of their numbers
	 */
	Collection<Increment> increments() {
		return this.increments.stream().sorted(Comparator.comparing(Increment::number)).toList();
	}

	int stale() {
		return this.stale.get();
	}

	int unknown() {
		return this.unknown.get();
	}

	@Override
	public void close() {
		this.stopped.countDown();
		for (Thread thread : this.threads) {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	/**
	 * An increment that was acknowledged.
	 *
	 * @param number the number it wrote
	 * @param token the fencing token under which it did
	 */
	record Increment(long number, long token) {

	}

}
