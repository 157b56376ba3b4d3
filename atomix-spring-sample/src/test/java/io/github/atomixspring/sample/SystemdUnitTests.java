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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.github.atomixspring.boot.autoconfigure.AtomixProperties;
import io.github.atomixspring.cluster.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that the unit in {@code deploy/systemd} fits the configuration of the sample and
 * how the JVM ends, and that systemd understands it where there is one.
 */
class SystemdUnitTests {

	private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

	private static final Duration STOP_OF_THE_NODE = Duration.ofSeconds(10);

	@TempDir
	private Path directory;

	private final String text = DeployedEnvironment.read("systemd/atomix.service");

	private final Map<String, List<String>> service = section("Service");

	@Test
	void memberIsThatOfTheEnvironment() {
		DeployedEnvironment environment = environment();
		assertThat(environment.profiles()).containsExactly("server");
		AtomixProperties properties = environment.atomix();
		List<Member> members = properties.getCluster().getMembers().stream().map(Member::parse).toList();
		assertThat(members).hasSize(3).extracting(Member::id).contains(properties.getNode().getId());
		assertThat(properties.getNode().getBindHost()).isEqualTo("0.0.0.0");
		assertThat(properties.getSecurity().isInsecure()).isTrue();
		// The web server stays on loopback.
		assertThat(environment.get("server.address", String.class, "")).isEqualTo("127.0.0.1");
	}

	@Test
	void dataIsInTheDirectoryOfTheUnit() {
		Path state = Path.of("/var/lib").resolve(one("StateDirectory"));
		assertThat(environment().atomix().getStorage().getDirectory().getParent()).isEqualTo(state);
		assertThat(one("WorkingDirectory")).isEqualTo(state.toString());
		assertThat(one("StateDirectoryMode")).isEqualTo("0700");
		// Nothing else can be written to.
		assertThat(one("ProtectSystem")).isEqualTo("strict");
		assertThat(one("PrivateTmp")).isEqualTo("yes");
	}

	@Test
	void endsAndRestartsAsTheJvmDoes() {
		assertThat(one("SuccessExitStatus")).isEqualTo("143");
		assertThat(one("Restart")).isEqualTo("on-failure");
		assertThat(one("KillMode")).isEqualTo("mixed");
		Duration phase = environment().get("spring.lifecycle.timeout-per-shutdown-phase", Duration.class,
				Duration.ofSeconds(30));
		assertThat(Integer.parseInt(one("TimeoutStopSec")))
			.isGreaterThan((int) phase.plus(STOP_OF_THE_NODE).toSeconds());
	}

	@Test
	void userHasNoMoreThanItNeeds() {
		assertThat(one("User")).isEqualTo("atomix");
		assertThat(one("NoNewPrivileges")).isEqualTo("yes");
		assertThat(one("CapabilityBoundingSet")).isEmpty();
		assertThat(Integer.parseInt(one("LimitNOFILE"))).isGreaterThanOrEqualTo(65536);
		assertThat(one("MemoryMax")).isEqualTo("1G");
		// The JVM compiles.
		assertThat(this.service).doesNotContainKey("MemoryDenyWriteExecute");
	}

	@Test
	void javaIsToldTheSameAsOnKubernetes() {
		List<String> options = List.of(variables().get("JAVA_OPTS").split(" "));
		assertThat(Manifests.read(DeployedEnvironment.read("kubernetes/atomix.yaml"))
			.the(StatefulSet.class)
			.getSpec()
			.getTemplate()
			.getSpec()
			.getContainers()
			.get(0)
			.getCommand()).containsSubsequence(options);
		assertThat(one("ExecStart")).endsWith(" $JAVA_OPTS -jar /opt/atomix/atomix-spring-sample.jar");
	}

	@Test
	void systemdUnderstandsIt() throws Exception {
		assumeThat(ANALYZE).exists();
		assertThat(analyze(this.text)).isEmpty();
	}

	@Test
	void systemdTellsOfEachLineThatItDoesNotUnderstand() throws Exception {
		assumeThat(ANALYZE).exists();
		String wrong = "KillMode=mixd\nRestartSeconds=5\nTimeoutStopSec=soon\nLimitNOFILE=many\n";
		assertThat(analyze(this.text.replace("[Install]", wrong + "\n[Install]"))).hasLineCount(4);
	}

	/**
	 * Asks systemd what it thinks of a unit.
	 * @param unit the text of the unit
	 * @return its complaints
	 */
	private String analyze(String unit) throws IOException, InterruptedException {
		// The only thing that it looks up.
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Path file = Files.writeString(this.directory.resolve("atomix.service"), unit.replace("/usr/bin/java", java));
		Path output = this.directory.resolve("output");
		new ProcessBuilder(ANALYZE.toString(), "verify", "--man=no", file.toString()).redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start()
			.waitFor();
		return Files.readString(output)
			.lines()
			.filter((line) -> line.contains("atomix.service"))
			.collect(Collectors.joining("\n"));
	}

	private DeployedEnvironment environment() {
		return new DeployedEnvironment(variables());
	}

	private Map<String, String> variables() {
		Map<String, String> variables = new HashMap<>();
		this.service.get("Environment")
			.stream()
			.map((value) -> value.replace("\"", ""))
			.forEach((value) -> put(variables, value));
		assertThat(one("EnvironmentFile")).isEqualTo("/etc/atomix/atomix.env");
		lines(DeployedEnvironment.read("systemd/atomix.env")).forEach((line) -> put(variables, line));
		return variables;
	}

	private static void put(Map<String, String> variables, String assignment) {
		String[] parts = assignment.split("=", 2);
		assertThat(variables.put(parts[0], parts[1])).as(parts[0]).isNull();
	}

	private String one(String key) {
		assertThat(this.service).containsKey(key);
		assertThat(this.service.get(key)).hasSize(1);
		return this.service.get(key).get(0);
	}

	private Map<String, List<String>> section(String name) {
		String section = this.text.split("(?m)^\\[" + name + "]$")[1].split("(?m)^\\[\\w+]$")[0];
		return lines(section).stream()
			.map((line) -> line.split("=", 2))
			.collect(Collectors.groupingBy((parts) -> parts[0],
					Collectors.mapping((parts) -> parts[1], Collectors.toList())));
	}

	private static List<String> lines(String text) {
		return Arrays.stream(text.split("\n")).filter((line) -> !line.isBlank() && !line.startsWith("#")).toList();
	}

}
