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

package io.github.atomixspring.spring.cache;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.boot.autoconfigure.FreePort;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.spring.shedlock.AtomixLockProvider;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.cache.Cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of caches and of the locks of ShedLock on three members that lose their leader.
 */
class CacheClusterIntegrationTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final List<AtomixReplica> replicas = new ArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@BeforeEach
	void start(@TempDir Path directory) {
		List<Member> members = new ArrayList<>();
		for (String id : List.of("n1", "n2", "n3")) {
			members.add(new Member(id, "127.0.0.1", FreePort.find()));
		}
		members.forEach((member) -> this.replicas.add(AtomixReplica.builder()
			.nodeId(member.id())
			.members(members)
			.storageDirectory(directory.resolve(member.id()))
			.build()));
		this.replicas.forEach(AtomixReplica::start);
		await().atMost(PATIENCE)
			.until(() -> this.replicas.stream()
				.allMatch((replica) -> replica.session().state() == SessionState.CONNECTED));
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.replicas.forEach(AtomixReplica::close);
	}

	@Test
	void loadsAndLocksOutliveTheLeader() throws Exception {
		String leader = await().atMost(PATIENCE)
			.until(() -> this.replicas.get(0).status().leader(), (id) -> id != null);
		List<AtomixReplica> others = this.replicas.stream()
			.filter((replica) -> !replica.status().node().equals(leader))
			.toList();
		List<Cache> caches = others.stream().map(CacheClusterIntegrationTests::cache).toList();
		List<AtomixLockProvider> locks = others.stream().map(AtomixLockProvider::new).toList();
		AtomicInteger loads = new AtomicInteger();
		CountDownLatch loading = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		Future<Object> loaded = this.threads.submit(() -> caches.get(0).get("tea", () -> {
			loading.countDown();
			end.await();
			return "green " + loads.incrementAndGet();
		}));
		loading.await();
		Future<Object> waited = this.threads
			.submit(() -> caches.get(1).get("tea", () -> "green " + loads.incrementAndGet()));
		SimpleLock lock = lock(locks.get(0)).orElseThrow();
		this.replicas.stream().filter((replica) -> !others.contains(replica)).forEach(AtomixReplica::stop);
		assertThat(lock(locks.get(1))).isEmpty();
		end.countDown();
		assertThat(loaded.get()).isEqualTo("green 1");
		assertThat(waited.get()).isEqualTo("green 1");
		assertThat(caches.get(1).get("tea", String.class)).isEqualTo("green 1");
		lock.unlock();
		assertThat(lock(locks.get(1))).isPresent();
	}

	private static Cache cache(AtomixReplica replica) {
		Cache cache = AtomixCacheManager.builder(replica).build().getCache("teas");
		assertThat(cache).isNotNull();
		return cache;
	}

	private static Optional<SimpleLock> lock(AtomixLockProvider provider) {
		return provider
			.lock(new LockConfiguration(ClockProvider.now(), "report", Duration.ofMinutes(5), Duration.ZERO));
	}

}
