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

package io.github.atomixspring.election;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ElectionMessages;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.AbstractPrimitive;
import io.github.atomixspring.proxy.EventFeed;
import io.github.atomixspring.proxy.ListenerSet;
import io.github.atomixspring.proxy.Names;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DistributedLeaderElection} over the session of its node.
 * <p>
 * What is known of the leadership follows the events. After a gap it is read anew, until
 * no event came between question and answer: only then it is certain that the answer is
 * not older than an event.
 */
final class ElectionProxy extends AbstractPrimitive implements DistributedLeaderElection {

	private static final Duration PAUSE = Duration.ofMillis(250);

	private final Candidacies candidacies;

	private final EventFeed<Observation> feed;

	private final AsyncElectionProxy async;

	/**
	 * The last known leadership, or null while it is not certain. Written in the mailbox.
	 */
	private volatile ElectionMessages.@Nullable Leadership known;

	private ElectionMessages.@Nullable Leadership last;

	private long sessionId;

	private long events;

	private boolean stale;

	private boolean reading;

	/**
	 * Creates an election.
	 * @param session the session of the node
	 * @param name the name
	 * @param onClose called when the instance is closed
	 */
	ElectionProxy(PrimitiveSession session, String name, Runnable onClose) {
		super(session, PrimitiveType.ELECTION, name, onClose);
		this.candidacies = new Candidacies(session, id(), mailbox(), this::entered);
		this.feed = new EventFeed<>(session, id(), mailbox(), this::resync);
		this.async = new AsyncElectionProxy(this);
	}

	/**
	 * Opens the instance.
	 */
	void start() {
		open();
		mailbox().execute(() -> {
			if (this.sessionId == 0) {
				this.sessionId = session().id();
			}
		});
	}

	@Override
	public Leadership campaign(String candidate) {
		return session().await(enter(candidate));
	}

	@Override
	public void resign(String candidate) {
		session().await(leave(candidate));
	}

	@Override
	public boolean anoint(String candidate) {
		return session().await(order(new ElectionMessages.Anoint(id(), check(candidate))));
	}

	@Override
	public boolean promote(String candidate) {
		return session().await(order(new ElectionMessages.Promote(id(), check(candidate))));
	}

	@Override
	public boolean evict(String candidate) {
		return session().await(order(new ElectionMessages.Evict(id(), check(candidate))));
	}

	@Override
	public Leadership leadership() {
		return session().await(read());
	}

	@Override
	public boolean isLeader(String candidate) {
		check(candidate);
		checkOpen();
		ElectionMessages.Leadership leadership = this.known;
		return leadership != null && candidate.equals(leadership.leader()) && this.candidacies.contains(candidate)
				&& session().isLive() && leadership.leaderSession() == session().id();
	}

	@Override
	public Registration observe(LeadershipObserver observer) {
		return session().await(register(observer));
	}

	/**
	 * Adds an observer.
	 * @param observer the observer
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> register(LeadershipObserver observer) {
		Objects.requireNonNull(observer, "'observer' must not be null");
		if (isClosed()) {
			return CompletableFuture.failedFuture(closedException());
		}
		return this.feed.add(new Observation(observer), this::closedException).thenApply((registration) -> {
			mailbox().execute(this::readIfNeeded);
			return registration;
		});
	}

	@Override
	public AsyncDistributedLeaderElection async() {
		return this.async;
	}

	/**
	 * Enters a candidate.
	 * @param candidate the name
	 * @return the leadership
	 */
	CompletableFuture<Leadership> enter(String candidate) {
		check(candidate);
		CompletableFuture<Leadership> entered = new CompletableFuture<>();
		mailbox().execute(() -> {
			if (isClosed()) {
				entered.completeExceptionally(closedException());
			}
			else {
				this.candidacies.campaign(candidate, entered);
			}
		});
		return entered;
	}

	/**
	 * Takes a candidate out.
	 * @param candidate the name
	 * @return completes when it is out
	 */
	CompletableFuture<Void> leave(String candidate) {
		check(candidate);
		CompletableFuture<Void> left = new CompletableFuture<>();
		mailbox().execute(() -> {
			if (isClosed()) {
				left.completeExceptionally(closedException());
				return;
			}
			this.candidacies.resign(candidate).whenComplete((result, ex) -> {
				if (ex != null) {
					left.completeExceptionally(ex);
				}
				else {
					left.complete(null);
				}
			});
			forgetUnlessWanted();
		});
		return left;
	}

	/**
	 * Returns a future for users.
	 * @param <T> the type of the result
	 * @param future the future
	 * @return the future for users
	 */
	<T> CompletableFuture<T> exposed(CompletableFuture<T> future) {
		return session().expose(future);
	}

	/**
	 * Returns the id of the election.
	 * @return the id
	 */
	PrimitiveId primitive() {
		return id();
	}

	/**
	 * Submits a command that answers yes or no.
	 * @param command the command
	 * @return the answer
	 */
	CompletableFuture<Boolean> order(Command command) {
		return submit(command, Result.Flag.class).thenApply(Result.Flag::value);
	}

	/**
	 * Reads the leadership.
	 * @return the leadership
	 */
	CompletableFuture<Leadership> read() {
		return query(new ElectionMessages.Info(id()), ReadConsistency.LINEARIZABLE, ElectionMessages.Leadership.class)
			.thenApply(Leaderships::of);
	}

