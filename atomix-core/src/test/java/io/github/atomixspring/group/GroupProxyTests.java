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

package io.github.atomixspring.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.primitive.CommandRejectedException;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import io.github.atomixspring.proxy.ShakyNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for the members and the leadership of a {@link GroupProxy}.
 */
class GroupProxyTests {

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedGroup group = create(this.session);

	private final DistributedGroup other = create(this.otherSession);

	private final List<GroupEvent> events = new CopyOnWriteArrayList<>();

	private final List<GroupLeadership> leaderships = new CopyOnWriteArrayList<>();

	private static DistributedGroup create(FakeSession node) {
		return Groups.create(node, "g", GroupOptions.defaults(), () -> {
		});
	}

	private List<String> ids() {
		return this.other.members().stream().map(GroupMember::id).toList();
	}

	private List<GroupEvent.Type> types() {
		return this.events.stream().map(GroupEvent::type).toList();
	}

	@Test
	void membersJoinAndLeave() {
		LocalGroupMember ephemeral = this.group.join(Map.of("zone", "a"));
		LocalGroupMember persistent = this.other.join("p");
		assertThat(this.group.members()).containsExactly(
				new GroupMember(ephemeral.id(), "n1", GroupMember.Status.ALIVE, false, Map.of("zone", "a")),
				new GroupMember("p", "n2", GroupMember.Status.ALIVE, true, Map.of()));
		assertThat(this.group.member("p")).map(GroupMember::node).contains("n2");
		assertThat(this.group.member("q")).isEmpty();
		ephemeral.leave();
		ephemeral.leave();
		assertThat(ephemeral.isMember()).isFalse();
		assertThat(persistent.isMember()).isTrue();
		assertThat(ids()).containsExactly("p");
	}

	@Test
	void twoMembersThatJoinedThroughOneInstanceAreSeparate() {
		LocalGroupMember one = this.group.join();
		LocalGroupMember two = this.group.join();
		assertThat(one.id()).isNotEqualTo(two.id());
		assertThat(one.isLeader()).isTrue();
		assertThat(two.isLeader()).isFalse();
		one.leave();
		assertThat(two.isMember()).isTrue();
		assertThat(two.isLeader()).isTrue();
		assertThat(ids()).containsExactly(two.id());
	}

	@Test
	void idThatIsAliveIsRefused() {
		this.other.join("p");
		assertThatExceptionOfType(MemberExistsException.class).isThrownBy(() -> this.group.join("p"))
			.withMessageContaining("n2");
		assertThatExceptionOfType(MemberExistsException.class).isThrownBy(() -> this.other.join("p"));
		assertThat(this.group.member("p")).map(GroupMember::node).contains("n2");
	}

	@Test
	void deadMemberIsShownAndJoinsAgainFromElsewhere() {
		LocalGroupMember first = this.other.join("p", Map.of("v", "1"));
		this.group.addListener(this.events::add);
		this.otherSession.stop();
		assertThat(this.group.member("p")).map(GroupMember::status).contains(GroupMember.Status.DEAD);
		assertThat(this.group.leader()).isEmpty();
		LocalGroupMember again = this.group.join("p", Map.of("v", "2"));
		assertThat(again.isLeader()).isTrue();
		assertThat(types()).containsExactly(GroupEvent.Type.RESYNC, GroupEvent.Type.STATUS, GroupEvent.Type.STATUS);
		this.otherSession.connect();
		assertThat(first.isMember()).as("was taken over").isFalse();
		assertThat(this.group.member("p")).map(GroupMember::node).contains("n1");
	}

	@Test
	void memberOfTheOwnPastIsWaitedFor() {
		FakeSession next = this.cluster.connect("n2");
		this.other.join("p");
		CompletableFuture<LocalGroupMember> joined = create(next).async().join("p");
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(joined).isNotDone();
		this.cluster.end(this.otherSession.id());
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(joined.join().isMember()).isTrue();
	}

