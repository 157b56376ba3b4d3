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

package io.github.atomixspring.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.atomixspring.faults.host.Host;
import io.github.atomixspring.faults.host.MountedDisk;
import io.github.atomixspring.faults.host.Network;
import io.github.atomixspring.faults.node.RunOrder;
import io.github.atomixspring.faults.workload.Journals;
import io.github.atomixspring.faults.workload.Judgement;
import io.github.atomixspring.faults.workload.Workload;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A new cluster to which some faults happen while it does its work.
 *
 * @param name the name
 * @param workloads what it does, all at the same time
 * @param faults what happens to it
 * @param members how many members it has
 * @param duration about how long faults go on
 * @param seed decides what chance would
 * @param bug the bug to sow in the members, or null
 * @param slack how many times as long as promised it may stand still
 */
record Round(String name, List<Workload> workloads, List<Fault> faults, int members, Duration duration, long seed,
		@Nullable String bug, int slack) {

	private static final Duration START = Duration.ofSeconds(60);

	private static final long FIRST_SUCCESSES = 5;

	private static final Duration RECOVERY = Duration.ofSeconds(60);

	private static final long TAIL_MILLIS = 3_000;

	private static final Duration STOP = Duration.ofMinutes(3);

	/**
	 * The pause of a caller between two calls if it does nothing but one workload; with
	 * more of them all get slower, since they share the processors.
	 */
	private static final long PACE_MILLIS = 15;

	/**
	 * Plays the round.
	 * @param network the network
	 * @param directory an empty directory
	 * @return what was seen
	 * @throws IOException if the cluster cannot be started, or a fault cannot be begun or
	 * ended
	 */
	RoundResult play(Network network, Path directory) throws IOException {
		Files.createDirectories(directory);
		try (Cluster cluster = new Cluster(network, this.members, directory, needs(), this.bug)) {
			cluster.start();
			try (LeaderWatch watch = new LeaderWatch(cluster)) {
				long epoch = System.nanoTime();
				cluster.run(new RunOrder(this.workloads.stream().map(Workload::id).toList(), epoch, this.seed,
						PACE_MILLIS * this.workloads.size()));
				awaitFirstSuccesses(cluster);
				long begin = System.nanoTime();
				List<Band> bands = strike(cluster, begin);
				long healed = System.nanoTime();
				Clock.pass(TAIL_MILLIS);
				long end = System.nanoTime();
				for (Host host : cluster.all()) {
					host.ask("halt", null, STOP);
				}
				Digests digests = Digests.compare(cluster, healed, this.slack);
				finish(cluster);
				cluster.close();
				return judge(new Journals(directory), begin, end, bands, watch.changes(), digests);
			}
		}
	}

	/**
	 * Lets the client look at what is left, and all hear the last of it.
	 */
	private static void finish(Cluster cluster) throws IOException {
		JsonNode last = cluster.client().ask("finish", null, STOP);
		for (Host host : cluster.all()) {
			host.ask("settle", last, STOP);
		}
	}

	private void awaitFirstSuccesses(Cluster cluster) throws IOException {
		for (Workload workload : this.workloads) {
			if (!Clock.await(START,
					() -> cluster.all()
						.stream()
						.allMatch((host) -> host.view()
							.filter((view) -> view.successes().getOrDefault(workload.id(), 0L) >= FIRST_SUCCESSES)
							.isPresent()))) {
				throw new IOException(
						"The workload %s does not begin on all nodes within %s".formatted(workload.id(), START));
			}
		}
	}

	/**
	 * Waits until all goes on after a fault: how long that takes is measured, and must
	 * not depend on when the next fault comes. If something does not go on, what was
	 * measured says so.
	 */
	private void awaitNextSuccesses(Cluster cluster) throws IOException {
		Map<String, Long> before = successes(cluster);
		Clock.await(RECOVERY, () -> {
			Map<String, Long> now = successes(cluster);
			return this.workloads.stream()
				.map(Workload::id)
				.allMatch((id) -> now.getOrDefault(id, 0L) - before.getOrDefault(id, 0L) >= FIRST_SUCCESSES);
		});
	}

	private static Map<String, Long> successes(Cluster cluster) {
		return cluster.all()
			.stream()
			.map(Host::view)
			.flatMap(Optional::stream)
			.flatMap((view) -> view.successes().entrySet().stream())
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum));
	}

	private List<Band> strike(Cluster cluster, long begin) throws IOException {
		List<Band> bands = new ArrayList<>();
		for (FaultSchedule.Step step : FaultSchedule.of(this.seed, this.faults, this.duration).steps()) {
			if (bands.size() >= this.faults.size() && System.nanoTime() - begin > this.duration.toNanos()) {
				break;
			}
			if (!bands.isEmpty()) {
				awaitNextSuccesses(cluster);
			}
			Clock.pass(step.quietMillis());
			Strike strike = new Strike(step.fault(), cluster, new Random(step.seed()));
			strike.begin();
			Clock.pass(step.fault().holdMillis());
			Band band = strike.end();
			bands.add(band);
			System.out.printf("    %6.1f s  %s %s: %s%n", seconds(band.begin() - begin), band.fault(), band.victims(),
					band.evidence());
		}
		return bands;
	}

	private Set<Fault.Need> needs() {
		return this.faults.stream().map(Fault::needs).flatMap(Set::stream).collect(Collectors.toSet());
	}

	/**
	 * Returns why it cannot be played here.
	 * @return the reason, or an empty text if it can be
	 */
	String obstacle() {
		return (needs().contains(Fault.Need.DISKS)) ? MountedDisk.obstacle() : "";
	}

	private static double seconds(long nanos) {
		return (double) nanos / TimeUnit.SECONDS.toNanos(1);
	}

	private RoundResult judge(Journals journals, long begin, long end, List<Band> bands, List<LeaderChange> leaders,
			Digests digests) {
		List<String> common = new ArrayList<>(journals.problems());
		bands.stream()
			.filter((band) -> !band.hit())
			.forEach((band) -> common.add("%s did not hit: %s".formatted(band.fault(), band.evidence())));
		if (!digests.equal()) {
			common.add("The members have not the same state %d ms after the last fault: %s".formatted(digests.millis(),
					digests.text()));
		}
		List<Cell> cells = new ArrayList<>();
		for (Workload workload : this.workloads) {
			Judgement judgement = workload.judge(journals);
			cells.add(Cell.of(workload, judgement, Liveness.measure(judgement.completions(), bands, begin, end), common,
					this.slack));
		}
		return new RoundResult(this.name, this.members, begin, end, bands, leaders, digests, cells, "");
	}

}
