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
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for the orderly stop of the process that leads in every sense, while
 * all processes are busy.
 */
class LeaderShutdownIntegrationTests {

	/**
	 * So long that whatever waits for its end is seen.
	 */
	private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(60);

	private static final Duration FAR_BELOW = SESSION_TIMEOUT.dividedBy(2);

	private static final Duration LOAD = Duration.ofSeconds(2);

	@TempDir
	private Path root;

	@Test
	void leadershipAndLocksMoveAtOnceAndNoRequestIsLost() {
		try (SampleCluster cluster = new SampleCluster(this.root, "localhost",
				"--atomix.session.timeout=" + SESSION_TIMEOUT.toSeconds() + "s",
				"--management.endpoint.atomix.access=unrestricted")
			.with(LeaderLock.class)) {
			cluster.startAll();
			SampleProcess leader = cluster.processes().awaitElections(1).process();
			awaitTimes(leader, LeaderLock.ACQUIRED);
			SampleProcess client = cluster.startClient();
			client.awaitHealthy(Limits.PATIENCE);
			leadConsensus(cluster, leader);
			List<SampleProcess> others = new ArrayList<>(cluster.nodes());
			others.remove(leader);
			List<Load> loads = new ArrayList<>();
			loads.add(new Load(leader, others.get(0)));
			others.forEach((process) -> loads.add(new Load(process)));
			Awaitility.await("load").atMost(Limits.PATIENCE).until(() -> loads.stream().allMatch(Load::isWarm));

			loads.forEach(Load::forgetTimes);
			long start = System.nanoTime();
			leader.stop();
			Duration end = Limits.measured("stop of the leader under load until its process has ended",
					System.nanoTime() - start);
			SampleProcesses.Election next = cluster.processes().awaitElections(2);
			Duration elected = Limits.measured("stop of the leader under load until the next is elected",
					next.nanos() - start);
			Duration locked = Limits.measured("stop of the leader under load until the next has its lock",
					awaitTimes(next.process(), LeaderLock.ACQUIRED) - start);
			Awaitility.await().pollDelay(LOAD).atMost(LOAD.plus(Limits.PATIENCE)).until(() -> true);
			loads.forEach(Load::close);
			loads.forEach((load) -> System.out.println("MEASURED load of " + load));

			assertThat(elected).isLessThan(FAR_BELOW);
			assertThat(locked).isLessThan(FAR_BELOW);
			assertThat(end).isLessThan(Limits.of(Duration.ofSeconds(10)));
			assertThat(loads).allSatisfy((load) -> assertThat(load.failed()).isEmpty());
			// Nothing but that it did not do it, or that it is gone.
			assertThat(loads.get(0).retried())
				.allMatch((reply) -> reply.isWithoutEffect() || reply.status() == Reply.NO_ANSWER);
			assertThat(others.get(0).get(Load.COUNTER).number()).isEqualTo(loads.stream().mapToLong(Load::added).sum());
			assertThat(loads).allSatisfy((load) -> assertThat(load.written())
				.allSatisfy((key) -> assertThat(others.get(0).get("/map/" + key).body()).isEqualTo(key)));
		}
	}

	private static long awaitTimes(SampleProcess process, String text) {
		return Awaitility.await(text)
			.atMost(Limits.PATIENCE)
			.until(() -> process.times(text), (times) -> !times.isEmpty())
			.get(0);
	}

	/**
	 * Makes the process with the leadership of the application lead the consensus too.
	 */
	private static void leadConsensus(SampleCluster cluster, SampleProcess process) {
		Awaitility.await("leadership of the consensus").atMost(Limits.PATIENCE).until(() -> {
			SampleProcess leader = cluster.raftLeader();
			return leader == process
					|| (leader.post("/actuator/atomix/transfer-leadership", "{\"member\": \"" + process.name() + "\"}")
						.isOk() && cluster.raftLeader() == process);
		});
	}

}
