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

package io.github.atomixspring.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Compares systems on this machine: each runs as three member processes and one client
 * process on loopback, all of them are up at once, and every step of a round runs on one
 * system after the other, so that what else the machine does meets all of them.
 */
public final class ClusterBenchmark {

	private final BenchmarkOptions options;

	private final Measurements measurements;

	private final List<String> environment = new ArrayList<>();

	private final long begun = System.nanoTime();

	private volatile boolean done;

	private ClusterBenchmark(BenchmarkOptions options) {
		this.options = options;
		this.measurements = new Measurements(options.systems()
			.stream()
			.flatMap((
					system) -> options.places(system.type()).stream().map((place) -> new Subject(system.name(), place)))
			.toList());
	}

	/**
	 * Runs the benchmark.
	 * @param args see {@code --help}
	 * @throws IOException if a process failed
	 */
	public static void main(String[] args) throws IOException {
		if (List.of(args).contains("--help")) {
			System.out.print(BenchmarkOptions.USAGE);
			return;
		}
		new ClusterBenchmark(BenchmarkOptions.parse(args)).run();
	}

	private void run() throws IOException {
		Path directory = Files.createTempDirectory(this.options.directory(), "atomix-benchmark-");
		List<Cluster> clusters = Collections.synchronizedList(new ArrayList<>());
		Thread end = new Thread(() -> {
			clusters.forEach(Cluster::close);
			if (this.done) {
				delete(directory);
			}
			else {
				System.err.println("The logs of the processes are in " + directory);
			}
		}, "end");
		Runtime.getRuntime().addShutdownHook(end);
		describeMachine();
		for (SystemSpec system : this.options.systems()) {
			say("Starting " + system.name() + " in " + directory);
			clusters.add(Cluster.start(system, this.options, directory));
		}
		for (Cluster cluster : clusters) {
			warmUp(cluster);
		}
		long[] before = ProcessorTimes.read();
		for (int round = 1; round <= this.options.rounds(); round++) {
			round(round, clusters);
		}
		this.environment.add("Rounds: " + this.options.rounds() + " of " + this.options.step().toMillis()
				+ " ms a step; processors meanwhile: " + ProcessorTimes.describe(before, ProcessorTimes.read()));
		String report = new Report(this.measurements, this.options.steps()).format(this.environment);
		System.out.println(report);
		Path output = this.options.output().toAbsolutePath();
		Files.createDirectories(output.getParent());
		Files.writeString(output, report);
		say("Written to " + output);
		this.done = true;
	}

	private void describeMachine() {
		this.environment.add(Runtime.getRuntime().availableProcessors() + " processors, "
				+ System.getProperty("os.name") + " " + System.getProperty("os.version") + ", Java " + Runtime.version()
				+ ", -Xmx" + this.options.heap() + " for each process, load average at the start "
				+ Spread.number(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
	}

	private void warmUp(Cluster cluster) throws IOException {
		SystemType type = cluster.system().type();
		WarmUp state = new WarmUp(this.options.minWarmUp(type), this.options.maxWarmUp(type));
		List<Step> steps = Step.WARM_UP.stream().filter(this.options.steps()::contains).filter(type::supports).toList();
		if (steps.isEmpty()) {
			return;
		}
		while (state.goesOn()) {
			double logarithms = 0;
			int count = 0;
			for (Step step : steps) {
				for (Place place : this.options.places(type)) {
					logarithms += Math.log(Math.max(1, cluster.run(place, step, this.options.step()).rate()));
					count++;
				}
			}
			double rate = Math.exp(logarithms / count);
			state.add(rate);
			say("Warm-up of " + cluster.system().name() + ": geometric mean of the rates " + Spread.number(rate));
		}
		this.environment.add("Warm-up of " + cluster.system().name() + ": " + state.describe());
	}

	private void round(int round, List<Cluster> clusters) throws IOException {
		List<Cluster> order = new ArrayList<>(clusters);
		for (Step step : this.options.steps()) {
			// Nobody is always the one that runs after the largest consumer.
			Collections.shuffle(order, new Random(31L * round + step.ordinal()));
			for (Cluster cluster : order) {
				if (!cluster.system().type().supports(step)) {
					continue;
				}
				for (Place place : this.options.places(cluster.system().type())) {
					Sample sample = cluster.run(place, step, this.options.step());
					Subject subject = new Subject(cluster.system().name(), place);
					this.measurements.add(subject, step, sample);
					say("Round " + round + ", " + step.title() + ", " + subject.title() + ": "
							+ Spread.number(sample.rate()) + "/s, p50 " + Spread.number(sample.median()) + " ms, p99 "
							+ Spread.number(sample.result().millisAt(99)) + " ms"
							+ ((sample.result().problem() != null) ? ", " + sample.result().problem() : ""));
				}
			}
		}
	}

	private void say(String line) {
		System.out.println("[" + Duration.ofNanos(System.nanoTime() - this.begun).toSeconds() + " s] " + line);
	}

	private static void delete(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException | UncheckedIOException ex) {
			System.err.println("Could not delete " + directory + ": " + ex);
		}
	}

}
