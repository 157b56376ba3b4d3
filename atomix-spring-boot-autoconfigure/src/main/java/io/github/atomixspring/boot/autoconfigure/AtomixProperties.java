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

package io.github.atomixspring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of Atomix.
 * <p>
 * A property under {@code atomix} that is not known here fails the start: a mistyped
 * timeout must not go unnoticed.
 *
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "atomix", ignoreUnknownFields = false)
public class AtomixProperties extends PrimitivesProperties {

	/**
	 * Whether there is a node. If not, primitives cannot be injected, and annotations
	 * such as @LeaderOnly and @Locked have no effect.
	 */
	private boolean enabled = true;

	/**
	 * What the application is: a replica keeps the state and has a vote, a client has
	 * neither and only uses the cluster.
	 */
	private Mode mode = Mode.REPLICA;

	/**
	 * Number of Raft groups over which primitives are spread by their names, from 1 to
	 * 32. The same on all nodes, and fixed when the cluster is made.
	 */
	private int partitions = 1;

	private final Cluster cluster = new Cluster();

	private final Node node = new Node();

	private final Client client = new Client();

	private final Storage storage = new Storage();

	private final Memory memory = new Memory();

	private final Session session = new Session();

	private final Raft raft = new Raft();

	private final Security security = new Security();

	private final Ssl ssl = new Ssl();

	private final Leader leader = new Leader();

	@NestedConfigurationProperty
	private final IntegrationProperties integration = new IntegrationProperties();

	private final Metrics metrics = new Metrics();

	private final Listeners listeners = new Listeners();

	private final ClusterEvents clusterEvents = new ClusterEvents();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Mode getMode() {
		return this.mode;
	}

	public void setMode(Mode mode) {
		this.mode = mode;
	}

	public int getPartitions() {
		return this.partitions;
	}

	public void setPartitions(int partitions) {
		this.partitions = partitions;
	}

	public Cluster getCluster() {
		return this.cluster;
	}

	public Node getNode() {
		return this.node;
	}

	public Client getClient() {
		return this.client;
	}

	public Storage getStorage() {
		return this.storage;
	}

	public Memory getMemory() {
		return this.memory;
	}

	public Session getSession() {
		return this.session;
	}

	public Raft getRaft() {
		return this.raft;
	}

	public Security getSecurity() {
		return this.security;
	}

	public Ssl getSsl() {
		return this.ssl;
	}

	public Leader getLeader() {
		return this.leader;
	}

	public IntegrationProperties getIntegration() {
		return this.integration;
	}

	/**
	 * Takes notice of a group that has a class of its own, so that it counts as known.
	 * @param properties the properties of the group
	 */
	void setCache(Map<String, Object> properties) {
	}

	/**
	 * Takes notice of a group that has a class of its own, so that it counts as known.
	 * @param properties the properties of the group
	 */
	void setShedlock(Map<String, Object> properties) {
	}

	/**
	 * Takes notice of a group that has a class of its own, so that it counts as known.
	 * @param properties the properties of the group
	 */
	void setDiscovery(Map<String, Object> properties) {
	}

	/**
	 * Takes notice of a group that has a class of its own, so that it counts as known.
	 * @param properties the properties of the group
	 */
	void setConfig(Map<String, Object> properties) {
	}

	public Metrics getMetrics() {
		return this.metrics;
	}

	public Listeners getListeners() {
		return this.listeners;
	}

	public ClusterEvents getClusterEvents() {
		return this.clusterEvents;
	}

	/**
	 * What an application is in its cluster.
	 */
	public enum Mode {

		/**
		 * A member that keeps the state and has a vote.
		 */
		REPLICA,

		/**
		 * A node without state that uses the cluster of others.
		 */
		CLIENT

	}

	/**
	 * Cluster to which the node belongs.
	 */
	public static class Cluster {

		/**
		 * Name of the cluster, the same on all nodes, 1 to 128 printable characters.
		 * Nodes of different clusters refuse each other.
		 */
		private String name = "atomix";

		/**
		 * Comma-separated list of all members with a vote, each as id=host:port or
		 * host:port, where the address is the id; the same on all nodes. IPv6 addresses
		 * stand in brackets. Without members a replica is a cluster of its own; a client
		 * needs at least one.
		 */
		private List<String> members = new ArrayList<>();

		/**
		 * Comma-separated list of the members without a vote, in the same form as the
		 * others; the same on all nodes. A listener has all the state and serves its
		 * application, but does not count for a majority and never leads.
		 */
		private List<String> listeners = new ArrayList<>();

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		public List<String> getMembers() {
			return this.members;
		}

		public void setMembers(List<String> members) {
			this.members = members;
		}

		public List<String> getListeners() {
			return this.listeners;
		}

		public void setListeners(List<String> listeners) {
			this.listeners = listeners;
		}

	}

	/**
	 * This node.
	 */
	public static class Node {

		/**
		 * Id of this node. For a replica that of one of the members, n1 without members;
		 * may be left out if there is only one member, or if the address tells which one
		 * this is. For a client any name, unique among the nodes, which others see as the
		 * holder of locks; by default that of the application, or else client, and a
		 * random suffix.
		 */
		private @Nullable String id;

