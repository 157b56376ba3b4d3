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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.election.LeadershipEvent.Type;
import io.github.atomixspring.primitive.CommandRejectedException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ElectionMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import io.github.atomixspring.proxy.ShakyNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link ElectionProxy}.
 */
class ElectionProxyTests {

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedLeaderElection election = create(this.session);

	private final DistributedLeaderElection other = create(this.otherSession);

	private final List<LeadershipEvent> events = new CopyOnWriteArrayList<>();

	private static DistributedLeaderElection create(FakeSession node) {
		return Elections.create(node, "e", () -> {
		});
	}

	@Test
	void firstCandidateLeadsAndOthersFollowInOrder() {
		Leadership first = this.election.campaign("a");
		assertThat(first.isLedBy("a")).isTrue();
		assertThat(first.leaderNode()).isEqualTo("n1");
		assertThat(this.other.campaign("b").candidates()).containsExactly("a", "b");
		assertThat(this.election.isLeader("a")).isTrue();
		assertThat(this.other.isLeader("b")).isFalse();
		this.election.resign("a");
		assertThat(this.election.isLeader("a")).isFalse();
		assertThat(this.other.isLeader("b")).isTrue();
		assertThat(this.other.leadership().term()).isGreaterThan(first.term());
	}

	@Test
	void campaigningTwiceDoesNothing() {
		Leadership first = this.election.campaign("a");
		assertThat(this.election.campaign("a")).isEqualTo(first);
	}

	@Test
	void resigningWithoutHavingEnteredDoesNothing() {
		this.other.campaign("a");
		this.election.resign("a");
		assertThat(this.other.isLeader("a")).isTrue();
	}

	@Test
	void candidateOfAnotherNodeIsRefused() {
		this.other.campaign("a");
		assertThatExceptionOfType(CandidateExistsException.class).isThrownBy(() -> this.election.campaign("a"))
			.withMessageContaining("n2");
		assertThat(this.election.isLeader("a")).isFalse();
	}

	@Test
	void candidateOfTheOwnPastIsWaitedFor() {
		FakeSession next = this.cluster.connect("n2");
		this.other.campaign("a");
		CompletableFuture<Leadership> entered = create(next).async().campaign("a");
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(entered).isNotDone();
		this.cluster.end(this.otherSession.id());
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(entered.join().isLedBy("a")).isTrue();
	}

	@Test
	void anointPromoteAndEvict() {
		this.election.campaign("a");
		this.election.campaign("b");
		this.other.campaign("c");
		assertThat(this.other.promote("c")).isTrue();
		assertThat(this.other.leadership().candidates()).containsExactly("a", "c", "b");
		assertThat(this.other.anoint("b")).isTrue();
		assertThat(this.election.isLeader("b")).isTrue();
		assertThat(this.election.isLeader("a")).isFalse();
		assertThat(this.other.evict("b")).isTrue();
		assertThat(this.election.isLeader("b")).isFalse();
		assertThat(this.other.evict("x")).isFalse();
		assertThat(this.other.anoint("x")).isFalse();
		assertThat(this.other.promote("x")).isFalse();
	}

	@Test
	void evictedCandidateDoesNotComeBack() {
		this.election.campaign("a");
		this.election.campaign("b");
		this.other.evict("a");
		this.session.expire();
		this.session.connect();
		assertThat(this.other.leadership().candidates()).containsExactly("b");
	}

	@Test
	void observerIsToldTheCurrentStateAndEachChangeInOrder() {
		this.election.campaign("a");
		this.other.observe(this.events::add);
		this.election.campaign("b");
		this.election.resign("a");
		assertThat(this.events).extracting(LeadershipEvent::type)
			.containsExactly(Type.RESYNC, Type.CHANGED, Type.CHANGED);
		assertThat(this.events).extracting((event) -> event.leadership().leader()).containsExactly("a", "a", "b");
		assertThat(this.events).allMatch((event) -> event.name().equals("e"));
	}

	@Test
	void observerThatLeavesIsNotToldAndTheClusterKnows() {
		Registration registration = this.other.observe(this.events::add);
		registration.close();
		registration.close();
		this.election.campaign("a");
		assertThat(this.events).hasSize(1);
		assertThat(this.otherSession.submitted(Command.Unlisten.class)).hasSize(1);
	}

