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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.spring.testing.Cable;
import io.github.atomixspring.spring.testing.OneMember;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.cache.Cache.ValueWrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what {@link AtomixCache} loads: once in the whole cluster.
 */
class AtomixCacheLoadTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static OneMember cluster;

	private static List<Atomix> nodes;

	private static ExecutorService threads;

	private final String name = UUID.randomUUID().toString();

	@BeforeAll
	static void start() {
		cluster = OneMember.start();
		nodes = List.of(cluster.node(), cluster.client("c1"), cluster.client("c2"));
		threads = Executors.newCachedThreadPool();
	}

	@AfterAll
	static void stop() {
		threads.shutdownNow();
		cluster.close();
	}

	private AtomixCache cache(Atomix node, Duration loadTimeout) {
		Cache cache = AtomixCacheManager.builder(node)
			.cache(this.name, AtomixCacheOptions.defaults().withLoadTimeout(loadTimeout))
			.build()
			.getCache(this.name);
		assertThat(cache).isInstanceOf(AtomixCache.class);
		return (AtomixCache) cache;
	}

	private List<AtomixCache> caches() {
		return nodes.stream().map((node) -> cache(node, PATIENCE)).toList();
	}

	@Test
	void valueIsLoadedOnceInTheWholeCluster() throws Exception {
		List<AtomixCache> caches = caches();
		AtomicInteger loads = new AtomicInteger();
		for (int round = 0; round < 10; round++) {
			String key = "tea" + round;
			List<Future<Integer>> results = new ArrayList<>();
			CountDownLatch begin = new CountDownLatch(1);
			for (AtomixCache cache : caches) {
				for (int i = 0; i < 3; i++) {
					results.add(threads.submit(() -> {
						begin.await();
						return cache.<Integer>get(key, loads::incrementAndGet);
					}));
				}
				results.add(threads.submit(() -> {
					begin.await();
					return cache.retrieve(key, () -> CompletableFuture.supplyAsync(loads::incrementAndGet)).get();
				}));
			}
			begin.countDown();
			for (Future<Integer> result : results) {
				assertThat(result.get()).isEqualTo(round + 1);
			}
			assertThat(loads).hasValue(round + 1);
		}
		await().untilAsserted(() -> assertThat(nodes.get(0).primitives())
			.noneMatch((primitive) -> primitive.name().startsWith("cache:" + this.name + "/")));
	}

	@Test
	void anotherNodeLoadsWhenTheLoaderFails() throws Exception {
		List<AtomixCache> caches = caches();
		CountDownLatch loading = new CountDownLatch(1);
		CountDownLatch fail = new CountDownLatch(1);
		Future<Object> failing = threads.submit(() -> caches.get(0).get("tea", () -> {
			loading.countDown();
			fail.await();
			throw new IllegalStateException("no tea");
		}));
		loading.await();
		FutureTask<Object> sameNode = new FutureTask<>(() -> caches.get(0).get("tea", () -> "not called"));
		Thread waiting = new Thread(sameNode);
		waiting.start();
		Future<Object> otherNode = threads.submit(() -> caches.get(1).get("tea", () -> "green"));
		awaitMiss(caches.get(0), 2);
		await().atMost(PATIENCE).until(() -> waiting.getState() == Thread.State.WAITING);
		awaitMiss(caches.get(1), 1);
		assertThat(otherNode.isDone()).isFalse();
		fail.countDown();
		for (Future<Object> failed : List.of(failing, sameNode)) {
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(failed::get)
				.havingCause()
				.isInstanceOf(ValueRetrievalException.class)
				.havingCause()
				.withMessage("no tea");
		}
		assertThat(otherNode.get()).isEqualTo("green");
		assertValue(caches.get(0), "tea", "green");
	}

	@Test
	void valueThatWasEvictedWhileItWasLoadedDoesNotComeBack() throws Exception {
		List<AtomixCache> caches = caches();
		AtomixCache loader = caches.get(1);
		AtomixCache other = caches.get(2);
		assertThat(loadMeanwhile(loader, "evicted", () -> other.evict("evicted"))).isEqualTo("old");
		assertThat(other.get("evicted")).isNull();
		assertThat(loadMeanwhile(loader, "cleared", other::clear)).isEqualTo("old");
		assertThat(other.get("cleared")).isNull();
		assertThat(loadMeanwhile(loader, "put", () -> other.put("put", "new"))).isEqualTo("old");
		assertValue(other, "put", "new");
		assertThat(loadMeanwhile(loader, "absent", () -> assertThat(other.putIfAbsent("absent", "new")).isNull()))
			.isEqualTo("old");
		assertValue(other, "absent", "new");
	}

	@Test
	void whoAsksAfterTheEvictionDoesNotShareWhatWasLoadedBefore() throws Exception {
		AtomixCache cache = caches().get(0);
		CountDownLatch loading = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		Future<Object> before = threads.submit(() -> cache.get("tea", () -> {
			loading.countDown();
			end.await();
			return "old";
		}));
		loading.await();
		cache.evict("tea");
		CompletableFuture<String> async = cache.retrieve("tea", () -> CompletableFuture.completedFuture("new"));
		FutureTask<Object> after = new FutureTask<>(() -> cache.get("tea", () -> "new"));
		Thread waiting = new Thread(after);
		waiting.start();
		awaitMiss(cache, 3);
		await().atMost(PATIENCE).until(() -> waiting.getState() == Thread.State.WAITING);
		end.countDown();
		assertThat(before.get()).isEqualTo("old");
		assertThat(after.get()).isEqualTo("new");
		assertThat(async.get()).isEqualTo("new");
		assertValue(cache, "tea", "new");
	}

	private Object loadMeanwhile(AtomixCache cache, String key, Runnable action) {
		return cache.get(key, () -> {
			assertThat(cache.get(key)).isNull();
			assertThat(cache.evictIfPresent("other")).isFalse();
			action.run();
			return "old";
		});
	}

	@Test
	void waitForALoadIsLimited() throws Exception {
		AtomixCache loader = caches().get(0);
		CountDownLatch loading = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		Future<Object> loaded = threads.submit(() -> loader.get("tea", () -> {
			loading.countDown();
			end.await();
			return "green";
		}));
		loading.await();
		AtomixCache impatient = cache(nodes.get(1), Duration.ofMillis(200));
		assertThatExceptionOfType(CacheLoadTimeoutException.class)
			.isThrownBy(() -> impatient.get("tea", () -> "not called"))
			.withMessageContaining("200 ms");
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> impatient.retrieve("tea", () -> CompletableFuture.completedFuture("not called")).get())
			.withCauseInstanceOf(CacheLoadTimeoutException.class);
		end.countDown();
		assertThat(loaded.get()).isEqualTo("green");
		assertValue(impatient, "tea", "green");
	}

	@Test
	void loaderMayAskForWhatItLoads() {
		AtomixCache cache = caches().get(0);
		assertThat(cache.<String>get("tea", () -> cache.<String>get("tea", () -> "green") + " tea"))
			.isEqualTo("green tea");
		assertValue(cache, "tea", "green tea");
	}

	@Test
	void loaderMayLoadAnother() {
		AtomixCache cache = caches().get(0);
		assertThat(cache.<String>get("tea", () -> cache.<String>get("kind", () -> "green") + " tea"))
			.isEqualTo("green tea");
		assertValue(cache, "kind", "green");
	}

	@Test
	void interruptionDoesNotEndALoadAndIsKept() {
		AtomixCache cache = caches().get(1);
		Thread.currentThread().interrupt();
		assertThat(cache.<String>get("tea", () -> "green")).isEqualTo("green");
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void nextOneLoadsWhenTheLoaderIsCutOff() throws Exception {
		try (Cable cable = new Cable(cluster.port())) {
			Atomix lost = cluster.client("lost", cable.port(), Duration.ofSeconds(6), Duration.ofSeconds(10));
			AtomixCache loader = cache(lost, PATIENCE);
			AtomixCache next = cache(nodes.get(1), PATIENCE);
			CountDownLatch loading = new CountDownLatch(1);
			CountDownLatch end = new CountDownLatch(1);
			Future<Object> late = threads.submit(() -> loader.get("tea", () -> {
				loading.countDown();
				end.await();
				return "late";
			}));
			loading.await();
			Future<Object> loaded = threads.submit(() -> next.get("tea", () -> "next"));
			awaitMiss(next, 1);
			assertThat(loaded.isDone()).isFalse();
			cable.cut();
			assertThat(loaded.get()).isEqualTo("next");
			end.countDown();
			// It cannot store its value, and has it.
			assertThat(late.get()).isEqualTo("late");
			assertValue(next, "tea", "next");
			cable.mend();
			await().atMost(PATIENCE).until(() -> lost.session().state() == SessionState.CONNECTED);
			assertValue(loader, "tea", "next");
		}
	}

	private static void awaitMiss(AtomixCache cache, int misses) {
		await().atMost(PATIENCE).until(() -> cache.counters().misses() >= misses);
	}

	private static void assertValue(AtomixCache cache, String key, Object value) {
		assertThat(cache.get(key)).extracting(ValueWrapper::get).isEqualTo(value);
	}

}
