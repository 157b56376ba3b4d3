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

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.atomixspring.docs.shop.ShopApplication;
import io.github.atomixspring.sample.SampleProcess.Printed;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application of the page {@code docs/getting-started.md} as three processes, with
 * the sources and the configuration that are on the page and nothing else. Only the ports
 * are other ones.
 */
class GettingStartedIntegrationTests {

	private static final Path PAGE = Path.of("..", "docs", "getting-started.md");

	/** The session timeout of the page and two seconds. */
	private static final Duration MOVE = Duration.ofSeconds(5);

	private static final Duration CALM = Duration.ofSeconds(2);

	private static final List<String> NODES = List.of("a", "b", "c");

	private static final int RAISES = 10;

	private static final Pattern RUN = Pattern.compile("Settled in term (\\d+)");

	private static final Pattern METER = Pattern.compile("(?m)^(atomix_\\w+)");

	@TempDir
	private Path root;

	private final SampleProcesses processes = new SampleProcesses();

	private final Map<String, SampleProcess> current = new LinkedHashMap<>();

	private final List<Printed> formerRuns = new ArrayList<>();

	private final AtomicInteger uncertain = new AtomicInteger();

	private int price;

	private String members;

	@BeforeEach
	void start() {
		List<Integer> ports = Stream.generate(SampleProcesses::freePort).distinct().limit(NODES.size()).toList();
		this.members = IntStream.range(0, NODES.size())
			.mapToObj((i) -> NODES.get(i) + "=localhost:" + ports.get(i))
			.collect(Collectors.joining(","));
		NODES.forEach(this::start);
		awaitHealthy();
	}

	@AfterEach
	void close() {
		this.processes.close();
	}

	@Test
	void worksOnThreeMembersAsThePageSays() throws IOException {
		String description = current("a").get("/descriptions/tea").body();
		assertThat(description).startsWith("tea, looked up at ");
		raisesOfAllMembersAddUp();
		this.price = current("a").get("/prices/tea").json().path("cents").asInt();
		assertShared(description);
		awaitRuns(3);
		assertOneAtATime();
		assertHealthAndEndpoint(List.of());
		assertMeters();

		SampleProcess first = lastRun().process();
		long killed = System.nanoTime();
		kill(first);
		assertThat(Limits.measured("kill -9 of the member with the job until the next runs it",
				awaitRunAfter(killed).nanos() - killed))
			.isLessThan(Limits.of(MOVE));
		assertHealthAndEndpoint(List.of(first.name()));
		assertShared(description);
		assertMeters();

		SampleProcess second = lastRun().process();
		SampleProcess third = alive().stream().filter((process) -> process != second).findFirst().orElseThrow();
		kill(third);
		awaitOutOfService(second);
		awaitNoMoreRuns();
		int runs = runs().size();

		start(first.name());
		start(third.name());
		awaitHealthy();
		assertShared(description);
		awaitRuns(runs + 1);
		assertHealthAndEndpoint(List.of());
		assertOneAtATime();
	}

	private void start(String node) {
		this.current.put(node, this.processes.start(node, this.root, shop(),
				List.of("--node=" + node, "--server.port=0", "--atomix.cluster.members=" + this.members)));
	}

