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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;

/**
 * Confirms leadership by asking the voting members for their terms.
 * <p>
 * A later leader must have been voted for by a majority, and a member that votes in a
 * term has that term from then on. So if a majority answers, after the check began, that
 * its term is not greater than that of this leader, no later leader was elected before
 * the check began, and nobody else can have committed anything by then. Nothing is
 * written to disk for that.
 * <p>
 * It does not use the read index of Ratis 3.3.0, which takes one confirmation for good as
 * long as the commit index does not change, nor any clock.
 */
class QuorumCheck implements LeadershipCheck {

	private final RaftServer.Division division;

	private final TermClient client;

	QuorumCheck(RaftServer.Division division, TermClient client) {
		this.division = division;
		this.client = client;
	}

	@Override
	public CompletableFuture<Void> confirm() {
		long term = this.division.getInfo().getCurrentTerm();
		if (!this.division.getInfo().isLeader()) {
			return CompletableFuture.failedFuture(new IllegalStateException("This member does not lead"));
		}
		RaftConfiguration configuration = this.division.getRaftConf();
		RaftPeerId self = this.division.getId();
		Collection<RaftPeer> voters = configuration.getCurrentPeers();
		if (!configuration.getPreviousPeers().isEmpty() || configuration.getPeer(self) == null) {
			return CompletableFuture.failedFuture(new IllegalStateException("The membership is changing"));
		}
		List<RaftPeer> others = new ArrayList<>(voters);
		others.removeIf((peer) -> peer.getId().equals(self));
		Ballot ballot = new Ballot(voters.size(), others.size());
		String group = this.division.getGroup().getGroupId().getUuid().toString();
		for (RaftPeer peer : others) {
			this.client.term(peer.getAddress(), group, peer.getId().toString())
				.whenComplete((answer, failure) -> ballot.count(failure == null && answer <= term));
		}
		return ballot.outcome();
	}

	/**
	 * Asks members for their terms.
	 */
	interface TermClient {

		/**
		 * Asks a member for its term.
		 * @param address its address
		 * @param group the group
		 * @param peer its peer id; another incarnation must not answer for it
		 * @return the term it has after it was asked; fails if it does not answer in time
		 */
		CompletableFuture<Long> term(String address, String group, String peer);

	}

	/**
	 * Counts until a majority is reached or out of reach. This member counts for itself.
	 */
	static final class Ballot {

		private final CompletableFuture<Void> outcome = new CompletableFuture<>();

		private final AtomicInteger missing;

		private final AtomicInteger spare;

		Ballot(int voters, int others) {
			int needed = voters / 2;
			this.missing = new AtomicInteger(needed);
			this.spare = new AtomicInteger(others - needed);
			if (needed == 0) {
				this.outcome.complete(null);
			}
		}

		void count(boolean confirmed) {
			if (confirmed) {
				if (this.missing.decrementAndGet() == 0) {
					this.outcome.complete(null);
				}
			}
			else if (this.spare.decrementAndGet() < 0) {
				this.outcome
					.completeExceptionally(new IllegalStateException("No majority confirmed the leadership in time"));
			}
		}

		CompletableFuture<Void> outcome() {
			return this.outcome;
		}

	}

}
