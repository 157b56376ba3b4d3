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
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.atomixspring.cluster.StateDigest;
import io.github.atomixspring.linearizability.Verdict;
import io.github.atomixspring.server.TestMembers;
import io.github.atomixspring.testing.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Loads on a cluster whose leaders fail. What they recorded is judged at the end.
 */
final class HistoryRun implements AutoCloseable {

	static final long SHORT = 500;

	/**
	 * Longer than the sessions live without contact.
	 */
	static final long LONG = Nodes.SESSION_TIMEOUT.toMillis() + 1500;

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

	private final Nodes nodes;

	private final String name;

	private final List<Load> loads;

	private int faults;

	private HistoryRun(String name, Nodes nodes, List<Load> loads) {
		this.name = name;
		this.nodes = nodes;
		this.loads = loads;
	}

	/**
	 * Starts a cluster with loads.
	 * @param name the name of the run
	 * @param seed decides what the loads do
	 * @param loads makes the loads
	 * @return the run, with loads that have succeeded a few times
	 * @throws Exception if they cannot start
	 */
	static HistoryRun start(String name, long seed, Function<Nodes, List<Load>> loads) throws Exception {
		return start(name, Nodes.start(), seed, loads);
	}

	/**
	 * Starts a cluster whose logs are soon purged, with loads.
	 * @param name the name of the run
	 * @param seed decides what the loads do
	 * @param loads makes the loads
	 * @return the run, with loads that have succeeded a few times
	 * @throws Exception if they cannot start
	 */
	static HistoryRun startWithSmallLogs(String name, long seed, Function<Nodes, List<Load>> loads) throws Exception {
		return start(name, Nodes.start(TestMembers::withEngine, SmallLogs::configure), seed, loads);
	}

	private static HistoryRun start(String name, Nodes nodes, long seed, Function<Nodes, List<Load>> loads)
			throws Exception {
		HistoryRun run = null;
		boolean started = false;
		try {
			run = new HistoryRun(name, nodes, loads.apply(nodes));
			run.loads.forEach((load) -> load.start(seed));
			run.goOn(30);
			started = true;
			return run;
		}
		finally {
			if (!started && run != null) {
				run.close();
			}
			else if (!started) {
				nodes.close();
			}
		}
	}

	Nodes nodes() {
		return this.nodes;
	}

	/**
	 * Returns the load of a type.
	 * @param <L> the type
	 * @param type the type
	 * @return the load
	 */
	<L extends Load> L load(Class<L> type) {
		return this.loads.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
	}

	/**
	 * Waits until each load has succeeded more often.
	 * @param successes how much more often
	 */
	void goOn(int successes) {
		this.loads.forEach((load) -> load.awaitSuccesses(successes));
	}

	/**
	 * Lets leaders fail in ways and for times that chance decides, for a minute.
	 * @param seed decides
	 */
	void strikeForAMinute(long seed) throws Exception {
		Random random = new Random(seed);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (System.nanoTime() - end < 0) {
			strikeByChance(random);
		}
	}

	/**
	 * Lets the leader fail in a way and for a time that chance decides.
	 * @param random decides
	 */
	void strikeByChance(Random random) throws Exception {
		strike(Fault.values()[random.nextInt(Fault.values().length)], SHORT + random.nextInt((int) (LONG - SHORT)));
	}

	/**
	 * Lets the leader fail for a while, during which the others must go on.
	 * @param fault how it fails
	 * @param millis for how long
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
		this.faults++;
		System.out.printf(
				"%s %d: %s %s for %d ms, %s leads after %d ms in term %d instead of %d, all went on after %d ms%n",
				this.name, this.faults, fault, victim, Math.max(millis, (goneOn - began) / 1_000_000), successor,
				(elected - began) / 1_000_000, cluster.status(successor).term(), term, (goneOn - began) / 1_000_000);
	}

	/**
	 * Cuts a follower off until it needs a snapshot, and lets it lead when it has it.
	 */
	void installSnapshot() {
		SmallLogs.installSnapshot(this.nodes, () -> goOn(50));
		goOn(50);
		this.faults++;
	}

	/**
	 * Judges the loads.
	 * @param successes how often each must have succeeded at least
	 */
	void judge(int successes) throws Exception {
		for (Load load : this.loads) {
			load.stop();
		}
		StateDigest digest = this.nodes.awaitEqualDigests();
		System.out.printf("%s: %d faults, all members have the digest %s at %d%n", this.name, this.faults,
				digest.value(), digest.index());
		assertThat(this.faults).isPositive();
		for (Load load : this.loads) {
			Verdict verdict = load.judge();
			System.out.println(load + "; " + verdict.status());
			assertThat(verdict.status()).as(load + "\n" + verdict).isEqualTo(Verdict.Status.VALID);
			assertThat(load.progress().successes()).isGreaterThan(successes);
			assertThat(load.progress().unknownShare()).isLessThanOrEqualTo(0.1);
			assertThat(load.progress().longestPause()).isLessThan(LONGEST_PAUSE);
		}
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
