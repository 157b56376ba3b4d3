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

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * Three members as processes with a directory each, and a client.
 */
final class SampleCluster implements AutoCloseable {

	static final String CLIENT = "client";

	private static final int SIZE = 3;

	private List<String> program = SampleProcess.sample();

	private final Path root;

	private final List<String> options;

	private final List<String> members;

	private final Map<String, SampleProcess> current = new ConcurrentHashMap<>();

	private final SampleProcesses processes;

	/**
	 * Creates a cluster that is not started.
	 * @param root the directory of all data
	 * @param host the host of the members
	 * @param options further options of all processes
	 */
	SampleCluster(Path root, String host, String... options) {
		this(root, new String[0], host, options);
	}

	private SampleCluster(Path root, String[] jvmOptions, String host, String... options) {
		this.root = root;
		this.processes = new SampleProcesses(jvmOptions);
		this.options = List.of(options);
		this.members = Stream.generate(SampleProcesses::freePort)
			.distinct()
			.limit(SIZE)
			.map((port) -> host + ":" + port)
			.toList();
	}

	/**
	 * Creates a cluster that is not started, of processes that start with what was
	 * generated when the sample was built.
	 * @param root the directory of all data
	 * @param host the host of the members
	 * @param options further options of all processes
	 * @return the cluster
	 */
	static SampleCluster processedAheadOfTime(Path root, String host, String... options) {
		return new SampleCluster(root, new String[] { "-Dspring.aot.enabled=true" }, host, options);
	}

	List<String> members() {
		return this.members;
	}

	Path directory(String member) {
		return this.root.resolve(directoryName(member));
	}

	private String directoryName(String member) {
		return "logs/server" + (this.members.indexOf(member) + 1);
	}

	Path counterFile() {
		return this.root.resolve("data").resolve("fenced-counter");
	}

	/**
	 * Has all processes that are started from now on run further beans.
	 * @param extension the class of a bean, which may have further ones
	 * @return this cluster
	 */
	SampleCluster with(Class<?> extension) {
		this.program = SampleProcess.sampleWith(extension);
		return this;
	}

	/**
	 * Starts a member with the arguments of the original example.
	 * @param member the address of the member
	 * @return the process
	 */
	SampleProcess start(String member) {
		List<String> arguments = new ArrayList<>(List.of(directoryName(member), member));
		this.members.stream().filter((other) -> !other.equals(member)).forEach(arguments::add);
		return start(member, arguments);
	}

	/**
	 * Starts the client.
	 * @return the process
	 */
	SampleProcess startClient() {
		return start(CLIENT,
				List.of("--atomix.mode=client", "--atomix.cluster.members=" + String.join(",", this.members)));
	}

	private SampleProcess start(String name, List<String> arguments) {
		List<String> command = new ArrayList<>(arguments);
		command.add("--server.port=0");
		command.addAll(this.options);
		SampleProcess process = this.processes.start(name, this.root, this.program, command);
		this.current.put(name, process);
		return process;
	}

	/**
	 * Starts all members and waits until they are healthy.
	 * @return this cluster
	 */
	SampleCluster startAll() {
		this.members.forEach(this::start);
		awaitHealthy(Limits.PATIENCE);
		return this;
	}

	void awaitHealthy(Duration timeout) {
		this.members.forEach((member) -> process(member).awaitHealthy(timeout));
	}

	/**
	 * Returns the process of each node, which may have ended.
	 * @return the processes
	 */
	Collection<SampleProcess> nodes() {
		return this.current.values();
	}

	SampleProcess process(String name) {
		return Objects.requireNonNull(this.current.get(name), name);
	}

	/**
	 * Returns all processes there ever were.
	 * @return the processes
	 */
	SampleProcesses processes() {
		return this.processes;
	}

	/**
	 * Returns the member that leads the consensus.
	 * @return the process of the leader
	 */
	SampleProcess raftLeader() {
		return Awaitility.await("leader of the consensus")
			.atMost(Limits.PATIENCE)
			.until(() -> this.members.stream()
				.filter((member) -> "LEADER".equals(health(process(member)).path("role").asString("")))
				.findFirst(), (leader) -> leader.isPresent())
			.map(this::process)
			.orElseThrow();
	}

	/**
	 * Returns what a process says of its node.
	 * @param process the process
	 * @return the details of its health
	 */
	static JsonNode health(SampleProcess process) {
		return health(process.get("/actuator/health"));
	}

	private static JsonNode health(Reply reply) {
		return reply.json().path("components").path("atomix").path("components").path("cluster").path("details");
	}

	/**
	 * Waits until all members are healthy, follow one leader and have applied the same.
	 * @param timeout the longest wait
	 */
	void awaitSameState(Duration timeout) {
		Awaitility.await("the same state everywhere").atMost(timeout).pollInterval(Duration.ofMillis(100)).until(() -> {
			List<Applied> applied = this.members.stream().map((member) -> Applied.of(process(member))).toList();
			long behind = applied.stream().mapToLong(Applied::index).max().orElseThrow()
					- applied.stream().mapToLong(Applied::index).min().orElseThrow();
			boolean sameLeader = applied.stream().map(Applied::leader).distinct().count() == 1;
			// The members are not asked at the same moment.
			return applied.stream().allMatch(Applied::up) && sameLeader && behind <= 2 * SIZE;
		});
	}

	@Override
	public void close() {
		this.processes.close();
	}

	/**
	 * How far a member is.
	 *
	 * @param up whether it is healthy
	 * @param leader whom it follows
	 * @param index what it has applied
	 */
	private record Applied(boolean up, String leader, long index) {

		static Applied of(SampleProcess process) {
			Reply reply = process.get("/actuator/health");
			if (!reply.isOk()) {
				return new Applied(false, "", -1);
			}
			JsonNode details = health(reply);
			return new Applied(true, details.path("leader").asString(""), details.path("appliedIndex").asLong(-1));
		}

	}

}
