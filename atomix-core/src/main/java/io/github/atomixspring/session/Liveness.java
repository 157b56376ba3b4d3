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

import io.github.atomixspring.protocol.ClientFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open session of a node, and how surely it lives: sends the keep-alives, counts the
 * lease from their answers, and announces what follows from it. Guarded by the lock of
 * the session.
 */
final class Liveness {

	private static final Logger logger = LoggerFactory.getLogger(Liveness.class);

	private static final int MAX_SILENT_INTERVALS = 2;

	private final CriticalSection section;

	private final SessionConfig config;

	private final Uplink uplink;

	private final Exchange exchange;

	private final AnnouncedState announced;

	private final KeepAlives keepAlives = new KeepAlives();

	private final LocalLease lease;

	private final CriticalSection.Alarm leaseEnd;

	/**
	 * The id of the open session, or zero.
	 */
	private long session;

	/**
	 * Whether the open session was connected before. No command leaves before that.
	 */
	private boolean established;

	Liveness(CriticalSection section, SessionConfig config, Uplink uplink, Exchange exchange,
			AnnouncedState announced) {
		this.section = section;
		this.config = config;
		this.uplink = uplink;
		this.exchange = exchange;
		this.announced = announced;
		this.lease = new LocalLease(config.timeout());
		this.leaseEnd = section.new Alarm(this::leaseMayEnd);
	}

	/**
	 * Begins to send keep-alives.
	 */
	void start() {
		if (!this.announced.is(SessionState.SUSPENDED)) {
			this.announced.enter(0, SessionState.SUSPENDED);
		}
		scheduleKeepAlive();
	}

	/**
	 * The node has stopped, and its session has ended, if one was open.
	 */
	void stop() {
		this.announced.enter(this.session, SessionState.CLOSED);
		forget();
	}

	/**
	 * The cluster has opened a session.
	 * @param opened its id
	 * @param askedAt the monotonic time before it was asked for
	 */
	void opened(long opened, long askedAt) {
		this.session = opened;
		this.lease.clear();
		this.lease.renew(askedAt);
	}

	/**
	 * The session is on a new link: what was sent on others gets no answer any more.
	 */
	void relinked() {
		this.keepAlives.clear();
	}

	/**
	 * Makes sure that the session on the new link lives.
	 */
	void confirm() {
		long now = this.section.now();
		if (!this.established && this.lease.isValid(now)) {
			connected(now);
		}
		else {
			sendKeepAlive(now);
		}
	}

	/**
	 * Takes the answer to a keep-alive.
	 * @param number the number of the keep-alive
	 */
	void alive(long number) {
		KeepAlives.Sent sent = this.keepAlives.answered(number);
		if (sent == null || this.session == 0) {
			return;
		}
		long now = this.section.now();
		checkLease(now);
		this.lease.renew(sent.at());
		if (this.lease.isValid(now)) {
			connected(now);
		}
		if (this.keepAlives.isStalled(sent, this.exchange.progress().acknowledged())) {
			logger.warn("Session {} of node '{}' gets no answers to its commands; sending them on a new link",
					this.session, this.config.node());
			this.uplink.fail("commands were lost on the way");
		}
	}

	private void connected(long now) {
		boolean news = !this.announced.is(SessionState.CONNECTED);
		if (news) {
			logger.info(
					(this.established) ? "Session {} of node '{}' connected again" : "Session {} of node '{}' opened",
					this.session, this.config.node());
		}
		this.announced.connected(this.session, this.lease.deadline());
		if (news) {
			this.leaseEnd.set(this.lease.deadline());
		}
		if (!this.established) {
			this.established = true;
			this.exchange.begin(this.session);
		}
	}

	private void scheduleKeepAlive() {
		this.section.schedule(this.config.keepAliveNanos(), () -> {
			scheduleKeepAlive();
			this.uplink.logProblem();
			if (!this.uplink.isReady()) {
				return;
			}
			long now = this.section.now();
			// Half an interval of tolerance, since the timer is not exact.
			long interval = this.config.keepAliveNanos();
			if (this.keepAlives.waiting(now) >= interval * MAX_SILENT_INTERVALS - interval / 2) {
				this.uplink.fail("the leader does not answer any more");
			}
			else {
				sendKeepAlive(now);
			}
		});
	}

	private void sendKeepAlive(long now) {
		Exchange.Progress progress = this.exchange.progress();
		long number = this.keepAlives.send(now, progress.acknowledged(), progress.busy());
		this.uplink
			.send(new ClientFrame.KeepAlive(this.session, number, progress.acknowledged(), progress.eventsSeen()));
	}

	private void leaseMayEnd() {
		checkLease(this.section.now());
		if (this.announced.is(SessionState.CONNECTED)) {
			this.leaseEnd.set(this.lease.deadline());
		}
	}

	private void checkLease(long now) {
		if (this.announced.is(SessionState.CONNECTED) && !this.lease.isValid(now)) {
			logger.warn("Session {} of node '{}' suspended: the cluster has not confirmed it in time", this.session,
					this.config.node());
			this.announced.enter(this.session, SessionState.SUSPENDED);
		}
	}

	/**
	 * Returns whether a session is open, as far as the node knows.
	 * @return whether one is
	 */
	boolean isOpen() {
		return this.session != 0;
	}

	/**
	 * Returns whether a session is the open one.
	 * @param id the id of the session
	 * @return whether it is
	 */
	boolean isOpen(long id) {
		return this.session == id;
	}

	/**
	 * Returns whether a session is open that had no contact for so long that it can be
	 * given up.
	 * @return whether it is so
	 */
	boolean isOverdue() {
		long now = this.section.now();
		return isOpen() && !this.lease.isValid(now) && now - this.lease.deadline() > this.config.timeout().toNanos();
	}

	/**
	 * Returns the request to go on with the open session on a new link.
	 * @return the frame
	 */
	ClientFrame.Resume resume() {
		return new ClientFrame.Resume(this.session, this.exchange.progress().eventsSeen());
	}

	/**
	 * Returns the request to close the open session.
	 * @return the frame
	 */
	ClientFrame.Close close() {
		return new ClientFrame.Close(this.session);
	}

	/**
	 * The open session has ended although the node wants it.
	 * @param reason the reason
	 */
	void expire(String reason) {
		logger.warn("Session {} of node '{}' expired: {}", this.session, this.config.node(), reason);
		this.uplink.problem("session " + this.session + " expired: " + reason);
		if (this.established) {
			this.announced.enter(this.session, SessionState.EXPIRED);
		}
	}

	/**
	 * The open session has ended.
	 * @param reason the reason
	 */
	void end(String reason) {
		this.exchange.end("session " + this.session + " has ended: " + reason);
		forget();
	}

	private void forget() {
		this.session = 0;
		this.established = false;
		this.lease.clear();
		this.keepAlives.clear();
	}

}
