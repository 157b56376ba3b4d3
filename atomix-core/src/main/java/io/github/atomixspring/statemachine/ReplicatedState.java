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

package io.github.atomixspring.statemachine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.FeatureLevel;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.ProtocolException;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.TransactionMessages;
import io.github.atomixspring.protocol.Wire;
import org.jspecify.annotations.Nullable;

/**
 * The whole replicated state: a deterministic function of the log.
 * <p>
 * Time is what the entries say: {@code max(time so far, stamp of the entry)}. What falls
 * due up to then happens before the items of the entry. Each command of a session has a
 * number; the next one in order is applied and its result kept until it is acknowledged,
 * a repeated one is answered with the kept result, and one after a gap is left alone, so
 * that commands take effect exactly once whatever happens on the way here. So is one of a
 * session that has too many answers to acknowledge.
 * <p>
 * Applying is total: bytes that are no entry, commands that are no commands and arguments
 * out of range change nothing and are answered with a failure, the same on all members.
 * <p>
 * Not thread-safe: callers apply and read under one lock.
 */
public final class ReplicatedState {

	/**
	 * The time of {@link #nextDeadline()} if nothing can fall due.
	 */
	public static final long NEVER = Long.MAX_VALUE;

	private static final int MAX_SESSIONS = 100_000;

	private static final long MAX_TIMEOUT = 24 * 60 * 60 * 1000L;

	private static final long MIN_TIMEOUT = 10;

	private final TreeMap<Long, SessionState> sessions = new TreeMap<>();

	private final Map<String, Long> tokens = new TreeMap<>();

	private final TreeMap<PrimitiveId, Service> services = new TreeMap<>();

	private final TreeSet<Timer> timers = new TreeSet<>();

	private final Context context = new StateContext();

	private Outcome outcome = new Outcome();

	private long time;

	private long number;

	private long sessionNumber;

	/**
	 * How far the time is ahead of the stamps of the entries: a backup that was brought
	 * back brought its time with it.
	 */
	private long offset;

	/**
	 * The level of the cluster, see {@link FeatureLevel}.
	 */
	private int level = FeatureLevel.BASE;

	private final int known;

	private final ToIntFunction<Command> commandLevels;

	private @Nullable Restoration restoration;

	private @Nullable String restored;

	/**
	 * Creates an empty state.
	 */
	public ReplicatedState() {
		this(FeatureLevel.LATEST);
	}

	/**
	 * Creates an empty state.
	 * @param known the greatest feature level that is known
	 */
	public ReplicatedState(int known) {
		this(known, Command::level);
	}

	/**
	 * Creates an empty state.
	 * @param known the greatest feature level that is known
	 * @param commandLevels tells from which level on there is a command
	 */
	ReplicatedState(int known, ToIntFunction<Command> commandLevels) {
		this.known = known;
		this.commandLevels = commandLevels;
	}

	/**
	 * Applies an entry of the log.
	 * @param bytes the encoded entry
	 * @return what it did
	 * @throws UnknownLevelException if it brings the cluster to a level that is not known
	 * here; nothing of it was applied
	 */
	public Applied apply(byte[] bytes) {
		this.outcome = new Outcome();
		LogEntry entry;
		try {
			entry = Wire.LOG_ENTRY.decode(bytes);
		}
		catch (ProtocolException ex) {
			return this.outcome.refused(ex.getMessage());
		}
		if (entry.version() < 1 || entry.version() > LogEntry.VERSION) {
			return this.outcome
				.refused("The entry has the format " + entry.version() + ", known is up to " + LogEntry.VERSION);
		}
		for (LogEntry.Item item : entry.items()) {
			if (item.level() > this.level) {
				// As on a member that has never heard of it.
				return this.outcome.refused(Wire.unknown(LogEntry.class, item.getClass()).getMessage());
			}
			if (item instanceof LogEntry.Raise raise && isNext(raise) && raise.next() > this.known) {
				throw new UnknownLevelException(raise.next(), this.known);
			}
		}
		advance(entry.stamp());
		for (LogEntry.Item item : entry.items()) {
			apply(item);
		}
		return this.outcome.complete();
	}

