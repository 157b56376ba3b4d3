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
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.atomixspring.linearizability.Verdict;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers on all nodes that make one call after the other and record them.
 */
abstract class Load {

	/**
	 * The longest time that a call may take to end in some way, longer than the operation
	 * timeout of the sessions.
	 */
	static final long CALL_SECONDS = 20;

	/**
	 * The time between two calls, so that the histories stay short.
	 */
	static final long PACE = TimeUnit.MILLISECONDS.toNanos(6);

	private final Nodes nodes;

	private final String name;

	private final Progress progress = new Progress();

	private final List<Thread> threads = new ArrayList<>();

	private final ConcurrentLinkedQueue<Throwable> problems = new ConcurrentLinkedQueue<>();

	private volatile boolean stopped;

	Load(Nodes nodes, String name) {
		this.nodes = nodes;
		this.name = name;
	}

	/**
	 * Makes and records one call.
	 * @param caller who calls
	 * @param session the present session of its node, perhaps closed
	 * @throws Exception if something happens that must not
	 */
	abstract void call(Caller caller, SessionClient session) throws Exception;

	/**
	 * Judges what was recorded.
	 * @return the verdict
	 */
	abstract Verdict judge();

	Load start(long seed) {
		for (String node : this.nodes.all()) {
			Caller caller = new Caller(this.name + "-" + node, node, new Random(seed + this.threads.size()));
			Thread thread = new Thread(() -> run(caller), caller.process());
			this.threads.add(thread);
			thread.start();
		}
		return this;
	}

	private void run(Caller caller) {
		try {
			while (!this.stopped) {
				call(caller, this.nodes.session(caller.node()));
				LockSupport.parkNanos(PACE);
			}
		}
		catch (Exception | AssertionError ex) {
			this.problems.add(ex);
		}
	}

	boolean isStopped() {
		return this.stopped;
	}

	Nodes nodes() {
		return this.nodes;
	}

	Progress progress() {
		return this.progress;
	}

	/**
	 * Waits until more calls have succeeded.
	 * @param count how many more
	 */
	void awaitSuccesses(int count) {
		int wanted = this.progress.successes() + count;
		Awaitility.await()
			.alias(this + " goes on")
			.atMost(TestCluster.PATIENCE)
			.pollInterval(Duration.ofMillis(10))
			.until(() -> !this.problems.isEmpty() || this.progress.successes() >= wanted);
		assertThat(this.problems).isEmpty();
	}

	void stop() throws InterruptedException {
		this.progress.pass();
		this.stopped = true;
		for (Thread thread : this.threads) {
			thread.join(TimeUnit.SECONDS.toMillis(2 * CALL_SECONDS));
			assertThat(thread.isAlive()).as(thread.getName()).isFalse();
		}
		assertThat(this.problems).isEmpty();
	}

	@Override
	public String toString() {
		return this.name + ": " + this.progress;
	}

	/**
	 * One who makes calls.
	 *
	 * @param process its name
	 * @param node the node on which it runs
	 * @param random decides what it does
	 */
	record Caller(String process, String node, Random random) {

	}

}
