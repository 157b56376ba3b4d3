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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

import io.github.atomixspring.link.Connector;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a session to the leader: opens a link, gives it up when it does not serve,
 * and opens another. Guarded by the lock of the session.
 */
final class Uplink implements SessionLink.Owner {

	private static final Logger logger = LoggerFactory.getLogger(Uplink.class);

	private static final long MAX_GREETING = TimeUnit.SECONDS.toNanos(2);

	private final CriticalSection section;

	private final SessionConfig config;

	private final Connector connector;

	private final Handshake handshake;

	private final ReconnectBackoff backoff;

	private final LinkProblem problem;

	private @Nullable SessionLink link;

	/**
	 * Takes what arrives; null while no link is wanted.
	 */
	private @Nullable Consumer<ServerFrame> receiver;

	Uplink(CriticalSection section, SessionConfig config, Connector connector, Handshake handshake,
			RandomGenerator random) {
		this.section = section;
		this.config = config;
		this.connector = connector;
		this.handshake = handshake;
		this.backoff = new ReconnectBackoff(random);
		this.problem = new LinkProblem(config);
	}

	/**
	 * Opens a link, and keeps one open.
	 * @param receiver takes what arrives on the current link, under the lock
	 */
	void start(Consumer<ServerFrame> receiver) {
		this.receiver = receiver;
		this.backoff.reset();
		this.problem.started(this.section.now());
		connect();
	}

	/**
	 * Gives up the current link and opens no other.
	 */
	void stop() {
		this.receiver = null;
		detach();
	}

	/**
	 * Returns how far the current link has come.
	 * @param stage the stage
	 * @return whether there is a link in this stage
	 */
	boolean isAt(SessionLink.Stage stage) {
		return this.link != null && this.link.stage() == stage;
	}

	/**
	 * Returns whether the session is on the current link.
	 * @return whether operations and keep-alives may be sent
	 */
	boolean isReady() {
		return isAt(SessionLink.Stage.READY);
	}

	/**
	 * The current link has come further.
	 * @param stage the stage
	 */
	void enter(SessionLink.Stage stage) {
		SessionLink current = this.link;
		if (current == null) {
			return;
		}
		current.enter(stage);
		if (stage == SessionLink.Stage.OPENING) {
			limitStage(current, this.config.keepAliveNanos() * 2);
		}
		else if (stage == SessionLink.Stage.READY) {
			problem("");
		}
	}

	/**
	 * The current link serves the session: if it is lost, that is a new failure.
	 */
	void markUseful() {
		if (this.link != null) {
			this.link.markUseful();
		}
	}

	/**
	 * Sends a frame on the current link.
	 * @param frame the frame
	 */
	void send(ClientFrame frame) {
		SessionLink current = this.link;
		if (current != null) {
			this.section.send(() -> current.send(frame));
		}
	}

	/**
	 * Takes note of why the session does not get on.
	 * @param text the problem; empty for none
	 */
	void problem(String text) {
		this.problem.set(this.section.now(), text);
	}

	/**
	 * Returns the problem for the end of a sentence.
	 * @return the problem in parentheses, or nothing
	 */
	String problemSuffix() {
		return this.problem.suffix();
	}

	/**
	 * Writes a line now and then while there is a problem.
	 */
	void logProblem() {
		this.problem.log(this.section.now());
	}

	/**
	 * Takes note of the members that the cluster has now.
	 * @param addresses their addresses, or null if they are as before
	 */
	void members(@Nullable List<String> addresses) {
		if (addresses != null) {
			this.section.send(() -> this.connector.members(addresses));
		}
	}

	/**
	 * Follows a member that does not lead.
	 * @param leader the address of the leader, or null if there is none
	 */
	void redirect(@Nullable String leader) {
		this.section.send(() -> this.connector.redirect(leader));
		problem((leader != null) ? "the leader is said to be at " + leader : "there is no leader");
		reconnect((leader != null) ? ReconnectBackoff::follow : ReconnectBackoff::leaderless);
	}

	/**
	 * Gives up the current link, which does not serve, and opens another.
	 * @param text the problem
	 */
	void fail(String text) {
		problem(text);
		reconnect(ReconnectBackoff::failed);
	}

	/**
	 * Gives up the current link and opens another.
	 * @param delay how long to wait until then
	 */
	void reconnect(ToLongFunction<ReconnectBackoff> delay) {
		detach();
		if (this.receiver == null) {
			return;
		}
		logProblem();
		long nanos = delay.applyAsLong(this.backoff);
		if (nanos == 0) {
			connect();
		}
		else {
			this.section.schedule(nanos, () -> {
				if (this.link == null && this.receiver != null) {
					connect();
				}
			});
		}
	}

	private void connect() {
		SessionLink created = new SessionLink(this.connector, this);
		this.link = created;
		ClientFrame hello = this.handshake.hello();
		this.section.send(() -> created.open(hello));
		limitStage(created, Math.min(MAX_GREETING, this.config.keepAliveNanos()));
	}

	private void limitStage(SessionLink target, long nanos) {
		SessionLink.Stage stage = target.stage();
		this.section.schedule(nanos, () -> {
			if (this.link == target && target.stage() == stage) {
				fail((stage == SessionLink.Stage.GREETING) ? "a member did not answer" : "the leader did not answer");
			}
		});
	}

	private void detach() {
		SessionLink old = this.link;
		this.link = null;
		if (old != null) {
			old.detach();
			if (old.isUseful()) {
				this.backoff.reset();
				this.section.send(this.connector::lost);
			}
			this.section.send(old::close);
		}
	}

	@Override
	public void received(SessionLink source, ServerFrame frame) {
		this.section.run(() -> {
			if (this.link == source && this.receiver != null) {
				this.receiver.accept(frame);
			}
		});
	}

	@Override
	public void lost(SessionLink source, @Nullable Throwable cause) {
		this.section.run(() -> {
			if (this.link == source) {
				logger.debug("Link of node '{}' was lost", this.config.node(), cause);
				fail(Failures.describe(cause));
			}
		});
	}

}
