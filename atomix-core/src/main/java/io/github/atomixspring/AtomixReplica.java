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

package io.github.atomixspring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.atomixspring.cluster.ClusterConfigurationException;
import io.github.atomixspring.cluster.ClusterReport;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NetworkFilter;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.NotLeadingException;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.metrics.RaftMetrics;
import io.github.atomixspring.metrics.ReplicaStatistics;
import io.github.atomixspring.server.RaftMember;
import io.github.atomixspring.server.ServerConfig;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.session.SessionConfig;
import org.jspecify.annotations.Nullable;

/**
 * A node that is a member of its cluster: it keeps the state on disk and in memory and
 * has a vote, unless it is a {@linkplain Member#listener() listener}.
 * <p>
 * All members have the same cluster name and the same list of members, start in any order
 * and find each other. A replica without a list of members is a cluster of its own, on
 * the loopback interface.
 *
 * @since 0.1.0
 */
public final class AtomixReplica extends AbstractNode {

	private static final Duration REPORT_TIMEOUT = Duration.ofSeconds(2);

	private final RaftMember member;

	private AtomixReplica(RaftMember member, SessionConfig session) {
		super(IntStream.range(0, session.partitions())
			.mapToObj((partition) -> new SessionClient(session, member.connector(partition),
					member.localReader(partition)))
			.toList());
		this.member = member;
	}

	/**
	 * Returns a builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	@Override
	void startServer() {
		this.member.start();
	}

	@Override
	void stopServer() {
		this.member.stop();
	}

	@Override
	void closeServer() {
		this.member.close();
	}

	/**
	 * Stops the node as if its process had been killed: it hands nothing over and does
	 * not close its session, so that the cluster gives what it holds to others only when
	 * the session has timed out. What it has sent takes effect. Does nothing if it does
	 * not run; it can be started again. Meant for tests; an application uses
	 * {@link #stop()}.
	 */
	public void terminate() {
		terminate(this.member::terminate);
	}

	/**
	 * Returns what this node knows of itself and its cluster, without asking anyone.
	 * @return the status
	 */
	public NodeStatus status() {
		return this.member.status();
	}

	/**
	 * Returns what this member has counted since it was built, and what it has at hand.
	 * @return the figures
	 */
	public ReplicaStatistics statistics() {
		return this.member.statistics();
	}

	/**
	 * Returns the metrics of the Raft server of this member. They come and go with it.
	 * @return the metrics
	 */
	public RaftMetrics raftMetrics() {
		return this.member.metrics();
	}

	/**
	 * Asks all configured members for their status, and waits for two seconds at most.
	 * @return the report
	 */
	public ClusterReport clusterReport() {
		return this.member.report(REPORT_TIMEOUT);
	}

	/**
	 * Hands the leadership of the consensus to another member, with several partitions
	 * those of all that this member leads. That is not the leadership of any election.
	 * Sessions go on; operations wait for a moment.
	 * <p>
	 * Leaders of partitions but the first are spread over the members by themselves, and
	 * do not all stay where they were put: to keep a member from leading, stop it.
	 * @param member the id of the member
	 * @param timeout how long that may take
	 * @return completes when that member leads. Fails with
	 * {@link io.github.atomixspring.cluster.NotLeadingException} if this member does not
	 * lead, with {@link IllegalArgumentException} if there is no such member, and with
	 * another exception if that member does not lead in time; of several partitions some
	 * may have been handed over then
	 */
	public CompletableFuture<Void> transferLeadership(String member, Duration timeout) {
		Objects.requireNonNull(member, "'member' must not be null");
		return this.member.transferLeadership(member, timeout);
	}

	/**
	 * Hands the leadership of one partition to another member.
	 * @param member the id of the member
	 * @param partition the number of the partition, from 0 on
	 * @param timeout how long that may take
	 * @return as for all; fails with {@link IllegalArgumentException} also if there is no
	 * such partition
	 */
	public CompletableFuture<Void> transferLeadership(String member, int partition, Duration timeout) {
		Objects.requireNonNull(member, "'member' must not be null");
		return this.member.transferLeadership(member, partition, timeout);
	}