	@Test
	void eachObserverIsToldTheCurrentStateFirst() {
		List<LeadershipEvent> late = new CopyOnWriteArrayList<>();
		this.other.observe(this.events::add);
		this.election.campaign("a");
		this.other.observe(late::add);
		this.election.campaign("b");
		assertThat(late).extracting(LeadershipEvent::type).containsExactly(Type.RESYNC, Type.CHANGED);
		assertThat(this.events).extracting(LeadershipEvent::type)
			.containsExactly(Type.RESYNC, Type.CHANGED, Type.CHANGED);
	}

	@Test
	void suspensionEndsOwnLeadershipAtOnceAndItComesBackWhenItSurvived() {
		this.election.campaign("a");
		this.election.observe(this.events::add);
		this.session.suspend();
		assertThat(this.election.isLeader("a")).isFalse();
		assertThat(this.events).last().satisfies((event) -> {
			assertThat(event.type()).isEqualTo(Type.SUSPENDED);
			assertThat(event.leadership().leader()).isNull();
			assertThat(event.leadership().candidates()).containsExactly("a");
		});
		this.session.resume();
		assertThat(this.election.isLeader("a")).isTrue();
		assertThat(this.events).extracting(LeadershipEvent::type)
			.containsExactly(Type.RESYNC, Type.SUSPENDED, Type.RESYNC);
	}

	@Test
	void suspendedObserverStillSeesAForeignLeader() {
		this.other.campaign("a");
		this.election.observe(this.events::add);
		this.session.suspend();
		assertThat(this.events).last().satisfies((event) -> assertThat(event.leadership().leader()).isEqualTo("a"));
	}

	@Test
	void leadershipLostDuringSuspensionIsSeenAfterwards() {
		this.election.campaign("a");
		this.election.observe(this.events::add);
		this.other.campaign("b");
		this.session.suspend();
		this.other.anoint("b");
		this.session.resume();
		assertThat(this.election.isLeader("a")).isFalse();
		assertThat(this.events).last().satisfies((event) -> {
			assertThat(event.type()).isEqualTo(Type.RESYNC);
			assertThat(event.leadership().leader()).isEqualTo("b");
		});
	}

	@Test
	void candidaciesAndObserversComeBackInTheNewSession() {
		this.election.campaign("a");
		this.other.campaign("b");
		this.election.observe(this.events::add);
		this.session.suspend();
		this.session.expire();
		assertThat(this.other.isLeader("b")).isTrue();
		this.session.connect();
		assertThat(this.other.leadership().candidates()).containsExactly("b", "a");
		this.other.resign("b");
		assertThat(this.election.isLeader("a")).isTrue();
		assertThat(this.events).extracting(LeadershipEvent::type)
			.startsWith(Type.RESYNC, Type.SUSPENDED, Type.RESYNC)
			.filteredOn((type) -> type == Type.SUSPENDED)
			.hasSize(1);
		assertThat(this.events).last().satisfies((event) -> assertThat(event.leadership().leader()).isEqualTo("a"));
	}

	@Test
	void leadershipOfAnOldSessionIsNobodys() {
		this.election.campaign("a");
		this.election.observe(this.events::add);
		long old = this.session.id();
		this.session.expire();
		this.session.connect();
		this.events.clear();
		this.session.event(new ElectionMessages.Changed(PrimitiveId.of(PrimitiveType.ELECTION, "e"),
				new ElectionMessages.Leadership("a", "n1", old, 1, List.of("a")), null));
		assertThat(this.election.isLeader("a")).isFalse();
		assertThat(this.events).isNotEmpty().allMatch((event) -> event.leadership().leader() == null);
	}

	@Test
	void leaderIsNotConfusedByManyExpiriesOfBothNodes() {
		this.election.campaign("a");
		this.other.campaign("b");
		for (int i = 0; i < 200; i++) {
			FakeSession victim = (i % 2 == 0) ? this.session : this.otherSession;
			victim.suspend();
			assertThat(this.election.isLeader("a") && this.other.isLeader("b")).isFalse();
			victim.expire();
			assertThat(this.election.isLeader("a") ^ this.other.isLeader("b")).isTrue();
			victim.connect();
			assertThat(this.election.isLeader("a") ^ this.other.isLeader("b")).isTrue();
		}
	}

