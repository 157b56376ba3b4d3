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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for the sample as it was processed ahead of time by the build.
 */
class AheadOfTimeIntegrationTests {

	private static final String LOG_START = "--spring.main.log-startup-info=true";

	/**
	 * Long enough that nobody loses the leadership because the machine stands still for
	 * some seconds: elections are counted.
	 */
	private static final String SESSION = "--atomix.session.timeout=12s";

	@TempDir
	private Path root;

	@Test
	void clusterElectsLocksSharesAndSurvivesTheDeathOfItsLeader() {
		try (SampleCluster cluster = SampleCluster.processedAheadOfTime(this.root, "localhost", LOG_START, SESSION)) {
			cluster.startAll();
			cluster.members()
				.forEach((member) -> assertThat(cluster.process(member).output())
					.contains("Starting AOT-processed SampleApplication"));
			SampleProcess leader = cluster.processes().awaitElections(1).process();
			long term = leader.get("/leader").json().path("term").asLong();
			SampleProcess follower = cluster.nodes()
				.stream()
				.filter((process) -> process != leader)
				.findFirst()
				.orElseThrow();
			assertThat(follower.put("/map/greeting", "hello").isOk()).isTrue();
			assertThat(leader.get("/map/greeting").body()).isEqualTo("hello");
			long token = leader.post("/fenced-counter").json().path("token").asLong();
			assertThat(follower.post("/fenced-counter").json().path("token").asLong()).isGreaterThan(token);
			// What only the leader does, by a proxy.
			assertThat(follower.awaitOk("/report").json().path("term").asLong()).isEqualTo(term);

			leader.kill();
			SampleProcess next = cluster.processes().awaitElections(2).process();
			assertThat(next.get("/leader").json().path("term").asLong()).isGreaterThan(term);
			assertThat(next.get("/map/greeting").body()).isEqualTo("hello");
			assertThat(next.post("/fenced-counter").json().path("number").asLong()).isEqualTo(3);
		}
	}

	@Test
	void clientMustBeProcessedAsSuch() {
		try (SampleCluster cluster = SampleCluster.processedAheadOfTime(this.root, "localhost", LOG_START)) {
			SampleProcess client = cluster.startClient();
			assertThat(client.awaitExit()).isOne();
			assertThat(client.output())
				.contains("'atomix.mode' is 'client': the application was processed ahead of time with 'replica'")
				.contains("Process it with atomix.mode=client, or start it without spring.aot.enabled");
		}
	}

}
