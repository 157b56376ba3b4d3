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

package io.github.atomixspring.faults.workload;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.linearizability.HistoryEvent;
import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.linearizability.HistoryJournal;
import io.github.atomixspring.linearizability.LockModel;
import io.github.atomixspring.linearizability.LockModel.Answer;
import io.github.atomixspring.linearizability.MapModel;
import io.github.atomixspring.linearizability.QueueModel;
import io.github.atomixspring.linearizability.RegisterModel;
import io.github.atomixspring.linearizability.SetModel;
import io.github.atomixspring.linearizability.ValueResult;
import io.github.atomixspring.linearizability.Verdict.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each workload is judged by what all its processes have written.
 */
class WorkloadTests {

	private static final ValueResult NOTHING = ValueResult.of((String) null);

	private static final ValueResult YES = ValueResult.of(true);

	@TempDir
	private Path directory;

	private Journals journals;

	// The histories have a time of their own: how long a test takes decides nothing.
	private long nanos;

	@BeforeEach
	void open() {
		this.journals = new Journals(this.directory);
	}

	@Test
	void aReadOfAnOldValueIsNoticedAcrossProcesses() {
		call("register", "n1-1", RegisterLoad.FORMAT, RegisterModel.Input.write("r", "new"), NOTHING);
		assertThat(judge(Workload.REGISTER)).isEqualTo(Status.VALID);
		call("register", "n2-1", RegisterLoad.FORMAT, RegisterModel.Input.read("r"), NOTHING);
		assertThat(judge(Workload.REGISTER)).isEqualTo(Status.INVALID);
	}

	@Test
	void aLostElementOfAQueueIsNoticed() {
		call("queue", "n1-1", QueueLoad.FORMAT, QueueModel.Input.offer("q", "a"), YES);
		call("queue", "n1-2", QueueLoad.FORMAT, QueueModel.Input.offer("q", "b"), YES);
		call("queue", "n2-1", QueueLoad.FORMAT, QueueModel.Input.poll("q"), ValueResult.of("a"));
		assertThat(judge(Workload.QUEUE)).isEqualTo(Status.VALID);
		call("queue", "c1-1", QueueLoad.FORMAT, QueueModel.Input.poll("q"), NOTHING);
		assertThat(judge(Workload.QUEUE)).isEqualTo(Status.INVALID);
	}

	@Test
	void aLostElementOfASetIsNoticed() {
		call("set", "n1-1", SetLoad.FORMAT, new SetModel.Input(SetModel.Kind.ADD, "a"), YES);
		assertThat(judge(Workload.SET)).isEqualTo(Status.VALID);
		call("set", "c1-1", SetLoad.FORMAT, new SetModel.Input(SetModel.Kind.CONTAINS, "a"), ValueResult.of(false));
		assertThat(judge(Workload.SET)).isEqualTo(Status.INVALID);
	}

	@Test
	void anEntryThatIsGoneEarlyIsNoticed() {
		call("map", "n1-1", MapLoad.FORMAT, MapModel.Input.put("k", "v"), NOTHING);
		call("ttl", "n1-1", TimeToLiveLoad.FORMAT, MapModel.Input.put("t", "v"), NOTHING);
		assertThat(judge(Workload.MAP)).isEqualTo(Status.VALID);
		call("ttl", "n2-1", TimeToLiveLoad.FORMAT, MapModel.Input.get("t"), NOTHING);
		assertThat(judge(Workload.MAP)).isEqualTo(Status.INVALID);
	}

	@Test
	void theEndOfAKilledHolderFreesItsLock() {
		acquire("n1-1", "s1", 5);
		acquire("n2-1", "s2", 6);
		assertThat(judge(Workload.LOCK)).isEqualTo(Status.VALID);
	}

	@Test
	void aHolderThatShowsThatItLivedKeepsItsLock() {
		acquire("n1-1", "s1", 5);
		acquire("n2-1", "s2", 6);
		call("lock", "n1-2", ClaimLoad.FORMAT, LockModel.Input.release("lock", "s1", "s1"),
				LockModel.Output.of(Answer.RELEASED));
		assertThat(judge(Workload.LOCK)).isEqualTo(Status.INVALID);
	}

	@Test
	void aLockThatADeadSessionKeepsIsNoticed() {
		acquire("n1-1", "s1", 5);
		try (Notes notes = new Notes(this.journals.file("lock" + ClaimLoad.SESSIONS, "n1-1"))) {
			notes.add(now(), "s1");
		}
		call("lock", "n2-1", ClaimLoad.FORMAT, LockModel.Input.acquire("lock", "s2", "s2"),
				LockModel.Output.of(Answer.REFUSED));
		assertThat(judge(Workload.LOCK)).isEqualTo(Status.INVALID);
	}

