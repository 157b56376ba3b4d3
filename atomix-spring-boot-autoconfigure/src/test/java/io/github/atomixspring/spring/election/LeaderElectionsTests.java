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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.spring.event.AbstractLeadershipEvent;
import io.github.atomixspring.spring.event.LeadershipGrantedEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.mock;

/**
 * Tests for {@link LeaderElections} and {@link Leadership}.
 */
class LeaderElectionsTests {

	private final FakeElection election = new FakeElection("main");

	private final Session session = mock(Session.class);

	private final Recorder recorder = new Recorder();

	private LeaderElections elections;

	@BeforeEach
	void createElections() {
		this.elections = create(true);
	}

	@AfterEach
	void stop() {
		this.elections.stop();
	}

	@Test
	void doesNotCampaignBeforeStart() {
		this.elections.enter("main");
		assertThat(this.election.candidates()).isEmpty();
		this.elections.start();
		await().until(() -> this.election.candidates().size() == 1);
	}

	@Test
	void campaignsOnceForEachElection() {
		startAndCampaign();
		this.elections.enter("main");
		assertThat(this.election.observers()).isOne();
		assertThat(this.election.candidates()).hasSize(1);
		assertThat(this.elections.elections()).containsExactly("main");
	}

	@Test
	void campaignsWhenEnteredAfterStart() {
		this.elections.start();
		this.elections.enter("main");
		await().until(() -> this.election.candidates().size() == 1);
		assertThat(this.election.candidates().get(0)).startsWith("n1-");
	}

	@Test
	void doesNotCampaignWhenSwitchedOff() {
		this.elections = create(false);
		this.elections.enter("main");
		this.elections.start();
		assertThat(this.election.observers()).isZero();
		assertThat(this.elections.isLeader("main")).isFalse();
	}

	@Test
	void startDoesNotWaitAndTriesAgainWhileThereIsNoQuorum() {
		this.election.failWith(new UnavailableException("no quorum", null));
		this.elections.enter("main");
		this.elections.start();
		await().until(() -> this.election.observers() == 1);
		this.election.failWith(null);
		await().until(() -> this.election.candidates().size() == 1);
		assertThat(this.election.observers()).isOne();
	}

	@Test
	void publishesGrantedAndRevokedWithTheTerm() {
		startAndCampaign();
		this.election.electOurs();
		this.election.elect("other");
		await().until(() -> this.recorder.events.size() == 2);
		assertThat(this.recorder.describe()).containsExactly("Granted 1", "Revoked 1");
	}

	@Test
	void stateChangesBeforeTheEvent() {
		this.recorder.onEvent = (event) -> this.recorder.leads.add(this.elections.isLeader("main"));
		startAndCampaign();
		this.election.electOurs();
		this.election.suspend();
		await().until(() -> this.recorder.leads.size() == 2);
		assertThat(this.elections.isLeader("main")).isFalse();
		assertThat(this.recorder.leads.get(1)).isFalse();
	}

	@Test
	void revokesBetweenTwoTermsOfTheSameCandidate() {
		startAndCampaign();
		this.election.electOurs();
		this.election.electOurs();
		await().until(() -> this.recorder.events.size() == 3);
		assertThat(this.recorder.describe()).containsExactly("Granted 1", "Revoked 1", "Granted 2");
	}

	@Test
	void repeatedNewsOfTheSameTermIsNoEvent() {
		startAndCampaign();
		this.election.electOurs();
		this.election.repeat();
		this.election.suspend();
		this.election.suspend();
		await().until(() -> this.recorder.events.size() == 2);
		assertThat(this.recorder.describe()).containsExactly("Granted 1", "Revoked 1");
	}

	@Test
	void leadershipEndsWithTheLeaseWithoutAnEvent() {
		startAndCampaign();
		this.election.electOurs();
		Leadership leadership = this.elections.leadership("main").orElseThrow();
		leadership.ensureLeader();
		this.election.expireLease();
		assertThat(this.elections.isLeader("main")).isFalse();
		assertThat(leadership.isLeader()).isFalse();
		assertThatExceptionOfType(LeadershipLostException.class).isThrownBy(leadership::ensureLeader)
			.withMessageContaining("'main'")
			.withMessageContaining("term 1");
	}

	@Test
	void leadershipOfAnEarlierTermHasEnded() {
		startAndCampaign();
		this.election.electOurs();
		Leadership earlier = this.elections.leadership("main").orElseThrow();
		this.election.electOurs();
		assertThat(this.elections.leadership("main")).map(Leadership::term).hasValue(2L);
		assertThat(earlier.isLeader()).isFalse();
	}

