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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.primitive.ReadConsistency;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a read costs that a near cache answers, beside the least it can cost, which is to
 * look the bytes up and decode them, and beside a read that the member in this process
 * answers from its state. One member on loopback.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NearCacheBenchmark {

	private static final int KEYS = 1_000;

	private final Codec<String> codec = Codecs.strings();

	private final Map<String, byte[]> plain = new ConcurrentHashMap<>();

	private final String[] keys = new String[KEYS];

	private @Nullable LocalMember member;

	private @Nullable DistributedMap<String, String> map;

	/**
	 * Starts the member and waits until the cache is loaded.
	 * @throws IOException if it does not start
	 */
	@Setup(Level.Trial)
	public void setUp() throws IOException {
		LocalMember started = new LocalMember();
		this.member = started;
		DistributedMap<String, String> cached = started.replica()
			.map("benchmark", MapOptions.of(this.codec, this.codec).withNearCache());
		this.map = cached;
		for (int i = 0; i < KEYS; i++) {
			this.keys[i] = "key-" + i;
			this.plain.put(this.keys[i], this.codec.encode("value-" + i));
			cached.put(this.keys[i], "value-" + i);
		}
	}

	/**
	 * Stops the member.
	 * @throws IOException if its directory cannot be deleted
	 */
	@TearDown(Level.Trial)
	public void tearDown() throws IOException {
		Objects.requireNonNull(this.member).close();
	}

	@Benchmark
	public String lookupAndDecoding(Position position) {
		return this.codec.decode(Objects.requireNonNull(this.plain.get(this.keys[position.next()])));
	}

	@Benchmark
	public @Nullable String nearCache(Position position) {
		return Objects.requireNonNull(this.map).get(this.keys[position.next()]);
	}

	@Benchmark
	public Map<String, String> memberInThisProcess(Position position) {
		return Objects.requireNonNull(this.map).getAll(List.of(this.keys[position.next()]), ReadConsistency.SEQUENTIAL);
	}

	/**
	 * Which key a thread reads next.
	 */
	@State(Scope.Thread)
	public static class Position {

		private int position;

		int next() {
			this.position = (this.position + 1) % KEYS;
			return this.position;
		}

	}

}
