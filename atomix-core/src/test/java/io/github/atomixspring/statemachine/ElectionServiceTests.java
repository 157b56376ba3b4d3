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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ElectionMessages;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ElectionService}.
 */
class ElectionServiceTests {

	private static final PrimitiveId ELECTION = PrimitiveId.of(PrimitiveType.ELECTION, "reports");

	private static final long LONG_TIMEOUT = 24 * 60 * 60 * 1000L;

	private final StateLog log = new StateLog();

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(11);
		List<Long> sessions = new ArrayList<>();
		Model model = new Model();
		for (int i = 0; i < 4; i++) {
			sessions.add(open(model, "n" + i));
		}
		for (int i = 0; i < 100_000; i++) {
			long session = sessions.get(random.nextInt(sessions.size()));
			String name = "c" + random.nextInt(6);
			switch (random.nextInt(60)) {
				case 0 -> {
					model.destroy();
					this.log.submit(session, new Command.Destroy(ELECTION));
				}
				case 1 -> {
					model.end(session);
					this.log.close(session);
					sessions.remove(session);
					sessions.add(open(model, "n" + i));
				}
				case 2 -> this.log.restart();
				case 3 -> {
					model.listeners.add(session);
					this.log.submit(session, new Command.Listen(ELECTION));
				}
				case 4 -> {
					model.listeners.remove(session);
					this.log.submit(session, new Command.Unlisten(ELECTION));
				}
				default -> command(random, model, session, name);
			}
			for (long each : sessions) {
				assertThat(this.log.events(each)).isEqualTo(model.events(each));
			}
			assertThat(this.log.state().read(new ElectionMessages.Info(ELECTION))).isEqualTo(model.leadership());
		}
		assertThat(model.number).isGreaterThan(5_000);
	}

	private long open(Model model, String node) {
		long session = this.log.open(node, LONG_TIMEOUT);
		model.nodes.put(session, node);
		return session;
	}

	private void command(Random random, Model model, long session, String name) {
		switch (random.nextInt(7)) {
			case 0, 1, 2 -> {
				Result result = this.log.submit(session, new ElectionMessages.Campaign(ELECTION, name));
				Result expected = model.campaign(session, name);
				if (expected == null) {
					assertThat(((Result.Failure) result).code()).isEqualTo(ErrorCode.CANDIDATE_EXISTS.code());
				}
				else {
					assertThat(result).isEqualTo(expected);
				}
			}
			case 3 -> assertThat(this.log.submit(session, new ElectionMessages.Resign(ELECTION, name)))
				.isEqualTo(new Result.Flag(model.resign(session, name)));
			case 4 -> assertThat(this.log.submit(session, new ElectionMessages.Anoint(ELECTION, name)))
				.isEqualTo(new Result.Flag(model.anoint(name)));
			case 5 -> assertThat(this.log.submit(session, new ElectionMessages.Promote(ELECTION, name)))
				.isEqualTo(new Result.Flag(model.promote(name)));
			default -> assertThat(this.log.submit(session, new ElectionMessages.Evict(ELECTION, name)))
				.isEqualTo(new Result.Flag(model.evict(name)));
		}
	}

	@Test
	void termsGrowAcrossDestructionAndRestore() {
		long session = this.log.open("a", LONG_TIMEOUT);
		long last = 0;
		for (int i = 0; i < 20; i++) {
			long term = ((ElectionMessages.Leadership) this.log.submit(session,
					new ElectionMessages.Campaign(ELECTION, "x")))
				.term();
			assertThat(term).isGreaterThan(last);
			last = term;
			this.log.submit(session,
					(i % 2 == 0) ? new Command.Destroy(ELECTION) : new ElectionMessages.Resign(ELECTION, "x"));
			this.log.restart();
		}
	}

	@Test
	void nameOfCandidateIsLimited() {
		long session = this.log.open("a", LONG_TIMEOUT);
		Result result = this.log.submit(session, new ElectionMessages.Campaign(ELECTION, "x".repeat(257)));
		assertThat(((Result.Failure) result).code()).isEqualTo(ErrorCode.LIMIT.code());
		assertThat(this.log.submit(session, new ElectionMessages.Campaign(ELECTION, "x".repeat(256))))
			.isInstanceOf(ElectionMessages.Leadership.class);
	}

	@Test
	void evictedSessionKeepsNoInterest() {
		long first = this.log.open("a", LONG_TIMEOUT);
		long second = this.log.open("b", LONG_TIMEOUT);
		this.log.submit(first, new ElectionMessages.Campaign(ELECTION, "x"));
		assertThat(this.log.state().interests(first)).isOne();
		this.log.submit(second, new ElectionMessages.Evict(ELECTION, "x"));
		assertThat(this.log.state().interests(first)).isZero();
	}

	/**
	 * The election in plain Java.
	 */
	private static final class Model {

		private final List<String> names = new ArrayList<>();

		private final Map<String, Long> owners = new TreeMap<>();

		private final TreeSet<Long> listeners = new TreeSet<>();

		private final Map<Long, String> nodes = new TreeMap<>();

		private final Map<Long, List<Event>> events = new TreeMap<>();

		private long term;

		private long number;

		List<Event> events(long session) {
			List<Event> sent = this.events.remove(session);
			return (sent != null) ? sent : List.of();
		}

		private void send(long session, Event event) {
			this.events.computeIfAbsent(session, (id) -> new ArrayList<>()).add(event);
		}

		ElectionMessages.Leadership leadership() {
			if (this.names.isEmpty()) {
				return new ElectionMessages.Leadership(null, null, 0, this.term, List.of());
			}
			String leader = this.names.get(0);
			long session = this.owners.get(leader);
			return new ElectionMessages.Leadership(leader, this.nodes.get(session), session, this.term, this.names);
		}

		private TreeSet<Long> concerned() {
			TreeSet<Long> concerned = new TreeSet<>(this.listeners);
			concerned.addAll(this.owners.values());
			return concerned;
		}

		private void changed(@Nullable String oldLeader) {
			if (!this.names.isEmpty() && !this.names.get(0).equals(oldLeader)) {
				this.term = ++this.number;
			}
			Event event = new ElectionMessages.Changed(ELECTION, leadership(), null);
			concerned().forEach((session) -> send(session, event));
		}

		private @Nullable String leader() {
			return this.names.isEmpty() ? null : this.names.get(0);
		}

		@Nullable Result campaign(long session, String name) {
			Long owner = this.owners.get(name);
			if (owner != null) {
				return (owner == session) ? leadership() : null;
			}
			String old = leader();
			this.names.add(name);
			this.owners.put(name, session);
			changed(old);
			return leadership();
		}

		boolean resign(long session, String name) {
			if (!Long.valueOf(session).equals(this.owners.get(name))) {
				return false;
			}
			remove(name);
			return true;
		}

		private void remove(String name) {
			String old = leader();
			this.names.remove(name);
			this.owners.remove(name);
			changed(old);
		}

		boolean anoint(String name) {
			String old = leader();
			if (name.equals(old)) {
				return true;
			}
			if (!this.names.remove(name)) {
				return false;
			}
			this.names.remove(0);
			this.names.add(0, name);
			this.names.add(old);
			changed(old);
			return true;
		}

		boolean promote(String name) {
			int position = this.names.indexOf(name);
			if (position > 1) {
				this.names.remove(position);
				this.names.add(1, name);
				changed(leader());
			}
			return position >= 0;
		}

		boolean evict(String name) {
			Long owner = this.owners.get(name);
			if (owner == null) {
				return false;
			}
			remove(name);
			send(owner, new ElectionMessages.Changed(ELECTION, leadership(), name));
			return true;
		}

		void destroy() {
			if (exists()) {
				concerned().forEach((session) -> send(session, new Event.Destroyed(ELECTION)));
			}
			this.names.clear();
			this.owners.clear();
			this.listeners.clear();
			this.term = 0;
		}

		private boolean exists() {
			return !this.names.isEmpty() || !this.listeners.isEmpty() || this.term != 0;
		}

		void end(long session) {
			this.listeners.remove(session);
			String old = leader();
			if (this.names.removeIf((name) -> this.owners.get(name) == session)) {
				this.owners.values().removeIf((owner) -> owner == session);
				changed(old);
			}
			this.events.remove(session);
		}

	}

}
