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

package io.github.atomixspring.faulttolerance;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.lock.Locks;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.session.Sessions;
import io.github.atomixspring.testing.TestCluster;
import io.github.atomixspring.transaction.TransactionResult.Status;
import io.github.atomixspring.transaction.TransactionService;
import io.github.atomixspring.transaction.Transactions;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;
import io.github.atomixspring.value.LongOptions;
import io.github.atomixspring.value.ValueEvent;
import io.github.atomixspring.value.ValueOptions;
import io.github.atomixspring.value.Values;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holders of a lock that write under it and go on doing so after they were cut off.
 */
@Tag("fault")
class GuardedWritesIntegrationTests {

	private static final int CYCLES = 2;

	/**
	 * Who is not cut off keeps what it has, also if the machine stands still for a while.
	 * It would leave a silent leader later if it lived longer.
	 */
	private static final Duration PATIENT = Duration.ofSeconds(10);

	/**
	 * Who is cut off must have written before, and lose what it has.
	 */
	private static final Duration LIFE = Duration.ofSeconds(5);

	@Test
	void holderThatWasCutOffWritesNothingAfterTheNextOneDid() throws Exception {
		ExecutorService pool = Executors.newCachedThreadPool();
		try (Nodes nodes = Nodes.start();
				SessionClient observing = nodes.newSession(Nodes.CLIENT + "-observer", PATIENT, TestCluster.PATIENCE)) {
			List<Long> seen = new CopyOnWriteArrayList<>();
			Writer observer = new Writer(observing);
			observer.value.addListener((event) -> {
				assertThat(event.type()).isEqualTo(ValueEvent.Type.UPDATED);
				seen.add(event.newValue());
			});
			int stale = 0;
			for (int cycle = 0; cycle < CYCLES; cycle++) {
				String leader = nodes.cluster().awaitLeader();
				// Once the leader itself, whose commits are already in its log.
				String holder = (cycle % 2 == 0) ? leader : nodes.others(leader).get(0);
				String other = nodes.others(holder).get(1);
				try (SessionClient first = nodes.newSession(holder, LIFE);
						SessionClient second = nodes.newSession(other, PATIENT, TestCluster.PATIENCE)) {
					stale += cutOff(nodes, holder, new Writer(first), new Writer(second), seen, pool);
				}
			}
			nodes.awaitEqualDigests();
			long count = observer.count.get();
			Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> seen.size() == count);
			System.out.printf(">> %d guarded writes by %d holders, %d stale ones refused%n", seen.size(),
					seen.stream().distinct().count(), stale);
			assertThat(seen).isSorted();
			assertThat(seen.stream().distinct()).hasSize(2 * CYCLES);
			assertThat(stale).isEqualTo(CYCLES);
		}
		finally {
			pool.shutdownNow();
		}
	}

	private static int cutOff(Nodes nodes, String holder, Writer first, Writer second, List<Long> seen,
			ExecutorService pool) throws Exception {
		LockHandle handle = first.lock.async().lock().get(60, TimeUnit.SECONDS);
		AtomicInteger stale = new AtomicInteger();
		AtomicBoolean stopped = new AtomicBoolean();
		Future<?> writing = pool.submit(() -> first.writeUntilStale(handle.fencingToken(), stale, stopped));
		Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> seen.contains(handle.fencingToken()));
		CompletableFuture<LockHandle> rival = second.lock.async().lock();
		nodes.isolate(holder);
		LockHandle next = rival.get(60, TimeUnit.SECONDS);
		Future<?> writingNext = pool.submit(() -> second.writeUntilStale(next.fencingToken(), stale, stopped));
		Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> seen.contains(next.fencingToken()));
		nodes.heal(holder);
		// The first one does not look at its handle and goes on until it is refused.
		Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> stale.get() > 0 || !isSorted(seen));
		stopped.set(true);
		writing.get(120, TimeUnit.SECONDS);
		writingNext.get(120, TimeUnit.SECONDS);
		next.unlock().get(60, TimeUnit.SECONDS);
		nodes.cluster().awaitLeader();
		nodes.awaitSessions();
		return stale.get();
	}

	private static boolean isSorted(List<Long> tokens) {
		// Looked at once: more are added meanwhile.
		List<Long> seen = List.copyOf(tokens);
		return seen.stream().sorted().toList().equals(seen);
	}

	/**
	 * Writes on one node.
	 */
	private static final class Writer {

		private final TransactionService transactions;

		private final DistributedLock lock;

		private final DistributedValue<Long> value;

		private final DistributedLong count;

		Writer(SessionClient session) {
			this.transactions = Transactions.create(Sessions.single(session));
			this.lock = Locks.create(session, "lock", () -> {
			});
			this.value = Values.createValue(session, "value", ValueOptions.of(Codecs.longs()), () -> {
			});
			this.count = Values.createLong(session, "count", LongOptions.defaults(), () -> {
			});
		}

		void writeUntilStale(long token, AtomicInteger stale, AtomicBoolean stopped) {
			while (!stopped.get()) {
				try {
					Status status = this.transactions.async().execute((tx) -> {
						tx.requireLock(this.lock, token);
						tx.value(this.value).set(token);
						tx.atomicLong(this.count).add(1);
						return "";
					}).get(90, TimeUnit.SECONDS).status();
					if (status == Status.STALE_GUARD) {
						stale.incrementAndGet();
						return;
					}
				}
				catch (ExecutionException ex) {
					assertThat(ex).hasCauseInstanceOf(AtomixException.class);
				}
				catch (Exception ex) {
					throw new AssertionError(ex);
				}
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
			}
		}

	}

}
