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

package io.github.atomixspring.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.metrics.OperationKind;
import io.github.atomixspring.metrics.OperationObserver;
import io.github.atomixspring.metrics.OperationOutcome;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NodeSessions} and what it shows as one session.
 */
class NodeSessionsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final List<FakeGateway> gateways = List.of(new FakeGateway(), new FakeGateway(), new FakeGateway());

	private final List<ManualTimer> timers = new ArrayList<>();

	private final List<Runnable> callbacks = Collections.synchronizedList(new ArrayList<>());

	private final List<SessionClient> clients = this.gateways.stream().map(this::client).toList();

	private final NodeSessions sessions = new NodeSessions(this.clients);

	private final Session combined = this.sessions.combined();

	private final List<String> log = new CopyOnWriteArrayList<>();

	private SessionClient client(FakeGateway gateway) {
		SessionConfig config = SessionConfig.of("test", "n1")
			.withTimeout(TIMEOUT)
			.withCloseTimeout(Duration.ZERO)
			.withCallbackExecutor(this.callbacks::add);
		ManualTimer timer = new ManualTimer();
		this.timers.add(timer);
		return new SessionClient(config, gateway, null, () -> timer, new Random(1));
	}

	@BeforeEach
	void listen() {
		this.combined.addListener((id, state) -> this.log.add(id + " " + state));
	}

	private void settle() {
		this.gateways.forEach(FakeGateway::settle);
		List<Runnable> pending = new ArrayList<>(this.callbacks);
		this.callbacks.clear();
		pending.forEach(Runnable::run);
	}

	private void pass(Duration duration) {
		for (long millis = 0; millis < duration.toMillis(); millis += 10) {
			this.timers.forEach((timer) -> timer.advance(Duration.ofMillis(10)));
			settle();
		}
	}

	@Test
	void theOnlySessionIsShownAsItIs() {
		NodeSessions single = new NodeSessions(this.clients.subList(0, 1));
		assertThat(single.combined()).isSameAs(this.clients.get(0));
		assertThat(single.of("a")).isSameAs(this.clients.get(0));
	}

	@Test
	void primitivesHaveTheSessionOfTheirPartition() {
		assertThat(this.sessions.partitions()).isEqualTo(3);
		assertThat(this.sessions.of("a")).isSameAs(this.clients.get(2));
		assertThat(this.sessions.of("b")).isSameAs(this.clients.get(1));
		assertThat(this.sessions.of("x{b}")).isSameAs(this.clients.get(1));
		assertThat(this.sessions.of("c")).isSameAs(this.clients.get(0));
	}

	@Test
	void itIsConnectedOnceAllAre() {
		this.gateways.get(2).setDown(true);
		this.sessions.start();
		pass(Duration.ofSeconds(1));
		assertThat(this.clients.get(0).state()).isEqualTo(SessionState.CONNECTED);
		assertThat(this.combined.state()).isEqualTo(SessionState.SUSPENDED);
		assertThat(this.log).isEmpty();
		this.gateways.get(2).setDown(false);
		pass(Duration.ofSeconds(5));
		assertThat(this.combined.state()).isEqualTo(SessionState.CONNECTED);
		assertThat(this.combined.id()).isEqualTo(this.clients.get(0).id()).isPositive();
		assertThat(this.log).containsExactly(this.combined.id() + " CONNECTED");
	}

	@Test
	void theWorstStateIsToldOnceForAllPartitions() {
		this.sessions.start();
		pass(Duration.ofSeconds(1));
		long id = this.combined.id();
		assertThat(this.log).containsExactly(id + " CONNECTED");
		this.log.clear();
		this.gateways.forEach((gateway) -> gateway.setSilent(true));
		pass(TIMEOUT);
		assertThat(this.combined.state()).isEqualTo(SessionState.SUSPENDED);
		assertThat(this.log).containsExactly(id + " SUSPENDED");
		this.gateways.forEach((gateway) -> gateway.setSilent(false));
		pass(Duration.ofSeconds(5));
		assertThat(this.combined.state()).isEqualTo(SessionState.CONNECTED);
		assertThat(this.log).containsExactly(id + " SUSPENDED", id + " CONNECTED");
	}

	@Test
	void theEndOfOneSessionIsToldWithoutHarmToTheOthers() {
		this.sessions.start();
		pass(Duration.ofSeconds(1));
		long id = this.combined.id();
		long ended = this.clients.get(1).id();
		this.log.clear();
		this.gateways.get(1).expireAll(true);
		pass(Duration.ofSeconds(5));
		assertThat(this.log).containsExactly(id + " EXPIRED", id + " CONNECTED");
		assertThat(this.clients.get(1).id()).isNotEqualTo(ended);
		assertThat(this.combined.id()).isEqualTo(id);
	}

	@Test
	void aListenerThatComesLaterIsToldOfChangesOnly() {
		this.sessions.start();
		pass(Duration.ofSeconds(1));
		List<SessionState> late = new CopyOnWriteArrayList<>();
		Registration registration = this.combined.addListener((id, state) -> late.add(state));
		pass(Duration.ofSeconds(1));
		assertThat(late).isEmpty();
		this.gateways.get(2).expireAll(true);
		pass(Duration.ofSeconds(5));
		assertThat(late).containsExactly(SessionState.EXPIRED, SessionState.CONNECTED);
		registration.close();
		this.gateways.get(2).expireAll(true);
		pass(Duration.ofSeconds(5));
		assertThat(late).hasSize(2);
	}

	@Test
	void observersSeeTheOperationsOfAllPartitions() {
		List<String> seen = new CopyOnWriteArrayList<>();
		OperationObserver observer = new OperationObserver() {

			@Override
			public @Nullable Object onStart(OperationKind kind, @Nullable PrimitiveType type, @Nullable String name,
					boolean internal) {
				seen.add(String.valueOf(name));
				return null;
			}

			@Override
			public void onEnd(OperationKind kind, @Nullable PrimitiveType type, OperationOutcome outcome, long nanos,
					@Nullable Object started, @Nullable Throwable failure) {
			}

		};
		Registration registration = this.combined.addObserver(observer);
		this.sessions.start();
		pass(Duration.ofSeconds(1));
		for (String name : List.of("a", "b", "c")) {
			CompletableFuture<?> added = this.sessions.of(name)
				.submit(new LongMessages.Add(PrimitiveId.of(PrimitiveType.LONG, name), 1));
			pass(Duration.ofSeconds(1));
			assertThat(added).isCompleted();
		}
		assertThat(seen).containsExactly("a", "b", "c");
		registration.close();
		this.sessions.of("a").submit(new LongMessages.Add(PrimitiveId.of(PrimitiveType.LONG, "a"), 1));
		assertThat(seen).hasSize(3);
	}

	@Test
	void allAreStoppedAndCanBeStartedAgain() {
		this.sessions.start();
		pass(Duration.ofSeconds(1));
		this.log.clear();
		this.sessions.stop();
		settle();
		assertThat(this.combined.state()).isEqualTo(SessionState.CLOSED);
		assertThat(this.clients).allMatch((client) -> client.state() == SessionState.CLOSED);
		assertThat(this.log).singleElement().asString().endsWith("CLOSED");
		this.sessions.start();
		pass(Duration.ofSeconds(1));
		assertThat(this.combined.state()).isEqualTo(SessionState.CONNECTED);
		this.sessions.close();
	}

}
