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

package io.github.atomixspring.faulttolerance;

import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.linearizability.LinearizabilityAssertions;
import io.github.atomixspring.linearizability.LinearizabilityChecker;
import io.github.atomixspring.linearizability.RegisterModel;
import io.github.atomixspring.linearizability.ValueResult;
import io.github.atomixspring.linearizability.Verdict;
import io.github.atomixspring.server.EngineSeams;
import io.github.atomixspring.server.TestMembers;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.server.RaftServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Linearizable reads while an old leader is cut off.
 */
@Tag("fault")
@Tag("linearizability")
class LinearizableReadsIntegrationTests {

	private static final HistoryFormat<RegisterModel.Input, ValueResult> FORMAT = new HistoryFormat<>(
			RegisterModel.Input.class, ValueResult.class);

	private static final Predicate<OldLeader.Outcome> SOME_STALE = (outcome) -> outcome.stale() > 0;

	@Test
	void noReadReturnsTheOldValueOnceTheOthersHaveWritten() throws Exception {
		OldLeader.Outcome outcome = OldLeader.play(TestMembers::withEngine);
		assertThat(outcome.reads()).isPositive();
		assertThat(outcome.stale()).isZero();
		LinearizabilityAssertions.assertLinearizable("old-leader", outcome.history(), new RegisterModel(), FORMAT);
	}

	@Test
	void theReadIndexOfRatisWouldReturnTheOldValue() throws Exception {
		OldLeader.Outcome outcome = OldLeader
			.play(EngineSeams.withLeadershipCheck(LinearizableReadsIntegrationTests::readIndex), SOME_STALE);
		assertThat(outcome.stale()).isPositive();
		assertThat(new LinearizabilityChecker<>(new RegisterModel()).check(outcome.history()).status())
			.isEqualTo(Verdict.Status.INVALID);
	}

	@Test
	void theCheckerNoticesReadsWithoutAnyConfirmation() throws Exception {
		OldLeader.Outcome outcome = OldLeader
			.play(EngineSeams.withLeadershipCheck((division) -> CompletableFuture.completedFuture(null)), SOME_STALE);
		assertThat(outcome.stale()).isPositive();
		assertThat(new LinearizabilityChecker<>(new RegisterModel()).check(outcome.history()).status())
			.isEqualTo(Verdict.Status.INVALID);
	}

	/**
	 * Asks Ratis for a read by its option {@code LINEARIZABLE}, which the members set.
	 * @param division the division
	 * @return completes if Ratis takes the division for the leader
	 */
	private static CompletableFuture<Void> readIndex(RaftServer.Division division) {
		return EngineSeams.submit(division, RaftClientRequest.readRequestType(), new byte[0])
			.thenAccept(LinearizableReadsIntegrationTests::check);
	}

	private static void check(RaftClientReply reply) {
		if (!reply.isSuccess()) {
			throw new IllegalStateException("Ratis refused the read", reply.getException());
		}
	}

}
