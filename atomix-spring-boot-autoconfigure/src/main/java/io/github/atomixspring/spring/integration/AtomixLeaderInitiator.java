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

import java.util.concurrent.ThreadFactory;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.event.LeadershipGrantedEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationEventPublisherAware;
import org.springframework.context.SmartLifecycle;
import org.springframework.integration.leader.Candidate;
import org.springframework.integration.leader.Context;
import org.springframework.integration.leader.event.DefaultLeaderEventPublisher;
import org.springframework.integration.leader.event.LeaderEventPublisher;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.util.Assert;

/**
 * Puts a candidate of Spring Integration up for election, from its start to its stop.
 * <p>
 * The election of a role is the leader election whose name is the prefix of the initiator
 * and the role. Neither start nor stop waits for a quorum.
 * <p>
 * {@link Candidate#onGranted(Context)} runs on a thread of its own. It may do the work of
 * the leader there: it is interrupted when the leadership ends. When it returns while the
 * leadership lasts the event of the grant is published. {@link Candidate#onRevoked} is
 * called when {@code onGranted} has ended, and after it the event of the revocation is
 * published if that of the grant was. A candidate whose {@code onGranted} throws gives
 * the leadership up for a while.
 * <p>
 * A {@link Context} tells the truth by the clock of this node at any time, whatever calls
 * and events are still to come. When the initiator is stopped the candidate and the
 * listeners get up to ten seconds to take note before another can be elected.
 *
 * @since 0.1.0
 */
public class AtomixLeaderInitiator implements SmartLifecycle, ApplicationEventPublisherAware {

	/**
	 * The prefix of the names of elections, unless another is given.
	 */
	public static final String DEFAULT_PREFIX = "integration:";

	private final LeaderElections elections;

	private final ElectionContext context;

	private final CandidateCalls calls;

	private volatile @Nullable LeaderEventPublisher leaderEventPublisher;

	private boolean autoStartup = true;

	private int phase = LeaderElections.PHASE;

	/**
	 * Creates an initiator with the default prefix.
	 * @param atomix the node
	 * @param candidate the candidate
	 */
	public AtomixLeaderInitiator(Atomix atomix, Candidate candidate) {
		this(atomix, candidate, DEFAULT_PREFIX);
	}

	/**
	 * Creates an initiator.
	 * @param atomix the node
	 * @param candidate the candidate
	 * @param prefix the prefix of the name of the election. Without any the election of a
	 * role has the name of the role, and methods with {@code @LeaderOnly} of that name
	 * are other candidates of it
	 */
	public AtomixLeaderInitiator(Atomix atomix, Candidate candidate, String prefix) {
		Assert.notNull(atomix, "'atomix' must not be null");
		Assert.notNull(candidate, "'candidate' must not be null");
		Assert.notNull(prefix, "'prefix' must not be null");
		String election = prefix + candidate.getRole();
		ThreadFactory threadFactory = threadFactory();
		this.elections = new LeaderElections(atomix, this::onEvent, threadFactory, true);
		this.elections.enter(election);
		this.context = new ElectionContext(this.elections, election, candidate.getRole());
		this.calls = new CandidateCalls(candidate, this.context, threadFactory);
	}

	private static ThreadFactory threadFactory() {
		CustomizableThreadFactory threadFactory = new CustomizableThreadFactory("atomix-leadership-");
		threadFactory.setDaemon(true);
		return threadFactory;
	}

	/**
	 * Sets what publishes the events. By default they are published in the application
	 * context.
	 * @param leaderEventPublisher publishes the events
	 */
	public void setLeaderEventPublisher(LeaderEventPublisher leaderEventPublisher) {
		this.leaderEventPublisher = leaderEventPublisher;
	}

	@Override
	public void setApplicationEventPublisher(ApplicationEventPublisher applicationEventPublisher) {
		if (this.leaderEventPublisher == null) {
			this.leaderEventPublisher = new DefaultLeaderEventPublisher(applicationEventPublisher);
		}
	}

	/**
	 * Returns the leadership of the candidate.
	 * @return the context, also while this is not running
	 */
	public Context getContext() {
		return this.context;
	}

	private void onEvent(Object event) {
		if (event instanceof LeadershipGrantedEvent) {
			this.calls.granted(() -> publish(LeaderEventPublisher::publishOnGranted));
		}
		else {
			this.calls.revoked(() -> publish(LeaderEventPublisher::publishOnRevoked));
		}
	}

	private void publish(Publication publication) {
		LeaderEventPublisher publisher = this.leaderEventPublisher;
		if (publisher != null) {
			publication.publish(publisher, this, this.context, this.context.getRole());
		}
	}

	@Override
	public void start() {
		this.elections.start();
	}

	@Override
	public void stop() {
		this.elections.stop();
	}

	@Override
	public boolean isRunning() {
		return this.elections.isRunning();
	}

	@Override
	public boolean isAutoStartup() {
		return this.autoStartup;
	}

	/**
	 * Sets whether the candidate is put up when the application starts.
	 * @param autoStartup whether it is, true by default
	 */
	public void setAutoStartup(boolean autoStartup) {
		this.autoStartup = autoStartup;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

	/**
	 * Sets the phase in which the candidate is put up.
	 * @param phase the phase, by default that of {@link LeaderElections}
	 */
	public void setPhase(int phase) {
		this.phase = phase;
	}

	/**
	 * A method of {@link LeaderEventPublisher}.
	 */
	@FunctionalInterface
	private interface Publication {

		void publish(LeaderEventPublisher publisher, Object source, Context context, String role);

	}

}
