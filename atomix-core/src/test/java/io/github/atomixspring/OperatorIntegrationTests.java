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

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NotLeadingException;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.lock.LockLostException;
import io.github.atomixspring.metrics.RaftMetric;
import io.github.atomixspring.metrics.RaftMetricListener;
import io.github.atomixspring.metrics.ReplicaStatistics;
import io.github.atomixspring.testing.FreePorts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what operators look at and do, on three members.
 */
class OperatorIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final List<AtomixReplica> replicas = new ArrayList<>();

	@TempDir
	static Path directory;

	@BeforeAll
	static void start() {
		List<Integer> ports = FreePorts.find(3);
		List<Member> members = List.of(new Member("a", "127.0.0.1", ports.get(0)),
				new Member("b", "127.0.0.1", ports.get(1)), new Member("c", "127.0.0.1", ports.get(2)));
		for (Member member : members) {
			AtomixReplica replica = AtomixReplica.builder()
				.clusterName("operated")
				.nodeId(member.id())
				.members(members)
				// No pause of a busy machine makes a leader fall.
				.electionTimeout(Duration.ofSeconds(5))
				.operationTimeout(PATIENCE)
				.storageDirectory(directory.resolve(member.id()))
				.build();
			replicas.add(replica);
			replica.start();
		}
	}

	@AfterAll
	static void stop() {
		replicas.forEach(AtomixReplica::close);
	}

	@Test
	void leadershipIsTransferred() {
		AtomixReplica leader = leader();
		AtomixReplica follower = replicas.stream().filter((replica) -> replica != leader).findFirst().orElseThrow();
		String target = follower.status().node();
		await().atMost(PATIENCE).until(() -> transferred(leader, target));
		await().atMost(PATIENCE).until(() -> follower.status().role() == Role.LEADER);
		follower.atomicLong("after").incrementAndGet();
		assertThat(failure(leader.transferLeadership(target, Duration.ofSeconds(5))))
			.isInstanceOf(NotLeadingException.class)
			.hasMessageContaining("ask node '" + target + "'");
		assertThat(failure(leader.verifyDigests())).isInstanceOf(NotLeadingException.class);
		assertThat(failure(follower.transferLeadership("x", Duration.ofSeconds(5))))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("[a, b, c]");
		await().atMost(PATIENCE).until(() -> follower.statistics().gateway().serving() == 1);
		assertThat(follower.statistics().gateway().reigns()).isPositive();
	}

	private static boolean transferred(AtomixReplica leader, String target) {
		// A loaded machine may be too slow for one try.
		return leader.status().role() != Role.LEADER
				|| !leader.transferLeadership(target, Duration.ofSeconds(5)).handle((done, ex) -> ex != null).join();
	}

	@Test
	void digestsAreComputedOnDemand() {
		AtomixReplica leader = leader();
		leader.atomicLong("n").incrementAndGet();
		long index = leader.verifyDigests().join();
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(leader.clusterReport().members()).allSatisfy((report) -> {
				assertThat(report.status()).isNotNull();
				assertThat(report.status().digest()).isNotNull();
				assertThat(report.status().digest().index()).isGreaterThanOrEqualTo(index);
			}));
		assertThat(leader.clusterReport().hasDiverged()).isFalse();
	}

	@Test
	void snapshotIsTakenOnDemand() {
		AtomixReplica leader = leader();
		ReplicaStatistics before = leader.statistics();
		leader.atomicLong("n").incrementAndGet();
		long applied = leader.status().appliedIndex();
		long first = leader.takeSnapshot().join();
		assertThat(first).isGreaterThanOrEqualTo(applied);
		assertThat(leader.status().snapshotIndex()).isGreaterThanOrEqualTo(first);
		leader.atomicLong("n").incrementAndGet();
		assertThat(leader.takeSnapshot().join()).isGreaterThan(first);
		ReplicaStatistics.SnapshotStatistics after = leader.statistics().snapshots();
		assertThat(after.written()).isGreaterThanOrEqualTo(before.snapshots().written() + 2);
		assertThat(after.writeNanos()).isPositive();
		assertThat(after.bytes()).isPositive();
		assertThat(after.failed()).isZero();
	}

	@Test
	void lockIsTakenFromItsHolder() {
		DistributedLock lock = replicas.get(0).lock("stuck");
		List<Long> lost = new CopyOnWriteArrayList<>();
		lock.addLostListener((name, token) -> lost.add(token));
		lock.lock();
		long token = lock.fencingToken();
		CompletableFuture<LockHandle> next = replicas.get(1).lock("stuck").async().lock();
		await().atMost(PATIENCE).until(() -> lock.queueLength() == 1);
		assertThat(replicas.get(2).lock("stuck").forceUnlock(token - 1)).isFalse();
		assertThat(lock.isHeldByCurrentThread()).isTrue();
		assertThat(replicas.get(2).lock("stuck").forceUnlock(token)).isTrue();
		assertThat(next.join().fencingToken()).isGreaterThan(token);
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(lost).containsExactly(token));
		assertThat(lock.isHeldByCurrentThread()).isFalse();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lock::unlock).withMessageContaining("by force");
		assertThat(replicas.get(2).lock("stuck").forceUnlock(token)).isFalse();
		next.join().unlock();
		await().atMost(PATIENCE).until(() -> !lock.isLocked());
	}

	@Test
	void metricsOfTheServersAreKeptApart() {
		List<Set<RaftMetric>> metrics = new ArrayList<>();
		for (AtomixReplica replica : replicas) {
			Set<RaftMetric> known = ConcurrentHashMap.newKeySet();
			metrics.add(known);
			replica.raftMetrics().addListener(new RaftMetricListener() {

				@Override
				public void onAdded(RaftMetric metric) {
					known.add(metric);
				}

				@Override
				public void onRemoved(RaftMetric metric) {
					known.remove(metric);
				}

			});
		}
		replicas.get(0).atomicLong("n").incrementAndGet();
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(metrics)
				.allSatisfy((known) -> assertThat(known).filteredOn((metric) -> metric.name().equals("flushTime"))
					.singleElement()
					.satisfies((metric) -> assertThat(((RaftMetric.Timer) metric).count()).isPositive())));
		AtomixReplica leader = leader();
		assertThat(metrics.get(replicas.indexOf(leader)))
			.filteredOn((metric) -> metric.name().equals("follower_match_index"))
			.extracting(RaftMetric::member)
			.hasSize(2)
			.doesNotContain(leader.status().node(), (String) null);
	}

	private static AtomixReplica leader() {
		return await().atMost(PATIENCE)
			.until(() -> replicas.stream()
				.filter((replica) -> replica.status().role() == Role.LEADER)
				.filter((replica) -> replica.statistics().gateway().serving() == 1)
				.findFirst(), (found) -> found.isPresent())
			.orElseThrow();
	}

	private static Throwable failure(CompletableFuture<?> future) {
		try {
			future.join();
		}
		catch (CompletionException ex) {
			return ex.getCause();
		}
		throw new AssertionError("It did not fail");
	}

}
