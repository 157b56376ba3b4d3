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

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.github.atomixspring.linearizability.History;
import io.github.atomixspring.linearizability.HistoryEvent;
import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.linearizability.HistoryJournal;
import io.github.atomixspring.linearizability.LockModel.Answer;
import io.github.atomixspring.linearizability.LockModel.Input;
import io.github.atomixspring.linearizability.LockModel.Output;
import io.github.atomixspring.linearizability.Operation;
import io.github.atomixspring.lock.LockLostException;
import io.github.atomixspring.lock.NotLockOwnerException;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.sync.NotPermitHolderException;
import io.github.atomixspring.sync.PermitsLostException;
import org.jspecify.annotations.Nullable;

/**
 * Acquires and releases one lock or the permits of one semaphore, with and without
 * waiting.
 * <p>
 * In which session an acquisition took place is only known when it is over. So it is
 * recorded twice: a draft before it begins, which is struck out when the end is recorded
 * together with the session. If the process is killed the draft remains, as a call with
 * an unknown outcome. A session that begins in the meantime gets a draft of its own.
 */
final class ClaimLoad implements Load {

	static final HistoryFormat<Input, Output> FORMAT = new HistoryFormat<>(Input.class, Output.class);

	/**
	 * The kind of the notes about sessions that have ended.
	 */
	static final String SESSIONS = "-sessions";

	/**
	 * The kind of the notes about sessions that were suspended.
	 */
	static final String SUSPENDED = "-suspended";

	/**
	 * The kind of the notes about claims that nobody can have any more.
	 */
	static final String HELD = "-held";

	private static final String DRAFT = "~";

	/**
	 * Longer than a session lives without its process.
	 */
	private static final Duration LAST_WAIT = Duration.ofSeconds(20);

	private static final Duration WAIT = Duration.ofMillis(500);

	/**
	 * So much later than the loss of a claim may a listener hear of the suspension.
	 */
	private static final long HEARD_LATER = TimeUnit.SECONDS.toNanos(3);

	private static final int MAX_HOLD_MILLIS = 12;

	private static final int ATTEMPTS = 20;

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

	private final String kind;

	private final Surroundings surroundings;

	private final Session session;

	private final Claim.Source source;

	private final HistoryJournal<Input, Output> journal;

	private final Notes sessions;

	private final Notes suspensions;

	private final Notes held;

	private final int permits;

	private final AtomicLong ids = new AtomicLong();

	private final AtomicLong owners = new AtomicLong();

	private final Set<Draft> drafts = ConcurrentHashMap.newKeySet();

	ClaimLoad(Surroundings surroundings, String kind, int permits, Claim.Source source) {
		this.kind = kind;
		this.permits = permits;
		this.surroundings = surroundings;
		this.source = source;
		this.session = surroundings.atomix().session();
		this.journal = FORMAT.journal(surroundings.journals().file(kind, surroundings.process()));
		this.sessions = new Notes(surroundings.journals().file(kind + SESSIONS, surroundings.process()));
		this.suspensions = new Notes(surroundings.journals().file(kind + SUSPENDED, surroundings.process()));
		this.held = new Notes(surroundings.journals().file(kind + HELD, surroundings.process()));
		this.session.addListener((id, state) -> {
			if (state == SessionState.EXPIRED) {
				this.sessions.add(System.nanoTime(), label(id));
			}
			else if (state == SessionState.SUSPENDED) {
				this.suspensions.add(System.nanoTime(), label(id));
			}
			else if (state == SessionState.CONNECTED) {
				this.drafts.forEach((draft) -> draft.add(label(id)));
			}
		});
	}

	private static String label(Object id) {
		return "s" + id;
	}