	/**
	 * Checks the name of a candidate.
	 * @param candidate the name
	 * @return the name
	 */
	static String check(String candidate) {
		return Names.check("candidate", candidate);
	}

	@Override
	protected void handle(Event event) {
		if (event instanceof ElectionMessages.Changed changed) {
			this.events++;
			String evicted = changed.evicted();
			if (evicted != null) {
				this.candidacies.evicted(evicted);
			}
			if (!this.stale) {
				know(changed.leadership());
			}
		}
		else if (event instanceof Event.Destroyed) {
			this.events++;
			this.candidacies.destroyed();
			ElectionMessages.Leadership old = this.last;
			know(new ElectionMessages.Leadership(null, null, 0, (old != null) ? old.term() : 0, List.of()));
			this.feed.listenAnew();
		}
		else if (event instanceof Event.Resync) {
			this.feed.listenAnew();
			resync();
		}
	}

	@Override
	protected void handle(long id, SessionState state) {
		switch (state) {
			case CONNECTED -> {
				this.sessionId = id;
				this.candidacies.comeBack();
				this.feed.onState(state);
				if (this.stale) {
					readIfNeeded();
				}
			}
			case SUSPENDED -> doubt();
			case EXPIRED, CLOSED -> {
				this.candidacies.uproot();
				doubt();
				this.feed.onState(state);
			}
			default -> throw new IllegalStateException("Unknown state " + state);
		}
	}

	/**
	 * Ends this node's own leadership in its own eyes.
	 */
	private void doubt() {
		this.stale = true;
		this.events++;
		this.known = null;
		ElectionMessages.Leadership old = this.last;
		for (ListenerSet.Entry<Observation> entry : this.feed.listeners().entries()) {
			if (entry.listener().doubt() && old != null) {
				tell(entry, LeadershipEvent.Type.SUSPENDED, isOwn(old) ? Leaderships.leaderless(old) : present(old));
			}
		}
	}

	private void resync() {
		this.stale = true;
		this.events++;
		this.feed.listeners().entries().forEach((entry) -> entry.listener().doubt());
		readIfNeeded();
	}

	private void entered() {
		if (this.known == null) {
			readIfNeeded();
		}
	}

	private void forgetUnlessWanted() {
		if (this.candidacies.isEmpty() && this.feed.listeners().isEmpty()) {
			// Without either the cluster sends no events.
			this.known = null;
			this.stale = false;
		}
	}

	private void readIfNeeded() {
		forgetUnlessWanted();
		boolean wanted = !this.candidacies.isEmpty() && (this.known == null || this.stale);
		for (ListenerSet.Entry<Observation> entry : this.feed.listeners().entries()) {
			wanted |= !entry.listener().isCurrent();
		}
		if (!wanted || this.reading || isClosed()) {
			return;
		}
		this.reading = true;
		long before = this.events;
		session().query(new ElectionMessages.Info(id()), ReadConsistency.LINEARIZABLE)
			.whenComplete((result, ex) -> mailbox().execute(() -> answered(result, ex, before)));
	}

	private void answered(@Nullable Result result, @Nullable Throwable ex, long before) {
		this.reading = false;
		if (ex != null) {
			if (session().state() != SessionState.CLOSED) {
				session().schedule(PAUSE, () -> mailbox().execute(this::readIfNeeded));
			}
		}
		else if (this.events != before || !session().isLive()) {
			// Not live: the read is repeated when the session is connected again.
			if (session().isLive()) {
				readIfNeeded();
			}
		}
		else if (result instanceof ElectionMessages.Leadership leadership) {
			this.stale = false;
			this.candidacies.leadershipRead(leadership);
			know(leadership);
		}
	}

	private void know(ElectionMessages.Leadership leadership) {
		boolean same = leadership.equals(this.last);
		this.last = leadership;
		this.known = leadership;
		Leadership presented = present(leadership);
		for (ListenerSet.Entry<Observation> entry : this.feed.listeners().entries()) {
			if (!same || !entry.listener().isCurrent()) {
				tell(entry, entry.listener().known(), presented);
			}
		}
	}

	/**
	 * Returns what observers see. A leadership that a candidate of this node won in an
	 * earlier session is nobody's: this node gave it up, and the cluster will.
	 * @param leadership the leadership
	 * @return what observers see
	 */
	private Leadership present(ElectionMessages.Leadership leadership) {
		boolean past = this.candidacies.contains(leadership.leader()) && !isOwn(leadership);
		return past ? Leaderships.leaderless(leadership) : Leaderships.of(leadership);
	}

	private boolean isOwn(ElectionMessages.Leadership leadership) {
		return leadership.leaderSession() != 0 && leadership.leaderSession() == this.sessionId;
	}

	private void tell(ListenerSet.Entry<Observation> entry, LeadershipEvent.Type type, Leadership leadership) {
		LeadershipEvent event = new LeadershipEvent(name(), type, leadership);
		entry.call((observation) -> observation.observer().onEvent(event));
	}

	@Override
	protected void release() {
		this.candidacies.close();
		this.feed.close();
		this.known = null;
	}

}
