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

package io.github.atomixspring.spring.metrics;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.server.ServerConfig;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.spring.TestMember;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AtomixMetrics} on a real member.
 */
class AtomixMetricsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final TestMember member = TestMember.create();

	private final AtomixReplica replica = member.replica();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AtomixMetrics metrics = new AtomixMetrics(this.replica, true);

	@BeforeAll
	static void start() {
		member.replica().start();
	}

	@AfterAll
	static void stop() throws IOException {
		member.close();
	}

	@BeforeEach
	void bind() {
		await().atMost(PATIENCE).until(() -> this.replica.session().state() == SessionState.CONNECTED);
		this.metrics.bindTo(this.registry);
	}

	@AfterEach
	void close() {
		this.metrics.close();
	}

	@Test
	void operationsAreTimedByTypeAndOutcome() {
		DistributedMap<String, Integer> map = this.replica.map("prices", String.class, Integer.class);
		map.put("tea", 3);
		Timer commands = timer("atomix.operations", "kind", "command", "type", "map", "outcome", "success");
		// The map may have been created by a command of its own.
		long before = commands.count();
		map.put("tea", 4);
		map.get("tea");
		map.get("tea");
		assertThat(commands.count()).isEqualTo(before + 1);
		Timer queries = timer("atomix.operations", "kind", "query", "type", "map", "outcome", "success");
		assertThat(queries.count()).isEqualTo(2);
		assertThat(queries.totalTime(queries.baseTimeUnit())).isPositive();
		assertThat(value("atomix.operations.active")).isZero();
	}

	@Test
	void theRoomOnTheDiskIsTold() {
		assertThat(value("atomix.storage.free")).isPositive();
		assertThat(value("atomix.storage.required")).isEqualTo(64 << 20);
		assertThat(value("atomix.storage.short")).isZero();
		assertThat(this.registry.get("atomix.gateway.commands.refused").functionCounter().count()).isZero();
	}

	@Test
	void theUseOfTheHeapIsTold() {
		double max = value("atomix.memory.limit") / ServerConfig.DEFAULT_MAX_HEAP_USE * 100;
		assertThat(max).isPositive().isLessThanOrEqualTo(Runtime.getRuntime().maxMemory());
		assertThat(value("atomix.memory.used")).isNotNegative();
		assertThat(value("atomix.memory.short")).isZero();
	}

	@Test
	void readsThatThisMemberAnswersAtOnceAreCountedOnly() {
		DistributedMap<String, Integer> map = this.replica.map("local", String.class, Integer.class);
		map.put("tea", 3);
		FunctionCounter local = this.registry.get("atomix.reads.local").functionCounter();
		// The member applies the put before it answers it.
		assertThat(map.get("tea", ReadConsistency.SEQUENTIAL)).isEqualTo(3);
		assertThat(map.get("milk", ReadConsistency.SEQUENTIAL)).isNull();
		assertThat(local.count()).isEqualTo(2);
		assertThat(this.registry.find("atomix.operations").tags("kind", "query", "type", "map").timer()).isNull();
		this.metrics.close();
		map.get("tea", ReadConsistency.SEQUENTIAL);
		assertThat(local.count()).isEqualTo(2);
	}

	@Test
	void waitsAreTimedAndCounted() {
		LockHandle held = this.replica.lock("contended").async().lock().join();
		CompletableFuture<LockHandle> next = this.replica.lock("contended").async().lock();
		assertThat(this.registry.get("atomix.waits.active").tag("type", "lock").gauge().value()).isEqualTo(1);
		assertThat(this.replica.lock("contended").async().tryLock().join()).isEqualTo(Optional.empty());
		held.unlock();
		next.join().unlock();
		assertThat(timer("atomix.waits", "type", "lock", "outcome", "success").count()).isEqualTo(2);
		assertThat(timer("atomix.waits", "type", "lock", "outcome", "refused").count()).isEqualTo(1);
		assertThat(this.registry.get("atomix.waits.active").tag("type", "lock").gauge().value()).isZero();
	}

	@Test
	void namesOfPrimitivesAreNoTags() {
		this.replica.atomicLong("secret-name").incrementAndGet();
		assertThat(this.registry.getMeters()).hasSizeGreaterThan(30)
			.allSatisfy((meter) -> assertThat(meter.getId().toString()).doesNotContain("secret-name"));
	}

	@Test
	void memberShowsConsensusLogAndGateway() {
		this.replica.atomicLong("n").incrementAndGet();
		assertThat(value("atomix.member.running")).isEqualTo(1);
		assertThat(value("atomix.raft.leader")).isEqualTo(1);
		assertThat(value("atomix.raft.leader.known")).isEqualTo(1);
		assertThat(value("atomix.raft.term")).isPositive();
		assertThat(value("atomix.raft.log.last.index")).isPositive();
		assertThat(value("atomix.raft.log.applied.index")).isPositive();
		assertThat(value("atomix.session.connected")).isEqualTo(1);
		// Another test has stopped the member: if it could not say so its session ends
		// later.
		await().atMost(PATIENCE).until(() -> value("atomix.sessions.open") == 1);
		assertThat(value("atomix.gateway.serving")).isEqualTo(1);
		assertThat(this.registry.get("atomix.gateway.entries").functionCounter().count()).isPositive();
		assertThat(this.registry.get("atomix.gateway.submissions").functionCounter().count()).isPositive();
		assertThat(this.registry.get("atomix.gateway.entry.bytes").functionCounter().count()).isPositive();
		this.replica.takeSnapshot().join();
		assertThat(this.registry.get("atomix.snapshots").functionTimer().count()).isPositive();
		assertThat(value("atomix.snapshot.size")).isPositive();
		assertThat(value("atomix.raft.snapshot.index")).isPositive();
	}

	@Test
	void metersOfRatisAreThereWhileTheServerIs() {
		this.replica.atomicLong("n").incrementAndGet();
		FunctionTimer flushes = this.registry.get("atomix.ratis.log.worker.flush.time").functionTimer();
		await().atMost(PATIENCE).until(() -> flushes.count() > 0);
		this.replica.stop();
		assertThat(ratis()).isEmpty();
		this.replica.start();
		this.replica.atomicLong("n").incrementAndGet();
		await().atMost(PATIENCE)
			.until(() -> this.registry.get("atomix.ratis.log.worker.flush.time").functionTimer().count() > 0);
		assertThat(this.registry.get("atomix.session.changes").tag("state", "closed").counter().count()).isEqualTo(1);
	}

	@Test
	void nothingIsMeasuredAfterClose() {
		this.metrics.close();
		this.replica.value("v", String.class).set("w");
		assertThat(this.registry.find("atomix.operations").tag("type", "value").timers()).isEmpty();
		assertThat(this.registry.find("atomix.operations").tag("type", "value").timer()).isNull();
	}

	@Test
	void metersOutliveACollectionOfGarbage() {
		WeakReference<Object> garbage = new WeakReference<>(new Object());
		await().atMost(PATIENCE).until(() -> {
			System.gc();
			return garbage.get() == null;
		});
		assertThat(this.registry.getMeters()).allSatisfy((meter) -> {
			if (meter instanceof Gauge gauge && !meter.getId().getName().startsWith("atomix.ratis.")) {
				assertThat(gauge.value()).as(meter.getId().getName()).isNotNaN();
			}
		});
	}

	@Test
	void bindingTwiceCountsOnce() {
		this.metrics.bindTo(this.registry);
		this.replica.value("twice", String.class).set("a");
		Timer commands = timer("atomix.operations", "kind", "command", "type", "value", "outcome", "success");
		long before = commands.count();
		this.replica.value("twice", String.class).set("b");
		assertThat(commands.count()).isEqualTo(before + 1);
	}

	@Test
	void ratisIsLeftAloneWhenNotWanted() {
		SimpleMeterRegistry other = new SimpleMeterRegistry();
		try (AtomixMetrics withoutRatis = new AtomixMetrics(this.replica, false)) {
			withoutRatis.bindTo(other);
			assertThat(other.getMeters()).extracting((meter) -> meter.getId().getName())
				.noneMatch((name) -> name.startsWith("atomix.ratis."));
		}
	}

	private List<Meter> ratis() {
		return this.registry.getMeters()
			.stream()
			.filter((meter) -> meter.getId().getName().startsWith("atomix.ratis."))
			.toList();
	}

	private Timer timer(String name, String... tags) {
		return this.registry.get(name).tags(tags).timer();
	}

	private double value(String gauge) {
		return this.registry.get(gauge).gauge().value();
	}

}
