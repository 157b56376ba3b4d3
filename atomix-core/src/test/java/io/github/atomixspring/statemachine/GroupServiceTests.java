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

package io.github.atomixspring.statemachine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.GroupMessages.Attribute;
import io.github.atomixspring.protocol.GroupMessages.Changed;
import io.github.atomixspring.protocol.GroupMessages.Joined;
import io.github.atomixspring.protocol.GroupMessages.Leader;
import io.github.atomixspring.protocol.GroupMessages.Member;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the members of a {@link GroupService}.
 */
class GroupServiceTests {

	private static final PrimitiveId GROUP = PrimitiveId.of(PrimitiveType.GROUP, "workers");

	private static final long LONG_TIMEOUT = 24 * 60 * 60 * 1000L;

	private final StateLog log = new StateLog(true);

	private final long session = this.log.open("a", LONG_TIMEOUT);

	private Joined join(long session, String member, boolean persistent) {
		return (Joined) this.log.submit(session, new GroupMessages.Join(GROUP, member, persistent, List.of()));
	}

	private GroupMessages.State state() {
		return (GroupMessages.State) this.log.state().read(new GroupMessages.Info(GROUP, null));
	}

	private List<String> ids() {
		return state().members().stream().map(Member::id).toList();
	}

	private void expireMembersAfter(String millis) {
		assertThat(this.log.submit(this.session,
				new Command.Create(GROUP, List.of(new Setting(GroupMessages.MEMBER_EXPIRATION, millis)))))
			.isEqualTo(new Result.Done());
	}

	@Test
	void ephemeralMemberGoesWithItsSession() {
		long other = this.log.open("b", LONG_TIMEOUT);
		join(this.session, "x", false);
		join(other, "y", false);
		this.log.close(this.session);
		assertThat(ids()).containsExactly("y");
		assertThat(state().leader().member()).isEqualTo("y");
	}

	@Test
	void persistentMemberIsShownDeadAndJoinsAgainFromElsewhere() {
		long other = this.log.open("b", LONG_TIMEOUT);
		Member first = join(this.session, "x", true).member();
		this.log.close(this.session);
		Member dead = state().members().get(0);
		assertThat(dead.session()).isZero();
		assertThat(dead.number()).isEqualTo(first.number());
		assertThat(state().leader().member()).isNull();
		Joined again = join(other, "x", true);
		assertThat(again.entered()).isTrue();
		assertThat(again.member().node()).isEqualTo("b");
		assertThat(again.member().number()).isGreaterThan(first.number());
	}

	@Test
	void memberOfAnotherSessionIsNotTakenOver() {
		long other = this.log.open("b", LONG_TIMEOUT);
		Member member = join(this.session, "x", true).member();
		assertThat(join(other, "x", true)).isEqualTo(new Joined(member, false));
		assertThat(this.log.submit(other, new GroupMessages.Leave(GROUP, "x"))).isEqualTo(new Result.Flag(false));
		assertThat(join(this.session, "x", true)).isEqualTo(new Joined(member, true));
		assertThat(join(this.session, "x", false).entered()).isFalse();
	}

	@Test
	void rejoinedPersistentMemberBecomesACandidateAgain() {
		long other = this.log.open("b", LONG_TIMEOUT);
		long third = this.log.open("c", LONG_TIMEOUT);
		join(this.session, "x", true);
		join(other, "y", true);
		long term = state().leader().term();
		this.log.close(this.session);
		assertThat(state().leader().member()).isEqualTo("y");
		assertThat(state().leader().term()).isGreaterThan(term);
		join(third, "x", true);
		assertThat(state().leader().member()).isEqualTo("y");
		this.log.submit(other, new GroupMessages.Leave(GROUP, "y"));
		assertThat(state().leader().member()).isEqualTo("x");
	}

	@Test
	void lonePersistentMemberLeads() {
		long term = 0;
		for (int i = 0; i < 3; i++) {
			long node = this.log.open("n" + i, LONG_TIMEOUT);
			join(node, "x", true);
			assertThat(state().leader().member()).isEqualTo("x");
			assertThat(state().leader().term()).isGreaterThan(term);
			term = state().leader().term();
			this.log.close(node);
			assertThat(state().leader()).isEqualTo(new Leader(null, term));
		}
	}

	@Test
	void membersThatDieTogetherAreNotElectedOnTheWay() {
		long other = this.log.open("b", LONG_TIMEOUT);
		join(this.session, "x", false);
		join(this.session, "y", true);
		join(other, "z", false);
		this.log.submit(other, new Command.Listen(GROUP));
		this.log.close(this.session);
		assertThat(this.log.events(other)).hasSize(2)
			.allSatisfy((event) -> assertThat(((Changed) event).leader()).isEqualTo(state().leader()));
		assertThat(state().leader().member()).isEqualTo("z");
	}