	/**
	 * Returns the class path without the sample itself, whose configuration would mix
	 * with that of the page.
	 */
	private static List<String> shop() {
		Path sample = location(SampleApplication.class);
		Path configuration = location(ShopApplication.class).resolve("getting-started");
		String libraries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !Path.of(entry).equals(sample))
			.collect(Collectors.joining(File.pathSeparator));
		return List.of("-cp", configuration + File.pathSeparator + libraries, ShopApplication.class.getName());
	}

	private static Path location(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private SampleProcess current(String node) {
		return this.current.get(node);
	}

	private void awaitHealthy() {
		this.current.values().forEach((process) -> process.awaitHealthy(Limits.PATIENCE));
	}

	private void kill(SampleProcess process) {
		process.kill();
		// A new process of the same node takes its place.
		this.formerRuns.addAll(process.printed(RUN));
	}

	private List<Printed> runs() {
		Stream<Printed> alive = this.current.values()
			.stream()
			.filter(SampleProcess::isAlive)
			.flatMap((process) -> process.printed(RUN).stream());
		return Stream.concat(this.formerRuns.stream(), alive).sorted(Comparator.comparing(Printed::nanos)).toList();
	}

	private Printed lastRun() {
		List<Printed> runs = runs();
		return runs.get(runs.size() - 1);
	}

	private void awaitRuns(int count) {
		Awaitility.await("runs of the job").atMost(Limits.PATIENCE).until(() -> runs().size() >= count);
	}

	private void awaitNoMoreRuns() {
		AtomicInteger before = new AtomicInteger();
		Awaitility.await("end of the runs").during(CALM).atMost(Limits.PATIENCE).until(() -> {
			int now = runs().size();
			return before.getAndSet(now) == now;
		});
	}

	private Printed awaitRunAfter(long nanos) {
		return Awaitility.await("run of the job")
			.atMost(Limits.PATIENCE)
			.pollInterval(Duration.ofMillis(10))
			.until(() -> runs().stream().filter((run) -> run.nanos() > nanos && run.process().isAlive()).findFirst(),
					(run) -> run.isPresent())
			.orElseThrow();
	}

	private void assertOneAtATime() {
		List<Printed> runs = runs();
		List<Long> terms = runs.stream().map((run) -> Long.valueOf(run.match().group(1))).toList();
		assertThat(terms).isSorted();
		Map<Long, List<SampleProcess>> members = runs.stream()
			.collect(Collectors.groupingBy((run) -> Long.valueOf(run.match().group(1)),
					Collectors.mapping(Printed::process, Collectors.toList())));
		assertThat(members.values()).allSatisfy((processes) -> assertThat(processes.stream().distinct()).hasSize(1));
	}

	private void raisesOfAllMembersAddUp() {
		List<CompletableFuture<Void>> raises = new ArrayList<>();
		this.current.values().forEach((process) -> {
			for (int i = 0; i < RAISES; i++) {
				raises.add(raise(process));
			}
		});
		raises.forEach(CompletableFuture::join);
	}

	/**
	 * Raises the price, and once more if that failed: the session of the page does not
	 * outlive a process that stands still for some seconds, and its lock neither. Then
	 * the price may have been raised.
	 */
	private CompletableFuture<Void> raise(SampleProcess process) {
		return process.postAsync("/prices/tea/raise?cents=1", Limits.PATIENCE).thenCompose((reply) -> {
			if (reply.isOk()) {
				return CompletableFuture.completedFuture(null);
			}
			assertThat(this.uncertain.incrementAndGet()).as(reply.toString()).isLessThan(RAISES);
			return raise(process);
		});
	}

	private void assertPrice() {
		int raised = NODES.size() * RAISES;
		assertThat(alive()).extracting((process) -> process.get("/prices/tea").json().path("cents").asInt())
			.containsOnly(this.price)
			.allMatch((cents) -> cents >= raised && cents <= raised + this.uncertain.get());
	}

	private void assertShared(String description) {
		assertPrice();
		assertThat(alive())
			.allSatisfy((process) -> assertThat(process.get("/descriptions/tea").body()).isEqualTo(description));
	}

	private List<SampleProcess> alive() {
		return this.current.values().stream().filter(SampleProcess::isAlive).toList();
	}

	/**
	 * Waits until all that are alive are up, follow one leader, and see who is there and
	 * who is not.
	 */
	private void assertHealthAndEndpoint(List<String> dead) {
		List<String> alive = NODES.stream().filter((node) -> !dead.contains(node)).toList();
		Awaitility.await("health and endpoint of " + alive)
			.atMost(Limits.PATIENCE)
			.untilAsserted(() -> assertThat(alive).allSatisfy((node) -> {
				JsonNode health = SampleCluster.health(current(node));
				assertThat(health.path("node").asString()).isEqualTo(node);
				assertThat(health.path("state").asString()).isEqualTo("RUNNING");
				JsonNode endpoint = current(node).get("/actuator/atomix").json();
				assertThat(endpoint.path("leader").asString()).isIn(alive).isEqualTo(health.path("leader").asString());
				assertThat(endpoint.path("members")).hasSize(NODES.size());
				endpoint.path("members").forEach((member) -> {
					String id = member.path("id").asString();
					assertThat(member.has("error")).as(id).isEqualTo(dead.contains(id));
				});
				assertThat(texts(endpoint.path("sessions"), "node")).containsExactlyInAnyOrderElementsOf(alive);
				assertThat(texts(endpoint.path("primitives"), "name")).contains("shop", "prices", "cache:descriptions");
			}));
	}

	private static List<String> texts(JsonNode list, String field) {
		List<String> texts = new ArrayList<>();
		list.forEach((element) -> texts.add(element.path(field).asString()));
		return texts;
	}

	private static void awaitOutOfService(SampleProcess process) {
		Awaitility.await("health without a majority").atMost(Limits.PATIENCE).untilAsserted(() -> {
			Reply reply = process.get("/actuator/health");
			JsonNode atomix = reply.json().path("components").path("atomix");
			assertThat(reply.isOk()).isFalse();
			assertThat(atomix.path("components").path("cluster").path("status").asString()).isEqualTo("OUT_OF_SERVICE");
			assertThat(atomix.path("components").path("session").path("status").asString()).isEqualTo("OUT_OF_SERVICE");
		});
	}

	/**
	 * Waits until each process has the meters of the page, and they say who runs the job.
	 */
	private void assertMeters() throws IOException {
		List<String> meters = METER.matcher(Files.readString(PAGE))
			.results()
			.map((match) -> match.group(1))
			.distinct()
			.toList();
		assertThat(meters).hasSizeGreaterThan(5);
		Awaitility.await("meters").atMost(Limits.PATIENCE).untilAsserted(() -> {
			for (SampleProcess process : alive()) {
				String scrape = process.get("/actuator/prometheus").body();
				assertThat(meters).allSatisfy((meter) -> assertThat(value(scrape, meter)).as(meter).isNotNegative());
				assertThat(value(scrape, "atomix_session_connected")).isOne();
				assertThat(value(scrape, "atomix_elections_led")).isEqualTo((process == lastRun().process()) ? 1 : 0);
			}
		});
	}

	private static double value(String scrape, String meter) {
		Matcher matcher = Pattern.compile("(?m)^" + meter + "(?:\\{.*})? (\\S+)$").matcher(scrape);
		assertThat(matcher.find()).as(meter).isTrue();
		return Double.parseDouble(matcher.group(1));
	}

}
