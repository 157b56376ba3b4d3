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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.cluster.BackupException;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NotLeadingException;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.testing.FreePorts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of backups of a running cluster that are brought back into another one.
 */
class BackupIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int ENTRIES = 300;

	private final List<AtomixReplica> replicas = new ArrayList<>();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.replicas.forEach(AtomixReplica::close);
	}

	@Test
	void aBackupIsBroughtBackIntoAnotherCluster() throws IOException {
		Path file = this.directory.resolve("backup");
		List<AtomixReplica> old = cluster("old", 3);
		AtomixReplica leader = leader(old);
		fill(leader);
		DistributedLock lock = leader.lock("held");
		lock.lock();
		long token = lock.fencingToken();
		long index = leader.backup(file).join();
		assertThat(index).isPositive().isLessThanOrEqualTo(leader.status().appliedIndex());
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		leader.<String, String>map("prices", String.class, String.class).put("later", "x");
		old.forEach(AtomixReplica::close);

		List<AtomixReplica> young = cluster("young", 3);
		AtomixReplica target = leader(young);
		AtomixReplica other = young.stream().filter((replica) -> replica != target).findFirst().orElseThrow();
		List<Long> sessions = new CopyOnWriteArrayList<>();
		sessions.add(other.session().id());
		target.restore(file).join();
		for (AtomixReplica replica : young) {
			check(replica);
			DistributedLock free = replica.lock("held");
			free.lock();
			assertThat(free.fencingToken()).isGreaterThan(token);
			free.unlock();
		}
		await().atMost(PATIENCE).until(() -> other.session().state() == SessionState.CONNECTED);
		assertThat(sessions).doesNotContain(other.session().id());
		long verified = leader(young).verifyDigests().join();
		assertThat(verified).isPositive();
		await().atMost(PATIENCE).until(() -> !leader(young).clusterReport().hasDiverged());
		// What came back survives a start of all members.
		List<Member> members = target.status().members();
		young.forEach(AtomixReplica::close);
		List<AtomixReplica> again = members.stream().map((member) -> start("young", member, members)).toList();
		check(leader(again));
	}

	@Test
	void aClusterInUseIsReplacedByForceAndGoesOn() {
		Path file = this.directory.resolve("backup");
		AtomixReplica replica = leader(cluster("single", 1));
		fill(replica);
		replica.backup(file).join();
		DistributedMap<String, String> prices = replica.map("prices", String.class, String.class);
		List<String> events = new CopyOnWriteArrayList<>();
		prices.addListener((event) -> events.add(event.type() + " " + event.key()));
		prices.clear();
		assertThat(failure(replica.restore(file))).isInstanceOf(BackupException.class)
			.hasMessageContaining("The cluster has ")
			.hasMessageContaining("force it");
		assertThat(prices).isEmpty();
		replica.forceRestore(file).join();
		check(replica);
		// Listeners come back by themselves.
		await().atMost(PATIENCE).until(() -> {
			prices.put("after", "y");
			return events.contains("INSERTED after") || events.contains("UPDATED after");
		});
	}

	@Test
	void whatCannotBeUsedIsNamed() throws IOException {
		List<AtomixReplica> cluster = cluster("named", 2);
		AtomixReplica leader = leader(cluster);
		AtomixReplica follower = cluster.stream().filter((replica) -> replica != leader).findFirst().orElseThrow();
		Path file = this.directory.resolve("backup");
		assertThat(failure(follower.backup(file))).isInstanceOf(NotLeadingException.class);
		assertThat(failure(follower.restore(file))).isInstanceOf(NotLeadingException.class);
		Path noDirectory = Files.createFile(this.directory.resolve("no"));
		assertThat(failure(leader.backup(noDirectory.resolve("backup")))).isInstanceOf(BackupException.class)
			.hasMessageContaining("cannot be written");
		leader.backup(file).join();
		assertThat(failure(leader.backup(file))).isInstanceOf(BackupException.class)
			.hasMessageContaining("a backup replaces none");
		assertThat(failure(leader.restore(this.directory.resolve("absent")))).isInstanceOf(BackupException.class)
			.hasMessageContaining("absent is not usable");
		byte[] bytes = Files.readAllBytes(file);
		bytes[bytes.length - 1] ^= 1;
		Path damaged = Files.write(this.directory.resolve("damaged"), bytes);
		assertThat(failure(leader.restore(damaged))).isInstanceOf(BackupException.class)
			.hasMessageContaining("its digest does not match");
		Path text = Files.write(this.directory.resolve("text"), "something else".getBytes(StandardCharsets.UTF_8));
		assertThat(failure(leader.restore(text))).isInstanceOf(BackupException.class)
			.hasMessageContaining("it does not begin like a snapshot");
	}

	private static void fill(AtomixReplica replica) {
		DistributedMap<String, String> prices = replica.map("prices", String.class, String.class);
		for (int i = 0; i < ENTRIES; i++) {
			// More than goes with one entry of the log.
			prices.put("k" + i, "v" + i + "x".repeat(10_000));
		}
		replica.queue("jobs", String.class).add("first");
		replica.atomicLong("n").set(42);
	}

	private static void check(AtomixReplica replica) {
		DistributedMap<String, String> prices = replica.map("prices", String.class, String.class);
		assertThat(prices).hasSize(ENTRIES);
		assertThat(prices.get("k7")).startsWith("v7x");
		assertThat(replica.queue("jobs", String.class).peek()).isEqualTo("first");
		assertThat(replica.atomicLong("n").get()).isEqualTo(42);
	}

	private List<AtomixReplica> cluster(String name, int size) {
		List<Integer> ports = FreePorts.find(size);
		List<Member> members = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			members.add(new Member("n" + (i + 1), "127.0.0.1", ports.get(i)));
		}
		return members.stream().map((member) -> start(name, member, members)).toList();
	}

	private AtomixReplica start(String name, Member member, List<Member> members) {
		AtomixReplica replica = AtomixReplica.builder()
			.clusterName(name)
			.nodeId(member.id())
			.members(members)
			// No pause of a busy machine makes a leader fall.
			.electionTimeout(Duration.ofSeconds(5))
			.operationTimeout(PATIENCE)
			.storageDirectory(this.directory.resolve(name + "-" + member.id()))
			.build();
		this.replicas.add(replica);
		replica.start();
		return replica;
	}

	private static AtomixReplica leader(List<AtomixReplica> cluster) {
		await().atMost(PATIENCE)
			.until(() -> cluster.stream().allMatch((replica) -> replica.session().state() == SessionState.CONNECTED));
		return await().atMost(PATIENCE)
			.until(() -> cluster.stream()
				.filter((replica) -> replica.status().role() == Role.LEADER)
				.filter((replica) -> replica.statistics().gateway().serving() == 1)
				.findFirst(), (found) -> found.isPresent())
			.orElseThrow();
	}

	private static Throwable failure(CompletableFuture<?> future) {
		Throwable failure = future.handle((done, ex) -> ex).join();
		return (failure instanceof CompletionException) ? failure.getCause() : failure;
	}

}
