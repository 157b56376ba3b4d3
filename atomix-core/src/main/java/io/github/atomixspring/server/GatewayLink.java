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
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.atomixspring.link.Link;
import io.github.atomixspring.link.LinkHandler;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.ProtocolException;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.protocol.Wire;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's end of a link.
 */
class GatewayLink implements Link {

	/**
	 * The version of the protocol of links.
	 */
	static final int VERSION = 1;

	/**
	 * The greatest size of an encoded command: a value of 1 MiB and what is around it.
	 */
	static final int MAX_COMMAND_BYTES = (1 << 20) + (8 << 10);

	/**
	 * The greatest size of the commands of one frame. An entry holds at least one frame,
	 * and one that the log cannot take would end every reign anew.
	 */
	static final int MAX_SUBMIT_BYTES = 2 << 20;

	private static final int MAX_TEXT = 256;

	private static final Logger logger = LoggerFactory.getLogger(GatewayLink.class);

	private static final String TOO_MUCH_QUEUED = "Too much is queued at the leader";

	private final Gateway gateway;

	private final LinkHandler handler;

	private final AtomicBoolean closed = new AtomicBoolean();

	private boolean welcomed;

	/**
	 * The addresses of the members that were sent last.
	 */
	private volatile List<String> members = List.of();

	/**
	 * The session of this link, 0 until it has one. Written by the delivery thread.
	 */
	private volatile long session;

	/**
	 * The last command that came over this link.
	 */
	private volatile long submitted;

	/**
	 * The last command that was answered over this link.
	 */
	private volatile long answered;

	GatewayLink(Gateway gateway, LinkHandler handler) {
		this.gateway = gateway;
		this.handler = handler;
	}

	@Override
	public void send(ClientFrame frame) {
		if (this.closed.get()) {
			return;
		}
		if (frame instanceof ClientFrame.Hello hello) {
			hello(hello);
		}
		else if (!this.welcomed) {
			refuse(new ServerFrame.Rejected("The link did not begin with a hello"));
		}
		else if (frame instanceof ClientFrame.Submit submit) {
			submit(submit);
		}
		else if (frame instanceof ClientFrame.Ask ask) {
			ask(ask);
		}
		else if (frame instanceof ClientFrame.KeepAlive alive) {
			queue(Submission.patient(new LogEntry.KeepAlive(alive.session(), alive.acknowledged(), alive.eventsSeen()),
					(index, state) -> {
						if (state.hasSession(alive.session())) {
							this.gateway.deliveries()
								.send(this, new ServerFrame.Alive(alive.number(), changedMembers()));
						}
					}));
		}
		else if (frame instanceof ClientFrame.Open open) {
			open(open);
		}
		else if (frame instanceof ClientFrame.Resume resume) {
			resume(resume.session(), resume.eventsSeen());
		}
		else if (frame instanceof ClientFrame.Close close) {
			queue(Submission.of(new LogEntry.Close(close.session()), (index, state) -> {
			}));
		}
	}

	private void hello(ClientFrame.Hello hello) {
		GatewayInfo info = this.gateway.info();
		if (hello.version() > VERSION) {
			refuse(new ServerFrame.Rejected("This member speaks version " + VERSION + " of the protocol, node '"
					+ hello.node() + "' version " + hello.version() + ": upgrade the members first"));
			return;
		}
		if (!hello.cluster().equals(info.cluster())) {
			refuse(new ServerFrame.Rejected("This is a member of the cluster '" + info.cluster() + "', not of '"
					+ hello.cluster() + "'; correct the members or the name of the cluster"));
			return;
		}
		String clusterId = hello.clusterId();
		if (clusterId != null && !info.clusterId().isEmpty() && !clusterId.equals(info.clusterId())) {
			refuse(new ServerFrame.Rejected("This is a member of another cluster with the name '" + info.cluster()
					+ "': its id is " + info.clusterId() + ", not " + clusterId));
			return;
		}
		if (hello.partitions() != info.partitions()) {
			// It would look for primitives where they are not.
			refuse(new ServerFrame.Rejected("The cluster '" + info.cluster() + "' has " + info.partitions()
					+ " partition(s), node '" + hello.node() + "' is configured for " + hello.partitions()
					+ ": set its number of partitions (atomix.partitions) to " + info.partitions()));
			return;
		}
		if (!this.gateway.isServing()) {
			refuse(new ServerFrame.Redirect(info.leaderAddress()));
			return;
		}
		this.welcomed = true;
		this.gateway.deliveries()
			.welcome(this, new ServerFrame.Welcome(VERSION, info.clusterId(), changedMembers(), info.partitions()));
		if (!this.gateway.isServing()) {
			// The reign ended before the link was known to it.
			refuse(new ServerFrame.Redirect(info.leaderAddress()));
		}
	}

	private @Nullable List<String> changedMembers() {
		List<String> current = this.gateway.info().memberAddresses();
		if (current.isEmpty() || current.equals(this.members)) {
			return null;
		}
		this.members = current;
		return current;
	}

