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

package io.github.atomixspring.operations;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a member whose name stays while its address changes, as that of a pod. The
 * names are those of a file that the JVM reads for each look-up.
 */
@Tag("long")
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs all of 127.0.0.0/8 to be local")
class AddressChangeIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private final Map<String, String> addresses = new LinkedHashMap<>(
			Map.of("a", "127.0.0.1", "b", "127.0.0.1", "c", "127.0.0.2"));

	private final Map<String, MemberProcess> processes = new LinkedHashMap<>();

	private final Ledger ledger = new Ledger();

	private String members = "";

	@TempDir
	private Path directory;

	@AfterEach
	void stop() {
		this.processes.values().forEach(MemberProcess::kill);
	}

	@Test
	void theOthersFindAMemberUnderTheNewAddressOfItsName() throws IOException {
		Map<String, Integer> ports = new LinkedHashMap<>();
		for (String node : List.of("a", "b", "c")) {
			try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
				ports.put(node, socket.getLocalPort());
			}
		}
		this.members = ports.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + entry.getKey() + ".test:" + entry.getValue())
			.collect(Collectors.joining(","));
		writeHosts();
		for (String node : ports.keySet()) {
			start(node);
		}
		ports.keySet().forEach(this::awaitMember);
		MemberProcess witness = process("a");
		witness.ask("load on");
		awaitProgress();
		process("c").stop();
		this.addresses.put("c", "127.0.0.3");
		writeHosts();
		start("c");
		awaitMember("c");
		// It is heard, too: with its vote alone there is a majority without the other.
		process("b").stop();
		awaitProgress();
		witness.ask("load off");
		start("b");
		awaitMember("b");
		MemberProcess leader = Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.processes.values().stream().filter(MemberProcess::leads).findFirst(),
					(found) -> found.isPresent())
			.orElseThrow();
		assertThat(leader.ask("verify")).startsWith("same");
	}

	private void writeHosts() throws IOException {
		Path hosts = this.directory.resolve("hosts");
		Path next = this.directory.resolve("hosts.next");
		Files.write(next,
				this.addresses.entrySet()
					.stream()
					.map((entry) -> entry.getValue() + " " + entry.getKey() + ".test")
					.toList());
		Files.move(next, hosts, StandardCopyOption.REPLACE_EXISTING);
	}

	private void start(String node) throws IOException {
		// What the page on deployment sets, but sooner.
		this.processes.put(node,
				MemberProcess.start(node,
						System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						this.directory.resolve(node), this.members, this.ledger,
						"-Djdk.net.hosts.file=" + this.directory.resolve("hosts"), "-Dsun.net.inetaddr.ttl=1",
						"-Dnetworkaddress.cache.ttl=1"));
	}

	private MemberProcess process(String node) {
		return this.processes.get(node);
	}

	private void awaitMember(String node) {
		Awaitility.await().alias(node + " takes part").atMost(PATIENCE).until(() -> process(node).takesPart());
	}

	private void awaitProgress() {
		int before = this.ledger.size();
		Awaitility.await().alias("the load goes on").atMost(PATIENCE).until(() -> this.ledger.size() > before + 100);
	}

}
