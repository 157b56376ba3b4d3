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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.github.atomixspring.statemachine.ReplicatedState;
import org.jspecify.annotations.Nullable;

/**
 * Answers linearizable queries by rounds in which leadership is confirmed: all queries
 * that came before a round began share it, and those that come while it is under way wait
 * for the next. Queries of a round that was not confirmed go through the log.
 * <p>
 * The argument is that of the read index in Ongaro's dissertation, "Consensus: Bridging
 * Theory and Practice", section 6.4, with the rule kept that the majority must answer a
 * request that was sent after the query came.
 */
class ReadRounds {

	private final RaftLogAccess log;

	private final Consumer<PendingRead> fallback;

	private List<PendingRead> waiting = new ArrayList<>();

	private boolean underWay;

	ReadRounds(RaftLogAccess log, Consumer<PendingRead> fallback) {
		this.log = log;
		this.fallback = fallback;
	}

	void add(PendingRead read) {
		List<PendingRead> round;
		synchronized (this) {
			this.waiting.add(read);
			if (this.underWay) {
				return;
			}
			round = begin();
		}
		confirm(round);
	}

	private List<PendingRead> begin() {
		List<PendingRead> round = this.waiting;
		this.waiting = new ArrayList<>();
		this.underWay = true;
		return round;
	}

	private void confirm(List<PendingRead> first) {
		// A loop, since a single member confirms at once: as recursion, a stream of
		// queries of other threads would exhaust the stack.
		for (List<PendingRead> round = first; round != null; round = next()) {
			CompletableFuture<Long> confirmation = ask();
			if (!confirmation.isDone()) {
				List<PendingRead> asked = round;
				confirmation.whenComplete((index, failure) -> {
					confirmed(asked, index);
					List<PendingRead> next = next();
					if (next != null) {
						confirm(next);
					}
				});
				return;
			}
			confirmed(round, confirmation.isCompletedExceptionally() ? null : confirmation.join());
		}
	}

	private CompletableFuture<Long> ask() {
		try {
			return this.log.confirmLeadership();
		}
		catch (RuntimeException ex) {
			// A round that never ends would hold up all later ones.
			return CompletableFuture.failedFuture(ex);
		}
	}

	private synchronized @Nullable List<PendingRead> next() {
		this.underWay = false;
		return this.waiting.isEmpty() ? null : begin();
	}

	private void confirmed(List<PendingRead> round, @Nullable Long index) {
		if (index == null) {
			round.forEach(this.fallback);
			return;
		}
		this.log.whenApplied(index, new RatisStateMachine.StateTask() {

			@Override
			public void run(ReplicatedState state, long applied) {
				round.forEach((read) -> read.run(state, applied));
			}

			@Override
			public void abandoned() {
				round.forEach(PendingRead::abandoned);
			}

		});
	}

}
