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

package io.github.atomixspring.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.faults.host.Direction;
import io.github.atomixspring.faults.host.DirectoryDisk;
import io.github.atomixspring.faults.host.Disk;
import io.github.atomixspring.faults.host.Host;
import io.github.atomixspring.faults.host.MountedDisk;
import io.github.atomixspring.faults.host.Network;
import io.github.atomixspring.faults.node.NodeConfig;
import io.github.atomixspring.faults.node.NodeView;
import io.github.atomixspring.faults.node.RunOrder;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of a round: members and one client.
 */
final class Cluster implements AutoCloseable {

	private static final String CLIENT = "c1";

	/**
	 * What a process said longer ago is not taken for its present state.
	 */
	private static final long FRESH = TimeUnit.MILLISECONDS.toNanos(1_500);

	private static final Duration ELECTION = Duration.ofSeconds(60);

	private static final List<String> JAVA_OPTIONS = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
			"-XX:+UseSerialGC");

	private final Network network;

	private final Path directory;

	private final Set<Fault.Need> needs;

	private final @Nullable String bug;

	private final List<Host> members = new ArrayList<>();

	private final Host client;

	private @Nullable RunOrder order;

	/**
	 * Creates a cluster of which nothing runs yet.
	 * @param network the network, made for the {@linkplain #names names} of so many
	 * members
	 * @param size the number of members
	 * @param directory where the processes write
	 * @param needs what members must be for the faults
	 * @param bug the bug to sow, or null
	 * @throws IOException if the directory cannot be written, or disks cannot be made
	 */
	Cluster(Network network, int size, Path directory, Set<Fault.Need> needs, @Nullable String bug) throws IOException {
		this.network = network;
		this.directory = directory;
		this.needs = Set.copyOf(needs);
		this.bug = bug;
		for (String name : names(size)) {
			if (!name.equals(CLIENT)) {
				this.members.add(new Host(name, network, disk(name), directory, JAVA_OPTIONS));
			}
		}
		this.client = new Host(CLIENT, network, null, directory, JAVA_OPTIONS);
	}

	private Disk disk(String name) throws IOException {
		Path place = this.directory.resolve(name);
		return (this.needs.contains(Fault.Need.DISKS)) ? new MountedDisk(place) : new DirectoryDisk(place);
	}

	/**
	 * Returns the names of the nodes of a cluster.
	 * @param size the number of members
	 * @return the names
	 */
	static List<String> names(int size) {
		List<String> names = new ArrayList<>(IntStream.rangeClosed(1, size).mapToObj((i) -> "n" + i).toList());
		names.add(CLIENT);
		return names;
	}

	List<Host> members() {
		return List.copyOf(this.members);
	}

	Host client() {
		return this.client;
	}

	List<Host> all() {
		List<Host> all = new ArrayList<>(this.members);
		all.add(this.client);
		return all;
	}

	Network network() {
		return this.network;
	}

	/**
	 * Starts all nodes and waits for a leader.
	 * @throws IOException if they do not start
	 */
	void start() throws IOException {
		for (Host host : all()) {
			host.start(config(host));
		}
		for (Host host : all()) {
			host.awaitReady();
		}
		awaitLeader();
	}

	private NodeConfig config(Host host) {
		List<Member> list = this.members.stream().map((member) -> this.network.member(member.id())).toList();
		return new NodeConfig(host.id(), 0, null, list, this.directory.toString(),
				this.needs.contains(Fault.Need.SMALL_LOGS), this.bug);
	}

	/**
	 * Begins with the workloads on all nodes, and on those that are started later.
	 * @param newOrder the workloads
	 * @throws IOException if a process cannot
	 */
	void run(RunOrder newOrder) throws IOException {
		this.order = newOrder;
		for (Host host : all()) {
			host.ask("run", newOrder, ELECTION);
		}
	}

	/**
	 * Starts a new process of a host, which goes on with the workloads.
	 * @param host the host
	 * @throws IOException if it does not start
	 */
	void restart(Host host) throws IOException {
		host.start(config(host));
		host.awaitReady();
		if (this.order != null) {
			host.ask("run", this.order, ELECTION);
		}
	}

	/**
	 * Starts new processes of hosts at the same time.
	 * @param hosts the hosts, in the order in which they are to start
	 * @throws IOException if they do not start
	 */
	void restart(List<Host> hosts) throws IOException {
		for (Host host : hosts) {
			host.start(config(host));
		}
		for (Host host : hosts) {
			host.awaitReady();
			if (this.order != null) {
				host.ask("run", this.order, ELECTION);
			}
		}
	}

	void block(Collection<Direction> directions) throws IOException {
		this.network.block(directions);
		instruct();
	}

	void heal() throws IOException {
		this.network.heal();
		instruct();
	}

	private void instruct() throws IOException {
		for (Host host : all()) {
			this.network.instruct(host);
		}
	}

	/**
	 * Returns who leads now, as far as is known.
	 * @return the host of the member that says so with the latest term, or empty
	 */
	Optional<Host> leader() {
		long now = System.nanoTime();
		return this.members.stream()
			.filter((host) -> !host.isPaused()
					&& host.view().filter((view) -> view.leads() && now - view.time() < FRESH).isPresent())
			.max(Comparator.comparingLong(Cluster::term));
	}

	static long term(Host host) {
		return host.view().map(NodeView::term).orElse(-1L);
	}

	/**
	 * Waits until a member leads.
	 * @return its host
	 * @throws IOException if none does
	 */
	Host awaitLeader() throws IOException {
		Host leader = Clock.awaitValue(ELECTION, () -> leader().orElse(null));
		if (leader == null) {
			throw new IOException("No member leads after " + ELECTION + ": "
					+ this.members.stream().map(Host::view).map(Objects::toString).toList());
		}
		return leader;
	}

	@Override
	public void close() throws IOException {
		IOException failure = null;
		for (Host host : all()) {
			try {
				host.close();
			}
			catch (IOException ex) {
				failure = ex;
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

}
