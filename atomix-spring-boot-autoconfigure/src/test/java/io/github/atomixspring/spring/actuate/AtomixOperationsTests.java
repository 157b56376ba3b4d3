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

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.lock.AsyncDistributedLock;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.spring.TestMember;
import io.github.atomixspring.spring.actuate.AtomixOperationDescriptor.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.mock;

/**
 * Tests for {@link AtomixOperations}.
 */
class AtomixOperationsTests {

	private static final TestMember member = TestMember.create();

	@TempDir
	private static Path directory;

	private final BackupDirectory backups = new BackupDirectory(directory.resolve("backups"));

	private final AtomixReplica replica = member.replica();

	private final AtomixOperations operations = new AtomixOperations(this.replica, this.backups,
			Duration.ofSeconds(60));

	@BeforeAll
	static void start() {
		member.replica().start();
		await().atMost(Duration.ofSeconds(60))
			.until(() -> member.replica().session().state() == SessionState.CONNECTED);
	}

	@AfterAll
	static void stop() throws IOException {
		member.close();
	}

	@Test
	void lockIsReleasedFromTheHolderThatWasSeen() {
		DistributedLock lock = this.replica.lock("stuck");
		lock.lock();
		long token = lock.fencingToken();
		AtomixOperationDescriptor question = release("stuck", null);
		assertThat(question.outcome()).isEqualTo(Outcome.INVALID);
		assertThat(question.message()).contains("'stuck' is held by node 'n1' with the token " + token);
		AtomixOperationDescriptor other = release("stuck", token - 1);
		assertThat(other.outcome()).isEqualTo(Outcome.REFUSED);
		assertThat(other.message()).contains("not with " + (token - 1));
		assertThat(release("stuck", token).outcome()).isEqualTo(Outcome.DONE);
		await().atMost(Duration.ofSeconds(60)).until(() -> !lock.isHeldByCurrentThread());
		AtomixOperationDescriptor again = release("stuck", token);
		assertThat(again.outcome()).isEqualTo(Outcome.REFUSED);
		assertThat(again.message()).isEqualTo("Lock 'stuck' is not held");
	}

	@Test
	void whatIsMissingIsNamed() {
		assertThat(release(" ", 1L).message()).contains("'name' is missing");
		AtomixOperationDescriptor transfer = this.operations.perform(AtomixOperation.TRANSFER_LEADERSHIP,
				OperationArguments.NONE);
		assertThat(transfer.outcome()).isEqualTo(Outcome.INVALID);
		assertThat(transfer.message()).contains("'member' is missing");
	}

	@Test
	void leadershipOfOnePartitionIsTransferred() {
		AtomixOperationDescriptor first = this.operations.perform(AtomixOperation.TRANSFER_LEADERSHIP,
				new OperationArguments(null, null, "n1", false, 0));
		assertThat(first.outcome()).isEqualTo(Outcome.DONE);
		assertThat(first.message()).isEqualTo("Member 'n1' leads partition 0");
		AtomixOperationDescriptor absent = this.operations.perform(AtomixOperation.TRANSFER_LEADERSHIP,
				new OperationArguments(null, null, "n1", false, 1));
		assertThat(absent.outcome()).isEqualTo(Outcome.INVALID);
		assertThat(absent.message()).isEqualTo("There is no partition 1: the cluster has 1, the first one is 0");
	}

	@Test
	void leadershipIsTransferredToMembersOnly() {
		AtomixOperationDescriptor same = this.operations.perform(AtomixOperation.TRANSFER_LEADERSHIP,
				OperationArguments.ofMember("n1"));
		assertThat(same.outcome()).isEqualTo(Outcome.DONE);
		AtomixOperationDescriptor stranger = this.operations.perform(AtomixOperation.TRANSFER_LEADERSHIP,
				OperationArguments.ofMember("n9"));
		assertThat(stranger.outcome()).isEqualTo(Outcome.INVALID);
		assertThat(stranger.message()).contains("There is no member 'n9': the members are [n1]");
	}

