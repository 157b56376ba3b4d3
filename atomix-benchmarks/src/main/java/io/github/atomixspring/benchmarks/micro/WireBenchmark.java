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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.protocol.Wire;
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
 * What encoding and decoding cost on the way of a batch of puts.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WireBenchmark {

	/** The number of commands in a batch. */
	@Param({ "1", "32", "256" })
	public int batch;

	private Command command = Samples.put(1);

	private byte[] commandBytes = Wire.COMMAND.encode(this.command);

	private LogEntry entry = Samples.entry(1, List.of(new Sequenced(1, this.commandBytes)));

	private byte[] entryBytes = Wire.LOG_ENTRY.encode(this.entry);

	private ClientFrame submit = new ClientFrame.KeepAlive(1, 0, 0, 0);

	private byte[] submitBytes = Wire.CLIENT_FRAME.encode(this.submit);

	private ServerFrame applied = new ServerFrame.Alive(1, null);

	private byte[] appliedBytes = Wire.SERVER_FRAME.encode(this.applied);

	/**
	 * Makes the messages.
	 */
	@Setup(Level.Trial)
	public void setUp() {
		List<Sequenced> commands = Samples.puts(1, this.batch);
		this.entry = Samples.entry(1, commands);
		this.entryBytes = Wire.LOG_ENTRY.encode(this.entry);
		this.submit = new ClientFrame.Submit(1, 0, 0, commands);
		this.submitBytes = Wire.CLIENT_FRAME.encode(this.submit);
		List<NumberedResult> results = new ArrayList<>();
		for (Sequenced sequenced : commands) {
			results.add(new NumberedResult(sequenced.sequence(), new Result.Updated(true, new byte[100], 1, 2)));
		}
		this.applied = new ServerFrame.Applied(1, List.of(), results);
		this.appliedBytes = Wire.SERVER_FRAME.encode(this.applied);
	}

	@Benchmark
	public byte[] encodeCommand() {
		return Wire.COMMAND.encode(this.command);
	}

	@Benchmark
	public Command decodeCommand() {
		return Wire.COMMAND.decode(this.commandBytes);
	}

	@Benchmark
	public byte[] encodeSubmit() {
		return Wire.CLIENT_FRAME.encode(this.submit);
	}

	@Benchmark
	public ClientFrame decodeSubmit() {
		return Wire.CLIENT_FRAME.decode(this.submitBytes);
	}

	@Benchmark
	public byte[] encodeEntry() {
		return Wire.LOG_ENTRY.encode(this.entry);
	}

	@Benchmark
	public LogEntry decodeEntry() {
		return Wire.LOG_ENTRY.decode(this.entryBytes);
	}

	@Benchmark
	public byte[] encodeApplied() {
		return Wire.SERVER_FRAME.encode(this.applied);
	}

	@Benchmark
	public ServerFrame decodeApplied() {
		return Wire.SERVER_FRAME.decode(this.appliedBytes);
	}

}