	@Test
	void deadMemberExpiresNeitherEarlyNorWhenItIsBack() {
		expireMembersAfter("100");
		long second = this.log.open("b", LONG_TIMEOUT);
		join(second, "x", true);
		this.log.close(second);
		this.log.tick(99);
		assertThat(ids()).containsExactly("x");
		this.log.restart();
		join(this.session, "x", true);
		this.log.tick(1000);
		assertThat(ids()).containsExactly("x");
		long third = this.log.open("c", LONG_TIMEOUT);
		join(third, "y", true);
		this.log.submit(this.session, new Command.Listen(GROUP));
		this.log.close(third);
		this.log.restart();
		this.log.events(this.session);
		this.log.tick(100);
		assertThat(ids()).containsExactly("x");
		assertThat(this.log.events(this.session)).singleElement()
			.satisfies((event) -> assertThat(((Changed) event).kind()).isEqualTo(Changed.LEFT));
	}

	@Test
	void unusableExpirationIsNone() {
		expireMembersAfter("-5");
		long other = this.log.open("b", LONG_TIMEOUT);
		join(other, "x", true);
		this.log.close(other);
		this.log.tick(100_000);
		assertThat(ids()).containsExactly("x");
	}

	@Test
	void removalByAnotherEndsTheInterestOfTheSession() {
		long other = this.log.open("b", LONG_TIMEOUT);
		join(other, "x", false);
		assertThat(this.log.state().interests(other)).isOne();
		assertThat(this.log.submit(this.session, new GroupMessages.Remove(GROUP, "x")))
			.isEqualTo(new Result.Flag(true));
		assertThat(this.log.state().interests(other)).isZero();
		assertThat(this.log.submit(this.session, new GroupMessages.Remove(GROUP, "x")))
			.isEqualTo(new Result.Flag(false));
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
	}

	@Test
	void destructionStopsTheTimersAndForgetsTheMembers() {
		expireMembersAfter("100");
		long other = this.log.open("b", LONG_TIMEOUT);
		join(other, "x", true);
		join(this.session, "y", true);
		this.log.close(other);
		this.log.submit(this.session, new Command.Listen(GROUP));
		this.log.submit(this.session, new Command.Destroy(GROUP));
		assertThat(this.log.events(this.session)).containsExactly(new Event.Destroyed(GROUP));
		assertThat(this.log.state().nextDeadline()).isEqualTo(LONG_TIMEOUT);
		assertThat(this.log.state().interests(this.session)).isZero();
		assertThat(ids()).isEmpty();
	}

	@Test
	void limitsAreChecked() {
		assertLimit(new GroupMessages.Join(GROUP, "x".repeat(257), true, List.of()));
		String large = "x".repeat(300_000);
		assertLimit(new GroupMessages.Join(GROUP, "x", true, List.of(new Attribute(large, large + large + large))));
		for (int i = 0; i < 3; i++) {
			this.log.submit(this.session,
					new GroupMessages.Join(GROUP, "x" + i, true, List.of(new Attribute("", large))));
		}
		assertThat(ids()).hasSize(3);
		assertLimit(new GroupMessages.Join(GROUP, "y", true, List.of(new Attribute("", large))));
		this.log.submit(this.session, new GroupMessages.Leave(GROUP, "x1"));
		this.log.submit(this.session, new GroupMessages.Join(GROUP, "y", true, List.of(new Attribute("", large))));
		assertThat(ids()).containsExactly("x0", "x2", "y");
		assertThat(((Result.Failure) this.log.submit(this.session, new GroupMessages.Join(GROUP, " ", true, List.of())))
			.code()).isEqualTo(ErrorCode.ILLEGAL.code());
	}