	@Test
	void joinIsGivenUpAtTheOperationTimeout() {
		FakeSession next = this.cluster.connect("n2");
		this.other.join("p");
		CompletableFuture<LocalGroupMember> joined = create(next).async().join("p");
		this.cluster.advance(Duration.ofSeconds(20));
		assertThat(joined).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(UnavailableException.class);
		this.otherSession.stop();
		this.cluster.advance(Duration.ofSeconds(20));
		assertThat(this.group.member("p")).map(GroupMember::status).contains(GroupMember.Status.DEAD);
	}

	@Test
	void membersComeBackInTheNextSession() {
		LocalGroupMember ephemeral = this.group.join(Map.of("zone", "a"));
		LocalGroupMember persistent = this.group.join("p");
		this.other.addListener(this.events::add);
		this.session.expire();
		assertThat(ephemeral.isMember()).isTrue();
		assertThat(ephemeral.isLeader()).isFalse();
		assertThat(ids()).containsExactly("p");
		this.session.connect();
		assertThat(ids()).containsExactly("p", ephemeral.id());
		assertThat(this.group.member(ephemeral.id())).map(GroupMember::metadata).contains(Map.of("zone", "a"));
		assertThat(persistent.isMember()).isTrue();
		assertThat(ephemeral.isLeader()).isTrue();
		assertThat(types().subList(1, 3)).containsExactlyInAnyOrder(GroupEvent.Type.LEFT, GroupEvent.Type.STATUS);
		assertThat(types().subList(3, 5)).containsExactlyInAnyOrder(GroupEvent.Type.JOINED, GroupEvent.Type.STATUS);
	}

	@Test
	void memberThatLeavesBeforeItComesBackDoesNotComeBack() {
		this.other.join("q");
		List<Runnable> transport = new ArrayList<>();
		LocalGroupMember member = this.group.join("p");
		this.session.withTransport(transport::add);
		this.session.expire();
		this.session.connect();
		List<Runnable> states = List.copyOf(transport);
		transport.clear();
		states.forEach(Runnable::run);
		// Its return waits until the group is configured.
		assertThat(member.async().leave()).isNotDone();
		while (!transport.isEmpty()) {
			transport.remove(0).run();
		}
		assertThat(this.session.submitted(GroupMessages.Leave.class)).hasSize(1);
		assertThat(ids()).containsExactly("q");
	}

	@Test
	void memberThatAViewShowsGoneWithItsSessionComesBack() {
		this.other.join("q");
		LocalGroupMember member = this.group.join();
		this.group.members();
		this.cluster.end(this.session.id());
		// The view is read before the node hears that its session has ended.
		this.session.resync();
		assertThat(ids()).containsExactly("q");
		assertThat(member.isMember()).isTrue();
		this.session.expire();
		this.session.connect();
		assertThat(member.isMember()).isTrue();
		assertThat(ids()).containsExactly("q", member.id());
	}

	@Test
	void memberWhoseJoiningIsUnsentComesInTheNextSession() {
		this.group.view();
		this.session.unlink();
		CompletableFuture<LocalGroupMember> joined = this.group.async().join("p");
		this.session.expire();
		this.session.connect();
		assertThat(joined.join().isMember()).isTrue();
		assertThat(this.group.members()).hasSize(1);
	}

	@Test
	void memberWhoseAnswerWasLostLeavesAgain() {
		this.group.view();
		this.session.loseAnswer(GroupMessages.Join.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.group.join("p"));
		assertThat(ids()).isEmpty();
	}

	@Test
	void departureIsRepeatedUntilItWasSent() {
		LocalGroupMember member = this.group.join();
		this.session.refuse(GroupMessages.Leave.class);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(member::leave);
		assertThat(ids()).hasSize(1);
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(ids()).isEmpty();
		assertThat(member.isMember()).isFalse();
	}

	@Test
	void departureIsNotRepeatedOnceTheMemberJoinedAgain() {
		LocalGroupMember member = this.group.join("p");
		this.session.refuse(GroupMessages.Leave.class);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(member::leave);
		LocalGroupMember again = this.group.join("p");
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(again.isMember()).isTrue();
		assertThat(ids()).containsExactly("p");
	}