	@Test
	void membersThatCannotComeOrGoAreRefused() {
		for (AtomixOperation operation : List.of(AtomixOperation.ADD_MEMBER, AtomixOperation.ADD_LISTENER,
				AtomixOperation.REMOVE_MEMBER, AtomixOperation.PROMOTE_MEMBER, AtomixOperation.DEMOTE_MEMBER)) {
			AtomixOperationDescriptor unsaid = this.operations.perform(operation, OperationArguments.NONE);
			assertThat(unsaid.outcome()).isEqualTo(Outcome.INVALID);
			assertThat(unsaid.message()).contains("'member' is missing");
		}
		AtomixOperationDescriptor malformed = this.operations.perform(AtomixOperation.ADD_MEMBER,
				OperationArguments.ofMember("n2"));
		assertThat(malformed.outcome()).isEqualTo(Outcome.INVALID);
		assertThat(malformed.message()).contains("expected [id=]host:port");
		AtomixOperationDescriptor absent = new AtomixOperations(this.replica, this.backups, Duration.ofMillis(500))
			.perform(AtomixOperation.ADD_MEMBER, OperationArguments.ofMember("n2=127.0.0.1:1"));
		assertThat(absent.outcome()).isIn(Outcome.UNAVAILABLE, Outcome.UNKNOWN);
		AtomixOperationDescriptor stranger = this.operations.perform(AtomixOperation.REMOVE_MEMBER,
				OperationArguments.ofMember("n9"));
		assertThat(stranger.outcome()).isEqualTo(Outcome.REFUSED);
		assertThat(stranger.message()).contains("there is no member 'n9': the members are [n1]");
		AtomixOperationDescriptor last = this.operations.perform(AtomixOperation.REMOVE_MEMBER,
				new OperationArguments(null, null, "n1", true, null));
		assertThat(last.outcome()).isEqualTo(Outcome.REFUSED);
		assertThat(last.message()).contains("'n1' is the only member");
	}

	@Test
	void votesAreGivenAndTaken() {
		AtomixOperationDescriptor given = this.operations.perform(AtomixOperation.PROMOTE_MEMBER,
				OperationArguments.ofMember("n1"));
		assertThat(given.outcome()).as("it has one").isEqualTo(Outcome.DONE);
		assertThat(given.message()).startsWith("Node 'n1' has a vote");
		AtomixOperationDescriptor last = this.operations.perform(AtomixOperation.DEMOTE_MEMBER,
				OperationArguments.ofMember("n1"));
		assertThat(last.outcome()).isEqualTo(Outcome.REFUSED);
		assertThat(last.message()).contains("'n1' is the only member");
		AtomixOperationDescriptor absent = new AtomixOperations(this.replica, this.backups, Duration.ofMillis(500))
			.perform(AtomixOperation.ADD_LISTENER, OperationArguments.ofMember("n2=127.0.0.1:1"));
		assertThat(absent.outcome()).isIn(Outcome.UNAVAILABLE, Outcome.UNKNOWN);
	}

