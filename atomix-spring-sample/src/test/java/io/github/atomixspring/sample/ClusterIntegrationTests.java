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

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for the sample as three processes with the arguments of the original
 * example.
 */
class ClusterIntegrationTests {

	/**
	 * Long enough that nobody loses the leadership because the machine stands still for
	 * some seconds: elections are counted.
	 */
	private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(12);

	private static final String SESSION = "--atomix.session.timeout=" + SESSION_TIMEOUT.toSeconds() + "s";

	private static final Duration FIRST_ELECTION = Duration.ofSeconds(5);

	private static final Duration NEXT_ELECTION = SESSION_TIMEOUT.plusSeconds(2);

	private static final Duration CALM = Duration.ofSeconds(2);

	@TempDir
	private Path root;

	@ParameterizedTest
	@ValueSource(strings = { "012", "201" })
	void oneLeaderIsElectedInAnyStartOrderAndTheNextWhenItIsKilled(String order) {
		try (SampleCluster cluster = new SampleCluster(this.root, "localhost", SESSION)) {
			List<String> members = inOrder(cluster, order);
			long up = 0;
			for (String member : members) {
				assertThat(cluster.processes().elections()).isZero();
				up = cluster.start(member).awaitReady();
			}
			SampleProcesses.Election first = cluster.processes().awaitElections(1);
			assertThat(Limits.measured("third member up until a leader is elected, order " + order,
					Math.max(0, first.nanos() - up)))
				.isLessThan(Limits.of(FIRST_ELECTION));
			cluster.awaitHealthy(Limits.PATIENCE);
			Awaitility.await().during(CALM).atMost(Limits.PATIENCE).until(() -> cluster.processes().elections() == 1);
			long term = cluster.process(members.get(0)).get("/leader").json().path("term").asLong();

			long killed = System.nanoTime();
			first.process().kill();
			SampleProcesses.Election second = cluster.processes().awaitElections(2);
			assertThat(Limits.measured("kill -9 of the elected until the next is, order " + order,
					second.nanos() - killed))
				.isLessThan(Limits.of(NEXT_ELECTION));
			assertThat(second.process().get("/leader").json().path("term").asLong()).isGreaterThan(term);
			assertThat(second.process().put("/map/while", "away").isOk()).isTrue();

			SampleProcess again = cluster.start(first.process().name());
			again.awaitHealthy(Limits.PATIENCE);
			assertThat(again.get("/map/while").body()).isEqualTo("away");
			cluster.awaitSameState(Limits.PATIENCE);
			assertThat(cluster.processes().elections()).isEqualTo(2);
		}
	}

	@Test
	void nothingAcknowledgedIsLostWhenAllAreKilled() {
		try (SampleCluster cluster = new SampleCluster(this.root, "localhost", SESSION)) {
			cluster.startAll();
			SampleProcess leader = cluster.processes().awaitElections(1).process();
			long term = leader.get("/leader").json().path("term").asLong();
			long token = leader.post("/fenced-counter").json().path("token").asLong();

			List<Writer> writers = cluster.members()
				.stream()
				.map((member) -> new Writer(cluster.process(member), member))
				.toList();
			Awaitility.await().atMost(Limits.PATIENCE).until(() -> writers.stream().allMatch(Writer::isWarm));
			cluster.members().forEach((member) -> cluster.process(member).killSoon());
			Set<String> acknowledged = new LinkedHashSet<>();
			writers.forEach((writer) -> acknowledged.addAll(writer.stop()));

			List<String> members = inOrder(cluster, "210");
			members.forEach(cluster::start);
			long start = System.nanoTime();
			cluster.awaitHealthy(Limits.PATIENCE);
			Limits.measured("start of all three after kill -9 until they are healthy", System.nanoTime() - start);
			SampleProcess reader = cluster.process(members.get(0));
			List<String> lost = new ArrayList<>(acknowledged);
			lost.removeIf((key) -> reader.get("/map/" + key).body().equals(key));
			System.out.println("MEASURED acknowledged writes before kill -9 of all: " + acknowledged.size());
			assertThat(lost).isEmpty();
			cluster.processes().awaitElections(2);
			// The second election may have been one before all were killed.
			Awaitility.await("later term")
				.atMost(Limits.PATIENCE)
				.until(() -> reader.get("/leader").json().path("term").asLong() > term);
			assertThat(reader.post("/fenced-counter").json().path("token").asLong()).isGreaterThan(token);
		}
	}

	private static List<String> inOrder(SampleCluster cluster, String order) {
		return order.chars().mapToObj((c) -> cluster.members().get(c - '0')).toList();
	}

	/**
	 * Writes through one process until it is gone.
	 */
	private static final class Writer {

		private static final int WARM = 50;

		private final SampleProcess process;

		private final String prefix;

		private final List<String> acknowledged = new ArrayList<>();

		private final CompletableFuture<Void> end;

		private volatile int count;

		Writer(SampleProcess process, String name) {
			this.process = process;
			this.prefix = name.replace(':', '-') + "-";
			this.end = CompletableFuture.runAsync(this::write, (task) -> new Thread(task, name).start());
		}

		private void write() {
			while (this.process.isAlive()) {
				String key = this.prefix + this.count;
				if (this.process.put("/map/" + key, key).isOk()) {
					this.acknowledged.add(key);
				}
				this.count++;
			}
		}

		boolean isWarm() {
			return this.count > WARM;
		}

		List<String> stop() {
			this.end.join();
			return this.acknowledged;
		}

	}

}
