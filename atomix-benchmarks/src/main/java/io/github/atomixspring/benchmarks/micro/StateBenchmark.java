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

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.Wire;
import io.github.atomixspring.statemachine.Applied;
import io.github.atomixspring.statemachine.ReplicatedState;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to apply an entry with a batch of puts, each of them new to the session.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StateBenchmark {

	/** The number of commands in a batch. */
	@Param({ "1", "32", "256" })
	public int batch;

	private ReplicatedState state = new ReplicatedState();

	private byte[] entry = {};

	private long session;

	private long next;

	/**
	 * Opens a session and creates the map.
	 */
	@Setup(Level.Iteration)
	public void setUp() {
		this.state = new ReplicatedState();
		LogEntry open = new LogEntry(LogEntry.VERSION, 1, List.of(new LogEntry.Open("token", "node", 60_000)));
		this.session = Objects.requireNonNull(this.state.apply(Wire.LOG_ENTRY.encode(open)).opened().get("token"));
		byte[] create = Wire.COMMAND.encode(new Command.Create(Samples.MAP, List.of()));
		this.state.apply(Wire.LOG_ENTRY.encode(Samples.entry(this.session, List.of(new Sequenced(1, create)))));
		this.next = 2;
	}

	/**
	 * Makes an entry that was not applied yet, outside of what is measured.
	 */
	@Setup(Level.Invocation)
	public void nextEntry() {
		this.entry = Wire.LOG_ENTRY.encode(Samples.entry(this.session, Samples.puts(this.next, this.batch)));
		this.next += this.batch;
	}

	@Benchmark
	public Applied apply() {
		return this.state.apply(this.entry);
	}

}