	private void open(ClientFrame.Open open) {
		if (open.token().length() > MAX_TEXT || open.node().length() > MAX_TEXT) {
			refuse(new ServerFrame.Rejected("The name of a node may have " + MAX_TEXT + " characters"));
			return;
		}
		if (open.node().chars().anyMatch(Character::isISOControl)) {
			refuse(new ServerFrame.Rejected("The name of a node must not have control characters"));
			return;
		}
		this.gateway.deliveries().opening(open.token(), this);
		queue(Submission.of(new LogEntry.Open(open.token(), open.node(), open.timeout()), (index, state) -> {
			if (!state.hasToken(open.token())) {
				refuse(new ServerFrame.Busy("Too many sessions are open"));
			}
		}));
	}

	private void submit(ClientFrame.Submit submit) {
		if (submit.session() != this.session) {
			refuse(new ServerFrame.Rejected("The session " + submit.session() + " is not on this link"));
			return;
		}
		List<Sequenced> commands = new ArrayList<>(submit.commands().size());
		int bytes = 0;
		for (Sequenced command : submit.commands()) {
			if (command.command().length > MAX_COMMAND_BYTES) {
				refuse(new ServerFrame.Rejected("The command " + command.sequence() + " has " + command.command().length
						+ " bytes; the limit is " + MAX_COMMAND_BYTES));
				return;
			}
			commands.add(command);
			bytes += command.command().length + Long.BYTES;
			if (bytes > MAX_SUBMIT_BYTES) {
				refuse(new ServerFrame.Rejected("The commands of one frame may have " + MAX_SUBMIT_BYTES + " bytes"));
				return;
			}
		}
		if (!commands.isEmpty()) {
			this.submitted = Math.max(this.submitted, commands.get(commands.size() - 1).sequence());
		}
		LogEntry.Batch batch = new LogEntry.Batch(submit.session(), submit.acknowledged(), submit.eventsSeen(),
				commands);
		Admission admission = this.gateway.info().admission();
		if (!admission.isRestricted()) {
			queue(Submission.of(batch, bytes));
		}
		else if (admission.isClosed()) {
			this.gateway.refused(commands.size());
			refuse(new ServerFrame.Busy(admission.reason()));
		}
		else {
			Refusals.Divided divided = Refusals.divide(batch, admission);
			this.gateway.refused(divided.refused());
			for (LogEntry.Item item : divided.items()) {
				queue(Submission.of(item, bytes));
			}
		}
	}

	private void resume(long resumed, long eventsSeen) {
		// Through the log: only an entry that is committed says whether the session
		// lives.
		queue(Submission.of(new LogEntry.KeepAlive(resumed, 0, eventsSeen), (index, state) -> this.gateway.deliveries()
			.resume(resumed, this, index, state.hasSession(resumed) ? state.eventsAfter(resumed, eventsSeen) : null)));
	}

	private void ask(ClientFrame.Ask ask) {
		Query query;
		try {
			query = Wire.QUERY.decode(ask.query());
		}
		catch (ProtocolException ex) {
			answer(ask.id(), 0, ex.code().failure(String.valueOf(ex.getMessage())));
			return;
		}
		this.gateway.read(new PendingRead(this, ask, query), this.submitted <= this.answered);
	}

	void answer(long id, long index, Result result) {
		long weight = result.weight();
		Result sent = (weight <= AppliedFrames.MAX_BYTES) ? result : ErrorCode.LIMIT.failure("The answer has " + weight
				+ " bytes; the limit is " + AppliedFrames.MAX_BYTES + ": ask for less at once");
		this.gateway.deliveries().send(this, new ServerFrame.Answer(id, index, sent));
	}

	private void queue(Submission submission) {
		if (!this.gateway.submit(submission)) {
			refused();
		}
	}

	/**
	 * Closes the link since the gateway did not take something that came over it.
	 */
	void refused() {
		refuse(this.gateway.isServing() ? new ServerFrame.Busy(TOO_MUCH_QUEUED)
				: new ServerFrame.Redirect(this.gateway.info().leaderAddress()));
	}

	private void refuse(ServerFrame last) {
		this.gateway.deliveries().disconnect(this, last);
	}

	boolean isClosed() {
		return this.closed.get();
	}

	void bind(long boundSession) {
		if (this.session != boundSession) {
			// The numbers of another session begin anew.
			this.submitted = 0;
			this.answered = 0;
			this.session = boundSession;
		}
	}

	void applied(ServerFrame.Applied frame) {
		if (!frame.results().isEmpty()) {
			this.answered = Math.max(this.answered, frame.results().get(frame.results().size() - 1).sequence());
		}
		deliver(frame);
	}

	void deliver(ServerFrame frame) {
		if (!this.closed.get()) {
			hand(frame);
		}
	}

	private void hand(ServerFrame frame) {
		try {
			this.handler.received(frame);
		}
		catch (RuntimeException ex) {
			// The other links must not suffer, and this one has lost a frame.
			logger.error("A frame could not be handed to a link, which is closed", ex);
			close();
		}
	}

	/**
	 * Closes the link from this side. Called by the delivery thread.
	 * @param last a last frame, or null
	 */
	void disconnect(@Nullable ServerFrame last) {
		if (this.closed.compareAndSet(false, true)) {
			if (last != null) {
				hand(last);
			}
			this.handler.closed(null);
		}
	}

	@Override
	public void close() {
		this.gateway.deliveries().disconnect(this, null);
	}

}