	@Test
	void backupsAreWrittenAndBroughtBack() {
		this.replica.atomicLong("kept").set(42);
		AtomixOperationDescriptor written = this.operations.perform(AtomixOperation.BACKUP,
				OperationArguments.ofLock("b-1.bin", null));
		assertThat(written.outcome()).isEqualTo(Outcome.DONE);
		assertThat(written.message()).contains("b-1.bin");
		assertThat(this.backups.file("b-1.bin")).exists();
		this.replica.atomicLong("kept").set(43);
		AtomixOperationDescriptor refused = this.operations.perform(AtomixOperation.RESTORE,
				OperationArguments.ofLock("b-1.bin", null));
		assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
		assertThat(refused.message()).contains("force it");
		assertThat(this.operations
			.perform(AtomixOperation.RESTORE, new OperationArguments("b-1.bin", null, null, true, null))
			.outcome()).isEqualTo(Outcome.DONE);
		assertThat(this.replica.atomicLong("kept").get()).isEqualTo(42);
		for (String name : Arrays.asList(null, "", "../b-1.bin", "a/b", ".hidden", "a\u0000b")) {
			for (AtomixOperation operation : List.of(AtomixOperation.BACKUP, AtomixOperation.RESTORE)) {
				AtomixOperationDescriptor invalid = this.operations.perform(operation,
						OperationArguments.ofLock(name, null));
				assertThat(invalid.outcome()).isEqualTo(Outcome.INVALID);
				assertThat(invalid.message()).contains("'name' must be a file name");
			}
		}
	}

	@Test
	void snapshotIsTaken() {
		this.replica.atomicLong("n").incrementAndGet();
		AtomixOperationDescriptor result = this.operations.perform(AtomixOperation.TAKE_SNAPSHOT,
				OperationArguments.NONE);
		assertThat(result.outcome()).isEqualTo(Outcome.DONE);
		assertThat(result.message()).endsWith("log index " + this.replica.status().snapshotIndex());
	}

	@Test
	void digestsAreCompared() {
		this.replica.atomicLong("n").incrementAndGet();
		AtomixOperationDescriptor result = this.operations.perform(AtomixOperation.VERIFY_DIGESTS,
				OperationArguments.NONE);
		assertThat(result.message()).startsWith("All members have the same state");
		assertThat(result.outcome()).isEqualTo(Outcome.DONE);
		assertThat(result.digests()).containsOnlyKeys("n1");
	}

	@Test
	void clientSendsToAMember() {
		Atomix client = mock(Atomix.class);
		Session session = mock(Session.class);
		given(client.session()).willReturn(session);
		given(session.node()).willReturn("c1");
		AtomixOperations ofClient = new AtomixOperations(client, this.backups, Duration.ofSeconds(1));
		for (AtomixOperation operation : AtomixOperation.values()) {
			if (operation != AtomixOperation.RELEASE_LOCK) {
				AtomixOperationDescriptor result = ofClient.perform(operation, OperationArguments.NONE);
				assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
				assertThat(result.message()).isEqualTo("Node 'c1' is a client: ask a member");
			}
		}
	}

	@Test
	void failuresSayWhatIsKnown() {
		assertThat(outcomeOf(CompletableFuture.failedFuture(new UnavailableException("no leader", null))))
			.isEqualTo(Outcome.UNAVAILABLE);
		assertThat(outcomeOf(CompletableFuture.failedFuture(new UnknownOutcomeException("1/2", "lost", null))))
			.isEqualTo(Outcome.UNKNOWN);
		assertThat(outcomeOf(CompletableFuture.failedFuture(new IllegalStateException("broken"))))
			.isEqualTo(Outcome.FAILED);
		assertThat(outcomeOf(new CompletableFuture<>())).isEqualTo(Outcome.UNKNOWN);
	}

	private Outcome outcomeOf(CompletableFuture<Boolean> answer) {
		Atomix atomix = mock(Atomix.class);
		DistributedLock lock = mock(DistributedLock.class);
		AsyncDistributedLock async = mock(AsyncDistributedLock.class);
		given(atomix.lock("l")).willReturn(lock);
		given(lock.async()).willReturn(async);
		given(async.forceUnlock(5)).willReturn(answer);
		return new AtomixOperations(atomix, this.backups, Duration.ofMillis(20))
			.perform(AtomixOperation.RELEASE_LOCK, OperationArguments.ofLock("l", 5L))
			.outcome();
	}

	private AtomixOperationDescriptor release(String name, Long token) {
		return this.operations.perform(AtomixOperation.RELEASE_LOCK, OperationArguments.ofLock(name, token));
	}

}
