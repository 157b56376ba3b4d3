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

package io.github.atomixspring;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.primitive.AtomixException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A long run in which sessions come and go, half of them without a word and with a lock
 * in their hands, times to live end, and a member is killed and started again each
 * minute: what all this needs must not grow. {@code -Dsoak.minutes} says how long.
 */
@Tag("long")
class SoakIntegrationTests {

	private static final String[] ALL = { "n1", "n2", "n3" };

	private static final int MINUTES = Integer.getInteger("soak.minutes", 30);

	/**
	 * After which what was used is compared with what is used in the end.
	 */
	private static final int WARM = Math.max(1, Math.min(5, MINUTES / 2));

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final long HEAP = 24 << 20;

	private static final int THREADS = 25;

	private static final long DISK = 8 << 20;

	private static final int SESSIONS = 40;

	private static final int KEYS = 500;

	private static final long PACE = Duration.ofMillis(20).toNanos();

	@TempDir
	private Path directory;

	private final AtomicBoolean over = new AtomicBoolean();

	private final AtomicInteger guests = new AtomicInteger();

	private final AtomicInteger writes = new AtomicInteger();

	private final AtomicInteger failures = new AtomicInteger();

	@Test
	void nothingGrowsWhileSessionsComeAndGoAndMembersRestart() {
		try (Replicas replicas = new Replicas("soak", this.directory, ALL.length);
				AtomixClient resident = client(replicas, "resident")) {
			Stream.of(ALL).forEach((id) -> replicas.start(id, ALL));
			Stream.of(ALL).forEach(replicas::awaitMember);
			resident.start();
			List<Thread> threads = List.of(new Thread(() -> write(resident), "soak-writer"),
					new Thread(() -> visit(replicas), "soak-guests"));
			threads.forEach(Thread::start);
			List<Usage> usages = new ArrayList<>();
			try {
				for (int minute = 1; minute <= MINUTES; minute++) {
					pause();
					String id = ALL[minute % ALL.length];
					replicas.replica(id).terminate();
					replicas.stop(id);
					replicas.start(id, ALL);
					replicas.awaitMember(id);
					usages.add(usage(replicas, resident));
					System.out.println("MEASURED soak, minute " + minute + ": " + usages.get(usages.size() - 1));
				}
			}
			finally {
				this.over.set(true);
				threads.forEach(SoakIntegrationTests::join);
			}
			System.out.println(
					"MEASURED soak: guests " + this.guests + ", writes " + this.writes + ", failed " + this.failures);
			Usage early = usages.get(WARM - 1);
			Usage last = usages.get(MINUTES - 1);
			assertThat(last.heap()).isLessThan(early.heap() + HEAP);
			assertThat(last.threads()).isLessThan(early.threads() + THREADS);
			assertThat(usages).allSatisfy((usage) -> {
				assertThat(usage.disks()).allMatch((disk) -> disk < DISK);
				assertThat(usage.sessions()).isLessThan(SESSIONS);
			});
			assertThat(this.guests.get()).isGreaterThan(MINUTES * 10);
			assertThat(this.writes.get()).isGreaterThan(MINUTES * 100);
		}
	}

	private static AtomixClient client(Replicas replicas, String name) {
		List<Member> members = Stream.of(ALL).map(replicas::member).toList();
		return AtomixClient.builder()
			.clusterName("soak")
			.nodeId(name)
			.members(members)
			.sessionTimeout(Duration.ofSeconds(3))
			.build();
	}

	private void write(AtomixClient resident) {
		DistributedMap<String, byte[]> map = resident.map("values", String.class, byte[].class);
		for (int i = 0; !this.over.get(); i++) {
			String key = "key" + i % KEYS;
			attempt(() -> {
				map.put(key, new byte[200], Duration.ofSeconds(2));
				resident.atomicLong("count").incrementAndGet();
				this.writes.incrementAndGet();
			});
			// The load is to go on for long, not to be great.
			LockSupport.parkNanos(PACE);
		}
	}

	private void visit(Replicas replicas) {
		for (int i = 0; !this.over.get(); i++) {
			AtomixClient guest = client(replicas, "guest" + i);
			boolean polite = i % 2 == 0;
			try {
				guest.start();
				attempt(() -> {
					guest.map("values", String.class, byte[].class).addListener((event) -> {
					});
					guest.group("guests").join();
					DistributedLock lock = guest.lock("shared");
					if (lock.tryLock(Duration.ofSeconds(1)) && polite) {
						lock.unlock();
					}
					this.guests.incrementAndGet();
				});
				if (!polite) {
					guest.terminate(() -> {
					});
				}
			}
			finally {
				guest.close();
			}
		}
	}

	private void attempt(Attempt attempt) {
		try {
			attempt.run();
		}
		catch (AtomixException ex) {
			// A member was just killed.
			this.failures.incrementAndGet();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void pause() {
		Awaitility.await().pollDelay(MINUTE).atMost(MINUTE.plus(MINUTE)).until(() -> true);
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Usage usage(Replicas replicas, Atomix node) {
		System.gc();
		return new Usage(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
				ManagementFactory.getThreadMXBean().getThreadCount(),
				Stream.of(ALL).map((id) -> size(this.directory.resolve(id).toFile())).toList(), node.sessions().size(),
				node.primitives().size());
	}

	/**
	 * Returns the size of what is there, while files come and go.
	 */
	private static long size(File file) {
		File[] files = file.listFiles();
		return (files != null) ? Stream.of(files).mapToLong(SoakIntegrationTests::size).sum() : file.length();
	}

	/**
	 * Something that may fail.
	 */
	private interface Attempt {

		void run() throws InterruptedException;

	}

	/**
	 * What everything together uses.
	 *
	 * @param heap the bytes on the heap after a collection
	 * @param threads the number of threads
	 * @param disks the bytes in the directory of each member
	 * @param sessions how many sessions are open
	 * @param primitives how many primitives there are
	 */
	private record Usage(long heap, int threads, List<Long> disks, int sessions, int primitives) {

	}

}