	private void apply(LogEntry.Item item) {
		if (item instanceof LogEntry.Batch batch) {
			applyBatch(batch);
		}
		else if (item instanceof LogEntry.KeepAlive keepAlive) {
			touch(keepAlive.session(), keepAlive.acknowledged(), keepAlive.eventsSeen());
		}
		else if (item instanceof LogEntry.Open open) {
			open(open);
		}
		else if (item instanceof LogEntry.Close close) {
			end(close.session());
		}
		else if (item instanceof LogEntry.Verify) {
			this.outcome.verify = true;
		}
		else if (item instanceof LogEntry.Restore part) {
			restore(part);
		}
		else if (item instanceof LogEntry.Refusal refusal) {
			refuse(refusal);
		}
		else if (item instanceof LogEntry.Raise raise && isNext(raise) && raise.next() <= this.known) {
			this.level = raise.next();
		}
	}

	private boolean isNext(LogEntry.Raise raise) {
		return raise.next() == this.level + 1;
	}

	private void advance(long stamp) {
		this.time = Math.max(this.time, timeOf(stamp));
		while (!this.timers.isEmpty() && this.timers.first().deadline() <= this.time) {
			Timer timer = this.timers.pollFirst();
			PrimitiveId primitive = timer.primitive();
			if (primitive == null) {
				end(timer.session());
				this.outcome.expired++;
				continue;
			}
			Service service = this.services.get(primitive);
			if (service != null) {
				service.timeOut(timer.key(), timer.deadline(), this.context);
				dispose(service);
			}
		}
	}

	private long timeOf(long stamp) {
		long sum = stamp + this.offset;
		boolean overflown = ((stamp ^ sum) & (this.offset ^ sum)) < 0;
		return (!overflown) ? sum : (stamp < 0) ? Long.MIN_VALUE : Long.MAX_VALUE;
	}

	private void open(LogEntry.Open open) {
		Long known = this.tokens.get(open.token());
		if (known != null) {
			this.outcome.opened.put(open.token(), known);
			return;
		}
		if (this.sessions.size() >= MAX_SESSIONS) {
			return;
		}
		long id = ++this.sessionNumber;
		long timeout = Math.max(MIN_TIMEOUT, Math.min(MAX_TIMEOUT, open.timeout()));
		SessionState session = new SessionState(id, open.token(), open.node(), timeout, this.time + timeout);
		this.sessions.put(id, session);
		this.tokens.put(open.token(), id);
		this.timers.add(Timer.ofSession(id, session.deadline()));
		this.outcome.opened.put(open.token(), id);
	}

	private @Nullable SessionState touch(long id, long acknowledged, long eventsSeen) {
		SessionState session = this.sessions.get(id);
		if (session == null) {
			this.outcome.ended.add(id);
			return null;
		}
		session.acknowledge(acknowledged, eventsSeen);
		this.timers.remove(Timer.ofSession(id, session.deadline()));
		session.extend(this.time + session.timeout());
		this.timers.add(Timer.ofSession(id, session.deadline()));
		return session;
	}

	private void end(long id) {
		SessionState session = this.sessions.remove(id);
		this.outcome.ended.add(id);
		if (session == null) {
			return;
		}
		this.tokens.remove(session.token());
		this.timers.remove(Timer.ofSession(id, session.deadline()));
		for (PrimitiveId interest : session.interests()) {
			Service service = this.services.get(interest);
			if (service != null) {
				service.listeners().remove(id);
				service.release(id, this.context);
				dispose(service);
			}
		}
	}

	/**
	 * Ends all sessions, which frees what they have.
	 */
	public void endSessions() {
		List.copyOf(this.sessions.keySet()).forEach(this::end);
	}

