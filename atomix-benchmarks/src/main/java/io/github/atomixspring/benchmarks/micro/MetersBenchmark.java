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

package io.github.atomixspring.benchmarks.micro;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.spring.metrics.AtomixMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What meters add to the cheapest operation there is, a read that the member in this
 * process answers from its state, and to the cheapest that is written, a put of one
 * member on loopback.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class MetersBenchmark {

	private static final String KEY = "key";

	/** Whether there are meters. */
	@Param({ "false", "true" })
	public boolean meters;

	private @Nullable LocalMember member;

	private @Nullable AtomixMetrics metrics;

	private @Nullable DistributedMap<String, String> map;

	/**
	 * Starts the member.
	 * @throws IOException if it does not start
	 */
	@Setup(Level.Trial)
	public void setUp() throws IOException {
		LocalMember started = new LocalMember();
		this.member = started;
		AtomixMetrics created = new AtomixMetrics(started.replica(), true);
		this.metrics = created;
		if (this.meters) {
			created.bindTo(new SimpleMeterRegistry());
		}
		DistributedMap<String, String> sequential = started.replica()
			.map("benchmark",
					MapOptions.of(Codecs.strings(), Codecs.strings()).withReadConsistency(ReadConsistency.SEQUENTIAL));
		sequential.put(KEY, "value");
		this.map = sequential;
	}

	/**
	 * Stops the member.
	 * @throws IOException if its directory cannot be deleted
	 */
	@TearDown(Level.Trial)
	public void tearDown() throws IOException {
		Objects.requireNonNull(this.metrics).close();
		Objects.requireNonNull(this.member).close();
	}

	@Benchmark
	public @Nullable String get() {
		return Objects.requireNonNull(this.map).get(KEY);
	}

	@Benchmark
	public @Nullable String put() {
		return Objects.requireNonNull(this.map).put(KEY, "value");
	}

}
