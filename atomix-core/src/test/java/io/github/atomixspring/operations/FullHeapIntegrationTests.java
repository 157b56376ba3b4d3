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

package io.github.atomixspring.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.link.ClientConnector;
import io.github.atomixspring.link.Link;
import io.github.atomixspring.link.LinkHandler;
import io.github.atomixspring.lock.AsyncDistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.InsufficientMemoryException;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.testing.FreePorts;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The process of a member with a small heap that gets too much: it says so, lives, and
 * goes on when there is memory again.
 */
@Tag("fault")
@Tag("long")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FullHeapIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/**
	 * How many operations are on their way at a time.
	 */
	private static final int WINDOW = 8;

	@TempDir
	private Path directory;

	private Member member;

	private @Nullable MemberProcess process;

	private @Nullable AtomixClient client;

	@BeforeEach
	void findPort() {
		this.member = new Member("n1", "127.0.0.1", FreePorts.find(1).get(0));
	}

	@AfterEach
	void stop() {
		if (this.client != null) {
			this.client.close();
		}
		if (this.process != null) {
			this.process.kill();
		}
	}

	private AtomixClient start(String collector) throws IOException {
		this.process = MemberProcess.start(this.member.id(), System.getProperty("java.class.path"),
				this.directory.resolve("data"), this.member.id() + "=" + this.member.address(), new Ledger(),
				"-XX:+Use" + collector + "GC", "-XX:+ExitOnOutOfMemoryError");
		AtomixClient started = AtomixClient.builder()
			.clusterName("upgrade")
			.nodeId("client")
			.members(List.of(this.member))
			.operationTimeout(Duration.ofSeconds(30))
			.build();
		this.client = started;
		started.start();
		Awaitility.await().atMost(PATIENCE).until(this.process::takesPart);
		return started;
	}

	private static byte[] value(int bytes) {
		return new byte[bytes];
	}

	/**
	 * Performs operations one after the other, some at a time.
	 * @return the failure that ended it, or null after the last one
	 */
	private static @Nullable Throwable perform(int count, IntFunction<CompletableFuture<?>> operation)
			throws InterruptedException {
		Queue<CompletableFuture<?>> pending = new ArrayDeque<>();
		Throwable failure = null;
		for (int i = 0; (i < count && failure == null) || !pending.isEmpty();) {
			if (i < count && failure == null && pending.size() < WINDOW) {
				pending.add(operation.apply(i++));
				continue;
			}
			try {
				pending.remove().get();
			}
			catch (ExecutionException ex) {
				failure = (failure != null) ? failure : ex.getCause();
			}
		}
		return failure;
	}

	@ParameterizedTest
	@CsvSource({ "G1, 10, 500", "G1, 1000000, 1", "G1, 100000, 4", "Serial, 10, 500", "Serial, 100000, 4",
			"Parallel, 1000, 100" })
	void writesAreRefusedBeforeTheHeapIsFull(String collector, int bytes, int entries) throws Exception {
		AtomixClient started = start(collector);
		DistributedMap<Integer, byte[]> map = started.map("map", Integer.class, byte[].class);
		assertThat(map.isEmpty()).isTrue();
		long session = started.session().id();
		Throwable refusal = perform(10_000_000 / entries, (i) -> {
			Map<Integer, byte[]> batch = new HashMap<>();
			for (int key = i * entries; key < (i + 1) * entries; key++) {
				batch.put(key, value(bytes));
			}
			return map.async().putAll(batch);
		});
		assertThat(refusal).isInstanceOf(InsufficientMemoryException.class)
			.hasMessageContaining("'n1'")
			.hasMessageContaining("atomix.memory.max-heap-use");
		int size = map.size();
		System.out.printf(">> %s: full with %d entries of %d bytes: %s%n", collector, size, bytes,
				refusal.getMessage());
		Awaitility.await().atMost(PATIENCE).until(() -> view().contains("atomix.memory.max-heap-use"));
		assertThat(view()).startsWith("RUNNING LEADER");
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		while (System.nanoTime() - end < 0) {
			assertThatExceptionOfType(AtomixException.class).isThrownBy(() -> map.put(-1, value(bytes)))
				.isInstanceOf(InsufficientMemoryException.class);
			assertThat(map.get(0)).hasSize(bytes);
		}
		assertThat(map.size()).isEqualTo(size);
		if (size > 100_000) {
			map.clear();
		}
		else {
			// One here and one there, which leaves holes everywhere.
			assertThat(perform(size / 3, (i) -> map.async().remove(3 * i))).isNull();
		}
		long removed = System.nanoTime();
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(100))
			.ignoreException(InsufficientMemoryException.class)
			.until(() -> map.put(-1, value(bytes)) == null);
		System.out.printf(">> %s: writes went on after %d ms%n", collector,
				TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - removed));
		assertThat(perform(Math.min(size / 16, 10_000), (i) -> map.async().put(3 * i, value(bytes)))).isNull();
		assertThat(started.session().id()).isEqualTo(session);
		assertThat(view()).startsWith("RUNNING LEADER").endsWith("null");
	}

	@Test
	void waitersHaveALimit() throws Exception {
		AtomixClient started = start("G1");
		AsyncDistributedLock lock = started.lock("lock").async();
		LockHandle held = lock.lock().get(30, TimeUnit.SECONDS);
		Throwable failure = null;
		for (int i = 0; i < 101_000 && failure == null; i++) {
			CompletableFuture<LockHandle> waiting = lock.lock();
			if (i % 1000 == 0) {
				lock.queueLength().get(30, TimeUnit.SECONDS);
				failure = waiting.isCompletedExceptionally() ? waiting.handle((handle, ex) -> ex).join() : null;
			}
		}
		assertThat(failure).isInstanceOfAny(LimitExceededException.class, InsufficientMemoryException.class);
		System.out.println(">> waiters: " + lock.queueLength().get() + ": " + failure.getMessage());
		assertThat(view()).startsWith("RUNNING LEADER");
		held.close();
	}

	@Test
	void sessionsHaveALimit() throws Exception {
		AtomixClient started = start("G1");
		Openings openings = new Openings();
		try (ClientConnector connector = new ClientConnector("many", List.of(this.member), null)) {
			Link link = connector.connect(openings);
			link.send(new ClientFrame.Hello(1, "upgrade", null, "many", 1));
			for (int i = 1; i <= 100_000; i++) {
				link.send(new ClientFrame.Open("token-" + i, "many", TimeUnit.MINUTES.toMillis(10)));
				int least = i - 500;
				if (i % 500 == 0) {
					Awaitility.await().atMost(PATIENCE).until(() -> openings.opened.get() >= least);
				}
			}
			assertThat(openings.busy.get(60, TimeUnit.SECONDS)).contains("Too many sessions");
		}
		System.out.println(">> sessions: " + openings.opened.get());
		assertThat(started.atomicLong("n").incrementAndGet()).isOne();
		assertThat(view()).startsWith("RUNNING LEADER").endsWith("null");
	}

	private String view() {
		return (this.process != null) ? this.process.view() : "";
	}

	/**
	 * Counts what is opened over one link.
	 */
	private static final class Openings implements LinkHandler {

		private final AtomicInteger opened = new AtomicInteger();

		private final CompletableFuture<String> busy = new CompletableFuture<>();

		@Override
		public void received(ServerFrame frame) {
			if (frame instanceof ServerFrame.Opened) {
				this.opened.incrementAndGet();
			}
			else if (frame instanceof ServerFrame.Busy refusal) {
				this.busy.complete(refusal.reason());
			}
		}

		@Override
		public void closed(@Nullable Throwable cause) {
			this.busy.completeExceptionally(new IllegalStateException("The link was closed", cause));
		}

	}

}