	/**
	 * Adds a member to the cluster. May be asked of any replica, which goes to the one
	 * that leads.
	 * <p>
	 * The new member must have been started with an empty directory and a configuration
	 * that lists the members and itself: it then waits to be added. It is brought up to
	 * date before it gets its vote, or takes part without one if it is a
	 * {@linkplain Member#listener() listener}. The configurations of the other members
	 * should list it from their next start on; until then they know it from the cluster.
	 * To add a member that is one already, at the same address, changes nothing.
	 * @param member the member
	 * @param timeout how long to try
	 * @return completes when the member takes part. Fails with
	 * {@link io.github.atomixspring.cluster.MembershipException} if it cannot be added,
	 * with {@link io.github.atomixspring.primitive.UnavailableException} if nothing was
	 * done in time, and with
	 * {@link io.github.atomixspring.primitive.UnknownOutcomeException} if that is not
	 * known
	 */
	public CompletableFuture<Void> addMember(Member member, Duration timeout) {
		Objects.requireNonNull(member, "'member' must not be null");
		return this.member.addMember(member, timeout);
	}

	/**
	 * Removes a member from the cluster, which may be this one or the one that leads: it
	 * hands its leadership over first. May be asked of any replica.
	 * <p>
	 * It is refused if most of those who would be left do not run. The member that was
	 * removed takes no part any more, and says so, until it is stopped; to come back it
	 * needs an empty directory. No configuration should list it from the next start on.
	 * @param node the id of its node
	 * @param timeout how long to try
	 * @return completes when the member takes no part any more. Fails with
	 * {@link io.github.atomixspring.cluster.MembershipException} if it must not be
	 * removed, with {@link io.github.atomixspring.primitive.UnavailableException} if
	 * nothing was done in time, and with
	 * {@link io.github.atomixspring.primitive.UnknownOutcomeException} if that is not
	 * known
	 */
	public CompletableFuture<Void> removeMember(String node, Duration timeout) {
		Objects.requireNonNull(node, "'node' must not be null");
		return this.member.removeMember(node, false, timeout);
	}

	/**
	 * Removes a member even if most of those who would be left do not run: nothing can be
	 * written then until enough of them do.
	 * @param node the id of its node
	 * @param timeout how long to try
	 * @return as for {@link #removeMember}
	 */
	public CompletableFuture<Void> forceRemoveMember(String node, Duration timeout) {
		Objects.requireNonNull(node, "'node' must not be null");
		return this.member.removeMember(node, true, timeout);
	}

	/**
	 * Gives a listener a vote: it counts for majorities from then on and may lead. May be
	 * asked of any replica.
	 * <p>
	 * It must run and have all but the latest entries of the log. If the leader fails
	 * just while the change is being committed, a new one can only be elected when all
	 * voters of before run. No configuration should call the member a listener from the
	 * next start on; until then the cluster knows better.
	 * @param node the id of its node
	 * @param timeout how long to try
	 * @return completes when the member has its vote, also if it had one before; fails as
	 * for {@link #addMember}
	 */
	public CompletableFuture<Void> promoteMember(String node, Duration timeout) {
		Objects.requireNonNull(node, "'node' must not be null");
		return this.member.setListener(node, false, timeout);
	}

	/**
	 * Takes the vote of a member, which goes on as a listener. That may be this one or
	 * the one that leads: it hands its leadership over first. May be asked of any
	 * replica.
	 * <p>
	 * It is refused if most of the voters that would be left do not run. The member
	 * starts its server anew, which takes a moment; its session goes on. All
	 * configurations should call it a listener from the next start on.
	 * @param node the id of its node
	 * @param timeout how long to try
	 * @return completes when the cluster does not count its vote any more, also if it had
	 * none before; fails as for {@link #removeMember}
	 */
	public CompletableFuture<Void> demoteMember(String node, Duration timeout) {
		Objects.requireNonNull(node, "'node' must not be null");
		return this.member.setListener(node, true, timeout);
	}

	/**
	 * Takes a snapshot of the state of this member, which it also does by itself whenever
	 * the log has grown enough.
	 * @return the log index of the snapshot, once it is on disk; fails with
	 * {@link io.github.atomixspring.primitive.AtomixException} if it cannot be written
	 */
	public CompletableFuture<Long> takeSnapshot() {
		return this.member.takeSnapshot();
	}

	/**
	 * Makes all members compute the digest of their state at one log index, which the
	 * leader also does by itself every minute. The digests appear in the
	 * {@linkplain #clusterReport() report}. With several partitions it is done for the
	 * first one and for those others that this member leads.
	 * @return the log index of the first partition. Fails with
	 * {@link io.github.atomixspring.cluster.NotLeadingException} if this member does not
	 * lead, and with another exception if that is not known to be committed
	 */
	public CompletableFuture<Long> verifyDigests() {
		NodeStatus status = status();
		return (status.role() == Role.LEADER) ? this.member.verify()
				: CompletableFuture.failedFuture(new NotLeadingException(status.node(), status.leader()));
	}

