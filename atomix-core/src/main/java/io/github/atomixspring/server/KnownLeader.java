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

import java.util.concurrent.TimeUnit;

import org.apache.ratis.proto.RaftProtos.FollowerInfoProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.jspecify.annotations.Nullable;

/**
 * Whom a member takes for the leader. A voter forgets a leader of whom it hears nothing,
 * since it stands for election then; a listener of Ratis never does.
 */
final class KnownLeader {

	private KnownLeader() {
	}

	/**
	 * Returns the leader of a division.
	 * @param division the division
	 * @return the peer that leads, or null if none is known or a listener has not heard
	 * of it for as long as voters wait at most
	 */
	static @Nullable RaftPeerId of(RaftServer.Division division) {
		DivisionInfo info = division.getInfo();
		RaftPeerId leader = info.getLeaderId();
		return (leader != null && info.getCurrentRole() == RaftPeerRole.LISTENER && isSilent(division)) ? null : leader;
	}

	/**
	 * Returns the node of the leader of a division.
	 * @param division the division
	 * @return the id of the node, or null as above
	 */
	static @Nullable String nodeOf(RaftServer.Division division) {
		RaftPeerId leader = of(division);
		return (leader != null) ? PeerInfo.nodeOf(leader.toString()) : null;
	}

	private static boolean isSilent(RaftServer.Division division) {
		FollowerInfoProto follower = division.getInfo().getRoleInfoProto().getFollowerInfo();
		long limit = RaftServerConfigKeys.Rpc.timeoutMax(division.getRaftServer().getProperties())
			.toLong(TimeUnit.MILLISECONDS);
		return follower.getOutstandingOp() == 0 && follower.getLeaderInfo().getLastRpcElapsedTimeMs() > limit;
	}

}
