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

package io.github.atomixspring.spring.actuate;

import java.time.Duration;
import java.util.List;

import io.github.atomixspring.SessionInfo;
import io.github.atomixspring.cluster.ClusterReport;
import io.github.atomixspring.cluster.MemberReport;
import io.github.atomixspring.cluster.MemoryStatus;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.PartitionStatus;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.cluster.StateDigest;
import io.github.atomixspring.cluster.StorageStatus;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of a cluster as seen from one node.
 *
 * @param node the node that answers
 * @param session the session of the node
 * @param cluster the name of the cluster, or null if this is a client
 * @param clusterId the id of the cluster, or null if this is a client or it was never
 * formed
 * @param leader the node id of the Raft leader, with several partitions that of the first
 * one, or null if this is a client or none is known
 * @param term the Raft term, or null if this is a client
 * @param members the members, or null if they are not known
 * @param sessions the open sessions, or null if they are not known
 * @param primitives the existing primitives, or null if they are not known
 * @param problems what is wrong or not known
 * @since 0.1.0
 */
public record AtomixDescriptor(String node, SessionDescriptor session, @Nullable String cluster,
		@Nullable String clusterId, @Nullable String leader, @Nullable Long term,
		@Nullable List<MemberDescriptor> members, @Nullable List<OpenSessionDescriptor> sessions,
		@Nullable List<PrimitiveDescriptor> primitives, List<String> problems) implements OperationResponseBody {

	static AtomixDescriptor of(Session session, @Nullable NodeStatus status, @Nullable ClusterReport report,
			@Nullable List<SessionInfo> sessions, @Nullable List<PrimitiveInfo> primitives, List<String> problems) {
		SessionDescriptor own = new SessionDescriptor(session.id(), session.state(), session.timeout());
		return new AtomixDescriptor(session.node(), own, (status != null) ? status.cluster() : null,
				(status != null) ? status.clusterId() : null, (status != null) ? status.leader() : null,
				(status != null) ? status.term() : null,
				(report != null) ? report.members().stream().map(MemberDescriptor::of).toList() : null,
				(sessions != null) ? sessions.stream().map(OpenSessionDescriptor::of).toList() : null,
				(primitives != null) ? primitives.stream().map(PrimitiveDescriptor::of).toList() : null,
				List.copyOf(problems));
	}

	/**
	 * Description of the session of the node that answers.
	 *
	 * @param id the id, or 0 if none is open
	 * @param state the state
	 * @param timeout the timeout
	 */
	public record SessionDescriptor(long id, SessionState state, Duration timeout) {

	}

	/**
	 * Description of a member.
	 *
	 * @param id the node id
	 * @param address the address
	 * @param listener whether it has no vote in the cluster
	 * @param status its status, or null if it did not answer
	 * @param error why there is no status, or null
	 */
	public record MemberDescriptor(String id, String address, boolean listener, @Nullable MemberStatus status,
			@Nullable String error) {

		static MemberDescriptor of(MemberReport report) {
			NodeStatus status = report.status();
			return new MemberDescriptor(report.member().id(), report.member().address(), report.member().listener(),
					(status != null) ? MemberStatus.of(status) : null, report.error());
		}

	}

	/**
	 * Description of what a member said of itself.
	 *
	 * @param state the state of its Raft server
	 * @param role the role
	 * @param leader the node id of the leader it knows, or null
	 * @param term the term
	 * @param lastIndex the index of the last log entry
	 * @param commitIndex the index of the last committed entry
	 * @param appliedIndex the index of the last applied entry
	 * @param snapshotIndex the index of the last snapshot, or -1
	 * @param digest the last computed digest of its state, or null
	 * @param problem what is wrong, or null
	 * @param partitions role, leader, term, indexes and digest in each partition, or null
	 * if there is one only. Those above are of the first one
	 * @param storage the room on its disk, or null if it did not tell
	 * @param memory the use of its heap, or null if it did not tell
	 */
	public record MemberStatus(NodeState state, Role role, @Nullable String leader, long term, long lastIndex,
			long commitIndex, long appliedIndex, long snapshotIndex, @Nullable StateDigest digest,
			@Nullable String problem, @Nullable List<PartitionStatus> partitions, @Nullable StorageStatus storage,
			@Nullable MemoryStatus memory) {

		static MemberStatus of(NodeStatus status) {
			return new MemberStatus(status.state(), status.role(), status.leader(), status.term(), status.lastIndex(),
					status.commitIndex(), status.appliedIndex(), status.snapshotIndex(), status.digest(),
					status.problem(), (status.partitions().size() > 1) ? status.partitions() : null, status.storage(),
					status.memory());
		}

	}

	/**
	 * Description of an open session of the cluster.
	 *
	 * @param id the id
	 * @param node the name of its node
	 * @param timeout the timeout
	 * @param remaining the time until it expires unless its node is heard of
	 * @param partition the number of the partition that it is with
	 */
	public record OpenSessionDescriptor(long id, String node, Duration timeout, Duration remaining, int partition) {

		static OpenSessionDescriptor of(SessionInfo session) {
			return new OpenSessionDescriptor(session.id(), session.node(), session.timeout(), session.remaining(),
					session.partition());
		}

	}

	/**
	 * Description of a primitive.
	 *
	 * @param type the type
	 * @param name the name
	 */
	public record PrimitiveDescriptor(PrimitiveType type, String name) {

		static PrimitiveDescriptor of(PrimitiveInfo primitive) {
			return new PrimitiveDescriptor(primitive.type(), primitive.name());
		}

	}

}
