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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for {@code @LeaderOnly} work of a leader that is frozen in the middle
 * of it, while the next leader works.
 */
@Tag("fault")
class FrozenLeaderIntegrationTests {

	private static final int ATTEMPTS = 10;

	@TempDir
	private Path root;

	@Test
	void workOfFrozenLeaderIsOver() throws Exception {
		run(Duration.ofSeconds(2), Duration.ofSeconds(6), 1);
	}

	@Test
	@Tag("long")
	void workOfLeaderFrozenFor20SecondsIsOver() throws Exception {
		run(Duration.ofSeconds(3), Duration.ofSeconds(20), 3);
	}

	private void run(Duration sessionTimeout, Duration pause, int rounds) throws Exception {
		try (Ledger ledger = new Ledger();
				SampleCluster cluster = new SampleCluster(this.root, "localhost", "--work.ledger=" + ledger.uri(),
						"--atomix.session.timeout=" + sessionTimeout.toMillis() + "ms")
					.with(LeaderWork.class)) {
			cluster.startAll();
			await(ledger, 0, (entry) -> entry.step().equals(LeaderWork.FINISHED));
			List<Frozen> hits = new ArrayList<>();
			int attempts = 0;
			while (hits.size() < rounds && attempts < ATTEMPTS) {
				attempts++;
				freezeLeader(cluster, ledger, pause).ifPresent(hits::add);
			}
			long rejected = ledger.entries().stream().filter((entry) -> !entry.accepted()).count();
			System.out.println("MEASURED leaders frozen for " + pause.toSeconds() + " s: " + attempts
					+ ", in the middle of work " + hits.size() + " " + hits + "; steps written "
					+ (ledger.entries().size() - rejected) + ", rejected " + rejected);
			assertThat(hits).hasSize(rounds);
			assertThatWorkDoesNotOverlap(ledger.entries());
		}
	}

	/**
	 * Freezes the leader and resumes it.
	 * @return what was hit, or empty if the leader was not at work
	 */
	private static Optional<Frozen> freezeLeader(SampleCluster cluster, Ledger ledger, Duration pause) {
		int known = ledger.entries().size();
		Ledger.Entry begun = await(ledger, known, (entry) -> entry.accepted() && entry.step().equals(LeaderWork.BEGUN));
		SampleProcess leader = cluster.process(begun.node());
		long start = System.nanoTime();
		leader.freeze();
		// It may have lost the leadership and got it again before it was frozen.
		long term = ledger.entries()
			.stream()
			.filter((entry) -> entry.node().equals(leader.name()))
			.mapToLong(Ledger.Entry::token)
			.max()
			.orElseThrow();
		Ledger.Entry next = await(ledger, known, (entry) -> entry.token() > term);
		Limits.measured("leader frozen until the next one works", next.nanos() - start);
		Duration rest = pause.minusNanos(System.nanoTime() - start);
		if (!rest.isNegative()) {
			Awaitility.await().pollDelay(rest).atMost(rest.plus(Limits.PATIENCE)).until(() -> true);
		}
		List<Ledger.Entry> before = ledger.entries();
		Ledger.Entry last = before.stream()
			.filter((entry) -> entry.node().equals(leader.name()))
			.reduce((first, second) -> second)
			.orElseThrow();
		boolean atWork = last.step().equals(LeaderWork.BEGUN) || last.step().equals(LeaderWork.STEP);
		leader.resume();
		if (atWork) {
			Ledger.Entry end = await(ledger, known, (entry) -> entry.work().equals(last.work())
					&& (entry.step().equals(LeaderWork.LOST) || entry.step().equals(LeaderWork.FINISHED)));
			// The term of the frozen leader is over for it, and for the ledger.
			assertThat(end.step()).isEqualTo(LeaderWork.LOST);
			assertThat(end.accepted()).isFalse();
			Awaitility.await("end of the leadership")
				.atMost(Limits.PATIENCE)
				.until(() -> !leader.times(SampleProcess.DEPOSED).isEmpty());
		}
		cluster.awaitHealthy(Limits.PATIENCE);
		List<Ledger.Entry> after = ledger.entries().stream().skip(before.size()).toList();
		assertThat(after).noneMatch((entry) -> entry.token() <= last.token() && entry.accepted());
		// Stopped between the check and its first step the work would begin, in vain.
		assertThat(after)
			.noneMatch((entry) -> atWork && entry.token() <= last.token() && entry.step().equals(LeaderWork.BEGUN));
		long late = after.stream()
			.filter((entry) -> entry.work().equals(last.work()) && entry.step().equals(LeaderWork.STEP))
			.count();
		return (atWork) ? Optional.of(new Frozen(last.token(), late)) : Optional.empty();
	}

	private static Ledger.Entry await(Ledger ledger, int after, Predicate<Ledger.Entry> condition) {
		return Awaitility.await("entry of the ledger")
			.atMost(Limits.PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> ledger.entries().stream().skip(after).filter(condition).findFirst(), Optional::isPresent)
			.orElseThrow();
	}

	/**
	 * Checks that no two ran at once, as far as the ledger could see: what was accepted
	 * of one piece of work is in one piece, and no term belongs to two nodes.
	 */
	private static void assertThatWorkDoesNotOverlap(List<Ledger.Entry> entries) {
		List<Ledger.Entry> accepted = entries.stream().filter(Ledger.Entry::accepted).toList();
		assertThat(accepted).extracting(Ledger.Entry::token).isSorted();
		Set<String> ended = new HashSet<>();
		String current = "";
		for (Ledger.Entry entry : accepted) {
			if (!entry.work().equals(current)) {
				ended.add(current);
				current = entry.work();
				assertThat(ended).doesNotContain(current);
			}
		}
		accepted.stream()
			.collect(Collectors.groupingBy(Ledger.Entry::token,
					Collectors.mapping(Ledger.Entry::node, Collectors.toSet())))
			.forEach((term, nodes) -> assertThat(nodes).as("leaders of term " + term).hasSize(1));
	}

	/**
	 * A leader that was frozen in the middle of its work.
	 *
	 * @param term its term
	 * @param late how many steps it still wanted to take in that term when it was resumed
	 */
	private record Frozen(long term, long late) {

	}

}
