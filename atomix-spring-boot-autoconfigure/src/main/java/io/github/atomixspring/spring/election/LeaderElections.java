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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.session.SessionState;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.Assert;

/**
 * The leader elections in which this application is a candidate.
 * <p>
 * There is one candidacy for each election that was {@linkplain #enter(String) entered},
 * whatever the number of methods that ask for it. Candidates are put up when everything
 * else of the application has started and resign before anything of it stops. Neither
 * waits for a quorum.
 *
 * @since 0.1.0
 */
public class LeaderElections implements SmartLifecycle {

	/**
	 * The phase in which candidates are put up: after the web server accepts requests.
	 */
	public static final int PHASE = Integer.MAX_VALUE - 1000;

	private static final Log logger = LogFactory.getLog(LeaderElections.class);

	private static final Duration LISTENER_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration RESIGN_TIMEOUT = Duration.ofSeconds(2);

	private final Atomix atomix;

	private final ApplicationEventPublisher publisher;

	private final ThreadFactory threadFactory;

	private final boolean campaign;

	private final LeadershipListeners listeners = new LeadershipListeners();

	private final ReentrantLock lock = new ReentrantLock();

	private volatile Map<String, @Nullable Candidacy> candidacies = Map.of();

	private volatile @Nullable LeadershipEventPublisher events;

	/**
	 * Creates the elections of a node, in none of which it is a candidate yet.
	 * @param atomix the node
	 * @param publisher publishes the events
	 * @param threadFactory makes the threads
	 * @param campaign whether to be a candidate at all; if not, this node never leads
	 */
	public LeaderElections(Atomix atomix, ApplicationEventPublisher publisher, ThreadFactory threadFactory,
			boolean campaign) {
		this.atomix = atomix;
		this.publisher = publisher;
		this.threadFactory = threadFactory;
		this.campaign = campaign;
	}

	/**
	 * Makes this application a candidate, now or as soon as it is started. Entering twice
	 * does nothing.
	 * @param election the name of the election
	 */
	public void enter(String election) {
		Assert.hasText(election, "'election' must not be blank");
		if (this.candidacies.containsKey(election)) {
			return;
		}
		this.lock.lock();
		try {
			if (!this.candidacies.containsKey(election)) {
				LeadershipEventPublisher events = this.events;
				Map<String, @Nullable Candidacy> changed = new LinkedHashMap<>(this.candidacies);
				changed.put(election, (events != null) ? campaign(election, events) : null);
				this.candidacies = changed;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Enters an election and adds a listener for its leadership.
	 * @param election the name of the election
	 * @param listener the listener; if this application leads it is told so
	 * @return the registration; no further call begins after it was closed
	 */
	public Registration addListener(String election, LeadershipListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		enter(election);
		LeadershipListeners.Entry added = this.listeners.add(election, listener);
		LeadershipEventPublisher events = publisherOnceStarted();
		if (events != null) {
			events.catchUp(added);
		}
		return () -> this.listeners.remove(added);
	}

	/**
	 * Waits while a start is half done: what is published before its end would be missed.
	 * @return the publisher, or null if this is not started
	 */
	private @Nullable LeadershipEventPublisher publisherOnceStarted() {
		this.lock.lock();
		try {
			return this.events;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the names of the elections in which this application is a candidate.
	 * @return the names
	 */
	public Collection<String> elections() {
		return List.copyOf(this.candidacies.keySet());
	}

	/**
	 * Returns whether this application leads and can vouch for it now. Does not ask the
	 * cluster.
	 * @param election the name of the election
	 * @return whether it leads; false if it is no candidate
	 */
	public boolean isLeader(String election) {
		return leadership(election).isPresent();
	}

	/**
	 * Returns the leadership if this application leads and can vouch for it now. Does not
	 * ask the cluster.
	 * @param election the name of the election
	 * @return the leadership, or empty if this application does not lead
	 */
	public Optional<Leadership> leadership(String election) {
		Candidacy candidacy = this.candidacies.get(election);
		return (candidacy != null) ? candidacy.leadership() : Optional.empty();
	}

	/**
	 * Gives up the leadership of an election, if this application has it. The leadership
	 * ends here at once; another can be elected when the listeners of the event of its
	 * end have returned. Does not wait for that. A second later this application is a
	 * candidate again, behind all others.
	 * @param election the name of the election
	 */
	public void stepDown(String election) {
		Candidacy candidacy = this.candidacies.get(election);
		LeadershipEventPublisher events = this.events;
		if (candidacy != null && events != null && candidacy.cede()) {
			events.afterListeners(() -> candidacy.enterAgain(this.threadFactory));
		}
	}

	@Override
	public void start() {
		this.lock.lock();
		try {
			if (this.events != null) {
				return;
			}
			LeadershipEventPublisher events = new LeadershipEventPublisher(this, this.publisher, this.listeners,
					this.threadFactory);
			Map<String, @Nullable Candidacy> changed = new LinkedHashMap<>();
			this.candidacies.keySet().forEach((election) -> changed.put(election, campaign(election, events)));
			this.candidacies = changed;
			this.events = events;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void stop() {
		LeadershipEventPublisher events;
		List<Candidacy> ended = new ArrayList<>();
		this.lock.lock();
		try {
			events = this.events;
			this.events = null;
			Map<String, @Nullable Candidacy> changed = new LinkedHashMap<>();
			this.candidacies.forEach((election, candidacy) -> {
				changed.put(election, null);
				if (candidacy != null) {
					ended.add(candidacy);
				}
			});
			this.candidacies = changed;
		}
		finally {
			this.lock.unlock();
		}
		if (events == null) {
			return;
		}
		// First the work stops, then another may be elected.
		ended.forEach(Candidacy::revoke);
		events.close(LISTENER_TIMEOUT);
		resign(ended);
	}

	@Override
	public boolean isRunning() {
		return this.events != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	private @Nullable Candidacy campaign(String election, LeadershipEventPublisher events) {
		if (!this.campaign) {
			return null;
		}
		// A name used once: a restarted node is told of its election anew.
		String candidate = this.atomix.session().node() + "-" + UUID.randomUUID().toString().substring(0, 8);
		Candidacy candidacy = new Candidacy(this.atomix.election(election), candidate, events);
		candidacy.start(this.threadFactory);
		return candidacy;
	}

	private void resign(List<Candidacy> ended) {
		if (ended.isEmpty() || this.atomix.session().state() != SessionState.CONNECTED) {
			// The candidacies end with the session.
			return;
		}
		try {
			CompletableFuture.allOf(ended.stream().map(Candidacy::resign).toArray(CompletableFuture[]::new))
				.orTimeout(RESIGN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
				.join();
		}
		catch (CompletionException ex) {
			logger.info("Candidacies end with the session, resigning failed: " + ex.getCause());
		}
	}

}
