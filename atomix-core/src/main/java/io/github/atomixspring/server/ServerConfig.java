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

package io.github.atomixspring.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.atomixspring.cluster.ClusterConfigurationException;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.TlsConfig;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a member.
 *
 * @param cluster the name of the cluster, the same on all members
 * @param self this member, one of the members
 * @param members all members, listeners as well, the same on all of them
 * @param directory the directory of this member and of no other
 * @param bindHost the host to which the server binds
 * @param sessionTimeout the session timeout, from which the default of the election
 * timeout is derived
 * @param electionTimeout the least time without a leader before an election, or null for
 * the default
 * @param snapshotThreshold the number of log entries between two snapshots
 * @param raftProperties settings of Ratis that win over all others
 * @param insecure whether a server without TLS may bind to more than the loopback
 * interface
 * @param tls protects all connections, or null for plain text
 * @param partitions the number of Raft groups, the same on all nodes
 * @param minFreeSpace how many bytes must be free where the directory is for the member
 * to take writes; zero for no limit
 * @param maxHeapUse how many percent of the heap may be in use for the member to take
 * writes; 0 or 100 for no limit
 */
public record ServerConfig(String cluster, Member self, List<Member> members, Path directory, String bindHost,
		Duration sessionTimeout, @Nullable Duration electionTimeout, long snapshotThreshold,
		Map<String, String> raftProperties, boolean insecure, @Nullable TlsConfig tls, int partitions,
		long minFreeSpace, int maxHeapUse) {

	/**
	 * The default of the number of log entries between two snapshots.
	 */
	public static final long DEFAULT_SNAPSHOT_THRESHOLD = 100_000;

	/**
	 * The greatest number of partitions: each has a log, buffers and threads of its own.
	 */
	public static final int MAX_PARTITIONS = 32;

	/**
	 * The default of the bytes that must be free on the disk: what may be on its way into
	 * the log when the limit is reached, a segment of the log, and a reserve.
	 */
	public static final long DEFAULT_MIN_FREE_SPACE = 64L << 20;

	/**
	 * The default of the percentage of the heap that may be in use: the rest is for what
	 * is on its way into the state, for reads and for snapshots.
	 */
	public static final int DEFAULT_MAX_HEAP_USE = 80;

	private static final int MAX_NAME = 128;

	private static final Duration MIN_ELECTION_TIMEOUT = Duration.ofMillis(50);

	private static final Duration MAX_DEFAULT_ELECTION_TIMEOUT = Duration.ofSeconds(1);

	private static final Duration MIN_DEFAULT_ELECTION_TIMEOUT = Duration.ofMillis(300);

	private static final Duration DEFAULT_SESSION_TIMEOUT = Duration.ofSeconds(10);

	/**
	 * Checks the components.
	 * @throws ClusterConfigurationException if one is wrong
	 */
	public ServerConfig {
		Objects.requireNonNull(cluster, "'cluster' must not be null");
		Objects.requireNonNull(self, "'self' must not be null");
		Objects.requireNonNull(directory, "'directory' must not be null");
		Objects.requireNonNull(bindHost, "'bindHost' must not be null");
		Objects.requireNonNull(sessionTimeout, "'sessionTimeout' must not be null");
		members = List.copyOf(members);
		raftProperties = Map.copyOf(raftProperties);
		check(!cluster.isBlank() && cluster.length() <= MAX_NAME && cluster.chars().noneMatch(Character::isISOControl),
				"the name of the cluster must have 1 to 128 printable characters");
		checkMembers(self, members);
		check(!sessionTimeout.isNegative() && !sessionTimeout.isZero(),
				"the session timeout must be positive, not " + sessionTimeout);
		if (electionTimeout != null) {
			check(electionTimeout.compareTo(MIN_ELECTION_TIMEOUT) >= 0,
					"the election timeout must be at least 50 ms, not " + electionTimeout);
			check(electionTimeout.multipliedBy(2).compareTo(sessionTimeout) <= 0,
					"the election timeout of " + electionTimeout + " must be at most half of the session timeout of "
							+ sessionTimeout + ", or sessions end whenever the leader changes");
		}
		check(minFreeSpace >= 0, "the free space of the disk must not be negative, as " + minFreeSpace + " is");
		check(maxHeapUse >= 0 && maxHeapUse <= 100,
				"the use of the heap must be from 0 to 100 percent, not " + maxHeapUse);
		check(snapshotThreshold > 0, "the snapshot threshold must be positive, not " + snapshotThreshold);
		// Ratis takes the comma for a list and expands variables.
		String path = directory.toString();
		check(!path.isBlank() && path.indexOf(',') < 0 && !path.contains("${"),
				"the directory '" + path + "' must not be blank nor contain ',' or '${'");
		checkPartitions(partitions);
		for (String key : raftProperties.keySet()) {
			check(key.startsWith("raft."), "'" + key + "' is no setting of Ratis: those begin with 'raft.'");
		}
	}

	/**
	 * Returns a configuration with defaults.
	 * @param cluster the name of the cluster
	 * @param self the id of this member
	 * @param members all members
	 * @param directory the directory of this member
	 * @return the configuration; it binds to the host of the member
	 * @throws ClusterConfigurationException if something is wrong
	 */
	public static ServerConfig of(String cluster, String self, List<Member> members, Path directory) {
		Member member = find(self, members);
		return new ServerConfig(cluster, member, members, directory, member.host(), DEFAULT_SESSION_TIMEOUT, null,
				DEFAULT_SNAPSHOT_THRESHOLD, Map.of(), false, null, 1, DEFAULT_MIN_FREE_SPACE, DEFAULT_MAX_HEAP_USE);
	}

	/**
	 * Finds a member by its id.
	 * @param id the id
	 * @param members all members
	 * @return the member
	 * @throws ClusterConfigurationException if it is not among them
	 */
	public static Member find(String id, List<Member> members) {
		return members.stream()
			.filter((member) -> member.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new ClusterConfigurationException("The node id '" + id + "' is not among the members "
					+ ids(members) + ": add it to the members or correct the id"));
	}

	/**
	 * Returns a copy with timeouts.
	 * @param session the session timeout
	 * @param election the election timeout, or null for the default
	 * @return the copy
	 */
	public ServerConfig withTimeouts(Duration session, @Nullable Duration election) {
		return new ServerConfig(this.cluster, this.self, this.members, this.directory, this.bindHost, session, election,
				this.snapshotThreshold, this.raftProperties, this.insecure, this.tls, this.partitions,
				this.minFreeSpace, this.maxHeapUse);
	}

	/**
	 * Returns a copy with another host to bind to.
	 * @param host the host
	 * @param allowInsecure whether it need not be the loopback interface
	 * @return the copy
	 */
	public ServerConfig withBindHost(String host, boolean allowInsecure) {
		return new ServerConfig(this.cluster, this.self, this.members, this.directory, host, this.sessionTimeout,
				this.electionTimeout, this.snapshotThreshold, this.raftProperties, allowInsecure, this.tls,
				this.partitions, this.minFreeSpace, this.maxHeapUse);
	}

	/**
	 * Returns a copy with another number of log entries between two snapshots.
	 * @param threshold the number
	 * @return the copy
	 */
	public ServerConfig withSnapshotThreshold(long threshold) {
		return new ServerConfig(this.cluster, this.self, this.members, this.directory, this.bindHost,
				this.sessionTimeout, this.electionTimeout, threshold, this.raftProperties, this.insecure, this.tls,
				this.partitions, this.minFreeSpace, this.maxHeapUse);
	}

	/**
	 * Returns a copy with more settings of Ratis.
	 * @param properties the settings
	 * @return the copy
	 */
	public ServerConfig withRaftProperties(Map<String, String> properties) {
		Map<String, String> all = new HashMap<>(this.raftProperties);
		all.putAll(properties);
		return new ServerConfig(this.cluster, this.self, this.members, this.directory, this.bindHost,
				this.sessionTimeout, this.electionTimeout, this.snapshotThreshold, all, this.insecure, this.tls,
				this.partitions, this.minFreeSpace, this.maxHeapUse);
	}

	/**
	 * Returns a copy with TLS.
	 * @param protection protects all connections, or null for plain text
	 * @return the copy
	 */
	public ServerConfig withTls(@Nullable TlsConfig protection) {
		return new ServerConfig(this.cluster, this.self, this.members, this.directory, this.bindHost,
				this.sessionTimeout, this.electionTimeout, this.snapshotThreshold, this.raftProperties, this.insecure,
				protection, this.partitions, this.minFreeSpace, this.maxHeapUse);
	}

	/**
	 * Returns a copy with another number of partitions.
	 * @param number the number
	 * @return the copy
	 */
	public ServerConfig withPartitions(int number) {
		return new ServerConfig(this.cluster, this.self, this.members, this.directory, this.bindHost,
				this.sessionTimeout, this.electionTimeout, this.snapshotThreshold, this.raftProperties, this.insecure,
				this.tls, number, this.minFreeSpace, this.maxHeapUse);
	}

	/**
	 * Returns a copy with another limit for the free space of the disk.
	 * @param bytes how many bytes must be free; zero for no limit
	 * @return the copy
	 */
	public ServerConfig withMinFreeSpace(long bytes) {
		return new ServerConfig(this.cluster, this.self, this.members, this.directory, this.bindHost,
				this.sessionTimeout, this.electionTimeout, this.snapshotThreshold, this.raftProperties, this.insecure,
				this.tls, this.partitions, bytes, this.maxHeapUse);
	}

	/**
	 * Returns a copy with another limit for the use of the heap.
	 * @param percent how many percent may be in use; 0 or 100 for no limit
	 * @return the copy
	 */
	public ServerConfig withMaxHeapUse(int percent) {
		return new ServerConfig(this.cluster, this.self, this.members, this.directory, this.bindHost,
				this.sessionTimeout, this.electionTimeout, this.snapshotThreshold, this.raftProperties, this.insecure,
				this.tls, this.partitions, this.minFreeSpace, percent);
	}

	/**
	 * Returns the least time without a leader before an election; the most is twice that.
	 * @return the configured time, or a quarter of the session timeout within 300 ms and
	 * 1 s, so that a session outlives an election
	 */
	public Duration effectiveElectionTimeout() {
		if (this.electionTimeout != null) {
			return this.electionTimeout;
		}
		Duration quarter = this.sessionTimeout.dividedBy(4);
		if (quarter.compareTo(MAX_DEFAULT_ELECTION_TIMEOUT) > 0) {
			return MAX_DEFAULT_ELECTION_TIMEOUT;
		}
		return (quarter.compareTo(MIN_DEFAULT_ELECTION_TIMEOUT) < 0) ? MIN_DEFAULT_ELECTION_TIMEOUT : quarter;
	}

	/**
	 * Returns the other members.
	 * @return the members but this
	 */
	List<Member> others() {
		return this.members.stream().filter((member) -> !member.equals(this.self)).toList();
	}

	/**
	 * Returns the members that make a new cluster.
	 * @return the members with a vote
	 */
	List<Member> voters() {
		return this.members.stream().filter((member) -> !member.listener()).toList();
	}

	/**
	 * Checks that the server may bind to its host.
	 * @throws ClusterConfigurationException if the host is unknown, or would open the
	 * unprotected server to the network without having been asked to
	 */
	void checkBindHost() {
		InetAddress address;
		try {
			address = InetAddress.getByName(this.bindHost);
		}
		catch (UnknownHostException ex) {
			throw new ClusterConfigurationException("The host '" + this.bindHost + "' to which member '"
					+ this.self.id() + "' binds cannot be resolved: correct the host of the member or its bind host",
					ex);
		}
		if (!address.isLoopbackAddress() && !this.insecure && this.tls == null) {
			throw new ClusterConfigurationException("Member '" + this.self.id() + "' would bind to '" + this.bindHost
					+ "', which other hosts may reach, without TLS: whoever reaches the port could change the state."
					+ " Configure TLS, bind to a loopback address, or allow it with insecure=true in a network that is"
					+ " protected otherwise");
		}
	}

	/**
	 * Looks whether the port is free. Ratis would find out, too, but logs it as an error
	 * of its own with a stack trace before anyone can say what to do.
	 * @throws ClusterConfigurationException if the host is not of this machine
	 * @throws io.github.atomixspring.cluster.PortInUseException if the port is taken
	 */
	void checkPort() {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(this.bindHost, this.self.port()));
		}
		catch (IOException ex) {
			throw StartFailures.translate(ex, this, null);
		}
	}

	private static void checkMembers(Member self, List<Member> members) {
		check(!members.isEmpty(), "there must be at least one member");
		check(!members.stream().allMatch(Member::listener),
				"all members " + ids(members) + " are listeners: there must be at least one with a vote");
		Set<String> ids = new HashSet<>();
		Map<String, Member> addresses = new HashMap<>();
		for (int i = 0; i < members.size(); i++) {
			Member member = members.get(i);
			check(ids.add(member.id()), "member " + (i + 1) + " has the id '" + member.id() + "' of another member");
			Member other = addresses.put(member.address(), member);
			check(other == null, "members '" + ((other != null) ? other.id() : "") + "' and '" + member.id()
					+ "' have the same address " + member.address());
		}
		check(find(self.id(), members).address().equals(self.address()),
				"the address " + self.address() + " of member '" + self.id() + "' is not that of the list of members");
		check(find(self.id(), members).equals(self),
				"member '" + self.id() + "' is a listener here and none in the list of members, or the reverse");
	}

	/**
	 * Checks a number of partitions.
	 * @param partitions the number
	 * @throws ClusterConfigurationException if it is out of range
	 */
	public static void checkPartitions(int partitions) {
		if (partitions < 1 || partitions > MAX_PARTITIONS) {
			throw new ClusterConfigurationException("The number of partitions (atomix.partitions) must be from 1 to "
					+ MAX_PARTITIONS + ", not " + partitions);
		}
	}

	private static List<String> ids(List<Member> members) {
		return members.stream().map(Member::id).toList();
	}

	private static void check(boolean valid, String message) {
		if (!valid) {
			throw new ClusterConfigurationException("The configuration of the member is wrong: " + message);
		}
	}

}
