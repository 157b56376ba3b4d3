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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.atomixspring.cluster.StateDigest;
import io.github.atomixspring.linearizability.Verdict;
import io.github.atomixspring.testing.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Loads on a cluster whose leaders fail.
 */
final class HistoryRun implements AutoCloseable {

	static final long SHORT = 500;

	/**
	 * Longer than the sessions live without contact.
	 */
	static final long LONG = Nodes.SESSION_TIMEOUT.toMillis() + 1500;

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

	private final Nodes nodes = Nodes.start();

	private final String name;

	private final List<Load> loads;

	private int cycles;

	/**
	 * Starts a cluster with loads.
	 * @param name the name of the run
	 * @param seed decides what the loads do
	 * @param loads makes the loads
	 */
	HistoryRun(String name, long seed, Function<Nodes, List<Load>> loads) {
		this.name = name;
		this.loads = loads.apply(this.nodes);
		this.loads.forEach((load) -> load.start(seed));
		goOn(30);
	}

	private void goOn(int successes) {
		this.loads.forEach((load) -> load.awaitSuccesses(successes));
	}

	/**
	 * Lets the leader fail for a while, during which the others must go on.
	 */
	void strike(Fault fault, long millis) throws Exception {
		TestCluster cluster = this.nodes.cluster();
		String victim = cluster.awaitLeader();
		long term = cluster.status(victim).term();
		long began = System.nanoTime();
		fault.begin(this.nodes, victim);
		String successor = cluster.awaitLeader(this.nodes.others(victim));
		long elected = System.nanoTime();
		goOn(10);
		long goneOn = System.nanoTime();
		TimeUnit.NANOSECONDS.sleep(began + TimeUnit.MILLISECONDS.toNanos(millis) - goneOn);
		fault.end(this.nodes, victim);
		cluster.awaitLeader();
		this.nodes.awaitSessions();
		goOn(30);
		assertThat(cluster.status(successor).term()).isGreaterThan(term);
		this.cycles++;
		System.out.printf(
				"%s %d: %s %s for %d ms, %s leads after %d ms in term %d instead of %d, all went on after %d ms%n",
				this.name, this.cycles, fault, victim, Math.max(millis, (goneOn - began) / 1_000_000), successor,
				(elected - began) / 1_000_000, cluster.status(successor).term(), term, (goneOn - began) / 1_000_000);
	}

	void judge(int expectedCycles) throws Exception {
		for (Load load : this.loads) {
			load.stop();
		}
		StateDigest digest = this.nodes.awaitEqualDigests();
		System.out.printf("%s: %d faults, all members have the digest %s at %d%n", this.name, this.cycles,
				digest.value(), digest.index());
		for (Load load : this.loads) {
			Verdict verdict = load.judge();
			System.out.println(load + "; " + verdict.status());
			assertThat(verdict.status()).as(load + "\n" + verdict).isEqualTo(Verdict.Status.VALID);
			assertThat(load.progress().successes()).isGreaterThan(300);
			assertThat(load.progress().unknownShare()).isLessThanOrEqualTo(0.1);
			assertThat(load.progress().longestPause()).isLessThan(LONGEST_PAUSE);
		}
		assertThat(this.cycles).isEqualTo(expectedCycles);
	}

	@Override
	public void close() throws Exception {
		try {
			for (Load load : this.loads) {
				load.stop();
			}
		}
		finally {
			this.nodes.close();
		}
	}

}