	private void applyBatch(LogEntry.Batch batch) {
		SessionState session = touch(batch.session(), batch.acknowledged(), batch.eventsSeen());
		if (session == null) {
			return;
		}
		for (Sequenced sequenced : batch.commands()) {
			answer(session, sequenced.sequence(), () -> applyCommand(sequenced.command(), session));
		}
	}

	private void refuse(LogEntry.Refusal refusal) {
		SessionState session = touch(refusal.session(), refusal.acknowledged(), refusal.eventsSeen());
		if (session == null || refusal.first() < 1 || refusal.last() < refusal.first()
				|| refusal.last() - refusal.first() >= LogEntry.Refusal.MAX_COMMANDS) {
			return;
		}
		Result failure = new Result.Failure(refusal.code(), refusal.reason());
		for (long number = refusal.first(); number <= refusal.last(); number++) {
			answer(session, number, () -> failure);
		}
	}

	/**
	 * Answers a command of a session in its turn.
	 * @param session the session
	 * @param sequence the number of the command
	 * @param command applies it
	 */
	private void answer(SessionState session, long sequence, Supplier<Result> command) {
		if (sequence <= session.sequence()) {
			NumberedResult kept = session.result(sequence);
			if (kept != null) {
				this.outcome.result(session.id(), kept);
			}
		}
		else if (session.isFull()) {
			// Left alone as after a gap: it is sent again, with what is acknowledged.
			this.outcome.stopped.add(session.id());
		}
		else if (sequence == session.sequence() + 1) {
			this.outcome.result(session.id(), session.record(command.get()));
		}
	}

	private Result applyCommand(byte[] bytes, SessionState session) {
		Command command;
		try {
			command = Wire.COMMAND.decode(bytes);
		}
		catch (ProtocolException ex) {
			return ex.code().failure(String.valueOf(ex.getMessage()));
		}
		if (this.commandLevels.applyAsInt(command) > this.level) {
			ProtocolException unknown = Wire.unknown(Command.class, command.getClass());
			return unknown.code().failure(String.valueOf(unknown.getMessage()));
		}
		if (command instanceof TransactionMessages.Commit commit) {
			return commit(commit, bytes.length, session);
		}
		return perform(command, session);
	}

	private Result commit(TransactionMessages.Commit commit, int bytes, SessionState session) {
		Result refusal = CommitCheck.check(commit, bytes, this::find);
		if (refusal != null) {
			return refusal;
		}
		// From here on each write is a command like any other, and none is refused.
		commit.writes().forEach((write) -> perform(write, session));
		return new TransactionMessages.Outcome(TransactionMessages.Outcome.COMMITTED, null);
	}

	private Result perform(Command command, SessionState session) {
		PrimitiveId target = command.target();
		Service service = this.services.get(target);
		if (command instanceof Command.Destroy) {
			return destroy(service);
		}
		if (command instanceof Command.Create create && service != null && service.isExplicit()
				&& !service.settings().equals(create.configuration())) {
			return ErrorCode.CONFIGURATION.failure("'" + target.name() + "' exists with the configuration "
					+ service.settings() + " and was asked for with " + create.configuration());
		}
		if (service == null) {
			service = Services.create(target);
			this.services.put(target, service);
		}
		Result result = applyTo(service, command, session);
		revise(target, session.id());
		dispose(service);
		return result;
	}

	private void revise(PrimitiveId primitive, long id) {
		SessionState session = this.sessions.get(id);
		if (session != null) {
			// What the end of the session concerns.
			Service service = this.services.get(primitive);
			if (service != null && service.concerns(id)) {
				session.interests().add(primitive);
			}
			else {
				session.interests().remove(primitive);
			}
		}
	}

	private Result applyTo(Service service, Command command, SessionState session) {
		if (command instanceof Command.Create create) {
			service.configure(create.configuration());
			return new Result.Done();
		}
		if (command instanceof Command.Listen) {
			service.listeners().add(session.id());
			return new Result.Done();
		}
		if (command instanceof Command.Unlisten) {
			service.listeners().remove(session.id());
			service.unlistened(session.id(), this.context);
			return new Result.Done();
		}
		return service.isMissing() ? service.missing() : service.apply(command, session.id(), this.context);
	}

