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

package io.github.atomixspring.spring.election;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.election.LeadershipEvent;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.Registration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One candidacy of this application, from a start to the next stop.
 */
class Candidacy {

	private static final Log logger = LogFactory.getLog(Candidacy.class);

	private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

	private final DistributedLeaderElection election;

	private final String candidate;

	private final TermListener listener;

	/**
	 * Keeps a change of state and its announcement together, never held while waiting.
	 */
	private final ReentrantLock lock = new ReentrantLock();

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile State state = State.FOLLOWING;

	private @Nullable Registration registration;

	/** What is called when the present term ends. */
	private final List<RevocationAction> actions = new ArrayList<>();

	/**
	 * The last term that was given up here. The election learns of it later.
	 */
	private long cededTerm;

	Candidacy(DistributedLeaderElection election, String candidate, TermListener listener) {
		this.election = election;
		this.candidate = candidate;
		this.listener = listener;
	}

	String election() {
		return this.election.name();
	}

	String candidate() {
		return this.candidate;
	}

	/**
	 * Enters the election on a thread of its own, as often as it takes: the cluster may
	 * have no quorum yet.
	 * @param threadFactory makes the thread
	 */
	void start(ThreadFactory threadFactory) {
		threadFactory.newThread(this::enter).start();
	}

	Optional<Leadership> leadership() {
		long term = this.state.term();
		return (leads(term)) ? Optional.of(new Leadership(this, term)) : Optional.empty();
	}

	boolean leads(long term) {
		try {
			return term > 0 && this.state.term() == term && this.election.isLeader(this.candidate);
		}
		catch (PrimitiveClosedException ex) {
			// Whoever closed the instance ended the candidacy.
			return false;
		}
	}

	/**
	 * Calls an action when a term ends, or now if it has ended.
	 * @param term the term
	 * @param action the action
	 * @return closes to forget the action; it may be running then
	 */
	Registration onRevocation(long term, Runnable action) {
		RevocationAction added = new RevocationAction(action);
		this.lock.lock();
		try {
			if (this.state.term() == term) {
				this.actions.add(added);
				return () -> forget(added);
			}
		}
		finally {
			this.lock.unlock();
		}
		added.run();
		return () -> {
		};
	}

	private void forget(RevocationAction action) {
		this.lock.lock();
		try {
			this.actions.remove(action);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ends the leadership on this side, for good.
	 */
	void revoke() {
		Registration registration;
		List<RevocationAction> ended;
		this.lock.lock();
		try {
			ended = changeTo(State.CLOSED);
			registration = this.registration;
			this.registration = null;
		}
		finally {
			this.lock.unlock();
		}
		this.closed.countDown();
		ended.forEach(RevocationAction::run);
		if (registration != null) {
			registration.close();
		}
	}

	/**
	 * Ends the present leadership on this side, before the election knows of it.
	 * @return whether there was one
	 */
	boolean cede() {
		List<RevocationAction> ended;
		this.lock.lock();
		try {
			long term = this.state.term();
			if (term == 0) {
				return false;
			}
			this.cededTerm = term;
			ended = changeTo(State.FOLLOWING);
		}
		finally {
			this.lock.unlock();
		}
		ended.forEach(RevocationAction::run);
		return true;
	}

	/**
	 * Leaves the election and enters it again after a pause: another must have the time
	 * to be elected, and a leader that gives up again and again must not keep the cluster
	 * busy.
	 * @param threadFactory makes the thread that enters
	 */
	void enterAgain(ThreadFactory threadFactory) {
		resign().whenComplete((left, ex) -> {
			if (ex != null) {
				logger.warn("Leadership of '" + election() + "' was perhaps not given up: " + ex.getMessage());
			}
			threadFactory.newThread(() -> {
				pause();
				enter();
			}).start();
		});
	}

	CompletableFuture<Void> resign() {
		return this.election.async().resign(this.candidate);
	}

	private void enter() {
		boolean waiting = false;
		while (!isClosed()) {
			try {
				observe();
				this.election.campaign(this.candidate);
				if (isClosed()) {
					resign();
				}
				return;
			}
			catch (RuntimeException ex) {
				if (!waiting && !isClosed()) {
					logger.warn("Candidacy for '" + election() + "' is not registered yet: " + ex.getMessage());
					waiting = true;
				}
			}
			pause();
		}
	}

	private void observe() {
		this.lock.lock();
		try {
			if (this.registration != null || isClosed()) {
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		Registration registration = this.election.observe(this::onEvent);
		this.lock.lock();
		try {
			if (!isClosed()) {
				this.registration = registration;
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		registration.close();
	}

	private void onEvent(LeadershipEvent event) {
		boolean leads = event.type() != LeadershipEvent.Type.SUSPENDED && event.leadership().isLedBy(this.candidate);
		List<RevocationAction> ended;
		this.lock.lock();
		try {
			leads &= event.leadership().term() > this.cededTerm;
			ended = changeTo((leads) ? new State(event.leadership().term(), false) : State.FOLLOWING);
		}
		finally {
			this.lock.unlock();
		}
		ended.forEach(RevocationAction::run);
	}

	private List<RevocationAction> changeTo(State next) {
		State previous = this.state;
		if (previous.closed()) {
			return List.of();
		}
		this.state = next;
		if (previous.term() == next.term()) {
			return List.of();
		}
		if (previous.term() > 0) {
			this.listener.revoked(new Leadership(this, previous.term()));
		}
		if (next.term() > 0) {
			this.listener.granted(new Leadership(this, next.term()));
		}
		List<RevocationAction> ended = List.copyOf(this.actions);
		this.actions.clear();
		return ended;
	}

	private boolean isClosed() {
		return this.state.closed();
	}

	private void pause() {
		try {
			this.closed.await(RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			// Nobody but revoke() ends this thread.
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Where the candidacy stands.
	 *
	 * @param term the term in which it leads, or zero
	 * @param closed whether it has ended
	 */
	private record State(long term, boolean closed) {

		static final State FOLLOWING = new State(0, false);

		static final State CLOSED = new State(0, true);

	}

	/**
	 * What is called once when a term ends; each is different from all others.
	 */
	private static final class RevocationAction {

		private final Runnable action;

		RevocationAction(Runnable action) {
			this.action = action;
		}

		void run() {
			try {
				this.action.run();
			}
			catch (RuntimeException | Error ex) {
				logger.error("Listener of the end of a leadership failed: " + this.action, ex);
			}
		}

	}

	/**
	 * Is told of the terms of a candidacy, in order; must not block.
	 */
	interface TermListener {

		void granted(Leadership leadership);

		void revoked(Leadership leadership);

	}

}
