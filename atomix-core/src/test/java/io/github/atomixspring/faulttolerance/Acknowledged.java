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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What writers were told: all of it must be there, whatever happens to the members.
 */
final class Acknowledged {

	private final Map<String, Integer> entries = new LinkedHashMap<>();

	private long counted;

	private long counts;

	private final List<Long> tokens = new ArrayList<>();

	private final List<Long> terms = new ArrayList<>();

	private Acknowledged() {
	}

	/**
	 * Reads the files of writers. The last line of each may be cut off.
	 * @param files the files
	 * @return what was acknowledged
	 */
	static Acknowledged read(Collection<Path> files) throws IOException {
		Acknowledged acknowledged = new Acknowledged();
		for (Path file : files) {
			if (Files.exists(file)) {
				String text = Files.readString(file);
				text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(acknowledged::add);
			}
		}
		return acknowledged;
	}

	private void add(String line) {
		String[] parts = line.split(" ");
		switch (parts[0]) {
			case "map" -> this.entries.put(parts[1], Integer.valueOf(parts[2]));
			case "counter" -> {
				this.counts++;
				this.counted = Math.max(this.counted, Long.parseLong(parts[1]));
			}
			case "token" -> this.tokens.add(Long.valueOf(parts[1]));
			case "term" -> this.terms.add(Long.valueOf(parts[1]));
			default -> throw new IllegalStateException(line);
		}
	}

	int size() {
		return this.entries.size();
	}

	/**
	 * Checks that all of it is there.
	 * @param client a client of the cluster
	 */
	void assertThere(AtomixClient client) throws InterruptedException {
		DistributedMap<String, Integer> map = client.map("map", String.class, Integer.class);
		List<String> keys = List.copyOf(this.entries.keySet());
		Map<String, Integer> found = new LinkedHashMap<>();
		for (int i = 0; i < keys.size(); i += 500) {
			found.putAll(map.getAll(keys.subList(i, Math.min(keys.size(), i + 500))));
		}
		assertThat(found).as("acknowledged entries").containsAllEntriesOf(this.entries);
		long value = client.atomicLong("counter").get();
		assertThat(value).as("counter").isGreaterThanOrEqualTo(this.counted).isGreaterThanOrEqualTo(this.counts);
		assertThat(this.tokens).as("fencing tokens").doesNotHaveDuplicates();
		assertThat(this.terms).as("terms").doesNotHaveDuplicates();
		assertThat(newTerm(client)).as("new term").isGreaterThan(max(this.terms));
		assertThat(newToken(client)).as("new fencing token").isGreaterThan(max(this.tokens));
	}

	private static long newTerm(AtomixClient client) {
		DistributedLeaderElection election = client.election("election");
		election.campaign("judge");
		long term = Awaitility.await()
			.atMost(TestCluster.PATIENCE)
			.until(election::leadership, (leadership) -> leadership.isLedBy("judge"))
			.term();
		election.resign("judge");
		return term;
	}

	private static long newToken(AtomixClient client) throws InterruptedException {
		DistributedLock lock = client.lock("lock");
		lock.lockInterruptibly();
		try {
			return lock.fencingToken();
		}
		finally {
			lock.unlock();
		}
	}

	private static long max(List<Long> values) {
		return values.stream().mapToLong(Long::longValue).max().orElse(-1);
	}

	@Override
	public String toString() {
		return "%d entries, %d counts up to %d, %d tokens up to %d, %d terms up to %d".formatted(this.entries.size(),
				this.counts, this.counted, this.tokens.size(), max(this.tokens), this.terms.size(), max(this.terms));
	}

}
