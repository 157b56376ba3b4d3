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

package io.github.atomixspring.docs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.metrics.AtomixMetrics;
import io.github.atomixspring.spring.metrics.ElectionMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ApplicationEventPublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that {@code docs/grafana-dashboard.json} and the tables of
 * {@code docs/metrics.md} have what the members of a running cluster expose.
 */
class GrafanaDashboardTests {

	private static final String RATIS = "atomix.ratis.";

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Pattern METRIC = Pattern.compile("\\batomix_[a-z_]+");

	private static final Pattern SELECTOR = Pattern.compile("\\b(atomix_[a-z_]+)\\{([^}]*)}");

	private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");

	private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)[^{]*?\\b(atomix_[a-z_]+)");

	private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

	private static final Pattern SAMPLE = Pattern.compile("(?m)^(atomix_\\w+)(?:\\{([^}]*)})? ");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `(atomix\\.[a-z.]+)` \\|");

	/**
	 * The labels that Prometheus adds.
	 */
	private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

	private static final List<AtomixReplica> replicas = new ArrayList<>();

	private static final List<AtomixMetrics> metrics = new ArrayList<>();

	private static final List<PrometheusMeterRegistry> registries = new ArrayList<>();

	@TempDir
	static Path directory;

	@BeforeAll
	static void start() {
		List<Member> members = List.of(new Member("a", "127.0.0.1", SingleMember.freePort()),
				new Member("b", "127.0.0.1", SingleMember.freePort()),
				new Member("c", "127.0.0.1", SingleMember.freePort()));
		for (Member member : members) {
			AtomixReplica replica = AtomixReplica.builder()
				.nodeId(member.id())
				.members(members)
				.storageDirectory(directory.resolve(member.id()))
				.build();
			PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
			AtomixMetrics bound = new AtomixMetrics(replica, true);
			bound.bindTo(registry);
			ApplicationEventPublisher nobody = (event) -> {
			};
			new ElectionMetrics(new LeaderElections(replica, nobody, Thread::new, true)).bindTo(registry);
			replicas.add(replica);
			metrics.add(bound);
			registries.add(registry);
			replica.start();
		}
		work();
	}

	private static void work() {
		AtomixReplica replica = replicas.get(0);
		await().atMost(PATIENCE)
			.ignoreExceptions()
			.until(() -> replica.map("prices", String.class, Integer.class).put("tea", 3) != null);
		replica.map("prices", String.class, Integer.class).get("tea");
		LockHandle held = replica.lock("l").async().lock().join();
		CompletableFuture<LockHandle> next = replica.lock("l").async().lock();
		held.unlock();
		next.join().unlock();
		replica.takeSnapshot().join();
	}

	@AfterAll
	static void stop() {
		metrics.forEach(AtomixMetrics::close);
		replicas.forEach(AtomixReplica::close);
	}

	@Test
	void dashboardUsesOnlyWhatMembersExpose() {
		Set<String> used = new TreeSet<>();
		expressions()
			.forEach((expression) -> METRIC.matcher(expression).results().forEach((found) -> used.add(found.group())));
		assertThat(used).hasSizeGreaterThan(25);
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(samples().keySet()).containsAll(used));
	}

	@Test
	void labelsAreThoseOfTheMeters() {
		await().atMost(PATIENCE).untilAsserted(() -> {
			Map<String, Set<String>> samples = samples();
			for (String expression : expressions()) {
				SELECTOR.matcher(expression)
					.results()
					.forEach((found) -> assertThat(samples.getOrDefault(found.group(1), Set.of())).as(expression)
						.containsAll(labels(found.group(2))));
				Matcher groupings = GROUPING.matcher(expression);
				while (groupings.find()) {
					assertThat(samples.getOrDefault(groupings.group(2), Set.of())).as(expression)
						.containsAll(Arrays.asList(groupings.group(1).split(", ")));
				}
			}
		});
	}

	@Test
	void legendsHaveLabelsOfTheirExpression() {
		for (JsonNode target : targets()) {
			String expression = target.path("expr").asString();
			Matcher metric = METRIC.matcher(expression);
			assertThat(metric.find()).as(expression).isTrue();
			Set<String> labels = samples().getOrDefault(metric.group(), Set.of());
			LEGEND.matcher(target.path("legendFormat").asString())
				.results()
				.forEach((found) -> assertThat(labels).as(expression).contains(found.group(1)));
		}
	}

	@Test
	void guideNamesAllMetersButThoseOfRatis() {
		Set<String> documented = documented();
		documented.removeIf((name) -> name.startsWith(RATIS));
		Set<String> present = new TreeSet<>();
		registries.forEach((registry) -> present.addAll(names(registry)));
		present.removeIf((name) -> name.startsWith(RATIS));
		assertThat(documented).isEqualTo(present);
	}

	@Test
	void guideNamesMetersOfRatisThatExist() {
		Set<String> documented = documented();
		documented.removeIf((name) -> !name.startsWith(RATIS));
		assertThat(documented).hasSizeGreaterThan(5);
		await().atMost(PATIENCE).untilAsserted(() -> {
			Set<String> present = new TreeSet<>();
			registries.forEach((registry) -> present.addAll(names(registry)));
			assertThat(present).containsAll(documented);
		});
	}

	private static Set<String> documented() {
		String page = Pages.read(Pages.root().resolve("docs/metrics.md"));
		Set<String> documented = new TreeSet<>();
		ROW.matcher(page.substring(page.indexOf("## Operations"), page.indexOf("## What to watch")))
			.results()
			.forEach((row) -> documented.add(row.group(1)));
		return documented;
	}

	private static List<String> names(PrometheusMeterRegistry registry) {
		return registry.getMeters().stream().map((meter) -> meter.getId().getName()).toList();
	}

	private static List<String> expressions() {
		List<String> expressions = new ArrayList<>();
		targets().forEach((target) -> expressions.add(target.path("expr").asString()));
		dashboard().path("templating").path("list").forEach((variable) -> {
			if (variable.path("type").asString().equals("query")) {
				expressions.add(variable.path("definition").asString());
			}
		});
		return expressions;
	}

	private static List<JsonNode> targets() {
		List<JsonNode> targets = new ArrayList<>();
		dashboard().path("panels").forEach((panel) -> panel.path("targets").forEach(targets::add));
		assertThat(targets).hasSizeGreaterThan(25);
		return targets;
	}

	private static JsonNode dashboard() {
		return JsonMapper.builder().build().readTree(Pages.read(Pages.root().resolve("docs/grafana-dashboard.json")));
	}

	/**
	 * Returns what Prometheus would get from the members.
	 * @return the labels of each metric
	 */
	private static Map<String, Set<String>> samples() {
		Map<String, Set<String>> samples = new HashMap<>();
		for (PrometheusMeterRegistry registry : registries) {
			SAMPLE.matcher(registry.scrape()).results().forEach((sample) -> {
				Set<String> labels = samples.computeIfAbsent(sample.group(1), (name) -> new HashSet<>(OF_PROMETHEUS));
				if (sample.group(2) != null) {
					labels.addAll(labels(sample.group(2)));
				}
			});
		}
		return samples;
	}

	private static List<String> labels(String text) {
		return LABEL.matcher(text).results().map((label) -> label.group(1)).toList();
	}

}