	@Test
	void removedMemberIsToldAndDoesNotComeBack() {
		LocalGroupMember member = this.group.join("p");
		LocalGroupMember staying = this.group.join("q");
		assertThat(this.other.remove("p")).isTrue();
		assertThat(this.other.remove("p")).isFalse();
		assertThat(member.isMember()).isFalse();
		assertThat(staying.isMember()).isTrue();
		this.session.expire();
		this.session.connect();
		assertThat(ids()).containsExactly("q");
	}

	@Test
	void removalIsNoticedWhenItsEventWasLost() {
		LocalGroupMember member = this.group.join("p");
		LocalGroupMember staying = this.group.join("q");
		this.group.addListener(this.events::add);
		this.session.dropEvents();
		this.other.remove("p");
		assertThat(member.isMember()).isTrue();
		this.session.resync();
		assertThat(member.isMember()).isFalse();
		assertThat(staying.isLeader()).isTrue();
		assertThat(types()).containsExactly(GroupEvent.Type.RESYNC, GroupEvent.Type.RESYNC);
		assertThat(this.events.get(1).view().members()).extracting(GroupMember::id).containsExactly("q");
	}

	@Test
	void allNodesSeeTheSameEventsInTheSameOrder() {
		List<GroupEvent> there = new CopyOnWriteArrayList<>();
		this.group.addListener(this.events::add);
		this.other.addListener(there::add);
		LocalGroupMember one = this.group.join();
		LocalGroupMember two = this.other.join("p");
		one.leave();
		this.group.remove("p");
		assertThat(two.isMember()).isFalse();
		assertThat(this.events).isEqualTo(there);
		assertThat(types()).containsExactly(GroupEvent.Type.RESYNC, GroupEvent.Type.JOINED, GroupEvent.Type.JOINED,
				GroupEvent.Type.LEFT, GroupEvent.Type.LEFT);
		assertThat(this.events).extracting((event) -> event.view().members().size()).containsExactly(0, 1, 2, 1, 0);
		assertThat(this.events).extracting((event) -> event.view().version()).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void viewFollowsTheEventsWithoutAsking() {
		assertThat(this.group.view().members()).isEmpty();
		this.other.join("p");
		int asked = this.session.queried().size();
		assertThat(this.group.view().member("p")).isPresent();
		assertThat(this.group.view().liveMembers()).hasSize(1);
		assertThat(this.session.queried()).hasSize(asked);
	}

	@Test
	void gapIsAnnouncedBeforeTheFirstEventOfTheNextSession() {
		this.other.join("p");
		this.group.addListener(this.events::add);
		this.events.clear();
		this.session.expire();
		this.other.join("q");
		// The cluster knows of the listener before the node knows that it does.
		this.session.loseAnswer(Command.Listen.class);
		this.session.connect();
		this.other.join("r");
		assertThat(types()).containsExactly(GroupEvent.Type.RESYNC);
		assertThat(this.events.get(0).view().members()).extracting(GroupMember::id).containsExactly("p", "q", "r");
	}

	@Test
	void viewIsReadAnewInTheNextSession() {
		this.group.addListener(this.events::add);
		this.session.expire();
		this.other.join("p");
		assertThat(this.group.view().members()).isEmpty();
		this.session.connect();
		assertThat(this.group.view().member("p")).isPresent();
		assertThat(types()).containsExactly(GroupEvent.Type.RESYNC, GroupEvent.Type.RESYNC);
	}

	@Test
	void eventsThatComeWhileTheViewIsReadAreNeitherLostNorDoubled() {
		this.group.addListener(this.events::add);
		this.session.unlink();
		this.session.resync();
		this.other.join("p");
		assertThat(types()).containsExactly(GroupEvent.Type.RESYNC);
		this.session.link();
		assertThat(types()).containsExactly(GroupEvent.Type.RESYNC, GroupEvent.Type.RESYNC);
		assertThat(this.group.view().members()).hasSize(1);
		this.other.join("q");
		assertThat(types().get(2)).isEqualTo(GroupEvent.Type.JOINED);
		assertThat(this.group.view().members()).hasSize(2);
	}

	@Test
	void viewThatCannotBeReadFailsTheFirstCallAndIsReadByTheNext() {
		this.session.unlink();
		CompletableFuture<GroupView> view = this.group.async().view();
		this.session.timeOutUnsent();
		assertThat(view).failsWithin(Duration.ZERO).withThrowableThat().withCauseInstanceOf(UnavailableException.class);
		this.session.link();
		assertThat(this.group.view().members()).isEmpty();
	}

	@Test
	void readsHaveTheConsistencyAskedFor() {
		this.group.members(ReadConsistency.SEQUENTIAL);
		this.group.members();
		Groups.create(this.otherSession, "g", GroupOptions.defaults().withReadConsistency(ReadConsistency.SEQUENTIAL),
				() -> {
				})
			.leadership();
		assertThat(this.session.consistencies()).containsExactly(ReadConsistency.SEQUENTIAL,
				ReadConsistency.LINEARIZABLE);
		assertThat(this.otherSession.consistencies()).containsExactly(ReadConsistency.SEQUENTIAL);
	}

	@Test
	void leadersSucceedInTheOrderOfJoiningWithGrowingTerms() {
		LocalGroupMember one = this.group.join();
		LocalGroupMember two = this.other.join("p");
		GroupLeadership first = this.group.leadership();
		assertThat(first.isLedBy(one.id())).isTrue();
		assertThat(one.leaderTerm()).hasValue(first.term());
		assertThat(two.leaderTerm()).isEmpty();
		one.leave();
		assertThat(one.isLeader()).isFalse();
		assertThat(two.isLeader()).isTrue();
		assertThat(this.group.leader()).map(GroupMember::id).contains("p");
		assertThat(two.leaderTerm().getAsLong()).isGreaterThan(first.term());
	}

	@Test
	void leaderCountsAsNoneWhileItsSessionIsSuspended() {
		this.group.addLeaderListener(this.leaderships::add);
		LocalGroupMember member = this.group.join("p");
		long term = member.leaderTerm().getAsLong();
		this.session.suspend();
		assertThat(member.isLeader()).isFalse();
		this.session.resume();
		assertThat(member.leaderTerm()).hasValue(term);
		assertThat(this.leaderships).containsExactly(new GroupLeadership(null, 0), new GroupLeadership("p", term),
				new GroupLeadership(null, term), new GroupLeadership("p", term));
	}

	@Test
	void leaderThatWasDeposedWhileSuspendedDoesNotLeadWhenItResumes() {
		LocalGroupMember member = this.group.join("p");
		this.other.join("q");
		this.session.dropEvents();
		this.session.suspend();
		this.other.remove("p");
		this.session.resume();
		assertThat(member.isLeader()).isFalse();
	}

	@Test
	void leaderThatResumesLeadsOnlyOnceTheClusterHasConfirmedIt() {
		LocalGroupMember member = this.group.join("p");
		this.session.suspend();
		this.session.unlink();
		this.session.resume();
		assertThat(member.isLeader()).isFalse();
		this.session.link();
		assertThat(member.isLeader()).isTrue();
	}

	@Test
	void asynchronousFaceAddsListeners() {
		Registration first = this.group.async().addListener(this.events::add).join();
		Registration second = this.group.async().addLeaderListener(this.leaderships::add).join();
		long term = this.other.join("p").leaderTerm().getAsLong();
		first.close();
		second.close();
		this.other.remove("p");
		assertThat(this.events).extracting(GroupEvent::type)
			.containsExactly(GroupEvent.Type.RESYNC, GroupEvent.Type.JOINED);
		assertThat(this.leaderships).containsExactly(new GroupLeadership(null, 0), new GroupLeadership("p", term));
	}

	@Test
	void leaderListenerIsToldOfOthersAndNothingTwice() {
		Registration registration = this.group.addLeaderListener(this.leaderships::add);
		LocalGroupMember one = this.other.join("p");
		long term = one.leaderTerm().getAsLong();
		this.group.join("q");
		this.session.expire();
		this.session.connect();
		assertThat(this.leaderships).containsExactly(new GroupLeadership(null, 0), new GroupLeadership("p", term));
		registration.close();
		one.leave();
		assertThat(this.leaderships).hasSize(2);
	}

	@Test
	void destructionInAGapEndsTheMembersAndTheViewGoesOn() {
		LocalGroupMember member = this.group.join("p");
		this.group.addListener(this.events::add);
		this.session.dropEvents();
		this.other.destroy();
		this.other.join("q");
		this.session.resync();
		assertThat(member.isMember()).isFalse();
		this.other.join("r");
		assertThat(this.group.view().members()).extracting(GroupMember::id).containsExactly("q", "r");
		assertThat(types()).containsExactly(GroupEvent.Type.RESYNC, GroupEvent.Type.RESYNC, GroupEvent.Type.JOINED);
	}

	@Test
	void memberThatJoinsWhileTheGroupIsMadeAnewIsNotLeftBehind() {
		this.group.join("p");
		ShakyNode node = new ShakyNode(this.session);
		node.hold();
		this.other.destroy();
		this.other.join("q");
		CompletableFuture<LocalGroupMember> joined = this.group.async().join("r");
		node.release();
		assertThatExceptionOfType(CommandRejectedException.class).isThrownBy(() -> this.session.await(joined))
			.withMessageContaining("gone with its group");
		assertThat(ids()).containsExactly("q");
	}

	@Test
	void destructionEndsTheMembers() {
		LocalGroupMember member = this.group.join("p");
		this.group.addListener(this.events::add);
		this.other.destroy();
		assertThat(member.isMember()).isFalse();
		assertThat(member.isLeader()).isFalse();
		assertThat(this.group.view().members()).isEmpty();
		assertThat(types()).containsExactly(GroupEvent.Type.RESYNC, GroupEvent.Type.RESYNC);
		assertThat(this.group.join("p").isLeader()).isTrue();
		assertThat(types()).hasSize(3);
		assertThat(this.session.submitted(Command.Create.class)).hasSize(2);
	}

	@Test
	void otherExpirationIsRefused() {
		this.group.members();
		DistributedGroup mismatch = Groups.create(this.otherSession, "g",
				GroupOptions.defaults().withMemberExpiration(Duration.ofMinutes(1)), () -> {
				});
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(mismatch::members);
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> mismatch.join("p"));
	}

