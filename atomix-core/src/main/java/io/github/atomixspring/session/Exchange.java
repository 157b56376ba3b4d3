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

package io.github.atomixspring.session;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.protocol.Wire;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session exchanges with the cluster: the operations of the node from their
 * submission to their answer, and the events. Guarded by the lock of the session, which
 * only {@link #submit} and {@link #query} take themselves.
 */
final class Exchange {

	private static final Logger logger = LoggerFactory.getLogger(Exchange.class);

	private final CriticalSection section;

	private final SessionConfig config;

	private final Lifecycle lifecycle;

	private final Uplink uplink;

	private final LocalReads localReads;

	private final EventDispatcher dispatcher;

	private final CommandLane commands;

	private final QueryLane queries = new QueryLane();

	private final EventNumbers events = new EventNumbers();

	private final Restraint restraint = new Restraint();

	private final CriticalSection.Alarm deadlines;

	/**
	 * The session in which commands leave, or zero while none may leave.
	 */
	private long session;

	Exchange(CriticalSection section, SessionConfig config, Lifecycle lifecycle, Uplink uplink, LocalReads localReads,
			EventDispatcher dispatcher) {
		this.section = section;
		this.config = config;
		this.lifecycle = lifecycle;
		this.uplink = uplink;
		this.localReads = localReads;
		this.dispatcher = dispatcher;
		this.commands = new CommandLane(config.maxBatchesInFlight());
		this.deadlines = section.new Alarm(this::sweep);
	}

	/**
	 * Submits a command.
	 * @param command the command
	 * @param future takes the result
	 */
	void submit(Command command, CompletableFuture<Result> future) {
		byte[] bytes = Wire.COMMAND.encode(command);
		try {
			this.section.call(() -> {
				requireAcceptable(bytes);
				this.restraint.check(command, this.section.now());
				PendingCommand pending = new PendingCommand(bytes, deadline(), future);
				this.commands.add(pending);
				this.deadlines.set(pending.deadline);
				pump();
				return pending;
			});
		}
		catch (AtomixException ex) {
			future.completeExceptionally(ex);
		}
	}

	/**
	 * Asks a query that is not answered yet.
	 * @param query the query
	 * @param linearizable whether the answer must have all effects so far
	 * @param read what the member in this process was asked, or null if it was not
	 * @param future takes the result
	 */
	void query(Query query, boolean linearizable, LocalReads.@Nullable Read read, CompletableFuture<Result> future) {
		byte[] bytes = Wire.QUERY.encode(query);
		try {
			PendingQuery pending = this.section.call(() -> add(bytes, linearizable, read != null, future));
			if (read != null) {
				read.answer().whenComplete((answer, failure) -> this.section.run(() -> readLocally(pending, read)));
			}
		}
		catch (AtomixException ex) {
			future.completeExceptionally(ex);
		}
	}

	private PendingQuery add(byte[] bytes, boolean linearizable, boolean local, CompletableFuture<Result> future) {
		requireAcceptable(bytes);
		PendingQuery pending = this.queries.add(bytes, linearizable, (linearizable) ? this.commands.last() : null,
				deadline(), future);
		this.deadlines.set(pending.deadline);
		if (local) {
			pending.local = true;
		}
		else {
			this.queries.ask(pending);
			pump();
		}
		return pending;
	}

	private void readLocally(PendingQuery query, LocalReads.Read read) {
		Result result = this.localReads.show(read);
		if (result == null) {
			this.queries.ask(query);
			pump();
		}
		else if (this.queries.remove(query)) {
			this.section.deliver(() -> Failures.complete(query.future, result));
		}
	}

	private void requireAcceptable(byte[] bytes) {
		this.lifecycle.requireRunning();
		if (bytes.length > this.config.maxCommandBytes()) {
			throw new LimitExceededException(
					"The operation has " + bytes.length + " bytes; the limit is " + this.config.maxCommandBytes());
		}
		if (this.commands.bytes() + this.queries.bytes() + bytes.length > this.config.maxBytesInFlight()) {
			throw new LimitExceededException("The operations of node '" + this.config.node()
					+ "' that wait for answers have more than " + this.config.maxBytesInFlight() + " bytes");
		}
	}

	private long deadline() {
		return this.section.now() + this.config.operationTimeout().toNanos();
	}

	/**
	 * Lets commands leave.
	 * @param opened the session to which they belong from now on
	 */
	void begin(long opened) {
		this.session = opened;
		this.localReads.begin(opened);
		pump();
	}

	/**
	 * The session is on a new link: what was not answered must leave again.
	 */
	void relinked() {
		this.commands.linkLost();
		this.queries.linkLost();
	}

	/**
	 * Sends what may leave now.
	 */
	void pump() {
		if (!this.uplink.isReady()) {
			return;
		}
		if (this.session != 0) {
			List<Sequenced> batch;
			while ((batch = this.commands.nextBatch()) != null) {
				this.uplink.send(
						new ClientFrame.Submit(this.session, this.commands.acknowledged(), this.events.seen(), batch));
			}
		}
		PendingQuery query;
		while ((query = this.queries.next()) != null) {
			this.uplink
				.send(new ClientFrame.Ask(query.id, query.linearizable, this.localReads.seenIndex(), query.bytes));
		}
	}

	/**
	 * Returns how far the session has come.
	 * @return the progress
	 */
	Progress progress() {
		return new Progress(this.commands.acknowledged(), this.events.seen(), this.commands.isBusy());
	}

	/**
	 * Takes results and events.
	 * @param applied what has arrived
	 * @return whether the cluster knows the session
	 */
	boolean applied(ServerFrame.Applied applied) {
		if (this.session == 0) {
			return true;
		}
		for (NumberedResult result : applied.results()) {
			if (Failures.isNoSession(result.result()) && result.sequence() > this.commands.acknowledged()) {
				return false;
			}
		}
		EventNumbers.Gap gap = this.events.gap(applied.events());
		if (gap != null) {
			logger.warn("Session {} of node '{}' misses events before {}; resuming it on a new link", this.session,
					this.config.node(), gap.last() + 1);
			this.uplink.fail("events " + gap.first() + " to " + gap.last() + " are missing");
			return true;
		}
		this.localReads.saw(applied.index());
		this.restraint.answered(applied.results(), this.section.now());
		List<NumberedEvent> fresh = this.events.take(applied.events());
		List<PendingCommand> answered = this.commands.answered(applied.index(), applied.results());
		if (!fresh.isEmpty() || !answered.isEmpty()) {
			EventProgress progress = this.localReads.progress();
			this.section.deliver(() -> deliver(progress, fresh, answered));
		}
		pump();
		return true;
	}

	private void deliver(EventProgress progress, List<NumberedEvent> fresh, List<PendingCommand> answered) {
		for (NumberedEvent event : fresh) {
			this.dispatcher.event(event.event());
			progress.delivered(event.number());
		}
		for (PendingCommand command : answered) {
			Failures.complete(command.future, Objects.requireNonNull(command.result));
		}
	}

	/**
	 * Takes the answer to a query.
	 * @param answer the answer
	 */
	void answered(ServerFrame.Answer answer) {
		PendingQuery query = this.queries.answered(answer);
		if (query != null) {
			complete(query, answer);
		}
		else {
			pump();
		}
	}

	private void complete(PendingQuery query, ServerFrame.Answer answer) {
		this.localReads.saw(answer.index());
		this.section.deliver(() -> Failures.complete(query.future, answer.result()));
	}

	private void sweep() {
		long now = this.section.now();
		long current = this.session;
		List<PendingCommand> late = this.commands.timedOut(now);
		List<PendingQuery> lateQueries = this.queries.timedOut(now);
		if (!late.isEmpty() || !lateQueries.isEmpty()) {
			String within = " within " + this.config.operationTimeout().toMillis() + " ms"
					+ this.uplink.problemSuffix();
			this.section.deliver(() -> {
				late.forEach((command) -> timeOut(command, current, within));
				lateQueries.forEach((query) -> query.future
					.completeExceptionally(new UnavailableException("There was no answer" + within, null)));
			});
		}
		PendingCommand command = this.commands.oldest();
		PendingQuery query = this.queries.oldest();
		if (query != null && (command == null || query.deadline - command.deadline < 0)) {
			this.deadlines.set(query.deadline);
		}
		else if (command != null) {
			this.deadlines.set(command.deadline);
		}
	}

	private static void timeOut(PendingCommand command, long session, String within) {
		if (command.sequence == 0) {
			command.future
				.completeExceptionally(new UnavailableException("The cluster could not be reached" + within, null));
		}
		else {
			command.completeLost(session, "there was no answer" + within);
		}
	}

	/**
	 * Gives up what did not leave, and all queries, because the node stops.
	 */
	void failUnsent() {
		AtomixException stopped = new UnavailableException("Node '" + this.config.node() + "' was stopped", null);
		List<PendingCommand> cleared = this.commands.clearQueued();
		List<PendingQuery> unanswered = this.queries.clear();
		this.section.deliver(() -> {
			cleared.forEach((command) -> command.future.completeExceptionally(stopped));
			unanswered.forEach((query) -> query.future.completeExceptionally(stopped));
		});
	}

	/**
	 * The session has ended: what left in it gets no answer any more.
	 * @param reason the reason
	 */
	void end(String reason) {
		long ended = this.session;
		List<PendingCommand> lost = this.commands.sessionEnded();
		if (!lost.isEmpty()) {
			this.section.deliver(() -> lost.forEach((command) -> command.completeLost(ended, reason)));
		}
		this.events.clear();
		this.localReads.begin(0);
		this.session = 0;
	}

	/**
	 * How far a session has come.
	 *
	 * @param acknowledged the number up to which all commands are answered
	 * @param eventsSeen the number up to which all events are here
	 * @param busy whether commands wait for answers on the current link
	 */
	record Progress(long acknowledged, long eventsSeen, boolean busy) {

	}

}