	@Test
	void stopRevokesThenResigns() {
		startAndCampaign();
		this.election.electOurs();
		this.recorder.onEvent = (event) -> this.recorder.resigned.add(!this.election.resigned().isEmpty());
		this.elections.stop();
		assertThat(this.recorder.describe()).containsExactly("Granted 1", "Revoked 1");
		assertThat(this.recorder.resigned.get(this.recorder.resigned.size() - 1)).isFalse();
		assertThat(this.election.resigned()).isEqualTo(this.election.candidates());
		assertThat(this.elections.isLeader("main")).isFalse();
		assertThat(this.election.observers()).isZero();
	}

	@Test
	void stopDoesNotResignWithoutSession() {
		startAndCampaign();
		given(this.session.state()).willReturn(SessionState.SUSPENDED);
		this.elections.stop();
		assertThat(this.election.resigned()).isEmpty();
	}

	@Test
	void startsAgainWithAnotherCandidate() {
		startAndCampaign();
		this.elections.stop();
		this.elections.start();
		await().until(() -> this.election.candidates().size() == 2);
		assertThat(this.election.candidates()).doesNotHaveDuplicates();
		this.election.electOurs();
		assertThat(this.elections.isLeader("main")).isTrue();
	}

	@Test
	void listenerThatBlocksDoesNotDelayTheState() throws InterruptedException {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		this.recorder.onEvent = (event) -> {
			entered.countDown();
			try {
				release.await(1, TimeUnit.MINUTES);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		};
		startAndCampaign();
		this.election.electOurs();
		entered.await();
		this.election.elect("other");
		assertThat(this.elections.isLeader("main")).isFalse();
		release.countDown();
		await().until(() -> this.recorder.events.size() == 2);
	}

	@Test
	void listenerThatThrowsHarmsNoOther() {
		this.recorder.onEvent = (event) -> {
			throw new IllegalStateException("expected by the test");
		};
		startAndCampaign();
		this.election.electOurs();
		this.election.elect("other");
		await().until(() -> this.recorder.events.size() == 2);
	}

	@Test
	void listenerMayStopTheApplication() {
		this.recorder.onEvent = (event) -> {
			if (event instanceof LeadershipGrantedEvent) {
				this.elections.stop();
			}
		};
		startAndCampaign();
		this.election.electOurs();
		await().until(() -> this.recorder.events.size() == 2);
		assertThat(this.recorder.describe()).containsExactly("Granted 1", "Revoked 1");
		await().until(() -> this.election.resigned().size() == 1);
	}

	@Test
	void bindMakesLeadershipCurrentUntilClosed() {
		startAndCampaign();
		this.election.electOurs();
		Leadership leadership = this.elections.leadership("main").orElseThrow();
		assertThat(Leadership.current()).isEmpty();
		try (var outer = leadership.bind()) {
			try (var inner = leadership.bind()) {
				assertThat(Leadership.current()).containsSame(leadership);
			}
			assertThat(Leadership.current()).containsSame(leadership);
		}
		assertThat(Leadership.current()).isEmpty();
	}

	@Test
	void listenersAreToldInTheirOrderAndBeforeTheEvents() {
		List<String> calls = new CopyOnWriteArrayList<>();
		this.elections.addListener("main", new Listener("second", 2, calls));
		this.elections.addListener("main", new Listener("first", 1, calls));
		this.elections.addListener("other", new Listener("stranger", 0, calls));
		this.recorder.onEvent = (event) -> calls.add("event");
		startAndCampaign();
		this.election.electOurs();
		this.election.elect("other");
		await().until(() -> calls.size() == 6);
		assertThat(calls).containsExactly("first granted 1", "second granted 1", "event", "first revoked 1",
				"second revoked 1", "event");
	}

	@Test
	void listenerThatIsAddedLaterIsToldOfTheLeadershipOnce() {
		startAndCampaign();
		this.election.electOurs();
		await().until(() -> this.recorder.events.size() == 1);
		List<String> calls = new CopyOnWriteArrayList<>();
		this.elections.addListener("main", new Listener("late", 0, calls));
		await().until(() -> !calls.isEmpty());
		this.election.elect("other");
		await().until(() -> this.recorder.events.size() == 2);
		this.elections.addListener("main", new Listener("later", 0, calls));
		this.elections.stop();
		assertThat(calls).containsExactly("late granted 1", "late revoked 1");
	}

	@Test
	void listenerIsNotToldAfterItsRegistrationWasClosed() {
		List<String> calls = new CopyOnWriteArrayList<>();
		this.elections.addListener("main", new Listener("closed", 0, calls)).close();
		startAndCampaign();
		this.election.electOurs();
		await().until(() -> this.recorder.events.size() == 1);
		assertThat(calls).isEmpty();
	}

	@Test
	void stopTellsListenersBeforeItResigns() {
		List<String> calls = new CopyOnWriteArrayList<>();
		this.elections.addListener("main", new LeadershipListener() {

			@Override
			public void onRevoked(Leadership leadership) {
				calls.add(leadership.isLeader() + " " + LeaderElectionsTests.this.election.resigned().size());
			}

		});
		startAndCampaign();
		this.election.electOurs();
		this.elections.stop();
		assertThat(calls).containsExactly("false 0");
		assertThat(this.election.resigned()).hasSize(1);
	}

	@Test
	void revocationListenersAreCalledOnceWhenTheTermEnds() {
		startAndCampaign();
		this.election.electOurs();
		Leadership leadership = this.elections.leadership("main").orElseThrow();
		List<String> calls = new CopyOnWriteArrayList<>();
		leadership.addRevocationListener(() -> {
			throw new IllegalStateException("expected by the test");
		});
		leadership.addRevocationListener(() -> calls.add("ended, leads: " + leadership.isLeader()));
		leadership.addRevocationListener(() -> calls.add("closed")).close();
		this.election.repeat();
		assertThat(calls).isEmpty();
		this.election.electOurs();
		this.election.elect("other");
		assertThat(calls).containsExactly("ended, leads: false");
		leadership.addRevocationListener(() -> calls.add("late"));
		assertThat(calls).contains("late");
	}

	@Test
	void stopCallsRevocationListeners() {
		startAndCampaign();
		this.election.electOurs();
		List<String> calls = new CopyOnWriteArrayList<>();
		this.elections.leadership("main").orElseThrow().addRevocationListener(() -> calls.add("ended"));
		this.elections.stop();
		assertThat(calls).containsExactly("ended");
	}

	@Test
	void leaderStepsDownWhenTheListenersHaveReturned() {
		startAndCampaign();
		String candidate = this.election.candidates().get(0);
		this.election.elect(candidate);
		await().until(() -> this.recorder.events.size() == 1);
		CountDownLatch listening = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		this.recorder.onEvent = (event) -> {
			listening.countDown();
			awaitUninterruptibly(goOn);
		};
		this.elections.stepDown("main");
		assertThat(this.elections.isLeader("main")).isFalse();
		awaitUninterruptibly(listening);
		this.election.repeat();
		assertThat(this.elections.isLeader("main")).isFalse();
		assertThat(this.election.resigned()).isEmpty();
		goOn.countDown();
		await().until(() -> this.election.candidates().size() == 2);
		assertThat(this.election.resigned()).containsExactly(candidate);
		assertThat(this.election.candidates()).containsExactly(candidate, candidate);
		assertThat(this.recorder.describe()).containsExactly("Granted 1", "Revoked 1");
		this.election.elect(candidate);
		assertThat(this.elections.isLeader("main")).isTrue();
		await().until(() -> this.recorder.events.size() == 3);
	}

	@Test
	void whoDoesNotLeadCannotStepDown() {
		this.elections.stepDown("main");
		startAndCampaign();
		this.elections.stepDown("main");
		this.elections.stepDown("other");
		assertThat(this.election.resigned()).isEmpty();
		assertThat(this.recorder.events).isEmpty();
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private LeaderElections create(boolean campaign) {
		Atomix atomix = mock(Atomix.class);
		given(atomix.session()).willReturn(this.session);
		given(atomix.election("main")).willReturn(this.election);
		given(atomix.election("other")).willReturn(new FakeElection("other"));
		given(this.session.node()).willReturn("n1");
		given(this.session.state()).willReturn(SessionState.CONNECTED);
		return new LeaderElections(atomix, this.recorder, Thread::new, campaign);
	}

	private void startAndCampaign() {
		this.elections.enter("main");
		this.elections.start();
		await().until(() -> this.election.candidates().size() == 1);
	}

	/**
	 * Writes down what it is told.
	 *
	 * @param name its name
	 * @param order its order
	 * @param calls what it was told
	 */
	private record Listener(String name, int order, List<String> calls) implements LeadershipListener, Ordered {

		@Override
		public void onGranted(Leadership leadership) {
			this.calls.add(this.name + " granted " + leadership.term());
		}

		@Override
		public void onRevoked(Leadership leadership) {
			this.calls.add(this.name + " revoked " + leadership.term());
		}

		@Override
		public int getOrder() {
			return this.order;
		}

	}

	private static final class Recorder implements ApplicationEventPublisher {

		private final List<AbstractLeadershipEvent> events = new CopyOnWriteArrayList<>();

		private final List<Boolean> leads = new CopyOnWriteArrayList<>();

		private final List<Boolean> resigned = new CopyOnWriteArrayList<>();

		private volatile Consumer<AbstractLeadershipEvent> onEvent = (event) -> {
		};

		@Override
		public void publishEvent(Object event) {
			this.events.add((AbstractLeadershipEvent) event);
			this.onEvent.accept((AbstractLeadershipEvent) event);
		}

		private List<String> describe() {
			return this.events.stream()
				.map((event) -> ((event instanceof LeadershipGrantedEvent) ? "Granted " : "Revoked ") + event.getTerm())
				.toList();
		}

	}

}
