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

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for the sample as a cluster of one member, for a client of it and for
 * starts that fail.
 */
class SingleMemberIntegrationTests {

	/**
	 * Long enough that nobody loses the leadership because the machine stands still for
	 * some seconds.
	 */
	private static final String SESSION = "--atomix.session.timeout=12s";

	@TempDir
	private Path root;

	private final SampleProcesses processes = new SampleProcesses();

	@AfterEach
	void stop() {
		this.processes.close();
	}

	private SampleProcess start(String name, String... arguments) {
		return this.processes.start(name, this.root, List.of(arguments));
	}

	private SampleProcess member() {
		return start("single", memberArguments());
	}

	private static String[] memberArguments() {
		// The default address may be in use by somebody at work with the sample.
		return new String[] { "--server.port=0", SESSION,
				"--atomix.node.address=127.0.0.1:" + SampleProcesses.freePort() };
	}

	@Test
	void isHealthyWithin10SecondsAndKeepsItsData() {
		long token;
		try (SampleProcess member = SampleProcess.start("single", this.root, List.of(), SampleProcess.asDelivered(),
				List.of(memberArguments()))) {
			long healthy = member.awaitHealthy(Limits.PATIENCE);
			assertThat(Limits.measured("start of a single member until it is healthy", healthy - member.startedAt()))
				.isLessThan(Limits.of(Duration.ofSeconds(10)));
			assertThat(this.root.resolve("data/atomix")).isDirectory();
			assertThat(member.put("/map/greeting", "hello").isOk()).isTrue();
			token = member.post("/fenced-counter").json().path("token").asLong();
			member.kill();
		}
		SampleProcess again = member();
		again.awaitHealthy(Limits.PATIENCE);
		assertThat(again.get("/map/greeting").body()).isEqualTo("hello");
		assertThat(again.post("/fenced-counter").json().path("token").asLong()).isGreaterThan(token);
	}

	@Test
	void leadsAndStopsInOrder() {
		SampleProcess member = member();
		member.awaitHealthy(Limits.PATIENCE);
		this.processes.awaitElections(1);
		assertThat(member.get("/leader").json().path("leaderNode").asString("")).isEqualTo("n1");
		assertThat(member.awaitOk("/report").json().path("node").asString("")).isEqualTo("n1");
		assertThat(member.get("/actuator/atomix").json().path("members")).hasSize(1);
		long start = System.nanoTime();
		member.stop();
		assertThat(Limits.measured("stop of a single member", System.nanoTime() - start))
			.isLessThan(Limits.of(Duration.ofSeconds(10)));
		assertThat(member.output()).contains("No longer leader");
	}

	@Test
	void clientSharesWhatTheMemberHas() {
		int port = SampleProcesses.freePort();
		SampleProcess member = start("single", "data/one", "localhost:" + port, "--server.port=0", SESSION);
		member.awaitHealthy(Limits.PATIENCE);
		this.processes.awaitElections(1);
		SampleProcess client = start("client", SESSION, "--atomix.mode=client",
				"--atomix.cluster.members=localhost:" + port);
		client.awaitHealthy(Limits.PATIENCE);
		assertThat(client.put("/map/from", "client").isOk()).isTrue();
		assertThat(member.get("/map/from").body()).isEqualTo("client");
		assertThat(member.post("/counters/visits").number()).isEqualTo(1);
		assertThat(client.post("/counters/visits").number()).isEqualTo(2);
		long token = member.post("/fenced-counter").json().path("token").asLong();
		assertThat(client.post("/fenced-counter").json().path("token").asLong()).isGreaterThan(token);
		assertThat(this.root.resolve("data/atomix")).doesNotExist();
		// The client is a candidate like all others: it waits until the member is gone.
		assertThat(this.processes.elections()).isEqualTo(1);
	}

