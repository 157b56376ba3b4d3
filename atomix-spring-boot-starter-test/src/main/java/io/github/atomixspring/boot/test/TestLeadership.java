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

package io.github.atomixspring.boot.test;

import java.util.Collection;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.election.Leadership;
import io.github.atomixspring.spring.event.LeadershipGrantedEvent;
import io.github.atomixspring.spring.event.LeadershipRevokedEvent;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.util.Assert;

/**
 * Decides in a test when the application leads, without a cluster.
 * <p>
 * With {@link AutoConfigureTestLeadership} it is a bean: {@code @LeaderOnly} methods run
 * while their election is granted, and listeners get the events of the leadership. A test
 * without an application context creates an instance of its own, which has no listeners.
 * <p>
 * {@code grant} and {@code revoke} return when the state has changed and all listeners of
 * the event have returned, except if a listener calls them. All methods may be called
 * from any thread.
 *
 * @since 0.1.0
 */
public final class TestLeadership implements AutoCloseable {

	private final StubCluster cluster = new StubCluster();

	private final AnnouncedEvents events;

	private final LeaderElections elections;

	/**
	 * Creates an instance for a test without an application context.
	 */
	public TestLeadership() {
		this((event) -> {
		});
		this.elections.start();
	}

	/**
	 * Creates an instance for an application context, which starts the elections.
	 * @param publisher publishes the events
	 */
	TestLeadership(ApplicationEventPublisher publisher) {
		this.events = new AnnouncedEvents(publisher);
		this.elections = new LeaderElections(this.cluster.atomix(), this.events, TestLeadership::thread, true);
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "atomix-test-leadership");
		thread.setDaemon(true);
		return thread;
	}

	Atomix atomix() {
		return this.cluster.atomix();
	}

	/**
	 * Returns the elections as the application sees them.
	 * @return the elections
	 */
	public LeaderElections elections() {
		return this.elections;
	}

	/**
	 * Grants the leadership of all elections in which the application is a candidate.
	 * @throws IllegalStateException if it is a candidate of none
	 */
	public void grant() {
		Collection<String> known = this.elections.elections();
		Assert.state(!known.isEmpty(),
				"There is nothing to lead: the application is a candidate of no election. Name the election, or add a "
						+ "bean with a @LeaderOnly method to the test");
		known.forEach(this::grant);
	}

	/**
	 * Grants the leadership of an election, in a new term. Does nothing if the
	 * application leads it already. It becomes a candidate if it is none.
	 * @param election the name of the election
	 * @return the leadership
	 * @throws IllegalStateException if the application context is not running, or if a
	 * listener of the event does not return within ten seconds
	 */
	public Leadership grant(String election) {
		Assert.hasText(election, "'election' must not be blank");
		return this.elections.leadership(election).orElseGet(() -> grantAnew(election));
	}

	private Leadership grantAnew(String election) {
		Assert.state(this.elections.isRunning(), () -> "Leadership of '" + election
				+ "' cannot be granted: the application context is not started yet, or is stopped");
		this.elections.enter(election);
		Leadership granted = this.cluster.election(election).elect(() -> this.elections.leadership(election));
		this.events.await(LeadershipGrantedEvent.class, election, granted.term());
		return granted;
	}

	/**
	 * Revokes the leadership of all elections.
	 */
	public void revoke() {
		this.elections.elections().forEach(this::revoke);
	}

	/**
	 * Revokes the leadership of an election. Does nothing if the application does not
	 * lead it.
	 * @param election the name of the election
	 * @throws IllegalStateException if a listener of the event does not return within ten
	 * seconds
	 */
	public void revoke(String election) {
		Assert.hasText(election, "'election' must not be blank");
		this.elections.leadership(election).ifPresent((leadership) -> {
			this.cluster.election(election).depose();
			this.events.await(LeadershipRevokedEvent.class, election, leadership.term());
		});
	}

	/**
	 * Ends all leaderships and candidacies.
	 */
	@Override
	public void close() {
		this.elections.stop();
	}

}
