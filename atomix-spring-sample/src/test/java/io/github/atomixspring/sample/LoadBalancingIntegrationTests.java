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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for two processes of the sample, a member and a client, that find
 * each other by Spring Cloud.
 */
class LoadBalancingIntegrationTests {

	private static final int REQUESTS = 6;

	@TempDir
	private Path root;

	private final SampleProcesses processes = new SampleProcesses();

	@AfterEach
	void stop() {
		this.processes.close();
	}

	private SampleProcess start(String name, String... arguments) {
		List<String> command = new ArrayList<>(List.of(arguments));
		command.addAll(List.of("--server.port=0", "--spring.profiles.active=" + PeerController.PROFILE,
				"--spring.cloud.loadbalancer.cache.enabled=false"));
		// Not the jar: that has no Spring Cloud.
		return this.processes.start(name, this.root, SampleProcess.onClassPath(), command);
	}

	@Test
	@Tag("long")
	void requestsGoToAllProcessesAndToNoneThatIsGone() {
		String address = "localhost:" + SampleProcesses.freePort();
		SampleProcess member = start("member", "logs/server1", address);
		member.awaitHealthy(Limits.PATIENCE);
		SampleProcess client = start("client", "--atomix.mode=client", "--atomix.cluster.members=" + address);
		client.awaitHealthy(Limits.PATIENCE);
		awaitPeers(member, member, client);
		awaitPeers(client, member, client);

		client.kill();
		awaitPeers(member, member);

		SampleProcess again = start("client", "--atomix.mode=client", "--atomix.cluster.members=" + address);
		again.awaitHealthy(Limits.PATIENCE);
		awaitPeers(member, member, again);
		again.stop();
		// It left before it stopped: not one request fails.
		assertThat(ask(member)).containsOnly(String.valueOf(member.pid()));
	}

	private static void awaitPeers(SampleProcess process, SampleProcess... expected) {
		Set<String> pids = Stream.of(expected).map((peer) -> String.valueOf(peer.pid())).collect(Collectors.toSet());
		Awaitility.await("peers of " + process.name())
			.atMost(Limits.PATIENCE)
			.untilAsserted(() -> assertThat(Set.copyOf(ask(process))).isEqualTo(pids));
	}

	private static List<String> ask(SampleProcess process) {
		return Stream.generate(() -> process.get("/peer/pid")).limit(REQUESTS).map(Reply::body).toList();
	}

}
