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

import io.github.atomixspring.Atomix;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.session.SessionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.Lifecycle;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.mock;
import static org.mockito.BDDMockito.then;

/**
 * Tests for {@link LeaderLifecycle}.
 */
class LeaderLifecycleTests {

	private final FakeElection election = new FakeElection("main");

	private final List<String> log = new CopyOnWriteArrayList<>();

	private final GenericApplicationContext context = new GenericApplicationContext();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void startsInTheOrderOfPhasesAndStopsInTheOpposite() {
		Part late = new Part("late", 2);
		Part early = new Part("early", 1);
		start(late, early);
		assertThat(this.log).isEmpty();
		this.election.electOurs();
		await().until(() -> this.log.size() == 2);
		this.election.elect("other");
		await().until(() -> this.log.size() == 4);
		assertThat(this.log).containsExactly("start early", "start late", "stop late", "stop early");
		this.election.electOurs();
		await().until(() -> this.log.size() == 6);
		this.election.suspend();
		await().until(() -> this.log.size() == 8);
	}

	@Test
	void plainLifecycleRunsToo() {
		Lifecycle plain = mock(Lifecycle.class);
		Part part = new Part("part", 1);
		start(plain, part);
		this.election.electOurs();
		await().until(part::isRunning);
		then(plain).should().start();
	}

	@Test
	void stopOfTheContextStopsBeforeTheCandidateResigns() {
		Part part = new Part("part", 0) {

			@Override
			public void stop() {
				super.stop();
				LeaderLifecycleTests.this.log.add("resigned " + LeaderLifecycleTests.this.election.resigned().size());
			}

		};
		start(part);
		this.election.electOurs();
		await().until(part::isRunning);
		this.context.close();
		assertThat(this.log).containsExactly("start part", "stop part", "resigned 0");
		assertThat(this.election.resigned()).hasSize(1);
	}

	@Test
	void explicitStartOfTheContextDoesNotRunThemWithoutLeadership() {
		Part part = new Part("part", Integer.MAX_VALUE);
		start(part);
		this.election.electOurs();
		await().until(part::isRunning);
		this.context.stop();
		assertThat(part.isRunning()).isFalse();
		this.context.start();
		assertThat(part.isRunning()).isFalse();
		await().until(() -> this.election.candidates().size() == 2);
		this.election.electOurs();
		await().until(part::isRunning);
	}

	@Test
	void oneThatFailsToStartLeavesTheOthers() {
		Part failing = new Part("failing", 1) {

			@Override
			public void start() {
				throw new IllegalStateException("expected by the test");
			}

		};
		Part part = new Part("part", 2);
		start(failing, part);
		this.election.electOurs();
		await().until(part::isRunning);
		this.election.suspend();
		await().until(() -> !part.isRunning());
	}

	@Test
	void oneThatStartsByItselfIsRefused() {
		SmartLifecycle own = mock(SmartLifecycle.class);
		given(own.isAutoStartup()).willReturn(true);
		assertThatIllegalArgumentException().isThrownBy(() -> new LeaderLifecycle(elections(), "main", own))
			.withMessageContaining("'main'")
			.withMessageContaining("auto-startup");
	}

	private void start(Lifecycle... lifecycles) {
		LeaderElections elections = elections();
		for (int i = 0; i < lifecycles.length; i++) {
			this.context.getBeanFactory().registerSingleton("part" + i, lifecycles[i]);
		}
		this.context.registerBean("elections", LeaderElections.class, () -> elections);
		this.context.registerBean(LeaderLifecycle.class, () -> new LeaderLifecycle(elections, "main", lifecycles));
		this.context.refresh();
		await().until(() -> this.election.candidates().size() == 1);
	}

	private LeaderElections elections() {
		Session session = mock(Session.class);
		given(session.node()).willReturn("n1");
		given(session.state()).willReturn(SessionState.CONNECTED);
		Atomix atomix = mock(Atomix.class);
		given(atomix.session()).willReturn(session);
		given(atomix.election("main")).willReturn(this.election);
		return new LeaderElections(atomix, (event) -> {
		}, Thread::new, true);
	}

	private class Part implements SmartLifecycle {

		private final String name;

		private final int phase;

		private volatile boolean running;

		Part(String name, int phase) {
			this.name = name;
			this.phase = phase;
		}

		@Override
		public void start() {
			this.running = true;
			LeaderLifecycleTests.this.log.add("start " + this.name);
		}

		@Override
		public void stop() {
			this.running = false;
			LeaderLifecycleTests.this.log.add("stop " + this.name);
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public boolean isAutoStartup() {
			return false;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

}
