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

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * All processes that a test has started, none of which survives it.
 */
final class SampleProcesses implements AutoCloseable {

	// Below the range from which the system takes ports for outgoing connections.
	private static final int MIN_PORT = 15_000;

	private static final int MAX_PORT = 32_000;

	/**
	 * Several machines on one: what the compilers and collectors do for one takes from
	 * the others.
	 */
	private static final List<String> FRUGAL = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

	private final List<String> jvmOptions;

	private final List<SampleProcess> all = new CopyOnWriteArrayList<>();

	/**
	 * Creates an empty instance.
	 * @param jvmOptions further options of the JVM of all processes
	 */
	SampleProcesses(String... jvmOptions) {
		this.jvmOptions = Stream.concat(FRUGAL.stream(), Stream.of(jvmOptions)).toList();
	}

	/**
	 * Finds a port that is free on all interfaces.
	 * @return the port
	 */
	static int freePort() {
		int port = ThreadLocalRandom.current().nextInt(MIN_PORT, MAX_PORT);
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(port));
			return port;
		}
		catch (IOException ex) {
			// In use: another one.
			return freePort();
		}
	}

	/**
	 * Starts the sample.
	 * @param name the name, for messages
	 * @param directory the working directory
	 * @param arguments the arguments of the sample
	 * @return the process
	 */
	SampleProcess start(String name, Path directory, List<String> arguments) {
		return start(name, directory, SampleProcess.sample(), arguments);
	}

	/**
	 * Starts a process.
	 * @param name the name, for messages
	 * @param directory the working directory
	 * @param program how the JVM is told what to run
	 * @param arguments the arguments of the program
	 * @return the process
	 */
	SampleProcess start(String name, Path directory, List<String> program, List<String> arguments) {
		SampleProcess process = SampleProcess.start(name, directory, this.jvmOptions, program, arguments);
		this.all.add(process);
		return process;
	}

	/**
	 * Returns how often a leader was elected, in all processes there ever were.
	 * @return the number of elections
	 */
	int elections() {
		return this.all.stream().mapToInt((process) -> process.elections().size()).sum();
	}

	/**
	 * Waits until the given number of leaders was elected.
	 * @param count how many, since the beginning
	 * @return the last election
	 */
	Election awaitElections(int count) {
		Awaitility.await("election " + count)
			.atMost(Limits.PATIENCE)
			.pollInterval(Duration.ofMillis(10))
			.until(() -> elections() >= count);
		return this.all.stream()
			.flatMap((process) -> process.elections().stream().map((nanos) -> new Election(process, nanos)))
			.max(Comparator.comparing(Election::nanos))
			.orElseThrow();
	}

	@Override
	public void close() {
		this.all.forEach(SampleProcess::close);
	}

	/**
	 * An election as it was printed.
	 *
	 * @param process who was elected
	 * @param nanos when, in nanoseconds
	 */
	record Election(SampleProcess process, long nanos) {

	}

}
