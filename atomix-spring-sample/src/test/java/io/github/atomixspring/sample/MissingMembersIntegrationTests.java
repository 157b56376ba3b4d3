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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for members that start, run and stop while others are missing, as
 * applications in this process.
 */
@ExtendWith(OutputCaptureExtension.class)
class MissingMembersIntegrationTests {

	/**
	 * How often it is said who is missing.
	 */
	private static final Duration INTERVAL = Duration.ofSeconds(10);

	@TempDir
	private Path root;

	private final List<String> members = Stream.generate(SampleProcesses::freePort)
		.distinct()
		.limit(3)
		.map((port) -> "localhost:" + port)
		.sorted()
		.toList();

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	@AfterEach
	void stop() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
	}

	private ConfigurableApplicationContext start(int index) {
		List<String> arguments = new ArrayList<>(
				List.of(this.root.resolve("server" + index).toString(), this.members.get(index)));
		this.members.stream().filter((other) -> !arguments.contains(other)).forEach(arguments::add);
		arguments.add("--server.port=0");
		// Three members in one process may be slow: none is to lose its leader for that.
		arguments.add("--atomix.session.timeout=20s");
		arguments.add("--management.endpoint.health.group.readiness.include=readinessState,atomix");
		arguments.add("--sample.counter-file=" + this.root.resolve("counter"));
		SpringApplication application = new SpringApplication(SampleApplication.class);
		application.setRegisterShutdownHook(false);
		ConfigurableApplicationContext context = application
			.run(SampleArguments.parse(arguments.toArray(String[]::new)).options());
		this.contexts.add(context);
		return context;
	}

	private static Status readiness(ConfigurableApplicationContext context) {
		return context.getBean(HealthEndpoint.class).healthForPath("readiness").getStatus();
	}

	private static void awaitReadiness(ConfigurableApplicationContext context, Status status) {
		Awaitility.await("readiness " + status).atMost(Limits.PATIENCE).until(() -> readiness(context).equals(status));
	}

	/**
	 * Returns what a member says while it waits.
	 */
	private List<String> lines(CapturedOutput output, int index, String text) {
		return output.toString()
			.lines()
			.filter((line) -> line.contains("Node '" + this.members.get(index) + "': " + text))
			.toList();
	}

	@Test
	void memberSaysWhoIsMissingUntilItIsThere(CapturedOutput output) {
		ConfigurableApplicationContext first = start(0);
		assertThat(readiness(first)).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(first.getBean(HealthEndpoint.class).healthForPath("liveness").getStatus()).isEqualTo(Status.UP);
		String alone = "Waits for members: reachable [" + this.members.get(0) + "], missing [" + this.members.get(1)
				+ ", " + this.members.get(2) + "]";
		Awaitility.await("two lines").atMost(Limits.PATIENCE).until(() -> lines(output, 0, alone).size() > 1);
		List<OffsetDateTime> times = lines(output, 0, alone).stream()
			.map((line) -> OffsetDateTime.parse(line.substring(0, line.indexOf(' '))))
			.toList();
		Duration between = Duration.between(times.get(0), times.get(1));
		Limits.measured("from line to line about members that are missing", between.toNanos());
		assertThat(between).isGreaterThan(INTERVAL.dividedBy(2));
		assertThat(readiness(first)).isEqualTo(Status.OUT_OF_SERVICE);

		start(1);
		start(2);
		awaitReadiness(first, Status.UP);
		int waits = lines(output, 0, "Waits").size();
		Awaitility.await().pollDelay(INTERVAL.plusSeconds(1)).atMost(INTERVAL.plus(Limits.PATIENCE)).until(() -> true);
		assertThat(lines(output, 0, "Waits")).hasSize(waits);

		this.contexts.forEach(ConfigurableApplicationContext::close);
		ConfigurableApplicationContext again = start(0);
		assertThat(readiness(again)).isEqualTo(Status.OUT_OF_SERVICE);
		String left = "Waits for a leader: reachable [" + this.members.get(0) + "], missing [" + this.members.get(1)
				+ ", " + this.members.get(2) + "]";
		Awaitility.await("line about those who have not come back")
			.atMost(Limits.PATIENCE)
			.until(() -> !lines(output, 0, left).isEmpty());
		close(again);
	}

	@Test
	void memberThatWaitsIsClosedAtOnceAndLeavesNoThread(CapturedOutput output) {
		Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
		ConfigurableApplicationContext context = start(0);
		Awaitility.await("line").atMost(Limits.PATIENCE).until(() -> !lines(output, 0, "Waits").isEmpty());
		close(context);
		Awaitility.await("end of all threads").atMost(Limits.PATIENCE).untilAsserted(() -> {
			Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
			left.removeAll(before);
			// Those of the virtual machine, and this one.
			left.removeIf((thread) -> thread instanceof ForkJoinWorkerThread || thread == Thread.currentThread());
			assertThat(left.stream().map(Thread::getName).collect(Collectors.toSet())).isEmpty();
		});
	}

	private static void close(ConfigurableApplicationContext context) {
		long start = System.nanoTime();
		context.close();
		assertThat(Limits.measured("close of a member that waits", System.nanoTime() - start))
			.isLessThan(Limits.of(Duration.ofSeconds(2)));
	}

}
