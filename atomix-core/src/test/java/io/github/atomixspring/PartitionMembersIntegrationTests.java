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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.github.atomixspring.cluster.ClusterMismatchException;
import io.github.atomixspring.cluster.NodeState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the members of clusters with several partitions: they come and go, lose their
 * data, and lead.
 */
@Tag("long")
class PartitionMembersIntegrationTests {

	@TempDir
	private Path directory;

	private PartedCluster cluster;

	@BeforeEach
	void start() {
		this.cluster = new PartedCluster(this.directory).start();
	}

	@AfterEach
	void close() {
		this.cluster.close();
	}

	@Test
	void leadersAreSpreadAndComeBackToARestartedMember() {
		this.cluster.awaitSpread("n1", "n2", "n3");
		this.cluster.increment(1);
		AtomixReplica killed = this.cluster.replica("n2");
		killed.terminate();
		await().atMost(PartedCluster.PATIENCE).until(() -> this.cluster.leaders("n1").equals(Set.of("n1", "n3")));
		this.cluster.increment(2, "n1", "n3");
		killed.start();
		this.cluster.awaitConnected();
		this.cluster.awaitSpread("n1", "n2", "n3");
		this.cluster.increment(3);
		// In order all give up their leaderships before they go.
		this.cluster.replicas().values().forEach(AtomixReplica::stop);
		this.cluster.replicas().values().forEach(AtomixReplica::start);
		this.cluster.awaitConnected();
		this.cluster.increment(4);
		this.cluster.assertDigestsEqual();
	}

	@Test
	void aWipedMemberIsReplacedInAllPartitions() throws Exception {
		this.cluster.increment(1);
		String wiped = "n3";
		this.cluster.stop(wiped);
		Path old = this.cluster.directory(wiped);
		Files.move(old, this.cluster.directory("old"));
		this.cluster.start(wiped, "n1", "n2", "n3");
		this.cluster.awaitConnected();
		await().atMost(PartedCluster.PATIENCE)
			.until(() -> this.cluster.replica(wiped).status().state() == NodeState.RUNNING);
		this.cluster.increment(2);
		// It has a vote in each: with one of the others it is a majority.
		this.cluster.replica("n1").terminate();
		this.cluster.increment(3, "n2", wiped);
		this.cluster.replica("n1").start();
		this.cluster.awaitConnected();
		this.cluster.assertDigestsEqual();
		// Who has been replaced must not come back.
		AtomixReplica ghost = this.cluster.replica(wiped);
		ghost.close();
		Files.move(old, this.cluster.directory("new"));
		Files.move(this.cluster.directory("old"), old);
		assertThatExceptionOfType(ClusterMismatchException.class)
			.isThrownBy(() -> this.cluster.start(wiped, "n1", "n2", "n3"))
			.withMessageContaining("was replaced");
	}

	@Test
	void membersAreAddedAndRemovedInAllPartitions() {
		this.cluster.awaitSpread("n1", "n2", "n3");
		this.cluster.increment(1);
		AtomixReplica added = this.cluster.start("n4", "n1", "n2", "n3", "n4");
		this.cluster.replica("n2").addMember(this.cluster.member("n4"), PartedCluster.PATIENCE).join();
		await().atMost(PartedCluster.PATIENCE).until(() -> added.status().state() == NodeState.RUNNING);
		this.cluster.awaitConnected();
		this.cluster.increment(2);
		assertThat(added.status().members()).hasSize(4);
		this.cluster.awaitSpread("n1", "n2", "n3", "n4");
		for (String gone : List.of("n1", "n2")) {
			AtomixReplica removed = this.cluster.replica(gone);
			this.cluster.replica("n3").removeMember(gone, PartedCluster.PATIENCE).join();
			await().atMost(PartedCluster.PATIENCE)
				.until(() -> String.valueOf(removed.status().problem()),
						(problem) -> problem.contains("was removed from cluster"));
			this.cluster.stop(gone);
			this.cluster.increment((gone.equals("n1")) ? 3 : 4);
		}
		// Two are left, and both are needed.
		assertThat(this.cluster.replica("n3").status().members()).hasSize(2);
		this.cluster.awaitSpread("n3", "n4");
		this.cluster.replica("n4").removeMember("n3", PartedCluster.PATIENCE).join();
		this.cluster.stop("n3");
		this.cluster.increment(5);
		assertThat(this.cluster.leaders("n4")).containsExactly("n4");
	}

}
