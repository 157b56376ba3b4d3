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

package io.github.atomixspring.spring.actuate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.SessionInfo;
import io.github.atomixspring.cluster.ClusterReport;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.MemberReport;
import io.github.atomixspring.cluster.MemoryStatus;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.PartitionStatus;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.cluster.StateDigest;
import io.github.atomixspring.cluster.StorageStatus;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.mock;
import static org.mockito.BDDMockito.never;
import static org.mockito.BDDMockito.then;

/**
 * Tests for {@link AtomixEndpoint}.
 */
class AtomixEndpointTests {

	private static final Member ONE = Member.parse("n1=localhost:5001");

	private static final Member TWO = Member.parse("n2=localhost:5002");

	private final Atomix atomix = mock(Atomix.class);

	private final Session session = mock(Session.class);

	@BeforeEach
	void connect() {
		given(this.atomix.session()).willReturn(this.session);
		given(this.session.node()).willReturn("n1");
		given(this.session.timeout()).willReturn(Duration.ofSeconds(10));
		given(this.session.state()).willReturn(SessionState.CONNECTED);
		given(this.atomix.primitives()).willReturn(List.of(new PrimitiveInfo(PrimitiveType.MAP, "prices")));
		given(this.atomix.sessions())
			.willReturn(List.of(new SessionInfo(5, "n1", Duration.ofSeconds(10), Duration.ofSeconds(9), 0)));
	}

	@Test
	void showsMembersSessionsAndPrimitives() {
		AtomixDescriptor descriptor = endpoint(new ClusterReport(
				List.of(new MemberReport(ONE, status("n1", Role.LEADER, new StateDigest(10, "ab")), null),
						new MemberReport(TWO, null, "no answer"))))
			.cluster();
		assertThat(descriptor.cluster()).isEqualTo("atomix");
		assertThat(descriptor.leader()).isEqualTo("n1");
		assertThat(descriptor.term()).isEqualTo(7);
		assertThat(descriptor.members()).hasSize(2);
		AtomixDescriptor.MemberStatus first = descriptor.members().get(0).status();
		assertThat(first).isNotNull();
		assertThat(first.role()).isEqualTo(Role.LEADER);
		assertThat(first.commitIndex()).isEqualTo(11);
		assertThat(first.digest()).isEqualTo(new StateDigest(10, "ab"));
		assertThat(descriptor.members().get(1).error()).isEqualTo("no answer");
		assertThat(descriptor.sessions()).singleElement().extracting("node").isEqualTo("n1");
		assertThat(descriptor.primitives()).singleElement().extracting("name").isEqualTo("prices");
		assertThat(descriptor.problems()).isEmpty();
	}

	@Test
	void namesDivergedStates() {
		AtomixDescriptor descriptor = endpoint(new ClusterReport(
				List.of(new MemberReport(ONE, status("n1", Role.LEADER, new StateDigest(10, "ab")), null),
						new MemberReport(TWO, status("n2", Role.FOLLOWER, new StateDigest(10, "cd")), null))))
			.cluster();
		assertThat(descriptor.problems()).containsExactly("Members have different states at the same log index");
	}

	@Test
	void leavesOutWhatDoesNotAnswerInTime() {
		CountDownLatch never = new CountDownLatch(1);
		given(this.atomix.sessions()).willAnswer((invocation) -> {
			never.await();
			return List.of();
		});
		AtomixEndpoint endpoint = new AtomixEndpoint(this.atomix, null, null, Path.of("backups"),
				Duration.ofMillis(50));
		AtomixDescriptor descriptor = endpoint.cluster();
		never.countDown();
		assertThat(descriptor.sessions()).isNull();
		assertThat(descriptor.members()).isNull();
		assertThat(descriptor.problems()).anyMatch((text) -> text.contains("sessions within 50 ms"));
	}

	@Test
	void leavesOutWhatCannotBeAnswered() {
		given(this.atomix.primitives()).willThrow(new UnavailableException("no leader", null));
		AtomixDescriptor descriptor = new AtomixEndpoint(this.atomix, null, null, Path.of("backups"),
				Duration.ofMinutes(1))
			.cluster();
		assertThat(descriptor.primitives()).isNull();
		assertThat(descriptor.sessions()).isNotEmpty();
		assertThat(descriptor.problems()).singleElement().asString().contains("no leader");
	}

	@Test
	void asksNothingWithoutSession() {
		given(this.session.state()).willReturn(SessionState.SUSPENDED);
		AtomixDescriptor descriptor = new AtomixEndpoint(this.atomix, null, null, Path.of("backups"),
				Duration.ofSeconds(2))
			.cluster();
		then(this.atomix).should(never()).sessions();
		assertThat(descriptor.problems()).singleElement().asString().contains("SUSPENDED");
	}

	private AtomixEndpoint endpoint(ClusterReport report) {
		NodeStatus status = status("n1", Role.LEADER, null);
		return new AtomixEndpoint(this.atomix, () -> status, () -> report, Path.of("backups"), Duration.ofSeconds(10));
	}

	private NodeStatus status(String node, Role role, @Nullable StateDigest digest) {
		return new NodeStatus("atomix", "id", node, NodeState.RUNNING, null, List.of(ONE, TWO),
				List.of(new PartitionStatus(0, role, "n1", 7, 12, 11, 10, -1, digest)),
				new StorageStatus(1000, 100, null), new MemoryStatus(70, 85, null));
	}

}
