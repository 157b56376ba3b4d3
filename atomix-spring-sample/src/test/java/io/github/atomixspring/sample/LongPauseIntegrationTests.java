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

package io.github.atomixspring.sample;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for members that are frozen for longer than the consensus takes for a
 * pause.
 */
@Tag("long")
class LongPauseIntegrationTests {

	private static final Duration PAUSE = Duration.ofSeconds(70);

	private static final Duration RECOVERY = Duration.ofSeconds(60);

	private static final Duration LOAD = Duration.ofSeconds(3);

	private static final int CLIENTS = 8;

	@TempDir
	private Path root;

	@Test
	void counterIsExactAlthoughBothFollowersAreFrozen() throws Exception {
		// Longer than the pause: all operations are repeated until they are answered.
		try (SampleCluster cluster = new SampleCluster(this.root, "localhost",
				"--atomix.session.operation-timeout=150s")) {
			cluster.startAll();
			SampleProcess client = cluster.startClient();
			client.awaitHealthy(RECOVERY);
			SampleProcess leader = cluster.raftLeader();
			List<SampleProcess> followers = cluster.members()
				.stream()
				.map(cluster::process)
				.filter((process) -> process != leader)
				.toList();
			Set<Long> numbers = new ConcurrentSkipListSet<>();
			AtomicInteger acknowledged = new AtomicInteger();
			List<Reply> failed = new ArrayList<>();
			CountDownLatch stop = new CountDownLatch(1);
			List<CompletableFuture<Void>> adders = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				SampleProcess process = (i % 2 == 0) ? leader : client;
				adders.add(CompletableFuture.runAsync(() -> {
					while (stop.getCount() > 0) {
						Reply reply = process.postAsync("/counters/exact", PAUSE.multipliedBy(3)).join();
						if (reply.isOk()) {
							numbers.add(reply.number());
							acknowledged.incrementAndGet();
						}
						else {
							synchronized (failed) {
								failed.add(reply);
							}
						}
					}
				}, (task) -> new Thread(task).start()));
			}
			stop.await(LOAD.toSeconds(), TimeUnit.SECONDS);
			followers.forEach(SampleProcess::freeze);
			stop.await(PAUSE.toSeconds(), TimeUnit.SECONDS);
			int before = acknowledged.get();
			long resumed = System.nanoTime();
			followers.forEach(SampleProcess::resume);
			cluster.awaitSameState(RECOVERY);
			Limits.measured("both followers resumed after 70 s until all follow again", System.nanoTime() - resumed);
			stop.await(LOAD.toSeconds(), TimeUnit.SECONDS);
			stop.countDown();
			adders.forEach(CompletableFuture::join);
			long number = client.get("/counters/exact").number();
			System.out.println("MEASURED additions: " + before + " acknowledged when the followers were resumed, "
					+ acknowledged + " at the end, counter " + number + ", failed " + failed);
			assertThat(failed).isEmpty();
			assertThat(acknowledged.get()).isGreaterThan(before);
			assertThat(new TreeSet<>(numbers)).hasSize(acknowledged.get());
			assertThat(number).isEqualTo(acknowledged.get());
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void frozenMemberFollowsAgain(boolean leads) throws Exception {
		try (SampleCluster cluster = new SampleCluster(this.root, "localhost")) {
			cluster.startAll();
			SampleProcess leader = cluster.raftLeader();
			SampleProcess frozen = (leads) ? leader
					: cluster.members()
						.stream()
						.map(cluster::process)
						.filter((process) -> process != leader)
						.findFirst()
						.orElseThrow();
			SampleProcess other = cluster.members()
				.stream()
				.map(cluster::process)
				.filter((process) -> process != frozen)
				.findFirst()
				.orElseThrow();
			frozen.freeze();
			long end = System.nanoTime() + PAUSE.toNanos();
			int writes = 0;
			while (System.nanoTime() < end) {
				if (other.put("/map/key-" + writes, "value").isOk()) {
					writes++;
				}
			}
			long resumed = System.nanoTime();
			frozen.resume();
			cluster.awaitSameState(RECOVERY);
			Limits.measured("frozen " + ((leads) ? "leader" : "follower") + " resumed after 70 s until it follows, "
					+ writes + " writes behind", System.nanoTime() - resumed);
			assertThat(writes).isPositive();
			assertThat(frozen.get("/map/key-" + (writes - 1)).body()).isEqualTo("value");
			assertThat(frozen.put("/map/after", "pause").isOk()).isTrue();
		}
	}

}