	/**
	 * Writes the state of the cluster to a file, while it goes on: all primitives with
	 * what they hold, as of one log index that is not before that of the last command
	 * answered until now. To be asked of the member that leads, with several partitions
	 * the first of them; the file is written by this member.
	 * <p>
	 * With several partitions the file has all of them, each as of one index of its own
	 * log, but not all as of one moment: nothing that is kept together by a transaction
	 * lives in two of them.
	 * <p>
	 * The file is readable by its owner only, is there as a whole or not at all, and
	 * carries its version, the number of partitions and checksums.
	 * @param target the file, which must not be there, in a directory that is made if it
	 * is not there
	 * @return the log index, that of the first partition, once the file is on disk. Fails
	 * with {@link io.github.atomixspring.cluster.BackupException} if it cannot be
	 * written, with {@link io.github.atomixspring.cluster.NotLeadingException} if this
	 * member does not lead, and with
	 * {@link io.github.atomixspring.primitive.UnavailableException} if the leader of
	 * another partition is not found
	 */
	public CompletableFuture<Long> backup(Path target) {
		Objects.requireNonNull(target, "'target' must not be null");
		return this.member.backup(target);
	}

	/**
	 * Makes the state in a {@linkplain #backup backup} that of the cluster, which must
	 * have no primitives and as many partitions as the one of the backup. To be asked of
	 * the member that leads, with several partitions the first of them; the file is
	 * needed only there.
	 * <p>
	 * All sessions end with that, those in the backup too, and with them what they held:
	 * locks, leaderships, permits, ephemeral members. The nodes open new sessions by
	 * themselves. Tokens, terms, ids and versions go on from the greater of what the
	 * cluster and the backup had, and times to live from what was left of them.
	 * <p>
	 * With several partitions the leader of each first gets all of its part, and only
	 * then makes it the state, one after the other within moments. A failure in between
	 * leaves some of them with the state of the backup: it says so, and to do it again by
	 * force is the way out.
	 * @param source the file
	 * @return completes when all of that is committed. Fails with
	 * {@link io.github.atomixspring.cluster.BackupException} if the file cannot be used
	 * or the cluster has primitives, with
	 * {@link io.github.atomixspring.cluster.NotLeadingException} if this member does not
	 * lead, with {@link io.github.atomixspring.primitive.UnavailableException} if nothing
	 * was done, and with {@link io.github.atomixspring.primitive.UnknownOutcomeException}
	 * if that is not known
	 */
	public CompletableFuture<Void> restore(Path source) {
		Objects.requireNonNull(source, "'source' must not be null");
		return this.member.restore(source, false);
	}

	/**
	 * Makes the state in a backup that of the cluster, in the place of all that is there.
	 * @param source the file
	 * @return as for {@link #restore}
	 */
	public CompletableFuture<Void> forceRestore(Path source) {
		Objects.requireNonNull(source, "'source' must not be null");
		return this.member.restore(source, true);
	}

	@Override
	public String toString() {
		return "AtomixReplica " + this.member.config().self() + " of cluster '" + this.member.config().cluster() + "'";
	}

	/**
	 * Builds a replica.
	 */
	public static final class Builder extends NodeBuilder<Builder> {

		private static final Member ALONE = new Member("n1", "127.0.0.1", 5679);

		private @Nullable String nodeId;

		private @Nullable String bindHost;

		private Path storageDirectory = Path.of("data", "atomix");

		private @Nullable Duration electionTimeout;

		private long snapshotThreshold = ServerConfig.DEFAULT_SNAPSHOT_THRESHOLD;

		private Map<String, String> raftProperties = Map.of();

		private boolean insecure;

		private @Nullable NetworkFilter networkFilter;

		private long minFreeSpace = ServerConfig.DEFAULT_MIN_FREE_SPACE;

		private int maxHeapUse = ServerConfig.DEFAULT_MAX_HEAP_USE;

		private Builder() {
		}

		@Override
		Builder self() {
			return this;
		}

		/**
		 * Sets the id of this node, that of one of the members. Needed if there are
		 * several members.
		 * @param newNodeId the id
		 * @return this builder
		 */
		public Builder nodeId(String newNodeId) {
			this.nodeId = Objects.requireNonNull(newNodeId, "'nodeId' must not be null");
			return this;
		}

		/**
		 * Sets all members, listeners among them, the same on all of them. By default
		 * this node alone, with the address {@code 127.0.0.1:5679}.
		 * @param newMembers the members
		 * @return this builder
		 */
		@Override
		public Builder members(List<Member> newMembers) {
			return super.members(newMembers);
		}