	@Test
	void aLockThatWasTakenFromALivingSessionIsNoticed() {
		acquire("n1-1", "s1", 5);
		call("lock", "n1-2", ClaimLoad.FORMAT, LockModel.Input.release("lock", "s1", "s1"),
				LockModel.Output.of(Answer.LOST));
		assertThat(judge(Workload.LOCK)).isEqualTo(Status.VALID);
		acquire("n1-3", "s1", 6);
		assertThat(judge(Workload.LOCK)).isEqualTo(Status.INVALID);
	}

	@Test
	void aLockThatWasLostToASuspensionIsNoMistake() {
		acquire("n1-1", "s1", 5);
		call("lock", "n1-2", ClaimLoad.FORMAT, LockModel.Input.release("lock", "s1", "s1"),
				LockModel.Output.of(Answer.LOST));
		suspend("n1-1", "s2");
		acquire("n1-3", "s1", 6);
		assertThat(judge(Workload.LOCK)).isEqualTo(Status.INVALID);
		suspend("n1-2", "s1");
		assertThat(judge(Workload.LOCK)).isEqualTo(Status.VALID);
	}

	private void suspend(String process, String session) {
		try (Notes notes = new Notes(this.journals.file("lock" + ClaimLoad.SUSPENDED, process))) {
			notes.add(now(), session);
		}
	}

	@Test
	void aPermitThatNobodyCanHaveInTheEndIsNoticed() {
		assertThat(judge(Workload.SEMAPHORE)).isEqualTo(Status.VALID);
		try (Notes notes = new Notes(this.journals.file("semaphore" + ClaimLoad.HELD, "c1-1"))) {
			notes.add(now(), "1 of 2 could be acquired in the end");
		}
		assertThat(judge(Workload.SEMAPHORE)).isEqualTo(Status.INVALID);
	}

	@Test
	void aSmallerFencingTokenIsNoticed() {
		acquire("n1-1", "s1", 5);
		acquire("n2-1", "s2", 4);
		assertThat(judge(Workload.LOCK)).isEqualTo(Status.INVALID);
	}

	@Test
	void aMessageThatOneSubscriberMissedIsNoticed() {
		publish("n1-1", 3);
		hear("n1-1", "m1", "m2", "m3");
		hear("n2-1", "m1", "-", "m3");
		assertThat(judge(Workload.EVENTS)).isEqualTo(Status.VALID);
		hear("n3-1", "m1", "m3");
		assertThat(judge(Workload.EVENTS)).isEqualTo(Status.INVALID);
	}

	@Test
	void aMessageThatAllMissedIsNoticed() {
		publish("n1-1", 1);
		hear("n1-1", "m1", "m3");
		publish("n2-1", 3);
		assertThat(judge(Workload.EVENTS)).isEqualTo(Status.INVALID);
	}

	@Test
	void aMessageThatCameTwiceIsNoticed() {
		publish("n1-1", 2);
		hear("n1-1", "m1", "m2", "m1");
		assertThat(judge(Workload.EVENTS)).isEqualTo(Status.INVALID);
	}

	private void publish(String process, int count) {
		try (HistoryJournal<EventLoad.Publication, Boolean> journal = EventLoad.FORMAT
			.journal(this.journals.file("events", process))) {
			for (int i = 1; i <= count; i++) {
				write(journal, i, process, new EventLoad.Publication("m" + i), true);
			}
		}
	}

	private void hear(String process, String... messages) {
		try (Notes notes = new Notes(this.journals.file("heard", process))) {
			for (String message : messages) {
				notes.add(now(), message);
			}
		}
	}

	private void acquire(String process, String session, long token) {
		call("lock", process, ClaimLoad.FORMAT, LockModel.Input.acquire("lock", session, session),
				LockModel.Output.granted(token));
	}

	private <I, O> void call(String kind, String process, HistoryFormat<I, O> format, I input, O output) {
		try (HistoryJournal<I, O> journal = format.journal(this.journals.file(kind, process))) {
			write(journal, 1, process, input, output);
		}
	}

	private <I, O> void write(HistoryJournal<I, O> journal, long id, String process, I input, O output) {
		journal.accept(new HistoryEvent<>(id, process, HistoryEvent.Type.INVOKE, now(), input, null));
		journal.accept(new HistoryEvent<>(id, process, HistoryEvent.Type.OK, now(), null, output));
	}

	private long now() {
		this.nanos += TimeUnit.MILLISECONDS.toNanos(1);
		return this.nanos;
	}

	private Status judge(Workload workload) {
		return workload.judge(this.journals).verdict().status();
	}

}
