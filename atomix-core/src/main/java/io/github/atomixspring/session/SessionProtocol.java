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

import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.protocol.ServerFrame;

/**
 * Opens, resumes and closes the session with the frames of the leader, and hands out what
 * else arrives. Guarded by the lock of the session.
 */
final class SessionProtocol {

	private final SessionConfig config;

	private final Lifecycle lifecycle;

	private final Handshake handshake;

	private final Uplink uplink;

	private final Exchange exchange;

	private final Liveness liveness;

	private CompletableFuture<Void> whenClosed = new CompletableFuture<>();

	SessionProtocol(SessionConfig config, Lifecycle lifecycle, Handshake handshake, Uplink uplink, Exchange exchange,
			Liveness liveness) {
		this.config = config;
		this.lifecycle = lifecycle;
		this.handshake = handshake;
		this.uplink = uplink;
		this.exchange = exchange;
		this.liveness = liveness;
	}

	/**
	 * Begins to open a session, and to keep one open.
	 */
	void start() {
		this.liveness.start();
		this.uplink.start(this::received);
	}

	/**
	 * Begins to close the session on the cluster.
	 * @param done completed when there is nothing to wait for any more
	 */
	void beginStop(CompletableFuture<Void> done) {
		this.whenClosed = done;
		this.exchange.failUnsent();
		if (!this.liveness.isOpen()) {
			closed();
		}
		else if (this.uplink.isReady()) {
			this.uplink.send(this.liveness.close());
		}
	}

	/**
	 * Gives up what is not closed yet.
	 */
	void finishStop() {
		this.exchange.failUnsent();
		this.exchange.end("node '" + this.config.node() + "' was stopped before the answer came");
		this.uplink.stop();
		this.uplink.problem("node '" + this.config.node() + "' is stopped");
		this.handshake.forget();
		this.liveness.stop();
	}

	private void received(ServerFrame frame) {
		if (frame instanceof ServerFrame.Applied applied) {
			this.uplink.markUseful();
			if (!this.exchange.applied(applied)) {
				expire("the cluster does not know it");
			}
		}
		else if (frame instanceof ServerFrame.Answer answer) {
			this.exchange.answered(answer);
		}
		else if (frame instanceof ServerFrame.Alive alive) {
			this.uplink.members(alive.members());
			this.uplink.markUseful();
			if (this.uplink.isReady()) {
				this.liveness.alive(alive.number());
			}
		}
		else if (frame instanceof ServerFrame.Welcome welcome) {
			welcomed(welcome);
		}
		else if (frame instanceof ServerFrame.Opened opened) {
			opened(opened);
		}
		else if (frame instanceof ServerFrame.Resumed resumed) {
			resumed(resumed);
		}
		else if (frame instanceof ServerFrame.Expired expired) {
			if (this.liveness.isOpen(expired.session())) {
				expire("the cluster ended it");
			}
		}
		else if (frame instanceof ServerFrame.Redirect redirect) {
			this.uplink.redirect(redirect.leader());
		}
		else if (frame instanceof ServerFrame.Rejected rejected) {
			rejected(rejected.reason());
		}
		else if (frame instanceof ServerFrame.Busy busy) {
			this.uplink.problem("the leader is busy: " + busy.reason());
			this.uplink.reconnect(ReconnectBackoff::refused);
		}
	}

	private void welcomed(ServerFrame.Welcome welcome) {
		if (!this.uplink.isAt(SessionLink.Stage.GREETING)) {
			return;
		}
		String objection = this.handshake.objection(welcome);
		if (objection != null) {
			rejected(objection);
			return;
		}
		this.uplink.members(welcome.members());
		this.uplink.enter(SessionLink.Stage.OPENING);
		this.uplink.send((this.liveness.isOpen()) ? this.liveness.resume() : this.handshake.open());
	}

	private void opened(ServerFrame.Opened opened) {
		if (this.uplink.isAt(SessionLink.Stage.OPENING) && !this.liveness.isOpen()) {
			this.liveness.opened(opened.session(), this.handshake.opened());
			ready();
		}
	}

	private void resumed(ServerFrame.Resumed resumed) {
		if (this.uplink.isAt(SessionLink.Stage.OPENING) && this.liveness.isOpen(resumed.session())) {
			ready();
		}
	}

	private void ready() {
		this.uplink.enter(SessionLink.Stage.READY);
		this.exchange.relinked();
		this.liveness.relinked();
		if (this.lifecycle.isClosing()) {
			this.exchange.pump();
			this.uplink.send(this.liveness.close());
		}
		else {
			this.liveness.confirm();
			this.exchange.pump();
		}
	}

	private void rejected(String reason) {
		this.uplink.problem("a member refused this node: " + reason);
		// Perhaps only this member is a stranger. But when the session cannot be known
		// to live, what it held must not wait for ever.
		if (this.liveness.isOverdue()) {
			endSession("no member accepts this node: " + reason);
		}
		this.uplink.reconnect(ReconnectBackoff::refused);
	}

	/**
	 * The cluster has ended the session: opens another at once if one is wanted.
	 * @param reason the reason
	 */
	private void expire(String reason) {
		endSession(reason);
		this.uplink.reconnect(ReconnectBackoff::follow);
	}

	private void endSession(String reason) {
		boolean closing = this.lifecycle.isClosing();
		if (!closing) {
			this.liveness.expire(reason);
		}
		this.liveness.end(reason);
		this.handshake.forget();
		if (closing) {
			closed();
		}
	}

	/**
	 * The session that is to be closed is not open, or not any more.
	 */
	private void closed() {
		this.uplink.stop();
		this.whenClosed.complete(null);
	}

}