	@Test
	void deadMemberExpires() {
		DistributedGroup expiring = Groups.create(this.session, "e",
				GroupOptions.defaults().withMemberExpiration(Duration.ofMinutes(1)), () -> {
				});
		Groups
			.create(this.otherSession, "e", GroupOptions.defaults().withMemberExpiration(Duration.ofMinutes(1)), () -> {
			})
			.join("p");
		this.otherSession.stop();
		this.cluster.advance(Duration.ofSeconds(59));
		assertThat(expiring.members()).hasSize(1);
		this.cluster.advance(Duration.ofSeconds(2));
		assertThat(expiring.members()).isEmpty();
	}

	@Test
	void closedGroupLeavesAndRefuses() {
		LocalGroupMember member = this.group.join("p");
		this.group.addListener(this.events::add);
		this.group.close();
		assertThat(member.isMember()).isFalse();
		assertThat(ids()).isEmpty();
		assertThat(this.session.submitted(Command.Unlisten.class)).hasSize(1);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.group.join("p"));
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.group::view);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.group::members);
		member.leave();
		assertThat(types()).containsExactly(GroupEvent.Type.RESYNC);
		assertThat(this.session.queried()).noneMatch(Query.ListSessions.class::isInstance);
	}

	@Test
	void badArgumentsAreNamed() {
		assertThatNullPointerException().isThrownBy(() -> this.group.join((String) null)).withMessageContaining("'id'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.group.join(" ")).withMessageContaining("'id'");
		assertThatNullPointerException().isThrownBy(() -> this.group.join("p", null))
			.withMessageContaining("'metadata'");
		assertThatNullPointerException().isThrownBy(() -> this.group.member(null)).withMessageContaining("'id'");
		assertThatNullPointerException().isThrownBy(() -> this.group.members(null))
			.withMessageContaining("'consistency'");
		assertThatNullPointerException().isThrownBy(() -> this.group.addListener(null))
			.withMessageContaining("'listener'");
		assertThatNullPointerException().isThrownBy(() -> this.group.addLeaderListener(null))
			.withMessageContaining("'listener'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> GroupOptions.defaults().withMemberExpiration(Duration.ZERO))
			.withMessageContaining("'memberExpiration'");
	}

}