	private void assertLimit(Command command) {
		assertThat(((Result.Failure) this.log.submit(this.session, command)).code()).isEqualTo(ErrorCode.LIMIT.code());
	}

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(23);
		Model model = new Model(60);
		expireMembersAfter("60");
		List<Long> sessions = new ArrayList<>(List.of(this.session));
		model.nodes.put(this.session, "a");
		for (int i = 1; i < 4; i++) {
			sessions.add(open(model, "n" + i));
		}
		for (int i = 0; i < 100_000; i++) {
			if (random.nextInt(4) == 0) {
				this.log.elapse(random.nextInt(12));
			}
			long session = sessions.get(random.nextInt(sessions.size()));
			String name = "m" + random.nextInt(8);
			model.advance(this.log.now());
			switch (random.nextInt(40)) {
				case 0 -> {
					if (random.nextInt(20) == 0) {
						this.log.restart();
					}
					this.log.tick(0);
				}
				case 1, 2 -> {
					model.end(session);
					this.log.close(session);
					sessions.remove(session);
					sessions.add(open(model, "n" + i));
				}
				case 3 -> {
					model.listeners.add(session);
					this.log.submit(session, new Command.Listen(GROUP));
				}
				case 4 -> {
					model.listeners.remove(session);
					this.log.submit(session, new Command.Unlisten(GROUP));
				}
				default -> command(random, model, session, name);
			}
			for (long each : sessions) {
				assertThat(this.log.events(each)).isEqualTo(model.events(each));
			}
			if (i % 8 == 0) {
				assertThat(state()).isEqualTo(model.state());
			}
		}
		assertThat(model.expired).isGreaterThan(200);
		assertThat(model.term).isGreaterThan(5_000);
		ReplicatedState replayed = new ReplicatedState();
		this.log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(this.log.digest());
	}

	private long open(Model model, String node) {
		long session = this.log.open(node, LONG_TIMEOUT);
		model.nodes.put(session, node);
		return session;
	}

	private void command(Random random, Model model, long session, String name) {
		switch (random.nextInt(6)) {
			case 0 -> assertThat(this.log.submit(session, new GroupMessages.Leave(GROUP, name)))
				.isEqualTo(new Result.Flag(model.remove(name, session)));
			case 1 -> assertThat(this.log.submit(session, new GroupMessages.Remove(GROUP, name)))
				.isEqualTo(new Result.Flag(model.remove(name, 0)));
			default -> {
				boolean persistent = random.nextInt(3) != 0;
				List<Attribute> metadata = List.of(new Attribute("version", "v" + random.nextInt(2)));
				assertThat(this.log.submit(session, new GroupMessages.Join(GROUP, name, persistent, metadata)))
					.isEqualTo(model.join(session, name, persistent, metadata));
			}
		}
	}

	/**
	 * The group in plain Java.
	 */
	private static final class Model {

		private final long expiration;

		private final Map<String, Member> members = new LinkedHashMap<>();

		private final Map<String, Long> deadlines = new TreeMap<>();

		private final Map<Long, String> nodes = new TreeMap<>();

		private final TreeSet<Long> listeners = new TreeSet<>();

		private final Map<Long, List<Event>> events = new TreeMap<>();

		private long now;

		private long number;

		private long version;

		private long term;

		private @Nullable Member leader;

		private int expired;

		Model(long expiration) {
			this.expiration = expiration;
		}

		List<Event> events(long session) {
			List<Event> sent = this.events.remove(session);
			return (sent != null) ? sent : List.of();
		}

		GroupMessages.State state() {
			return new GroupMessages.State(this.version, List.copyOf(this.members.values()), leader());
		}

		private Leader leader() {
			return new Leader((this.leader != null) ? this.leader.id() : null, this.term);
		}

		void advance(long time) {
			this.now = time;
			List<Member> due = new ArrayList<>(this.members.values()
				.stream()
				.filter((member) -> this.deadlines.getOrDefault(member.id(), Long.MAX_VALUE) <= time)
				.toList());
			due.sort((one, other) -> {
				int byTime = this.deadlines.get(one.id()).compareTo(this.deadlines.get(other.id()));
				return (byTime != 0) ? byTime : Long.compare(one.number(), other.number());
			});
			due.forEach((member) -> {
				this.expired++;
				remove(member.id(), 0);
			});
		}

		Joined join(long session, String name, boolean persistent, List<Attribute> metadata) {
			Member old = this.members.get(name);
			if (old != null && (old.persistent() != persistent || (old.session() != 0 && old.session() != session))) {
				return new Joined(old, false);
			}
			boolean enters = old == null || old.session() == 0;
			Member member = new Member(name, enters ? ++this.number : old.number(), this.nodes.get(session), session,
					persistent, metadata);
			if (!member.equals(old)) {
				this.deadlines.remove(name);
				this.members.put(name, member);
				elect();
				changed((old != null) ? Changed.UPDATED : Changed.JOINED, member);
			}
			return new Joined(member, true);
		}

		boolean remove(String name, long session) {
			Member member = this.members.get(name);
			if (member == null || (session != 0 && member.session() != session)) {
				return false;
			}
			this.members.remove(name);
			this.deadlines.remove(name);
			elect();
			changed(Changed.LEFT, member);
			return true;
		}

		void end(long session) {
			this.listeners.remove(session);
			this.events.remove(session);
			List<Member> lost = this.members.values()
				.stream()
				.filter((member) -> member.session() == session)
				.sorted((one, other) -> one.id().compareTo(other.id()))
				.toList();
			lost.forEach((member) -> this.members.replace(member.id(), dead(member)));
			elect();
			for (Member member : lost) {
				if (member.persistent()) {
					this.deadlines.put(member.id(), this.now + this.expiration);
					changed(Changed.UPDATED, dead(member));
				}
				else {
					this.members.remove(member.id());
					changed(Changed.LEFT, member);
				}
			}
		}

		private static Member dead(Member member) {
			return new Member(member.id(), member.number(), member.node(), 0, member.persistent(), member.metadata());
		}

		private void elect() {
			Member first = this.members.values()
				.stream()
				.filter((member) -> member.session() != 0)
				.min((one, other) -> Long.compare(one.number(), other.number()))
				.orElse(null);
			if (first != null && (this.leader == null || first.number() != this.leader.number())) {
				this.term = ++this.number;
			}
			this.leader = first;
		}

		private void changed(int kind, Member member) {
			this.version = ++this.number;
			Event event = new Changed(GROUP, kind, this.version, member, leader());
			this.listeners
				.forEach((listener) -> this.events.computeIfAbsent(listener, (id) -> new ArrayList<>()).add(event));
		}

	}

}
