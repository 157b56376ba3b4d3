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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.FeatureLevel;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Wire;
import io.github.atomixspring.statemachine.Applied;
import io.github.atomixspring.statemachine.ReplicatedState;
import io.github.atomixspring.statemachine.SnapshotPart;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of a {@link RatisStateMachine} that cannot apply an entry to its end, for
 * instance for want of memory: nobody sees or keeps the state that is left.
 */
class RatisStateMachineTests {

	private static final LongMessages.Get QUERY = new LongMessages.Get(PrimitiveId.of(PrimitiveType.LONG, "n"));

	private final List<String> failures = new ArrayList<>();

	private final AtomicInteger snapshots = new AtomicInteger();

	private final AtomicInteger abandoned = new AtomicInteger();

	private final FullListener listener = new FullListener();

	private final RatisStateMachine stateMachine = new RatisStateMachine(
			new SnapshotStore("n1", SnapshotStore.Room.ENOUGH, new SnapshotCounts()) {

				@Override
				long take(TermIndex termIndex, int level, Supplier<Iterator<SnapshotPart>> capture) {
					RatisStateMachineTests.this.snapshots.incrementAndGet();
					return termIndex.getIndex();
				}

			}, this.listener, (reason, cause) -> this.failures.add(reason), FeatureLevel.LATEST);

	@BeforeEach
	void applyOne() {
		apply(1);
		assertThat(this.stateMachine.takeSnapshot()).isEqualTo(1);
		assertThat(this.stateMachine.read(1, 0, QUERY)).isCompleted();
		this.snapshots.set(0);
		this.listener.full = true;
		this.stateMachine.whenApplied(5, new Task());
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> apply(2));
	}

	private void apply(long index) {
		byte[] bytes = Wire.LOG_ENTRY.encode(new LogEntry(LogEntry.VERSION, 0, List.of()));
		LogEntryProto entry = LogEntryProto.newBuilder()
			.setTerm(1)
			.setIndex(index)
			.setStateMachineLogEntry(StateMachineLogEntryProto.newBuilder().setLogData(ByteString.copyFrom(bytes)))
			.build();
		this.stateMachine.applyTransaction(TransactionContext.newBuilder()
			.setServerRole(RaftPeerRole.FOLLOWER)
			.setStateMachine(this.stateMachine)
			.setLogEntry(entry)
			.build());
	}

	@Test
	void failureIsToldWithItsCause() {
		assertThat(this.failures).singleElement()
			.asString()
			.contains("(t:1, i:2) could not be applied: java.lang.OutOfMemoryError: Java heap space");
	}

	@Test
	void isPausedAgainIfASnapshotWasNotPutInPlace() {
		this.stateMachine.pause();
		this.stateMachine.pause();
		assertThat(this.stateMachine.getLifeCycleState()).isEqualTo(LifeCycle.State.PAUSED);
	}

	@Test
	void nobodyReadsTheState() {
		assertThat(this.stateMachine.read(1, 0, QUERY)).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(UnavailableException.class)
			.withMessageContaining("has failed");
	}

	@Test
	void nobodyKeepsTheState() {
		assertThat(this.stateMachine.takeSnapshot()).isEqualTo(-1);
		assertThat(this.stateMachine.snapshotNow()).isCompletedExceptionally();
		assertThat(this.snapshots).hasValue(0);
	}

	@Test
	void whoComesLaterIsSentAwayAndWhoWaitsWhenTheDivisionIsClosed() throws Exception {
		this.stateMachine.whenApplied(1, new Task());
		assertThat(this.abandoned).hasValue(1);
		this.stateMachine.notifyTermIndexUpdated(1, 7);
		assertThat(this.abandoned).hasValue(1);
		this.stateMachine.close();
		assertThat(this.abandoned).hasValue(2);
	}

	@Test
	void memberDoesNotLead() {
		this.stateMachine.notifyLeaderReady();
		this.stateMachine.catchUp();
		assertThat(this.listener.led).isFalse();
	}

	/**
	 * A task that must not be run.
	 */
	private final class Task implements RatisStateMachine.StateTask {

		@Override
		public void run(ReplicatedState state, long index) {
			throw new AssertionError("It saw the state that is left");
		}

		@Override
		public void abandoned() {
			RatisStateMachineTests.this.abandoned.incrementAndGet();
		}

	}

	/**
	 * A gateway without memory.
	 */
	private static final class FullListener implements RatisStateMachine.DivisionListener {

		private boolean full;

		private boolean led;

		@Override
		public void applied(long index, @Nullable RaftClientRequest request, Applied applied, ReplicatedState state) {
			if (this.full) {
				throw new OutOfMemoryError("Java heap space");
			}
		}

		@Override
		public void leading(ReplicatedState state) {
			this.led = true;
		}

		@Override
		public void notLeading() {
		}

	}

}
