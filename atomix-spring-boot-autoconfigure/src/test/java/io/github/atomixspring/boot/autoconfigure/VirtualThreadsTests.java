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

package io.github.atomixspring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.event.LeadershipGrantedEvent;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;
import org.springframework.core.task.VirtualThreadTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests with virtual threads, which Java has since 21.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsTests {

	@TempDir
	private Path directory;

	@Test
	void codeOfTheApplicationRunsOnVirtualThreads() {
		run((context) -> {
			Everything.use(context);
			Set<Thread> listeners = ConcurrentHashMap.newKeySet();
			DistributedMap<String, String> map = context.getBean(Atomix.class).map("seen", String.class, String.class);
			map.addListener((event) -> listeners.add(Thread.currentThread()));
			map.put("a", "b");
			await().atMost(Everything.PATIENCE).until(() -> !listeners.isEmpty());
			assertVirtual(listeners);
			Set<Thread> recorders = context.getBean(EventRecorder.class).threads;
			await().atMost(Everything.PATIENCE).until(() -> !recorders.isEmpty());
			assertVirtual(recorders);
			assertVirtual(context.getBean(Everything.Jobs.class).threads());
			assertVirtual(context.getBean(Everything.Listeners.class).threads());
		});
	}

	/**
	 * A wait that would hold on to the thread beneath would leave none for the holder.
	 */
	@Test
	void manyVirtualThreadsWaitForALock() {
		run((context) -> {
			DistributedLock lock = context.getBean(Atomix.class).lock("contended");
			Executor threads = new VirtualThreadTaskExecutor("waiting-");
			int waiting = 20 * Runtime.getRuntime().availableProcessors();
			List<Integer> order = new ArrayList<>();
			CountDownLatch held = new CountDownLatch(1);
			CountDownLatch release = new CountDownLatch(1);
			CompletableFuture<Void> holder = CompletableFuture.runAsync(() -> {
				lock.lock();
				try {
					held.countDown();
					release.await();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
				finally {
					lock.unlock();
				}
			}, threads);
			held.await();
			List<CompletableFuture<Void>> waits = IntStream.range(0, waiting)
				.mapToObj((number) -> CompletableFuture.runAsync(() -> {
					lock.lock();
					try {
						assertThat(lock.tryLock()).isTrue();
						order.add(number);
						lock.unlock();
					}
					finally {
						lock.unlock();
					}
				}, threads))
				.toList();
			await().atMost(Everything.PATIENCE).until(() -> lock.queueLength() == waiting);
			release.countDown();
			assertThat(holder).succeedsWithin(Everything.PATIENCE);
			assertThat(CompletableFuture.allOf(waits.toArray(CompletableFuture[]::new)))
				.succeedsWithin(Duration.ofMinutes(1));
			assertThat(order).hasSize(waiting).doesNotHaveDuplicates();
			assertThat(lock.isLocked()).isFalse();
		});
	}

	@Test
	void virtualThreadThatWaitsForALockCanBeInterrupted() {
		run((context) -> {
			DistributedLock lock = context.getBean(Atomix.class).lock("interrupted");
			lock.lock();
			CompletableFuture<Thread> started = new CompletableFuture<>();
			CompletableFuture<Throwable> thrown = new CompletableFuture<>();
			new VirtualThreadTaskExecutor("interrupted-").execute(() -> {
				started.complete(Thread.currentThread());
				try {
					lock.lockInterruptibly();
					thrown.completeExceptionally(new IllegalStateException("not interrupted"));
				}
				catch (InterruptedException ex) {
					thrown.complete(ex);
				}
			});
			await().atMost(Everything.PATIENCE).until(() -> lock.queueLength() == 1);
			started.join().interrupt();
			assertThat(thrown).succeedsWithin(Everything.PATIENCE);
			await().atMost(Everything.PATIENCE).until(() -> lock.queueLength() == 0);
			lock.unlock();
		});
	}

	private void run(ThrowingConsumer<AssertableApplicationContext> use) {
		new ApplicationContextRunner().withPropertyValues(Everything.PROPERTIES)
			.withPropertyValues("spring.threads.virtual.enabled=true", "atomix.storage.directory=" + this.directory,
					"atomix.node.address=127.0.0.1:" + FreePort.find())
			.withUserConfiguration(Everything.class)
			.withBean(EventRecorder.class)
			.run(use::accept);
	}

	private static void assertVirtual(Set<Thread> threads) {
		assertThat(threads).isNotEmpty()
			.allSatisfy((thread) -> assertThat(thread.toString()).startsWith("VirtualThread"));
	}

	static class EventRecorder {

		private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

		@EventListener
		void granted(LeadershipGrantedEvent event) {
			this.threads.add(Thread.currentThread());
		}

	}

}
