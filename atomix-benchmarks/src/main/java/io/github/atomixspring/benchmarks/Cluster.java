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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The processes of a system: three members and a client.
 */
final class Cluster implements AutoCloseable {

	private static final List<String> MEMBERS = List.of("n1", "n2", "n3");

	private static final Duration ELECTION = Duration.ofSeconds(60);

	private final SystemSpec system;

	private final List<Worker> members = new ArrayList<>();

	private final List<Worker> all = new ArrayList<>();

	private Cluster(SystemSpec system) {
		this.system = system;
	}

	/**
	 * Starts the processes and waits until the members have a leader.
	 * @param system the system
	 * @param options the options
	 * @param parent where the processes keep their data
	 * @return the cluster
	 * @throws IOException if it does not start
	 */
	static Cluster start(SystemSpec system, BenchmarkOptions options, Path parent) throws IOException {
		Path directory = Files.createDirectories(parent.resolve(system.name()));
		List<String> jvmOptions = new ArrayList<>();
		jvmOptions.add("-Xmx" + options.heap());
		jvmOptions.addAll(options.jvmOptions());
		Topology topology = Topology.withFreePorts(MEMBERS);
		Cluster cluster = new Cluster(system);
		try {
			for (String member : MEMBERS) {
				cluster.members.add(cluster.add(Worker.start(system, member, topology, directory, jvmOptions)));
			}
			for (Worker member : cluster.members) {
				member.awaitReady();
			}
			cluster.awaitLeader();
			cluster.add(Worker.start(system, WorkerProcess.CLIENT, topology, directory, jvmOptions)).awaitReady();
			return cluster;
		}
		catch (IOException ex) {
			cluster.close();
			throw ex;
		}
	}

	private Worker add(Worker worker) {
		this.all.add(worker);
		return worker;
	}

	private void awaitLeader() throws IOException {
		long end = System.nanoTime() + ELECTION.toNanos();
		while (leader() < 0) {
			if (System.nanoTime() - end > 0) {
				throw new IOException(this.system.name() + " has no leader after " + ELECTION);
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
		}
	}

	private int leader() throws IOException {
		for (int i = 0; i < this.members.size(); i++) {
			if (this.members.get(i).isLeader()) {
				return i;
			}
		}
		return -1;
	}

	SystemSpec system() {
		return this.system;
	}

	/**
	 * Runs a step.
	 * @param place where
	 * @param step the step
	 * @param duration how long
	 * @return what was measured
	 * @throws IOException if a process failed
	 */
	Sample run(Place place, Step step, Duration duration) throws IOException {
		Worker worker = worker(place);
		Duration before = processorTime();
		StepResult result = worker.run(step, duration);
		return new Sample(result, processorTime().minus(before));
	}

	private Worker worker(Place place) throws IOException {
		if (place == Place.CLIENT) {
			return this.all.get(this.members.size());
		}
		awaitLeader();
		int leader = leader();
		return this.members.get((place == Place.LEADER) ? leader : (leader + 1) % this.members.size());
	}

	private Duration processorTime() {
		return this.all.stream().map(Worker::processorTime).reduce(Duration.ZERO, Duration::plus);
	}

	@Override
	public void close() {
		this.all.parallelStream().forEach(Worker::close);
	}

}