	private Result destroy(@Nullable Service service) {
		if (service == null) {
			return new Result.Flag(false);
		}
		service.destroy(this.context);
		this.services.remove(service.id());
		service.listeners().forEach((session) -> revise(service.id(), session));
		service.holders().forEach((session) -> revise(service.id(), session));
		return new Result.Flag(true);
	}

	private void dispose(Service service) {
		if (service.isDisposable()) {
			this.services.remove(service.id(), service);
		}
	}

	private void restore(LogEntry.Restore part) {
		Restoration current = (part.number() == 0) ? new Restoration(part.backup()) : this.restoration;
		this.restoration = null;
		if (current == null || !current.isNext(part) || (!part.forced() && !this.services.isEmpty())) {
			return;
		}
		current.add(part.content());
		if (!part.last()) {
			this.restoration = current;
			return;
		}
		ReplicatedState backup;
		try {
			backup = current.complete();
			backup.endSessions();
		}
		catch (RuntimeException ex) {
			// The one who asks for it misses it in the answer.
			return;
		}
		if (backup.level > this.level) {
			return;
		}
		adopt(backup);
		this.restored = current.backup();
	}

	/**
	 * Becomes a state without sessions, with its time: what is due there is due after the
	 * same time here. Sessions end with what they had, and their nodes open others.
	 * @param other the state
	 */
	private void adopt(ReplicatedState other) {
		endSessions();
		this.services.clear();
		this.services.putAll(other.services);
		this.timers.clear();
		this.timers.addAll(other.timers);
		this.offset += other.time - this.time;
		this.time = other.time;
		this.number = Math.max(this.number, other.number);
		this.sessionNumber = Math.max(this.sessionNumber, other.sessionNumber);
	}

	/**
	 * Answers a query.
	 * @param query the query
	 * @return the answer
	 */
	public Result read(Query query) {
		if (query instanceof Query.ListPrimitives list) {
			return new Result.Primitives(this.services.keySet()
				.stream()
				.filter((id) -> list.type() == 0 || list.type() == id.type())
				.toList());
		}
		if (query instanceof Query.ListSessions) {
			return new Result.Sessions(this.sessions.values()
				.stream()
				.map((session) -> new Result.SessionInfo(session.id(), session.node(), session.timeout(),
						session.deadline() - this.time))
				.toList());
		}
		PrimitiveId target = query.target();
		if (target == null) {
			return ErrorCode.MALFORMED.failure("The query has no target");
		}
		Service service = find(target);
		return service.isMissing() ? service.missing() : service.read(query, this.context);
	}

	private Service find(PrimitiveId id) {
		// Only to look at it: one that does not exist is not created by that.
		Service service = this.services.get(id);
		return (service != null) ? service : Services.create(id);
	}

	/**
	 * Returns the replicated time.
	 * @return the time in milliseconds
	 */
	public long time() {
		return this.time;
	}

	/**
	 * Returns the time as the stamps of entries count it.
	 * @return the stamp in milliseconds that an entry must have at least for the time to
	 * go on
	 */
	public long stamp() {
		return this.time - this.offset;
	}

	/**
	 * Returns when the next thing falls due, as the stamps of entries count it.
	 * @return the stamp in milliseconds, or {@link #NEVER}
	 */
	public long nextDeadline() {
		return this.timers.isEmpty() ? NEVER : this.timers.first().deadline() - this.offset;
	}

	/**
	 * Returns the level of the cluster.
	 * @return the {@link FeatureLevel}
	 */
	public int level() {
		return this.level;
	}

	/**
	 * Returns how many parts of a backup are there.
	 * @param backup identifies the backup
	 * @return the number; {@link Integer#MAX_VALUE} once it is brought back, 0 if it is
	 * unknown or was refused
	 */
	public int restored(String backup) {
		if (backup.equals(this.restored)) {
			return Integer.MAX_VALUE;
		}
		Restoration current = this.restoration;
		return (current != null && current.backup().equals(backup)) ? current.size() : 0;
	}

