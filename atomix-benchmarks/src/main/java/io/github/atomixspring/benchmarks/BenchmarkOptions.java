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

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What the command line of {@link ClusterBenchmark} asks for.
 */
final class BenchmarkOptions {

	static final String USAGE = """
			Usage: ClusterBenchmark [--quick | --full] [options]
			  --quick                  about three minutes: enough to see that it works (the default)
			  --full                   at least four minutes of warm-up for plain Ratis, seven rounds
			  --system TYPE[:NAME:JVM-OPTION;...]
			                           a system; repeat it for several, the first is what the others
			                           are compared with; TYPE is ratis or atomix
			                           (default: ratis, then atomix)
			  --steps A,B,...          some of put_1 put_32 put_async_256 get_1 get_32 get_async_256
			                           lock_1 lock_32 handover_8 publish_1 publish_50 queue_8
			  --places A,B,...         some of client leader follower; plain Ratis: client only
			  --rounds N               rounds that are measured
			  --step-millis N          length of a step
			  --warm-up-seconds MIN MAX
			                           warm-up of plain Ratis; the others have a fourth of MIN for each place
			  --heap SIZE              -Xmx of each process (default 512m)
			  --jvm-option OPTION      one more option for all processes; may be repeated
			  --output FILE            the report (default target/cluster-benchmark.md)
			  --directory DIR          where members keep data (default: a temporary directory)
			""";

	private final List<SystemSpec> systems = new ArrayList<>();

	private final List<String> jvmOptions = new ArrayList<>();

	private List<Step> steps = List.of(Step.values());

	private List<Place> places = List.of(Place.values());

	private int rounds = 3;

	private Duration step = Duration.ofMillis(800);

	private Duration minWarmUp = Duration.ofSeconds(16);

	private Duration maxWarmUp = Duration.ofSeconds(25);

	private String heap = "512m";

	private Path output = Path.of("target", "cluster-benchmark.md");

	private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

	/**
	 * Parses the arguments.
	 * @param args the arguments
	 * @return the options
	 * @throws IllegalArgumentException if one is wrong
	 */
	static BenchmarkOptions parse(String... args) {
		BenchmarkOptions options = new BenchmarkOptions();
		List<String> rest = new ArrayList<>(Arrays.asList(args));
		while (!rest.isEmpty()) {
			options.accept(rest.remove(0), rest);
		}
		if (options.systems.isEmpty()) {
			options.systems.add(SystemSpec.parse("ratis"));
			options.systems.add(SystemSpec.parse("atomix"));
		}
		return options;
	}

	private void accept(String name, List<String> rest) {
		switch (name) {
			case "--quick" -> {
			}
			case "--full" -> full();
			case "--system" -> this.systems.add(SystemSpec.parse(value(name, rest)));
			case "--steps" -> this.steps = list(value(name, rest), Step::valueOf);
			case "--places" -> this.places = list(value(name, rest), Place::valueOf);
			case "--rounds" -> this.rounds = Integer.parseInt(value(name, rest));
			case "--step-millis" -> this.step = Duration.ofMillis(Long.parseLong(value(name, rest)));
			case "--warm-up-seconds" -> {
				this.minWarmUp = Duration.ofSeconds(Long.parseLong(value(name, rest)));
				this.maxWarmUp = Duration.ofSeconds(Long.parseLong(value(name, rest)));
			}
			case "--heap" -> this.heap = value(name, rest);
			case "--jvm-option" -> this.jvmOptions.add(value(name, rest));
			case "--output" -> this.output = Path.of(value(name, rest));
			case "--directory" -> this.directory = Path.of(value(name, rest));
			default -> throw new IllegalArgumentException("Unknown option " + name);
		}
	}

	private void full() {
		this.rounds = 7;
		this.step = Duration.ofSeconds(2);
		this.minWarmUp = Duration.ofMinutes(4);
		this.maxWarmUp = Duration.ofMinutes(7);
	}

	private static String value(String name, List<String> rest) {
		if (rest.isEmpty()) {
			throw new IllegalArgumentException(name + " needs a value");
		}
		return rest.remove(0);
	}

	private static <T> List<T> list(String text, Function<String, T> parser) {
		return Arrays.stream(text.split(",")).map((part) -> parser.apply(part.toUpperCase(Locale.ROOT))).toList();
	}

	List<SystemSpec> systems() {
		return this.systems;
	}

	List<String> jvmOptions() {
		return this.jvmOptions;
	}

	List<Step> steps() {
		return this.steps;
	}

	int rounds() {
		return this.rounds;
	}

	Duration step() {
		return this.step;
	}

	String heap() {
		return this.heap;
	}

	Path output() {
		return this.output;
	}

	Path directory() {
		return this.directory;
	}

	/**
	 * Returns the places from which a system is loaded.
	 * @param type the kind of system
	 * @return the places
	 */
	List<Place> places(SystemType type) {
		return this.places.stream().filter((place) -> place == Place.CLIENT || type != SystemType.RATIS).toList();
	}

	Duration minWarmUp(SystemType type) {
		return (type == SystemType.RATIS) ? this.minWarmUp
				: this.minWarmUp.dividedBy(4).multipliedBy(places(type).size());
	}

	Duration maxWarmUp(SystemType type) {
		return (type == SystemType.RATIS) ? this.maxWarmUp : this.maxWarmUp.multipliedBy(places(type).size());
	}

}