		/**
		 * Address of this replica as host:port, by which the other members reach it. By
		 * default that of the member with the id of this node, or 127.0.0.1:5679 without
		 * members.
		 */
		private @Nullable String address;

		/**
		 * Address on which the server of this replica listens, if it is not the one by
		 * which others reach it; 0.0.0.0 for all.
		 */
		private @Nullable String bindHost;

		public @Nullable String getId() {
			return this.id;
		}

		public void setId(@Nullable String id) {
			this.id = id;
		}

		public @Nullable String getAddress() {
			return this.address;
		}

		public void setAddress(@Nullable String address) {
			this.address = address;
		}

		public @Nullable String getBindHost() {
			return this.bindHost;
		}

		public void setBindHost(@Nullable String bindHost) {
			this.bindHost = bindHost;
		}

	}

	/**
	 * How a client finds its cluster.
	 */
	public static class Client {

		/**
		 * Comma-separated list of ids of members that a client asks first who leads, in
		 * this order; it tries the others in turn when none of these answers. It begins
		 * with them again whenever it has lost its connection. All operations go to the
		 * leader, whichever member that is. Without effect for a replica.
		 */
		private List<String> preferredMembers = new ArrayList<>();

		public List<String> getPreferredMembers() {
			return this.preferredMembers;
		}

		public void setPreferredMembers(List<String> preferredMembers) {
			this.preferredMembers = preferredMembers;
		}

	}

	/**
	 * Storage of a replica.
	 */
	public static class Storage {

		/**
		 * Directory of log and snapshots, on a local disk, of this replica alone;
		 * relative to the working directory. It is made if it does not exist, and only
		 * its user can read it.
		 */
		private Path directory = Path.of("data", "atomix");

		/**
		 * Directory in which the endpoint writes and looks for backups, relative to the
		 * working directory. It is made if it does not exist, and only its user can read
		 * it.
		 */
		private Path backupDirectory = Path.of("data", "backups");

		/**
		 * Free space of the disk below which this replica takes no writes. When a
		 * majority of the members has less, the cluster refuses writes with an error
		 * until there is more. Zero takes writes until the disk is full.
		 */
		private DataSize minFreeSpace = DataSize.ofMegabytes(64);

		public Path getDirectory() {
			return this.directory;
		}

		public void setDirectory(Path directory) {
			this.directory = directory;
		}

		public Path getBackupDirectory() {
			return this.backupDirectory;
		}

		public void setBackupDirectory(Path backupDirectory) {
			this.backupDirectory = backupDirectory;
		}

		public DataSize getMinFreeSpace() {
			return this.minFreeSpace;
		}

		public void setMinFreeSpace(DataSize minFreeSpace) {
			this.minFreeSpace = minFreeSpace;
		}

	}

	/**
	 * Memory of a replica.
	 */
	public static class Memory {

		/**
		 * Percentage of the heap above which this replica takes no writes: the use after
		 * the last collection of garbage, of the old generation. While it is exceeded on
		 * the leader or on too many members, the cluster refuses writes with an error,
		 * except for what removes something. 0 and 100 take writes until there is no
		 * memory.
		 */
		private int maxHeapUse = 80;

		public int getMaxHeapUse() {
			return this.maxHeapUse;
		}

		public void setMaxHeapUse(int maxHeapUse) {
			this.maxHeapUse = maxHeapUse;
		}

	}

	/**
	 * Session of this node with the cluster.
	 */
	public static class Session {

		/**
		 * Time without contact after which the cluster ends the session of this node, at
		 * least one second. Others get its locks and leaderships so long after it was
		 * killed. Short is quick; long endures pauses, of the garbage collection for
		 * instance.
		 */
		private Duration timeout = Duration.ofSeconds(10);

		/**
		 * Time after which an operation that got no answer fails.
		 */
		private Duration operationTimeout = Duration.ofSeconds(15);

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

		public Duration getOperationTimeout() {
			return this.operationTimeout;
		}

		public void setOperationTimeout(Duration operationTimeout) {
			this.operationTimeout = operationTimeout;
		}

	}

	/**
	 * Consensus of the replicas.
	 */
	public static class Raft {

		/**
		 * Least time without a sign of the Raft leader after which a replica asks for its
		 * vote; the most is twice that. At least 50 ms and at most half of the session
		 * timeout. By default a quarter of the session timeout, within 300 ms and 1 s.
		 */
		private @Nullable Duration electionTimeout;

		/**
		 * Number of log entries after which a replica takes a snapshot and lets go of the
		 * log behind it. By default 100000.
		 */
		private @Nullable Long snapshotThreshold;

		/**
		 * Properties of Apache Ratis, whose names begin with raft. They win over those
		 * that this library sets, and can break what it promises.
		 */
		private Map<String, String> properties = new LinkedHashMap<>();

		public @Nullable Duration getElectionTimeout() {
			return this.electionTimeout;
		}

