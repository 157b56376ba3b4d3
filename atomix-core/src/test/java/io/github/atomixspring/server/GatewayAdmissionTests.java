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
import java.util.List;
import java.util.concurrent.CompletionException;

import io.github.atomixspring.primitive.InsufficientStorageException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.BusMessages;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.FeatureLevel;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.protocol.ValueMessages;
import io.github.atomixspring.statemachine.ReplicatedState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of what a {@link Gateway} takes while there is too little room on the disks.
 */
class GatewayAdmissionTests {

	private static final PrimitiveId LONG = PrimitiveId.of(PrimitiveType.LONG, "n");

	private static final PrimitiveId LOCK = PrimitiveId.of(PrimitiveType.LOCK, "l");

	private static final Command INCREMENT = new LongMessages.Add(LONG, 1);

	private static final Result FULL = ErrorCode.STORAGE.failure("disk nearly full");

	private static final Admission RELEASES = new Admission(Admission.Level.RELEASES, "disk nearly full");

	private static final Admission NONE = new Admission(Admission.Level.NONE, "disk full");

	private final MemoryMember member = new MemoryMember();

	private final Gateway gateway = this.member.gateway();

	private TestLink link;

	@BeforeEach
	void open() {
		this.member.lead();
		this.gateway.append(new LogEntry.Raise(FeatureLevel.REFUSALS), 0, ReplicatedState::level).join();
		this.link = TestLink.open(this.gateway, "t");
	}

	@AfterEach
	void close() {
		this.member.close();
	}

	private List<NumberedResult> results(int count) {
		List<NumberedResult> results = new ArrayList<>();
		while (results.size() < count) {
			results.addAll(this.link.next(ServerFrame.Applied.class).results());
		}
		return results;
	}

	@Test
	void writesAreRefusedAndReleasesTaken() {
		this.link.submit(1, new LockMessages.Acquire(LOCK, 1, false, 0));
		this.link.result(1);
		this.member.admission(RELEASES);
		this.link.submit(2, INCREMENT, new LockMessages.Release(LOCK, 1), INCREMENT);
		List<NumberedResult> results = results(3);
		assertThat(results).extracting(NumberedResult::sequence).containsExactly(2L, 3L, 4L);
		assertThat(results.get(0).result()).isEqualTo(FULL);
		assertThat(results.get(1).result()).isInstanceOf(LockMessages.Released.class);
		assertThat(results.get(2).result()).isEqualTo(FULL);
		assertThat(this.gateway.statistics().refusedCommands()).isEqualTo(2);
		this.link.ask(1, new LongMessages.Get(LONG));
		assertThat(this.link.next(ServerFrame.Answer.class).result()).isEqualTo(new Result.Number(0));
		this.member.admission(Admission.ALL);
		this.link.submit(5, INCREMENT);
		assertThat(this.link.result(5)).isEqualTo(new LongMessages.Updated(true, 0, 1));
	}

	@Test
	void removalsAreTakenInAShortageOfMemory() {
		PrimitiveId value = PrimitiveId.of(PrimitiveType.VALUE, "v");
		Command write = new ValueMessages.Update(value, new byte[1], 0, Condition.always());
		this.link.submit(1, write);
		this.link.result(1);
		this.member.admission(new Admission(Admission.Level.REMOVALS, "heap nearly full"));
		this.link.submit(2, write, new ValueMessages.Update(value, null, 0, Condition.always()));
		List<NumberedResult> results = results(2);
		assertThat(results.get(0).result()).isEqualTo(ErrorCode.MEMORY.failure("heap nearly full"));
		assertThat(results.get(1).result()).isInstanceOf(Result.Updated.class);
		this.link.ask(1, new ValueMessages.Get(value));
		assertThat(this.link.next(ServerFrame.Answer.class).result()).isEqualTo(new Result.Entries(List.of()));
	}

	@Test
	void refusedCommandsAreNotInTheLog() {
		this.member.admission(RELEASES);
		int before = this.member.entries().size();
		Command large = new BusMessages.Send(PrimitiveId.of(PrimitiveType.MESSAGE_BUS, "b"), 1, "c", new byte[100_000]);
		this.link.submit(1, large, large, large);
		results(3);
		assertThat(this.member.entries()).hasSize(before + 1);
		assertThat(this.member.entries().get(before).items()).containsExactly(
				new LogEntry.Refusal(this.link.session(), 0, 0, 1, 3, ErrorCode.STORAGE.code(), "disk nearly full"));
	}

	@Test
	void repeatedCommandKeepsItsAnswerWhileOthersAreRefused() {
		this.link.submit(1, INCREMENT);
		this.link.result(1);
		this.member.admission(RELEASES);
		this.link.submit(1, INCREMENT);
		assertThat(this.link.result(1)).isEqualTo(new LongMessages.Updated(true, 0, 1));
	}

	@Test
	void nothingButSessionsIsKeptInTheLastOfTheRoom() {
		this.member.admission(NONE);
		this.link.send(new ClientFrame.KeepAlive(this.link.session(), 7, 0, 0));
		assertThat(this.link.next(ServerFrame.Alive.class).number()).isEqualTo(7);
		this.link.ask(1, new LongMessages.Get(LONG));
		this.link.next(ServerFrame.Answer.class);
		int before = this.member.entries().size();
		this.link.submit(1, new LockMessages.Release(LOCK, 1));
		assertThat(this.link.next(ServerFrame.Busy.class).reason()).isEqualTo("disk full");
		this.link.awaitClosed();
		assertThat(this.member.entries()).hasSize(before);
		TestLink again = TestLink.welcomed(this.gateway);
		again.send(new ClientFrame.Resume(this.link.session(), 0));
		again.next(ServerFrame.Resumed.class);
		again.send(new ClientFrame.Close(this.link.session()));
		again.next(ServerFrame.Expired.class);
	}

	@Test
	void backupsAreNotBroughtBackButWhatIsThereOfOneIsForgotten() {
		PartitionBackups backups = new PartitionBackups(this.member, this.gateway);
		LogEntry.Restore piece = new LogEntry.Restore("x", false, 0, false, List.of());
		this.member.admission(RELEASES);
		int before = this.member.entries().size();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> backups.restore(piece).join())
			.withCauseInstanceOf(InsufficientStorageException.class)
			.withMessageContaining("disk nearly full");
		assertThat(this.member.entries()).hasSize(before);
		assertThat(backups.restore(new LogEntry.Restore("x", false, -1, false, List.of())))
			.succeedsWithin(Duration.ofSeconds(20));
	}

	@Test
	void theLevelCanBeRaisedInTheLastOfTheRoom() {
		this.member.admission(NONE);
		assertThat(this.gateway.append(new LogEntry.Raise(FeatureLevel.REFUSALS), 0, ReplicatedState::level))
			.succeedsWithin(Duration.ofSeconds(20));
	}

}
