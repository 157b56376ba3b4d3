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

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.testing.FreePorts;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The processes of all members are killed at once, or lose their power, and start again
 * in all orders: nothing that was acknowledged is missing, and numbers that grow go on
 * growing.
 */
@Tag("fault")
@Tag("long")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class CrashIntegrationTests {

	private static final List<String> ORDERS = List.of("123", "132", "213", "231", "312", "321");

	/**
	 * How many entries are acknowledged more in each round.
	 */
	private static final int ENTRIES = 300;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int MEGABYTES = 96;

	@TempDir
	private Path root;

	private final List<Member> members = new ArrayList<>();

	private final Map<String, Process> processes = new LinkedHashMap<>();

	private final Map<String, SmallDisk> disks = new LinkedHashMap<>();

	private final List<Path> files = new ArrayList<>();

	private int incarnation;

	@BeforeEach
	void findPorts() {
		List<Integer> ports = FreePorts.find(3);
		for (int i = 0; i < 3; i++) {
			this.members.add(new Member("n" + (i + 1), "127.0.0.1", ports.get(i)));
		}
	}

	@AfterEach
	void close() throws Exception {
		kill();
		for (SmallDisk disk : this.disks.values()) {
			disk.close();
		}
	}

	@Test
	void nothingAcknowledgedIsMissingAfterAllWereKilled() throws Exception {
		playAllOrders(this::kill);
	}

	@Test
	void nothingAcknowledgedIsMissingAfterAPowerCut() throws Exception {
		assumeThat(SmallDisk.obstacle()).isEmpty();
		for (Member member : this.members) {
			this.disks.put(member.id(), SmallDisk.ofImage(this.root.resolve(member.id()), MEGABYTES));
		}
		playAllOrders(this::cutPower);
	}

	@Test
	void theProcessOfAMemberThatIsRefusedEnds() throws Exception {
		this.members.subList(1, 3).clear();
		start("1");
		awaitEntries(10);
		kill();
		Path meta;
		try (Stream<Path> files = Files.walk(this.root.resolve("n1"))) {
			meta = files.filter((file) -> file.endsWith("raft-meta")).findFirst().orElseThrow();
		}
		Files.writeString(meta, "term=");
		this.incarnation++;
		Process process = launch(this.members.get(0));
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isEqualTo(1);
		assertThat(log(this.members.get(0))).content()
			.contains(meta + " is damaged")
			.contains("Delete the whole directory");
	}

	private void playAllOrders(Crash crash) throws Exception {
		start("123");
		awaitEntries(ENTRIES);
		for (String order : ORDERS) {
			crash.happen();
			Acknowledged acknowledged = Acknowledged.read(this.files);
			long began = System.nanoTime();
			start(order);
			try (AtomixClient client = client()) {
				client.start();
				Awaitility.await()
					.atMost(PATIENCE)
					.ignoreExceptions()
					.until(() -> client.atomicLong("counter").get() >= 0);
				long served = System.nanoTime() - began;
				acknowledged.assertThere(client);
				System.out.printf(">> order %s: served after %d ms, nothing missing of %s%n", order,
						TimeUnit.NANOSECONDS.toMillis(served), acknowledged);
			}
			awaitEntries(acknowledged.size() + ENTRIES);
		}
	}

	private AtomixClient client() {
		return AtomixClient.builder()
			.clusterName(WriterProcess.CLUSTER)
			.nodeId("judge")
			.members(this.members)
			.operationTimeout(Duration.ofSeconds(30))
			.build();
	}

	private void start(String order) throws IOException {
		this.incarnation++;
		for (char number : order.toCharArray()) {
			start(this.members.get(number - '1'));
		}
	}

	private Path log(Member member) {
		return this.root.resolve(member.id() + "-" + this.incarnation + ".log");
	}

	private Process launch(Member member) throws IOException {
		String id = member.id();
		Path file = this.root.resolve(id + "-" + this.incarnation + ".acknowledged");
		this.files.add(file);
		List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				WriterProcess.class.getName(), id,
				this.members.stream().map((each) -> each.id() + "=" + each.address()).collect(Collectors.joining(",")),
				this.root.resolve(id).resolve("data").toString(), file.toString(), id + "-" + this.incarnation);
		ProcessBuilder builder = new ProcessBuilder(command).redirectError(log(member).toFile());
		String forgetful = System.getProperty("test.forgetful-library");
		if (forgetful != null) {
			// To see that a loss would be noticed.
			builder.environment().put("LD_PRELOAD", forgetful);
		}
		Process process = builder.start();
		this.processes.put(id, process);
		return process;
	}

	private void start(Member member) throws IOException {
		BufferedReader reader = launch(member).inputReader(StandardCharsets.UTF_8);
		for (String line = reader.readLine(); !"READY".equals(line); line = reader.readLine()) {
			if (line == null) {
				throw new AssertionError(member.id() + " did not start: " + Files.readString(log(member)));
			}
		}
	}

	private void awaitEntries(int count) {
		Awaitility.await()
			.alias(count + " acknowledged entries")
			.atMost(PATIENCE.multipliedBy(2))
			.pollInterval(Duration.ofMillis(100))
			.until(() -> Acknowledged.read(this.files).size() >= count);
	}

	private void kill() throws InterruptedException {
		this.processes.values().forEach(Process::destroyForcibly);
		for (Process process : this.processes.values()) {
			process.waitFor();
		}
		this.processes.clear();
	}

	/**
	 * Cuts the power: what the members did not force to their disks is lost.
	 */
	private void cutPower() throws Exception {
		SmallDisk.cut(List.copyOf(this.disks.values()));
		kill();
		for (SmallDisk disk : this.disks.values()) {
			assertThat(disk.restore()).as("lost").isTrue();
		}
	}

	/**
	 * What happens to all members.
	 */
	private interface Crash {

		void happen() throws Exception;

	}

}