	@Test
	void unknownOutcomeOfCampaignIsWithdrawn() {
		this.session.loseAnswer(ElectionMessages.Campaign.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.election.campaign("a"));
		assertThat(this.other.leadership().candidates()).isEmpty();
		assertThat(this.election.isLeader("a")).isFalse();
	}

	@Test
	void campaignGivesUpWithoutACluster() {
		this.session.unlink();
		CompletableFuture<Leadership> entered = this.election.async().campaign("a");
		this.cluster.advance(Duration.ofSeconds(15));
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> this.session.await(entered));
		this.session.link();
		assertThat(this.other.leadership().candidates()).isEmpty();
	}

	@Test
	void campaignGoesOnInTheNextSession() {
		this.session.unlink();
		CompletableFuture<Leadership> entered = this.election.async().campaign("a");
		this.session.expire();
		this.session.connect();
		assertThat(entered.join().isLedBy("a")).isTrue();
		assertThat(this.election.isLeader("a")).isTrue();
	}

	@Test
	void resignationThatCouldNotBeSentIsRepeated() {
		this.election.campaign("a");
		this.session.refuse(ElectionMessages.Resign.class);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> this.election.resign("a"));
		assertThat(this.election.isLeader("a")).isFalse();
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(this.other.leadership().candidates()).isEmpty();
	}

	@Test
	void repeatedResignationDoesNotHitANewCandidacy() {
		this.election.campaign("a");
		this.session.refuse(ElectionMessages.Resign.class);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> this.election.resign("a"));
		this.election.campaign("a");
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(this.election.isLeader("a")).isTrue();
		assertThat(this.other.leadership().candidates()).containsExactly("a");
	}

	@Test
	void destroyRevokesTheLeader() {
		this.election.campaign("a");
		this.election.observe(this.events::add);
		this.other.destroy();
		assertThat(this.election.isLeader("a")).isFalse();
		assertThat(this.events).last().satisfies((event) -> assertThat(event.leadership().leader()).isNull());
		this.election.campaign("a");
		assertThat(this.election.isLeader("a")).isTrue();
		assertThat(this.events).last().satisfies((event) -> assertThat(event.leadership().leader()).isEqualTo("a"));
	}

	@Test
	void missedEventsAreMadeUpForAfterResync() {
		this.election.campaign("a");
		this.other.campaign("b");
		this.election.observe(this.events::add);
		this.session.dropEvents();
		this.other.anoint("b");
		this.session.resync();
		assertThat(this.election.isLeader("a")).isFalse();
		assertThat(this.events).extracting(LeadershipEvent::type).containsExactly(Type.RESYNC, Type.RESYNC);
		assertThat(this.events).last().satisfies((event) -> assertThat(event.leadership().leader()).isEqualTo("b"));
	}

	@Test
	void leadershipThatWasLostInAGapEndsWithoutObservers() {
		this.election.campaign("a");
		this.other.campaign("b");
		this.session.dropEvents();
		this.other.anoint("b");
		this.session.resync();
		assertThat(this.election.isLeader("a")).isFalse();
	}

	@Test
	void leadershipThatIsLostAfterAGapEndsWithoutObservers() {
		this.election.campaign("a");
		this.other.campaign("b");
		this.session.resync();
		assertThat(this.election.isLeader("a")).isTrue();
		this.other.anoint("b");
		assertThat(this.election.isLeader("a")).isFalse();
	}

	@Test
	void gapThatOvertakesTheAnswerToTheReadOfTheFirstIsMadeUpFor() {
		this.election.campaign("a");
		this.other.campaign("b");
		Deque<Runnable> deliveries = new ArrayDeque<>();
		this.session.withTransport(deliveries::add);
		this.session.resync();
		deliveries.remove().run();
		Runnable answer = deliveries.remove();
		this.session.dropEvents();
		this.other.anoint("b");
		this.session.resync();
		deliveries.add(answer);
		this.session.withTransport(Runnable::run);
		deliveries.forEach(Runnable::run);
		assertThat(this.election.isLeader("a")).isFalse();
	}

	@Test
	void candidateThatWasEvictedInAGapDoesNotComeBack() {
		this.election.campaign("a");
		this.election.campaign("b");
		this.session.dropEvents();
		this.other.evict("a");
		this.session.resync();
		this.session.expire();
		this.session.connect();
		assertThat(this.other.leadership().candidates()).containsExactly("b");
	}

	@Test
	void candidateThatAGapHidesWhileTheSessionEndsComesBack() {
		this.election.campaign("a");
		this.session.dropEvents();
		this.cluster.end(this.session.id());
		this.session.unlink();
		this.session.resync();
		this.session.expire();
		this.session.connect();
		assertThat(this.election.isLeader("a")).isTrue();
	}

	@Test
	void campaignThatCrossesAnEvictionLeavesNoCandidate() {
		this.election.campaign("a");
		ShakyNode node = new ShakyNode(this.session);
		node.hold();
		this.other.evict("a");
		CompletableFuture<Leadership> again = this.election.async().campaign("a");
		node.release();
		assertThatExceptionOfType(CommandRejectedException.class).isThrownBy(() -> this.session.await(again))
			.withMessageContaining("has been evicted");
		assertThat(this.other.leadership().candidates()).isEmpty();
		assertThat(this.election.campaign("a").isLedBy("a")).isTrue();
		assertThat(this.election.isLeader("a")).isTrue();
	}

	@Test
	void campaignThatCrossesADestructionLeavesNoCandidate() {
		this.election.campaign("a");
		ShakyNode node = new ShakyNode(this.session);
		node.hold();
		this.other.destroy();
		CompletableFuture<Leadership> again = this.election.async().campaign("a");
		node.release();
		assertThatExceptionOfType(CommandRejectedException.class).isThrownBy(() -> this.session.await(again))
			.withMessageContaining("gone with its election");
		assertThat(this.other.leadership().candidates()).isEmpty();
	}

	@Test
	void observerComesBackWhenTheElectionWasDestroyedInAGap() {
		this.election.observe(this.events::add);
		this.session.dropEvents();
		this.other.campaign("a");
		this.other.destroy();
		this.session.resync();
		this.other.campaign("b");
		assertThat(this.events).extracting(LeadershipEvent::type)
			.containsExactly(Type.RESYNC, Type.RESYNC, Type.CHANGED);
		assertThat(this.events).last().satisfies((event) -> assertThat(event.leadership().leader()).isEqualTo("b"));
	}

	@Test
	void closeResignsAndEndsUse() {
		this.election.campaign("a");
		this.election.observe(this.events::add);
		this.other.campaign("b");
		int seen = this.events.size();
		this.election.close();
		assertThat(this.other.isLeader("b")).isTrue();
		assertThat(this.events).hasSize(seen);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.election.campaign("a"));
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.election.resign("a"));
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.election.isLeader("a"));
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.election::leadership);
		assertThatExceptionOfType(PrimitiveClosedException.class)
			.isThrownBy(() -> this.election.observe(this.events::add));
	}

	@Test
	void resignEndsAPendingCampaign() {
		this.session.unlink();
		CompletableFuture<Leadership> entered = this.election.async().campaign("a");
		this.election.async().resign("a");
		assertThatExceptionOfType(CommandRejectedException.class).isThrownBy(() -> this.session.await(entered));
		this.session.link();
		assertThat(this.other.leadership().candidates()).isEmpty();
	}

	@Test
	void asynchronousFaceDoesTheSame() {
		AsyncDistributedLeaderElection async = this.election.async();
		Registration registration = async.observe(this.events::add).join();
		assertThat(async.campaign("a").join().isLedBy("a")).isTrue();
		assertThat(async.campaign("b").join().candidates()).containsExactly("a", "b");
		assertThat(async.anoint("b").join()).isTrue();
		assertThat(async.promote("a").join()).isTrue();
		assertThat(async.evict("a").join()).isTrue();
		async.resign("b").join();
		assertThat(async.leadership().join().leader()).isNull();
		registration.close();
		async.campaign("c").join();
		assertThat(this.events).extracting(LeadershipEvent::type).startsWith(Type.RESYNC, Type.CHANGED);
		assertThat(this.events).noneMatch((event) -> event.leadership().isLedBy("c"));
	}

	@Test
	void namesOfCandidatesAreChecked() {
		assertThatNullPointerException().isThrownBy(() -> this.election.campaign(nothing()))
			.withMessageContaining("candidate");
		assertThatIllegalArgumentException().isThrownBy(() -> this.election.evict(" "));
		assertThatNullPointerException().isThrownBy(() -> this.election.observe(nothing()));
		assertThat(this.session.submitted()).isEmpty();
	}

	@SuppressWarnings("NullAway")
	private static <T> T nothing() {
		return null;
	}

}
