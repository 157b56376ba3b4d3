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
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.linearizability.Verdict;
import io.github.atomixspring.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Histories of transactions over two maps, recorded on all members and a client while
 * leaders fail.
 */
@Tag("fault")
@Tag("linearizability")
class TransactionHistoriesIntegrationTests {

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

	private static final long SHORT = 500;

	private static final long LONG = Nodes.SESSION_TIMEOUT.toMillis() + 1500;

	@Test
	void areStrictlySerializableWhileTheLeaderFails() throws Exception {
		try (Nodes nodes = Nodes.start()) {
			BankLoad load = start(nodes, "bank-short", 1);
			for (Fault fault : Fault.values()) {
				strike(nodes, load, fault, SHORT);
			}
			judge(nodes, load);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 21, 22, 23 })
	@Tag("long")
	void areStrictlySerializableWhileLeadersFailInManyWays(long seed) throws Exception {
		Random random = new Random(seed);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		try (Nodes nodes = Nodes.start()) {
			BankLoad load = start(nodes, "bank-mixed-" + seed, seed);
			while (System.nanoTime() < end) {
				strike(nodes, load, Fault.values()[random.nextInt(Fault.values().length)],
						SHORT + random.nextInt((int) (LONG - SHORT)));
			}
			judge(nodes, load);
		}
	}

	private static BankLoad start(Nodes nodes, String name, long seed) {
		BankLoad load = new BankLoad(nodes, name);
		load.start(seed);
		load.awaitSuccesses(30);
		return load;
	}

	private static void strike(Nodes nodes, Load load, Fault fault, long millis) throws Exception {
		TestCluster cluster = nodes.cluster();
		String victim = cluster.awaitLeader();
		long began = System.nanoTime();
		fault.begin(nodes, victim);
		String successor = cluster.awaitLeader(nodes.others(victim));
		load.awaitSuccesses(10);
		long goneOn = System.nanoTime();
		TimeUnit.NANOSECONDS.sleep(began + TimeUnit.MILLISECONDS.toNanos(millis) - goneOn);
		fault.end(nodes, victim);
		cluster.awaitLeader();
		nodes.awaitSessions();
		load.awaitSuccesses(30);
		System.out.printf("%s: %s %s, %s leads, went on after %d ms%n", load, fault, victim, successor,
				(goneOn - began) / 1_000_000);
	}

	private static void judge(Nodes nodes, Load load) throws Exception {
		load.stop();
		nodes.awaitEqualDigests();
		Verdict verdict = load.judge();
		System.out.println(load + "; " + verdict.status());
		assertThat(verdict.status()).as(load + "\n" + verdict).isEqualTo(Verdict.Status.VALID);
		assertThat(load.progress().successes()).isGreaterThan(150);
		assertThat(load.progress().unknownShare()).isLessThanOrEqualTo(0.1);
		assertThat(load.progress().longestPause()).isLessThan(LONGEST_PAUSE);
	}

}
