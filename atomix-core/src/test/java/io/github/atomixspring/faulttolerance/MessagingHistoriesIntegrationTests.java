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
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.StateDigest;
import io.github.atomixspring.linearizability.Verdict;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What subscribers of a topic and consumers of a task queue see on all members and a
 * client while leaders fail and a consumer dies.
 */
@Tag("fault")
class MessagingHistoriesIntegrationTests {

	private static final long SHORT = 500;

	/**
	 * Longer than the sessions live without contact.
	 */
	private static final long LONG = Nodes.SESSION_TIMEOUT.toMillis() + 1500;

	@Test
	void nothingIsLostWhileTheLeaderFailsAndAConsumerDies() throws Exception {
		try (Run run = new Run("messaging", 1)) {
			run.strike(Fault.KILL, SHORT);
			run.killConsumer();
			run.strike(Fault.ISOLATE, LONG);
			run.strike(Fault.PAUSE, LONG);
			run.judge(200);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 11, 12, 13 })
	@Tag("long")
	void nothingIsLostWhileLeadersFailInManyWays(long seed) throws Exception {
		Random random = new Random(seed);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		try (Run run = new Run("messaging-" + seed, seed)) {
			while (System.nanoTime() < end) {
				run.strike(Fault.values()[random.nextInt(Fault.values().length)],
						SHORT + random.nextInt((int) (LONG - SHORT)));
				run.killConsumer();
			}
			run.judge(1_000);
		}
	}

	/**
	 * The loads on a cluster.
	 */
	private static final class Run implements AutoCloseable {

		private final Nodes nodes = Nodes.start();

		private final String name;

		private final TopicLoad topic;

		private final TaskLoad tasks;

		private int consumers;

		Run(String name, long seed) {
			this.name = name;
			this.topic = new TopicLoad(this.nodes, "topic-" + name);
			this.tasks = new TaskLoad(this.nodes, "tasks-" + name);
			loads().forEach((load) -> load.start(seed));
			goOn(30);
		}

		private List<Load> loads() {
			return List.of(this.topic, this.tasks);
		}

		private void goOn(int successes) {
			loads().forEach((load) -> load.awaitSuccesses(successes));
		}

		void strike(Fault fault, long millis) throws Exception {
			TestCluster cluster = this.nodes.cluster();
			String victim = cluster.awaitLeader();
			long began = System.nanoTime();
			fault.begin(this.nodes, victim);
			String successor = cluster.awaitLeader(this.nodes.others(victim));
			goOn(10);
			long goneOn = System.nanoTime();
			TimeUnit.NANOSECONDS.sleep(began + TimeUnit.MILLISECONDS.toNanos(millis) - goneOn);
			fault.end(this.nodes, victim);
			cluster.awaitLeader();
			this.nodes.awaitSessions();
			goOn(30);
			System.out.printf("%s: %s %s, %s leads instead, all went on after %d ms%n", this.name, fault, victim,
					successor, (goneOn - began) / 1_000_000);
		}

		/**
		 * Lets a consumer take tasks and die: its process cannot say good-bye.
		 */
		void killConsumer() throws Exception {
			String node = Nodes.CLIENT + "-" + ++this.consumers;
			SessionClient session = this.nodes.newSession(node);
			Set<Long> taken;
			try {
				taken = this.tasks.hoard(session);
				this.nodes.cluster()
					.ids()
					.forEach((member) -> this.nodes.cluster().firewall().block(Nodes.sessionName(node), member));
			}
			finally {
				session.close();
			}
			long died = System.nanoTime();
			this.tasks.awaitDone(taken);
			System.out.printf("%s: consumer %s died with the tasks %s, which were done after %d ms%n", this.name, node,
					taken, (System.nanoTime() - died) / 1_000_000);
		}

		void judge(int expected) throws Exception {
			for (Load load : loads()) {
				load.stop();
			}
			for (Load load : loads()) {
				Verdict verdict = load.judge();
				System.out.println(load + "; " + verdict.status());
				assertThat(verdict.status()).as(load + "\n" + verdict).isEqualTo(Verdict.Status.VALID);
				assertThat(load.progress().successes()).isGreaterThan(expected);
				assertThat(load.progress().unknownShare()).isLessThanOrEqualTo(0.1);
				assertThat(load.progress().longestPause()).isLessThan(Duration.ofSeconds(15));
			}
			StateDigest digest = this.nodes.awaitEqualDigests();
			System.out.printf("%s: all members have the digest %s at %d%n", this.name, digest.value(), digest.index());
		}

		@Override
		public void close() throws Exception {
			try {
				for (Load load : loads()) {
					load.stop();
				}
			}
			finally {
				this.nodes.close();
			}
		}

	}

}