	@Override
	public void call(Caller caller) throws Exception {
		String owner = caller.process() + "/" + this.owners.incrementAndGet();
		Duration wait = (caller.random().nextBoolean()) ? WAIT : Duration.ZERO;
		String before = label(this.session.id());
		long invoked = System.nanoTime();
		Draft draft = new Draft(caller.process(), owner, invoked);
		draft.add(before);
		this.drafts.add(draft);
		try {
			Optional<Claim> granted = this.source.acquire(wait).get(CALL_SECONDS, TimeUnit.SECONDS);
			if (granted.isPresent()) {
				hold(caller, owner, draft, granted.get());
				return;
			}
			if (wait.isZero()) {
				record(caller, invoked, Input.acquire(this.kind, before, owner), HistoryEvent.Type.OK,
						Output.of(Answer.REFUSED));
			}
			else {
				doubt(caller.process() + DRAFT, owner, invoked);
			}
			this.surroundings.progress().ok();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof UnknownOutcomeException) {
				doubt(caller.process(), owner, invoked);
			}
			else if (ex.getCause() instanceof AtomixException failure) {
				this.surroundings.progress().failed(failure);
				record(caller, invoked, Input.acquire(this.kind, before, owner), HistoryEvent.Type.FAIL, null);
			}
			else {
				throw ex;
			}
		}
		draft.strikeOut(0);
	}

	/**
	 * Records an acquisition that may have been granted and is given back: by a command
	 * that leaves before the caller is told. So all is over when a later command of the
	 * node has been answered, which is recorded as the end of a session of its own.
	 * @param process who called; as a draft if the call was answered
	 * @param owner whose acquisition it was
	 * @param invoked when it began
	 * @throws Exception if something happens that must not
	 */
	private void doubt(String process, String owner, long invoked) throws Exception {
		String label = "of-" + owner;
		long id = this.ids.incrementAndGet();
		write(id, process, HistoryEvent.Type.INVOKE, invoked, Input.acquire(this.kind, label, owner), null);
		write(id, process, HistoryEvent.Type.UNKNOWN, System.nanoTime(), null, null);
		for (int i = 0; i < ATTEMPTS; i++) {
			if (isAnswered()) {
				this.sessions.add(System.nanoTime(), label);
				return;
			}
			LockSupport.parkNanos(PAUSE);
		}
	}

	private boolean isAnswered() throws Exception {
		try {
			this.surroundings.atomix()
				.atomicLong(this.kind + "-doubts")
				.async()
				.incrementAndGet()
				.get(CALL_SECONDS, TimeUnit.SECONDS);
			return true;
		}
		catch (ExecutionException ex) {
			if (!(ex.getCause() instanceof AtomixException)) {
				throw ex;
			}
			return false;
		}
	}

	/**
	 * Acquires all there is: when no caller calls any more and all sessions of ended
	 * processes have ended, nobody holds anything.
	 */
	@Override
	public @Nullable String finish(Caller caller) throws Exception {
		List<Claim> claims = new ArrayList<>();
		for (int i = 0; i < this.permits; i++) {
			Optional<Claim> claim = acquireLast();
			if (claim.isEmpty()) {
				this.held.add(System.nanoTime(), "%d of %d could be acquired in the end".formatted(i, this.permits));
				break;
			}
			claims.add(claim.get());
		}
		for (Claim claim : claims) {
			claim.release().get(CALL_SECONDS, TimeUnit.SECONDS);
		}
		return null;
	}

	private Optional<Claim> acquireLast() throws Exception {
		for (int i = 1;; i++) {
			try {
				return this.source.acquire(LAST_WAIT).get(CALL_SECONDS, TimeUnit.SECONDS);
			}
			catch (ExecutionException ex) {
				if (i == ATTEMPTS || !(ex.getCause() instanceof AtomixException)) {
					throw ex;
				}
				LockSupport.parkNanos(PAUSE);
			}
		}
	}

	private void hold(Caller caller, String owner, Draft draft, Claim claim) throws Exception {
		long id = this.session.id();
		if (!claim.isHeld() || this.session.id() != id) {
			// It was lost with its session, which was there at the beginning. The draft
			// remains: the cluster may have taken the claim back or not.
			draft.strikeOut(1);
			claim.release().exceptionally((lost) -> null).get(CALL_SECONDS, TimeUnit.SECONDS);
			return;
		}
		record(caller, draft.invoked, Input.acquire(this.kind, label(id), owner), HistoryEvent.Type.OK,
				Output.granted(claim.token()));
		draft.strikeOut(0);
		this.surroundings.progress().ok();
		long granted = System.nanoTime();
		TimeUnit.MILLISECONDS.sleep(caller.random().nextInt(MAX_HOLD_MILLIS));
		release(caller, Input.release(this.kind, label(id), owner), granted, claim);
	}

	private void release(Caller caller, Input input, long granted, Claim claim) throws Exception {
		long invoked = System.nanoTime();
		long draft = this.ids.incrementAndGet();
		write(draft, caller.process(), HistoryEvent.Type.INVOKE, invoked, input, null);
		try {
			claim.release().get(CALL_SECONDS, TimeUnit.SECONDS);
			write(draft, caller.process(), HistoryEvent.Type.OK, System.nanoTime(), null, Output.of(Answer.RELEASED));
			this.surroundings.progress().ok();
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			if (cause instanceof LockLostException) {
				// At any time since the grant.
				record(caller, granted, input, HistoryEvent.Type.OK, Output.of(Answer.LOST));
				write(draft, caller.process(), HistoryEvent.Type.FAIL, System.nanoTime(), null, null);
			}
			else if (cause instanceof PermitsLostException) {
				record(caller, granted, input, HistoryEvent.Type.UNKNOWN, null);
				write(draft, caller.process(), HistoryEvent.Type.FAIL, System.nanoTime(), null, null);
			}
			else if (cause instanceof NotLockOwnerException || cause instanceof NotPermitHolderException) {
				write(draft, caller.process(), HistoryEvent.Type.OK, System.nanoTime(), null,
						Output.of(Answer.NOT_OWNER));
			}
			else if (cause instanceof AtomixException) {
				// The release is repeated in the background.
				write(draft, caller.process(), HistoryEvent.Type.UNKNOWN, System.nanoTime(), null, null);
			}
			else {
				throw ex;
			}
		}
	}

	private void record(Caller caller, long invoked, Input input, HistoryEvent.Type end, @Nullable Output output) {
		long id = this.ids.incrementAndGet();
		write(id, caller.process(), HistoryEvent.Type.INVOKE, invoked, input, null);
		write(id, caller.process(), end, System.nanoTime(), null, output);
	}

	private void write(long id, String process, HistoryEvent.Type type, long time, @Nullable Input input,
			@Nullable Output output) {
		this.journal.accept(new HistoryEvent<>(id, process, type, time, input, output));
	}

	/**
	 * Returns all that happened: the calls, and the ends of sessions, which may come at
	 * any time after the last sign of life.
	 * @param journals the journals
	 * @param kind the kind of the claims
	 * @return the operations
	 */
	static List<Operation<Input, Output>> operations(Journals journals, String kind) {
		List<Operation<Input, Output>> operations = new ArrayList<>(journals.read(kind, FORMAT).operations());
		Map<String, Long> signs = new HashMap<>();
		for (Operation<Input, Output> operation : operations) {
			Output output = operation.output();
			if (output != null && output.answer() != Answer.LOST) {
				signs.merge(operation.input().session(), operation.invoked(), Math::max);
			}
			else {
				signs.putIfAbsent(operation.input().session(), operation.invoked());
			}
		}
		Map<String, Long> ends = new HashMap<>();
		journals.files(kind + SESSIONS)
			.forEach((file) -> Notes.read(file).forEach((line) -> ends.put(line[1], Long.parseLong(line[0]))));
		signs.forEach((label, sign) -> {
			Long told = ends.get(label);
			operations.add(new Operation<>("cluster", sign, (told != null) ? told : Operation.NEVER,
					Input.expire(label), (told != null) ? Output.of(Answer.EXPIRED) : null));
		});
		return operations;
	}

	/**
	 * Says what must not be, whatever the order of the calls: something cannot be
	 * acquired when all is over, or was taken from a session that lived on and was not
	 * suspended. There are no leases, and nobody takes anything by force.
	 * @param journals the journals
	 * @param kind the kind of the claims
	 * @return the mistakes
	 */
	static List<String> mistakes(Journals journals, String kind) {
		List<String> mistakes = new ArrayList<>();
		journals.files(kind + HELD).forEach((file) -> Notes.read(file).forEach((line) -> mistakes.add(line[1])));
		List<Operation<Input, Output>> operations = journals.read(kind, FORMAT).operations();
		Map<String, Long> alive = new HashMap<>();
		for (Operation<Input, Output> operation : operations) {
			Output output = operation.output();
			if (output != null && (output.answer() == Answer.GRANTED || output.answer() == Answer.RELEASED)) {
				alive.merge(operation.input().session(), operation.invoked(), Math::max);
			}
		}
		List<String[]> suspensions = journals.files(kind + SUSPENDED)
			.stream()
			.flatMap((file) -> Notes.read(file).stream())
			.toList();
		for (Operation<Input, Output> operation : operations) {
			Output output = operation.output();
			if (output != null && output.answer() == Answer.LOST
					&& alive.getOrDefault(operation.input().session(), Long.MIN_VALUE) > operation.returned()
					&& suspensions.stream().noneMatch((suspension) -> isDuring(suspension, operation))) {
				mistakes.add("lost although its session lived on: " + operation);
			}
		}
		return mistakes;
	}

	private static boolean isDuring(String[] suspension, Operation<Input, Output> operation) {
		long time = Long.parseLong(suspension[0]);
		return suspension[1].equals(operation.input().session()) && time - operation.invoked() >= 0
				&& time - operation.returned() <= HEARD_LATER;
	}

	/**
	 * Returns the times of the calls, without the drafts that were struck out.
	 * @param history the history
	 * @return the times
	 */
	static List<Completion> completions(History<Input, Output> history) {
		return Completions.of(history, (event) -> !event.process().endsWith(DRAFT));
	}

	@Override
	public void close() {
		this.journal.close();
		this.sessions.close();
		this.suspensions.close();
		this.held.close();
	}

	/**
	 * An acquisition that has not ended.
	 */
	private final class Draft {

		private final String process;

		private final String owner;

		private final long invoked;

		private final Map<String, Long> written = new LinkedHashMap<>();

		private boolean ended;

		Draft(String process, String owner, long invoked) {
			this.process = process + DRAFT;
			this.owner = owner;
			this.invoked = invoked;
		}

		synchronized void add(String label) {
			if (!this.ended && !this.written.containsKey(label)) {
				long id = ClaimLoad.this.ids.incrementAndGet();
				this.written.put(label, id);
				write(id, this.process, HistoryEvent.Type.INVOKE, this.invoked,
						Input.acquire(ClaimLoad.this.kind, label, this.owner), null);
			}
		}

		/**
		 * Strikes out what was written.
		 * @param kept how much of it, from the beginning, remains
		 */
		synchronized void strikeOut(int kept) {
			this.ended = true;
			ClaimLoad.this.drafts.remove(this);
			this.written.values()
				.stream()
				.skip(kept)
				.forEach((id) -> write(id, this.process, HistoryEvent.Type.FAIL, System.nanoTime(), null, null));
		}

	}

}