	/**
	 * Returns how many primitives there are.
	 * @return the number
	 */
	public int primitiveCount() {
		return this.services.size();
	}

	/**
	 * Returns whether a session is open.
	 * @param session the id
	 * @return whether it is open
	 */
	public boolean hasSession(long session) {
		return this.sessions.containsKey(session);
	}

	/**
	 * Returns how many sessions are open.
	 * @return the number
	 */
	public int sessionCount() {
		return this.sessions.size();
	}

	/**
	 * Returns whether a session was opened with a token and is open.
	 * @param token the token
	 * @return whether it is open
	 */
	public boolean hasToken(String token) {
		return this.tokens.containsKey(token);
	}

	/**
	 * Returns how many primitives the end of a session concerns.
	 * @param session the id
	 * @return the number
	 */
	int interests(long session) {
		SessionState state = this.sessions.get(session);
		return (state != null) ? state.interests().size() : 0;
	}

	/**
	 * Returns the events of a session after a number.
	 * @param session the id
	 * @param number the number
	 * @return the events kept
	 */
	public List<NumberedEvent> eventsAfter(long session, long number) {
		SessionState state = this.sessions.get(session);
		return (state != null) ? state.eventsAfter(number) : List.of();
	}

	/**
	 * Returns the number of the last event of a session.
	 * @param session the id
	 * @return the number; for a session that has ended the greatest, as its events are
	 * lost
	 */
	public long eventNumber(long session) {
		SessionState state = this.sessions.get(session);
		if (state != null) {
			return state.eventNumber();
		}
		return (session > 0 && session <= this.sessionNumber) ? Long.MAX_VALUE : 0;
	}

	/**
	 * Captures the state. This copies references only; the parts are made from them when
	 * the iterator is advanced, on any thread, while the state goes on changing.
	 * @return the parts of a snapshot
	 */
	public Iterator<SnapshotPart> capture() {
		List<Iterator<? extends SnapshotPart>> parts = new ArrayList<>();
		List<SnapshotPart> heads = new ArrayList<>();
		heads.add(new SnapshotPart.State(this.time, this.number, this.sessionNumber));
		if (this.level > FeatureLevel.BASE) {
			heads.add(new SnapshotPart.Level(this.level));
		}
		if (this.restored != null) {
			heads.add(new SnapshotPart.Restored(this.restored, this.offset));
		}
		this.sessions.values().forEach((session) -> heads.add(session.capture()));
		parts.add(heads.iterator());
		if (this.restoration != null) {
			parts.add(this.restoration.capture());
		}
		for (Service service : this.services.values()) {
			parts.add(List.of(new SnapshotPart.Primitive(service.id(), service.isExplicit(), service.settings(),
					List.copyOf(service.listeners())))
				.iterator());
			parts.add(service.capture());
		}
		return new Concatenation(parts.iterator());
	}

	/**
	 * Makes the state that was captured.
	 * @param parts the parts, in order
	 * @return the state
	 * @throws RuntimeException if the parts are not those of a snapshot
	 */
	public static ReplicatedState restore(Iterator<SnapshotPart> parts) {
		return restore(parts, FeatureLevel.LATEST);
	}

