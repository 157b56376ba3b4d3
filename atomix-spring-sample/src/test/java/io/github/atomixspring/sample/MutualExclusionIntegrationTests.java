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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for the lock and its fencing tokens: never two holders that count,
 * while the one that holds the lock is killed, frozen or cut off in turn.
 */
class MutualExclusionIntegrationTests {

	/**
	 * Four for each member, so that there are eight while one member does the long work.
	 */
	private static final int CONTENDERS = 12;

	/**
	 * Longer than the session lasts and the next holder needs to begin.
	 */
	private static final Duration WORK = Duration.ofSeconds(8);

	@TempDir
	private Path root;

	@Test
	@Tag("long")
	void nothingIsLostAndStaleWritersAreRejected() throws Exception {
		run(Duration.ZERO);
	}

	@Test
	@Tag("long")
	void nothingIsLostAndStaleWritersAreRejectedForAMinute() throws Exception {
		run(Duration.ofSeconds(60));
	}

	private void run(Duration duration) throws Exception {
		Assumptions.assumeTrue(Network.isSupported(), "needs Linux");
		try (SampleCluster cluster = new SampleCluster(this.root, Network.HOST,
				"--atomix.node.bind-host=" + Network.BIND_HOST); Network network = new Network(cluster)) {
			cluster.startAll();
			Contenders contenders = new Contenders(cluster, CONTENDERS);
			int stale = 0;
			try (contenders) {
				long end = System.nanoTime() + duration.toNanos();
				for (int round = 0; round < Fault.values().length || System.nanoTime() < end; round++) {
					// Later rounds hit each member with another fault.
					int faults = Fault.values().length;
					Fault fault = Fault.values()[round % faults];
					String victim = cluster.members().get((round + round / faults) % cluster.members().size());
					if (disturb(fault, victim, cluster, network, contenders).isStale()) {
						stale++;
					}
				}
			}
			List<Contenders.Increment> increments = List.copyOf(contenders.increments());
			System.out.println("MEASURED increments: " + increments.size() + " acknowledged, " + contenders.unknown()
					+ " unknown, " + contenders.stale() + " rejected as stale, " + stale + " of them forced");
			assertThat(increments).extracting(Contenders.Increment::number).doesNotHaveDuplicates();
			assertThat(increments).extracting(Contenders.Increment::token).isSorted().doesNotHaveDuplicates();
			long number = Long.parseLong(Files.readString(cluster.counterFile()).trim().split(" ")[1]);
			assertThat(number).isBetween((long) increments.size(), (long) increments.size() + contenders.unknown());
			assertThat(contenders.stale()).isPositive();
		}
	}

	private Reply disturb(Fault fault, String name, SampleCluster cluster, Network network, Contenders contenders) {
		SampleProcess victim = cluster.process(name);
		contenders.pause(name);
		CompletableFuture<Reply> work = victim.postAsync("/fenced-counter?work=" + WORK.toMillis() + "ms",
				Limits.PATIENCE);
		String other = cluster.members().stream().filter((member) -> !member.equals(name)).findFirst().orElseThrow();
		long token = awaitHolder(name, cluster.process(other));
		long start = System.nanoTime();
		fault.begin(victim, network);
		Awaitility.await("the next holder").atMost(Limits.PATIENCE).until(() -> contenders.token() > token);
		Limits.measured("holder " + fault + " until the work of the next one is done", System.nanoTime() - start);
		if (fault == Fault.CUT_OFF) {
			// The holder goes on to work and does not know.
			assertThat(contenders.record(work.join()).isStale()).isTrue();
		}
		fault.end(victim, network, cluster);
		Reply reply = work.join();
		if (fault == Fault.FROZEN) {
			assertThat(contenders.record(reply).isStale()).isTrue();
		}
		else if (fault == Fault.KILLED) {
			contenders.record(reply);
		}
		cluster.process(name).awaitHealthy(Limits.PATIENCE);
		contenders.resume();
		return reply;
	}

	private static long awaitHolder(String name, SampleProcess other) {
		return Awaitility.await("lock of " + name)
			.atMost(Limits.PATIENCE)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> other.get("/fenced-counter/holder"),
					(reply) -> reply.isOk() && reply.json().path("node").asString("").equals(name))
			.json()
			.path("fencingToken")
			.asLong();
	}

	/**
	 * What happens to the holder of the lock.
	 */
	private enum Fault {

		KILLED {

			@Override
			void begin(SampleProcess victim, Network network) {
				victim.kill();
			}

			@Override
			void end(SampleProcess victim, Network network, SampleCluster cluster) {
				cluster.start(victim.name()).awaitReady();
			}

		},

		FROZEN {

			@Override
			void begin(SampleProcess victim, Network network) {
				victim.freeze();
			}

			@Override
			void end(SampleProcess victim, Network network, SampleCluster cluster) {
				victim.resume();
			}

		},

		CUT_OFF {

			@Override
			void begin(SampleProcess victim, Network network) {
				network.cutOff(victim.name());
			}

			@Override
			void end(SampleProcess victim, Network network, SampleCluster cluster) {
				network.heal();
			}

		};

		abstract void begin(SampleProcess victim, Network network);

		abstract void end(SampleProcess victim, Network network, SampleCluster cluster);

	}

}
