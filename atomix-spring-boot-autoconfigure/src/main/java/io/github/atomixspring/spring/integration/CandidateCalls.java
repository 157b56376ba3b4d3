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

package io.github.atomixspring.spring.integration;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.integration.leader.Candidate;

/**
 * Calls a candidate and publishes its events. It is told of each leadership and of its
 * end in order, by one thread, which must learn of the end while the candidate works:
 * that is why the candidate is called on another one.
 */
final class CandidateCalls {

	private static final Log logger = LogFactory.getLog(CandidateCalls.class);

	private final Candidate candidate;

	private final ElectionContext context;

	private final ThreadFactory threadFactory;

	private @Nullable Grant current;

	CandidateCalls(Candidate candidate, ElectionContext context, ThreadFactory threadFactory) {
		this.candidate = candidate;
		this.context = context;
		this.threadFactory = threadFactory;
	}

	/**
	 * Begins a leadership.
	 * @param event publishes the event
	 */
	void granted(Runnable event) {
		Grant grant = new Grant(event);
		this.current = grant;
		this.threadFactory.newThread(grant).start();
	}

	/**
	 * Ends the leadership and waits until its calls have come to their end.
	 * @param event publishes the event
	 */
	void revoked(Runnable event) {
		Grant grant = this.current;
		this.current = null;
		if (grant == null) {
			return;
		}
		grant.end();
		if (grant.called) {
			perform(() -> this.candidate.onRevoked(this.context), "Candidate " + this.candidate);
		}
		if (grant.announced) {
			perform(event, "Listener of the revocation of " + this.context);
		}
	}

	private static void perform(Runnable call, String callee) {
		try {
			call.run();
		}
		catch (RuntimeException | Error ex) {
			logger.error(callee + " failed", ex);
		}
	}

	/**
	 * The calls for one leadership.
	 */
	private final class Grant implements Runnable {

		private final Runnable event;

		private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

		private @Nullable Thread working;

		private boolean ended;

		private volatile boolean called;

		private volatile boolean announced;

		Grant(Runnable event) {
			this.event = event;
		}

		@Override
		public void run() {
			try {
				if (beginWork() && work() && beginAnnouncement()) {
					perform(this.event, "Listener of the grant of " + CandidateCalls.this.context);
				}
			}
			finally {
				this.done.complete(null);
			}
		}

		private boolean work() {
			boolean accepted = false;
			try {
				CandidateCalls.this.candidate.onGranted(CandidateCalls.this.context);
				accepted = true;
			}
			catch (InterruptedException ex) {
				logger.debug("Candidate " + CandidateCalls.this.candidate + " was interrupted");
			}
			catch (RuntimeException | Error ex) {
				logger.error("Candidate " + CandidateCalls.this.candidate + " failed and gives the leadership up", ex);
			}
			finally {
				endWork();
			}
			if (!accepted && !isEnded()) {
				CandidateCalls.this.context.yield();
			}
			return accepted;
		}

		private synchronized boolean beginWork() {
			if (!this.ended) {
				this.working = Thread.currentThread();
				this.called = true;
			}
			return this.called;
		}

		private synchronized void endWork() {
			this.working = null;
		}

		private synchronized boolean isEnded() {
			return this.ended;
		}

		private synchronized boolean beginAnnouncement() {
			this.announced = !this.ended;
			return this.announced;
		}

		/**
		 * Interrupts the candidate if it works and waits until nothing is called any
		 * more.
		 */
		void end() {
			synchronized (this) {
				this.ended = true;
				if (this.working != null) {
					this.working.interrupt();
				}
			}
			Wait.UNINTERRUPTIBLE.on(this.done);
		}

	}

}