	@Test
	void plainServerServesOthersAndEndsAsTheJvmDoes() {
		int port = SampleProcesses.freePort();
		SampleProcess server = start("server", "--spring.profiles.active=server", "--server.port=0", SESSION,
				"--atomix.node.address=127.0.0.1:" + port);
		server.awaitHealthy(Limits.PATIENCE);
		server.awaitOk("/actuator/health/readiness");
		assertThat(server.get("/map/from").status()).isEqualTo(404);
		SampleProcess client = start("client", SESSION, "--atomix.mode=client",
				"--atomix.cluster.members=localhost:" + port);
		client.awaitHealthy(Limits.PATIENCE);
		// The server is no candidate for the work of others.
		assertThat(this.processes.awaitElections(1).process()).isSameAs(client);
		assertThat(client.put("/map/from", "client").isOk()).isTrue();
		assertThat(client.get("/map/from").body()).isEqualTo("client");
		client.stop();
		// What SIGTERM makes of a JVM that ends in order: 128 + 15.
		assertThat(server.stop()).isEqualTo(143);
	}

	@Test
	void malformedArgumentsShowTheUsage() {
		SampleProcess process = start("malformed", "logs/server1", "localhost");
		assertThat(process.awaitExit()).isEqualTo(1);
		assertThat(process.output()).contains("'localhost'", "Usage:", "localhost:5001").doesNotContain("\tat ");
	}

	@Test
	void secondProcessOnTheSameDirectoryIsRefused() throws Exception {
		SampleProcess first = member();
		first.awaitHealthy(Limits.PATIENCE);
		SampleProcess second = member();
		assertThat(second.awaitExit()).isEqualTo(1);
		assertThat(Limits.measured("start that fails", System.nanoTime() - second.startedAt()))
			.isLessThan(Limits.of(Duration.ofSeconds(30)));
		assertThat(second.output()).contains("APPLICATION FAILED TO START", "data/atomix").doesNotContain("\tat ");
		assertThat(first.put("/map/still", "alive").isOk()).isTrue();
		try (var files = Files.list(this.root.resolve("data/atomix"))) {
			assertThat(files).isNotEmpty();
		}
	}

	@Test
	void clientWithoutMembersIsRefused() {
		SampleProcess process = start("lost", "--atomix.mode=client");
		assertThat(process.awaitExit()).isEqualTo(1);
		assertThat(process.output()).contains("APPLICATION FAILED TO START", "atomix.cluster.members")
			.doesNotContain("\tat ");
	}

	@Test
	void processesThatCannotStartEndSoonAndSayWhy() throws Exception {
		Path damaged = this.root.resolve("damaged");
		SampleProcess member = start("whole", "--server.port=0", "--atomix.storage.directory=" + damaged,
				"--atomix.node.address=127.0.0.1:" + SampleProcesses.freePort());
		member.awaitHealthy(Limits.PATIENCE);
		member.kill();
		damageLog(damaged);
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			String taken = "127.0.0.1:" + socket.getLocalPort();
			Map<SampleProcess, List<String>> expected = new LinkedHashMap<>();
			expected.put(start("damaged", "--server.port=0", "--atomix.storage.directory=" + damaged),
					List.of(damaged.toString(), "damaged", "Delete the whole directory"));
			expected.put(start("taken", "--server.port=0", "--atomix.node.address=" + taken),
					List.of(taken, "the port is already in use", "atomix.node.address"));
			expected.put(start("exposed", "--server.port=0", "--atomix.node.bind-host=0.0.0.0"),
					List.of("would listen on '0.0.0.0'", "atomix.security.insecure=true"));
			expected.forEach(SingleMemberIntegrationTests::assertFails);
		}
	}

	private static void assertFails(SampleProcess process, List<String> texts) {
		assertThat(process.awaitExit()).isEqualTo(1);
		assertThat(Limits.measured("start that fails", System.nanoTime() - process.startedAt()))
			.isLessThan(Limits.of(Duration.ofSeconds(30)));
		assertThat(process.output()).contains("APPLICATION FAILED TO START", "Description:", "Action:").contains(texts);
		// Of damage the consensus itself says more than that.
		assertThat(process.output().contains("\tat ")).isEqualTo(texts.contains("damaged"));
	}

	private static void damageLog(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			Path log = files.filter((file) -> file.getFileName().toString().startsWith("log_"))
				.findFirst()
				.orElseThrow();
			try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
				// Zeros in the middle of the first entry.
				file.seek(12);
				file.write(new byte[16]);
			}
		}
	}

}
