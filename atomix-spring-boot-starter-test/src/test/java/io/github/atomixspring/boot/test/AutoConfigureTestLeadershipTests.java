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

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.election.Leadership;
import io.github.atomixspring.spring.event.AbstractLeadershipEvent;
import io.github.atomixspring.spring.event.LeadershipGrantedEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link AutoConfigureTestLeadership} without a cluster.
 */
@SpringBootTest(properties = "demo.election=from-property")
@AutoConfigureTestLeadership
@Import({ AutoConfigureTestLeadershipTests.Work.class, AutoConfigureTestLeadershipTests.Events.class })
class AutoConfigureTestLeadershipTests {

	@Autowired
	private TestLeadership leadership;

	@Autowired
	private Work work;

	@Autowired
	private Events events;

	@BeforeEach
	void forget() {
		this.events.seen.clear();
	}

	@Test
	void nothingIsLedAtFirst() {
		assertThat(this.work.run()).isNull();
	}

	@Test
	void leaderOnlyMethodRunsWhileLeadershipIsGranted() {
		Leadership granted = this.leadership.grant("main");
		assertThat(this.work.run()).isEqualTo(granted.term());
		this.leadership.revoke("main");
		assertThat(this.work.run()).isNull();
	}

	@Test
	void listenersHaveSeenTheEventsWhenTheTestGoesOn() {
		this.leadership.grant("main");
		assertThat(this.events.seen).containsExactly("LeadershipGrantedEvent of main");
		this.leadership.revoke("main");
		assertThat(this.events.seen).containsExactly("LeadershipGrantedEvent of main",
				"LeadershipRevokedEvent of main");
	}

	@Test
	void listenerMayRevoke() {
		this.events.revokes = true;
		Leadership granted = this.leadership.grant("other");
		this.events.revokes = false;
		assertThat(granted.isLeader()).isFalse();
		assertThat(this.events.seen).contains("LeadershipGrantedEvent of other");
		assertThat(this.leadership.elections().isLeader("other")).isFalse();
	}

	@Test
	@WithLeadership("main")
	void leadershipOfMethodIsGranted() {
		assertThat(this.work.run()).isNotNull();
		assertThat(this.work.runOther()).isNull();
	}

	@Test
	@WithLeadership
	void leadershipOfAllElectionsIsGranted() {
		assertThat(this.work.run()).isNotNull();
		assertThat(this.work.runOther()).isNotNull();
	}

	@Test
	@WithLeadership("${demo.election}")
	void placeholdersAreResolved(@Autowired LeaderElections elections) {
		assertThat(elections.isLeader("from-property")).isTrue();
	}

	@Test
	void leadershipIsRevokedAfterEachTest() throws Exception {
		TestContextManager manager = new TestContextManager(AutoConfigureTestLeadershipTests.class);
		AutoConfigureTestLeadershipTests test = new AutoConfigureTestLeadershipTests();
		manager.prepareTestInstance(test);
		Method method = getClass().getDeclaredMethod("leadershipOfMethodIsGranted");
		manager.beforeTestMethod(test, method);
		assertThat(this.work.run()).isNotNull();
		manager.afterTestMethod(test, method, null);
		assertThat(this.work.run()).isNull();
	}

	@Test
	void withLeadershipAloneSaysWhatIsMissing() throws Exception {
		TestContextManager manager = new TestContextManager(Incomplete.class);
		Incomplete test = new Incomplete();
		Method method = Incomplete.class.getDeclaredMethod("test");
		assertThatIllegalStateException().isThrownBy(() -> manager.beforeTestMethod(test, method))
			.withMessageContaining("Incomplete or its method test")
			.withMessageContaining("add @AutoConfigureTestLeadership to the class");
	}

	@Test
	void thereIsNoCluster(@Autowired Atomix atomix) {
		assertThat(atomix).hasToString("Atomix without a cluster");
		assertThatIllegalStateException().isThrownBy(() -> this.work.lock())
			.withMessageContaining("DistributedLock.lock of 'work' was called, and this test has no cluster")
			.withMessageContaining("@AutoConfigureAtomix");
		assertThatIllegalStateException().isThrownBy(atomix::sessions)
			.withMessageContaining("Atomix.sessions was called");
	}

	@Test
	void contextCanBePausedAndRestarted(@Autowired ConfigurableApplicationContext context) {
		long term = this.leadership.grant("main").term();
		context.pause();
		assertThatIllegalStateException().isThrownBy(() -> this.leadership.grant("main"))
			.withMessageContaining("the application context is not started yet, or is stopped");
		context.restart();
		assertThat(this.work.run()).isNull();
		assertThat(this.leadership.grant("main").term()).isGreaterThan(term);
		assertThat(this.work.run()).isNotNull();
	}

	@Nested
	@WithLeadership("other")
	class OfClass {

		@Test
		void leadershipOfClassIsGranted() {
			assertThat(AutoConfigureTestLeadershipTests.this.work.runOther()).isNotNull();
			assertThat(AutoConfigureTestLeadershipTests.this.work.run()).isNull();
		}

		@Test
		@WithLeadership("main")
		void leadershipOfMethodWins() {
			assertThat(AutoConfigureTestLeadershipTests.this.work.runOther()).isNull();
			assertThat(AutoConfigureTestLeadershipTests.this.work.run()).isNotNull();
		}

	}

	static class Work {

		private final DistributedLock lock;

		Work(@Primitive("work") DistributedLock lock) {
			this.lock = lock;
		}

		void lock() {
			this.lock.lock();
		}

		@LeaderOnly("main")
		@Nullable Long run() {
			return Leadership.current().orElseThrow().term();
		}

		@LeaderOnly("other")
		@Nullable Long runOther() {
			return Leadership.current().orElseThrow().term();
		}

	}

	static class Events {

		private final TestLeadership leadership;

		private final List<String> seen = new CopyOnWriteArrayList<>();

		private volatile boolean revokes;

		Events(TestLeadership leadership) {
			this.leadership = leadership;
		}

		@EventListener
		void on(AbstractLeadershipEvent event) {
			this.seen.add(event.getClass().getSimpleName() + " of " + event.getElection());
			if (this.revokes && event instanceof LeadershipGrantedEvent) {
				this.leadership.revoke(event.getElection());
			}
		}

	}

	@SpringBootTest
	@AutoConfigureAtomix
	static class Incomplete {

		@WithLeadership("main")
		void test() {
		}

	}

}