	/**
	 * Makes the state that was captured.
	 * @param parts the parts, in order
	 * @param known the greatest feature level that is known
	 * @return the state
	 * @throws RuntimeException if the parts are not those of a snapshot
	 */
	public static ReplicatedState restore(Iterator<SnapshotPart> parts, int known) {
		ReplicatedState state = new ReplicatedState(known);
		Service service = null;
		while (parts.hasNext()) {
			SnapshotPart part = parts.next();
			if (part instanceof SnapshotPart.State whole) {
				state.time = whole.time();
				state.number = whole.number();
				state.sessionNumber = whole.sessionNumber();
			}
			else if (part instanceof SnapshotPart.Level reached) {
				state.level = reached.level();
			}
			else if (part instanceof SnapshotPart.Session session) {
				state.restoreSession(new SessionState(session));
			}
			else if (part instanceof SnapshotPart.Restored whole) {
				state.restored = whole.backup();
				state.offset = whole.offset();
			}
			else if (part instanceof SnapshotPart.Restoring restoring) {
				state.continueRestoration(restoring);
			}
			else if (part instanceof SnapshotPart.Primitive primitive) {
				service = Services.create(primitive.id());
				if (primitive.explicit()) {
					service.configure(primitive.settings());
				}
				service.listeners().addAll(primitive.listeners());
				state.services.put(service.id(), service);
			}
			else if (service == null) {
				throw new IllegalStateException("The part " + part + " belongs to no primitive");
			}
			else {
				service.restore(part, state.context);
			}
		}
		state.services.values().forEach(state::restoreInterests);
		return state;
	}

	private void restoreSession(SessionState session) {
		this.sessions.put(session.id(), session);
		this.tokens.put(session.token(), session.id());
		this.timers.add(Timer.ofSession(session.id(), session.deadline()));
	}

	private void continueRestoration(SnapshotPart.Restoring part) {
		Restoration current = this.restoration;
		if (current == null) {
			current = new Restoration(part.backup());
			this.restoration = current;
		}
		current.add(part.content());
	}

	private void restoreInterests(Service service) {
		TreeSet<Long> concerned = new TreeSet<>(service.listeners());
		concerned.addAll(service.holders());
		for (long id : concerned) {
			SessionState session = this.sessions.get(id);
			if (session != null) {
				session.interests().add(service.id());
			}
		}
	}

	/**
	 * What the entry being applied has done so far.
	 */
	private static final class Outcome {

		private final TreeMap<Long, Applied.Delivery> deliveries = new TreeMap<>();

		private final TreeMap<String, Long> opened = new TreeMap<>();

		private final List<Long> ended = new ArrayList<>();

		private final TreeSet<Long> stopped = new TreeSet<>();

		private int expired;

		private boolean verify;

		private Applied.Delivery delivery(long session) {
			return this.deliveries.computeIfAbsent(session,
					(id) -> new Applied.Delivery(new ArrayList<>(), new ArrayList<>()));
		}

		void event(long session, NumberedEvent event) {
			delivery(session).events().add(event);
		}

		void result(long session, NumberedResult result) {
			delivery(session).results().add(result);
		}

		Applied complete() {
			return new Applied(this.deliveries, this.opened, this.ended, this.stopped, null, this.expired, this.verify);
		}

		Applied refused(@Nullable String reason) {
			return new Applied(this.deliveries, this.opened, this.ended, this.stopped, String.valueOf(reason), 0,
					false);
		}

	}

	/**
	 * What services see of this state.
	 */
	private final class StateContext implements Context {

		@Override
		public long time() {
			return ReplicatedState.this.time;
		}

		@Override
		public long nextNumber() {
			return ++ReplicatedState.this.number;
		}

		@Override
		public long nextNumbers(int count) {
			long first = ReplicatedState.this.number + 1;
			ReplicatedState.this.number += count;
			return first;
		}

		@Override
		public void send(long session, Event event) {
			SessionState state = ReplicatedState.this.sessions.get(session);
			if (state != null) {
				ReplicatedState.this.outcome.event(session, state.append(event));
			}
		}

		@Override
		public void startTimer(PrimitiveId primitive, Bytes key, long deadline) {
			ReplicatedState.this.timers.add(Timer.of(primitive, key, deadline));
		}

		@Override
		public void stopTimer(PrimitiveId primitive, Bytes key, long deadline) {
			ReplicatedState.this.timers.remove(Timer.of(primitive, key, deadline));
		}

		@Override
		public void left(PrimitiveId primitive, long session) {
			ReplicatedState.this.revise(primitive, session);
		}

		@Override
		public String node(long session) {
			SessionState state = ReplicatedState.this.sessions.get(session);
			return (state != null) ? state.node() : "";
		}

	}

}
