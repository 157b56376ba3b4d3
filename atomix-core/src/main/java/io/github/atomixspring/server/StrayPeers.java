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

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.atomixspring.cluster.Member;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes from the partitions that this member leads those who are no members of the
 * first one: what is left when a change of members was broken off. Used by one thread.
 */
final class StrayPeers {

	private static final Logger logger = LoggerFactory.getLogger(StrayPeers.class);

	private static final Duration DESCRIBE_TIMEOUT = Duration.ofSeconds(1);

	private static final long INTERVAL = TimeUnit.SECONDS.toNanos(2);

	private final ServerConfig config;

	private final StorageDirectory storage;

	private final NodeClient client;

	private final MemberView view;

	private final MemberChanges changes;

	private final Every timer = new Every(INTERVAL);

	private @Nullable CompletableFuture<Void> running;

	StrayPeers(ServerConfig config, StorageDirectory storage, NodeClient client, MemberView view,
			MemberChanges changes) {
		this.config = config;
		this.storage = storage;
		this.client = client;
		this.view = view;
		this.changes = changes;
	}

	/**
	 * Takes the next step if it is time for it.
	 * @param node the server
	 */
	void advance(RaftNode node) {
		CompletableFuture<Void> last = this.running;
		if ((last != null && !last.isDone()) || this.config.partitions() < 2 || !this.timer.isDue()) {
			return;
		}
		this.running = null;
		RaftServer.Division first = node.division();
		if (first == null || !isSettled(first)) {
			return;
		}
		Set<String> members = nodes(PeerInfo.listOf(first.getRaftConf()));
		for (int partition = 1; partition < this.config.partitions(); partition++) {
			RaftServer.Division division = node.division(partition);
			if (division != null && division.getInfo().isLeaderReady() && isSettled(division)) {
				for (String stray : nodes(PeerInfo.listOf(division.getRaftConf()))) {
					if (!members.contains(stray)) {
						this.running = remove(first, partition, stray);
						return;
					}
				}
			}
		}
	}

	private static boolean isSettled(RaftServer.Division division) {
		RaftConfiguration configuration = division.getRaftConf();
		return !PeerInfo.isChanging(configuration)
				&& configuration.getLogEntryIndex() <= division.getRaftLog().getLastCommittedIndex();
	}

	private static Set<String> nodes(List<PeerInfo> peers) {
		return peers.stream().map(PeerInfo::node).collect(Collectors.toSet());
	}

	private CompletableFuture<Void> remove(RaftServer.Division first, int partition, String stray) {
		// This member may be behind: the leader of the first partition must say the same.
		Member asked = this.view.leader(0).orElse(null);
		CompletableFuture<Boolean> confirmed;
		if (first.getInfo().isLeaderReady()) {
			confirmed = CompletableFuture.completedFuture(true);
		}
		else if (asked != null) {
			confirmed = this.client.describe(asked, this.view.request(), DESCRIBE_TIMEOUT)
				.thenApply((answer) -> answer.leads() && !nodes(answer.peers()).contains(stray));
		}
		else {
			return CompletableFuture.completedFuture(null);
		}
		String clusterId = Objects.requireNonNull(this.storage.metadata().clusterId());
		ChangeRequest request = new ChangeRequest(NodeDescription.VERSION, this.config.cluster(), clusterId, stray,
				null, false, true, partition, ChangeRequest.BY_ADDRESS);
		return confirmed
			.thenCompose((certain) -> (certain) ? this.changes.perform(request)
					: CompletableFuture.completedFuture(ChangeReply.again("it is a member")))
			.handle((reply, failure) -> {
				logger.info("Node '{}' is no member but takes part in partition {}: {}", stray, partition,
						(failure != null) ? failure : reply);
				return null;
			});
	}

}
