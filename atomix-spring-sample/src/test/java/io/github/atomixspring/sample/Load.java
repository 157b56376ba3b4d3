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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Requests to one process, one after the other: a write of a map and an addition in turn.
 * Where a second process is given, a write that fails is sent to that one.
 */
final class Load implements AutoCloseable {

	static final String COUNTER = "/counters/load";

	private final SampleProcess process;

	private final List<SampleProcess> retry;

	private final Thread thread;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final Queue<String> written = new ConcurrentLinkedQueue<>();

	private final Queue<Reply> failed = new ConcurrentLinkedQueue<>();

	private final Queue<Reply> retried = new ConcurrentLinkedQueue<>();

	private final AtomicInteger added = new AtomicInteger();

	private volatile long slowest;

	/**
	 * Begins.
	 * @param process the process
	 * @param retry the processes that get what this one did not do, and then nothing is
	 * added: that must not be repeated
	 */
	Load(SampleProcess process, SampleProcess... retry) {
		this.process = process;
		this.retry = List.of(retry);
		this.thread = new Thread(this::run, "load of " + process.name());
		this.thread.start();
	}

	private void run() {
		String prefix = this.process.name().replaceAll("\\W", "-") + "-";
		for (int i = 0; this.stopped.getCount() > 0; i++) {
			long start = System.nanoTime();
			write(prefix + i);
			if (this.retry.isEmpty()) {
				add();
			}
			this.slowest = Math.max(this.slowest, System.nanoTime() - start);
		}
	}

	private void write(String key) {
		List<SampleProcess> targets = new ArrayList<>(this.retry);
		targets.add(0, this.process);
		for (SampleProcess target : targets) {
			Reply reply = target.put("/map/" + key, key);
			if (reply.isOk()) {
				this.written.add(key);
				return;
			}
			((target != targets.get(targets.size() - 1)) ? this.retried : this.failed).add(reply);
		}
	}

	private void add() {
		Reply reply = this.process.post(COUNTER);
		if (reply.isOk()) {
			this.added.incrementAndGet();
		}
		else {
			this.failed.add(reply);
		}
	}

	/**
	 * Forgets how long requests took so far.
	 */
	void forgetTimes() {
		this.slowest = 0;
	}

	boolean isWarm() {
		return this.written.size() > 50;
	}

	List<String> written() {
		return List.copyOf(this.written);
	}

	int added() {
		return this.added.get();
	}

	List<Reply> failed() {
		return List.copyOf(this.failed);
	}

	/**
	 * Returns what came back of the writes that were sent again.
	 * @return the replies
	 */
	List<Reply> retried() {
		return List.copyOf(this.retried);
	}

	@Override
	public void close() {
		this.stopped.countDown();
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT,
				"%s: %d written, %d added, %d failed, sent again by status %s, longest time for one of each %.2f s",
				this.process.name(), this.written.size(), this.added.get(), this.failed.size(),
				this.retried.stream().collect(Collectors.groupingBy(Reply::status, Collectors.counting())),
				this.slowest / 1e9);
	}

}
