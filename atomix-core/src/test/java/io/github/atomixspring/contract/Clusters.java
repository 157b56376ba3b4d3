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

package io.github.atomixspring.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.testing.FreePorts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.awaitility.Awaitility.await;

/**
 * The clusters on which the contracts are tested: one of a single member, one of three.
 * They are started once for all classes and stopped after the last.
 */
final class Clusters implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(60);

	/**
	 * Longer than any wait of the tests: what comes to pass while they wait does not need
	 * the end of a session.
	 */
	private static final Duration SESSION_TIMEOUT = Duration.ofMinutes(5);

	/**
	 * How many partitions the clusters have, to test the contracts with several:
	 * {@code -Dcontract.partitions=3}. Transactions and the ids of sessions need one.
	 */
	private static final int PARTITIONS = Integer.getInteger("contract.partitions", 1);

	private static @Nullable Clusters current;

	private final Deque<AutoCloseable> resources = new ArrayDeque<>();

	private final List<Member> singleMembers = members(1);

	private final List<Member> threeMembers = members(3);

	private final Atomix single = replica("contract-single", this.singleMembers.get(0), this.singleMembers);

	private final Atomix singleClient = client(SetUp.SINGLE, "single-client");

	private final List<AtomixReplica> three = this.threeMembers.stream()
		.map((member) -> replica("contract-three", member, this.threeMembers))
		.toList();

	private final Atomix threeClient = client(SetUp.CLIENT, "three-client");

	private Clusters() {
		await().atMost(PATIENCE)
			.until(() -> Stream.concat(this.three.stream(), Stream.of(this.single, this.singleClient, this.threeClient))
				.allMatch((node) -> node.session().state() == SessionState.CONNECTED));
	}

	static Clusters get() {
		return Objects.requireNonNull(current, "The extension is missing");
	}

	private static List<Member> members(int size) {
		List<Integer> ports = FreePorts.find(size);
		return IntStream.range(0, size).mapToObj((i) -> new Member("n" + (i + 1), "127.0.0.1", ports.get(i))).toList();
	}

	private AtomixReplica replica(String cluster, Member self, List<Member> members) {
		Path directory = createDirectory();
		this.resources.push(() -> delete(directory));
		AtomixReplica replica = AtomixReplica.builder()
			.clusterName(cluster)
			.nodeId(self.id())
			.members(members)
			.storageDirectory(directory)
			.partitions(PARTITIONS)
			.sessionTimeout(SESSION_TIMEOUT)
			// No pause of a busy machine makes a leader fall.
			.electionTimeout(Duration.ofSeconds(5))
			.operationTimeout(PATIENCE)
			.build();
		this.resources.push(replica);
		replica.start();
		return replica;
	}

	Atomix client(SetUp setUp, String name) {
		boolean ofSingle = setUp == SetUp.SINGLE;
		AtomixClient client = AtomixClient.builder()
			.clusterName((ofSingle) ? "contract-single" : "contract-three")
			.nodeId(name)
			.members((ofSingle) ? this.singleMembers : this.threeMembers)
			.partitions(PARTITIONS)
			.sessionTimeout(SESSION_TIMEOUT)
			.operationTimeout(PATIENCE)
			.build();
		this.resources.push(client);
		client.start();
		return client;
	}

	Atomix node(SetUp setUp) {
		return switch (setUp) {
			case SINGLE -> this.single;
			case FOLLOWER -> follower(0);
			case CLIENT -> this.threeClient;
		};
	}

	Atomix other(SetUp setUp) {
		return switch (setUp) {
			case SINGLE -> this.singleClient;
			case FOLLOWER -> follower(1);
			case CLIENT -> this.three.get(0);
		};
	}

	/**
	 * Returns members that do not lead, if two can be found.
	 * @param number the number of the follower
	 * @return the follower
	 */
	private Atomix follower(int number) {
		List<AtomixReplica> followers = this.three.stream()
			.filter((member) -> member.status().role() == Role.FOLLOWER)
			.toList();
		return ((followers.size() == 2) ? followers : this.three).get(number);
	}

	private static Path createDirectory() {
		try {
			return Files.createTempDirectory("atomix-contract");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

	@Override
	public void close() throws Exception {
		current = null;
		while (!this.resources.isEmpty()) {
			this.resources.pop().close();
		}
	}

	/**
	 * Starts the clusters before the first class that needs them.
	 */
	static final class Extension implements BeforeAllCallback {

		@Override
		public void beforeAll(ExtensionContext context) {
			context.getRoot()
				.getStore(ExtensionContext.Namespace.create(Clusters.class))
				.computeIfAbsent(Clusters.class, (key) -> {
					Clusters started = new Clusters();
					current = started;
					return started;
				}, Clusters.class);
		}

	}

}