		public void setElectionTimeout(@Nullable Duration electionTimeout) {
			this.electionTimeout = electionTimeout;
		}

		public @Nullable Long getSnapshotThreshold() {
			return this.snapshotThreshold;
		}

		public void setSnapshotThreshold(@Nullable Long snapshotThreshold) {
			this.snapshotThreshold = snapshotThreshold;
		}

		public Map<String, String> getProperties() {
			return this.properties;
		}

		public void setProperties(Map<String, String> properties) {
			this.properties = properties;
		}

	}

	/**
	 * Protection of the traffic between nodes.
	 */
	public static class Security {

		/**
		 * Whether a replica may listen on an address other than loopback without
		 * encryption and authentication. Not needed with an SSL bundle.
		 */
		private boolean insecure = false;

		/**
		 * Comma-separated list of names of which the certificate of a member has at least
		 * one: host names, addresses or URIs, in which * stands for any characters but
		 * dots and slashes, or common names after CN=. By default the hosts of the
		 * members.
		 */
		private List<String> members = new ArrayList<>();

		/**
		 * Comma-separated list of names of which the certificate of a client has at least
		 * one, written as those of members. By default any certificate that is trusted is
		 * that of a client.
		 */
		private List<String> clients = new ArrayList<>();

		public boolean isInsecure() {
			return this.insecure;
		}

		public void setInsecure(boolean insecure) {
			this.insecure = insecure;
		}

		public List<String> getMembers() {
			return this.members;
		}

		public void setMembers(List<String> members) {
			this.members = members;
		}

		public List<String> getClients() {
			return this.clients;
		}

		public void setClients(List<String> clients) {
			this.clients = clients;
		}

	}

	/**
	 * Encryption and authentication of all connections between nodes.
	 */
	public static class Ssl {

		/**
		 * Whether to use TLS. By default if there is a bundle.
		 */
		private @Nullable Boolean enabled;

		/**
		 * Name of the SSL bundle with the key of this node and the authorities it trusts.
		 */
		private @Nullable String bundle;

		public boolean isEnabled() {
			return (this.enabled != null) ? this.enabled : this.bundle != null;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable String getBundle() {
			return this.bundle;
		}

		public void setBundle(@Nullable String bundle) {
			this.bundle = bundle;
		}

	}

	/**
	 * Leader elections in which this application is a candidate.
	 */
	public static class Leader {

		/**
		 * Name of the election of @LeaderOnly methods that do not name one. By default
		 * the name of the application.
		 */
		private @Nullable String election;

		/**
		 * Comma-separated list of elections in which this application is a candidate, in
		 * addition to those that @LeaderOnly methods name.
		 */
		private List<String> elections = new ArrayList<>();

		/**
		 * Whether this application is a candidate at all. If not, its @LeaderOnly methods
		 * never run.
		 */
		private boolean campaign = true;

		public @Nullable String getElection() {
			return this.election;
		}

		public void setElection(@Nullable String election) {
			this.election = election;
		}

		public List<String> getElections() {
			return this.elections;
		}

		public void setElections(List<String> elections) {
			this.elections = elections;
		}

		public boolean isCampaign() {
			return this.campaign;
		}

		public void setCampaign(boolean campaign) {
			this.campaign = campaign;
		}

	}

	/**
	 * Meters of the node.
	 */
	public static class Metrics {

		/**
		 * Whether to have meters of the node.
		 */
		private boolean enabled = true;

		/**
		 * Whether to have the Raft server of a member measure as well.
		 */
		private boolean ratis = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public boolean isRatis() {
			return this.ratis;
		}

		public void setRatis(boolean ratis) {
			this.ratis = ratis;
		}

	}

	/**
	 * Methods that listen to topics and task queues.
	 */
	public static class Listeners {

		/**
		 * Whether listeners start with the application. If not, MessageListeners.start()
		 * or a container of its own starts them.
		 */
		private boolean autoStartup = true;

		/**
		 * How long a stop waits for calls of listeners that are running. Within the time
		 * of spring.lifecycle.timeout-per-shutdown-phase.
		 */
		private Duration shutdownTimeout = Duration.ofSeconds(20);

		public boolean isAutoStartup() {
			return this.autoStartup;
		}

		public void setAutoStartup(boolean autoStartup) {
			this.autoStartup = autoStartup;
		}

		public Duration getShutdownTimeout() {
			return this.shutdownTimeout;
		}

		public void setShutdownTimeout(Duration shutdownTimeout) {
			this.shutdownTimeout = shutdownTimeout;
		}

	}

	/**
	 * Application events that go to all nodes.
	 */
	public static class ClusterEvents {

		/**
		 * Whether application events with @Clustered go to the other nodes.
		 */
		private boolean enabled = true;

		/**
		 * Name of the topic by which they go, the same on all nodes. Applications that
		 * share a cluster and not their events have different ones.
		 */
		private String topic = "atomix.application-events";

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public String getTopic() {
			return this.topic;
		}

		public void setTopic(String topic) {
			this.topic = topic;
		}

	}

}