		/**
		 * Sets the host or address on which the server listens, if it is not the one
		 * under which the others reach this member.
		 * @param newBindHost the host
		 * @return this builder
		 */
		public Builder bindHost(String newBindHost) {
			this.bindHost = Objects.requireNonNull(newBindHost, "'bindHost' must not be null");
			return this;
		}

		/**
		 * Sets the directory of log and snapshots, of this node alone. By default
		 * {@code data/atomix} under the working directory.
		 * @param newStorageDirectory the directory
		 * @return this builder
		 */
		public Builder storageDirectory(Path newStorageDirectory) {
			this.storageDirectory = Objects.requireNonNull(newStorageDirectory, "'storageDirectory' must not be null");
			return this;
		}

		/**
		 * Sets after which time without a sign of the leader of the consensus this node
		 * stands for election. By default derived from the session timeout.
		 * @param newElectionTimeout the timeout, at most half of the session timeout, or
		 * null for the default
		 * @return this builder
		 */
		public Builder electionTimeout(@Nullable Duration newElectionTimeout) {
			this.electionTimeout = newElectionTimeout;
			return this;
		}

		/**
		 * Sets the number of log entries after which a snapshot is taken and the log
		 * behind it is let go. By default 100,000.
		 * @param newSnapshotThreshold the number
		 * @return this builder
		 */
		public Builder snapshotThreshold(long newSnapshotThreshold) {
			this.snapshotThreshold = newSnapshotThreshold;
			return this;
		}

		/**
		 * Sets how much must be free on the disk of the storage directory for this node
		 * to take writes. When a majority of the members has less, the cluster refuses
		 * writes until there is more. By default 64 MB.
		 * @param bytes the number of bytes, zero for no limit
		 * @return this builder
		 */
		public Builder minFreeSpace(long bytes) {
			this.minFreeSpace = bytes;
			return this;
		}

		/**
		 * Sets how much of the heap may be in use for this node to take writes, garbage
		 * not counted. When there is more, the cluster refuses writes but removals until
		 * there is less. By default 80 percent.
		 * @param percent the percentage, 0 or 100 for no limit
		 * @return this builder
		 */
		public Builder maxHeapUse(int percent) {
			this.maxHeapUse = percent;
			return this;
		}

		/**
		 * Sets properties of Ratis. They win over those that this library sets.
		 * @param newRaftProperties the properties, with names that begin with
		 * {@code raft.}
		 * @return this builder
		 */
		public Builder raftProperties(Map<String, String> newRaftProperties) {
			this.raftProperties = Map.copyOf(newRaftProperties);
			return this;
		}

		/**
		 * Sets whether the server may listen on other interfaces than loopback without
		 * {@linkplain #tls TLS}. By default it may not.
		 * @param newInsecure whether it may
		 * @return this builder
		 */
		public Builder insecure(boolean newInsecure) {
			this.insecure = newInsecure;
			return this;
		}

		/**
		 * Sets what decides which messages of other nodes reach this one, to break the
		 * network in tests. By default all do.
		 * @param newNetworkFilter the filter
		 * @return this builder
		 */
		public Builder networkFilter(@Nullable NetworkFilter newNetworkFilter) {
			this.networkFilter = newNetworkFilter;
			return this;
		}

		/**
		 * Builds the replica without starting it.
		 * @return the replica
		 * @throws ClusterConfigurationException if the settings contradict each other:
		 * the message names the setting and the rule
		 */
		public AtomixReplica build() {
			return build((server) -> new RaftMember(server, this.networkFilter));
		}

		/**
		 * Builds the replica around a member that a test makes.
		 * @param factory makes the member
		 * @return the replica
		 */
		AtomixReplica build(Function<ServerConfig, RaftMember> factory) {
			List<Member> all = (members().isEmpty()) ? List.of(alone()) : members();
			Member self = thisMember(all);
			String bind = (this.bindHost != null) ? this.bindHost : self.host();
			ServerConfig server = new ServerConfig(clusterName(), self, all, this.storageDirectory, bind,
					sessionTimeout(), this.electionTimeout, this.snapshotThreshold, this.raftProperties, this.insecure,
					tls(), partitions(), this.minFreeSpace, this.maxHeapUse);
			return new AtomixReplica(factory.apply(server), session(self.id()));
		}

		private Member alone() {
			return (this.nodeId != null) ? new Member(this.nodeId, ALONE.host(), ALONE.port()) : ALONE;
		}

		private Member thisMember(List<Member> all) {
			if (this.nodeId != null) {
				return ServerConfig.find(this.nodeId, all);
			}
			if (all.size() > 1) {
				throw new ClusterConfigurationException("It is not clear which of the members " + all
						+ " this node is: set the node id to one of them");
			}
			return all.get(0);
		}

	}

}
