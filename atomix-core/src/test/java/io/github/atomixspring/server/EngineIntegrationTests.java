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

package io.github.atomixspring.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.link.ClientConnector;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.session.SessionConfig;
import io.github.atomixspring.testing.TestCluster;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions of members and clients over the real engine.
 */
class EngineIntegrationTests {

	private static final PrimitiveId COUNTER = PrimitiveId.of(PrimitiveType.LONG, "counter");

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Test
	void singleMemberServesItsOwnSession() throws Exception {
		try (TestCluster cluster = TestCluster.builder(1).factory(TestMembers::withEngine).build().start();
				SessionClient session = session(cluster, "n1")) {
			session.start();
			assertThat(add(session, 5).get(30, TimeUnit.SECONDS)).isEqualTo(5);
			assertThat(get(session, ReadConsistency.LINEARIZABLE)).isEqualTo(5);
			assertThat(get(session, ReadConsistency.SEQUENTIAL)).isEqualTo(5);
		}
	}

	@Test
	void commandsTakeEffectOnceFromAllNodesWhileTheLeaderChanges() throws Exception {
		try (TestCluster cluster = TestCluster.builder(3).factory(TestMembers::withEngine).build().start();
				SessionClient client = new SessionClient(config("client"),
						new ClientConnector("client", cluster.members(), null), null)) {
			List<SessionClient> sessions = new ArrayList<>();
			cluster.ids().forEach((id) -> sessions.add(session(cluster, id)));
			sessions.add(client);
			sessions.forEach(SessionClient::start);
			String leader = cluster.awaitLeader();
			List<CompletableFuture<Long>> added = new ArrayList<>();
			for (int i = 0; i < 1000; i++) {
				for (SessionClient session : sessions) {
					added.add(add(session, 1));
				}
				if (i == 500) {
					cluster.stop(leader);
					cluster.start(leader);
				}
			}
			CompletableFuture.allOf(added.toArray(CompletableFuture[]::new)).get(90, TimeUnit.SECONDS);
			assertThat(added.stream().map(CompletableFuture::join)).doesNotHaveDuplicates();
			for (SessionClient session : sessions) {
				assertThat(get(session, ReadConsistency.LINEARIZABLE)).isEqualTo(4000);
			}
			sessions.forEach(SessionClient::close);
		}
	}

	private static SessionConfig config(String node) {
		return SessionConfig.of("test", node).withTimeout(TIMEOUT).withOperationTimeout(TIMEOUT);
	}

	private static SessionClient session(TestCluster cluster, String id) {
		RaftMember member = cluster.member(id);
		return new SessionClient(config(id), member.connector(), member.localReader());
	}

	private static CompletableFuture<Long> add(SessionClient session, long delta) {
		return session.submit(new LongMessages.Add(COUNTER, delta))
			.thenApply((result) -> ((LongMessages.Updated) result).value());
	}

	private static long get(SessionClient session, ReadConsistency consistency) throws Exception {
		Result result = session.query(new LongMessages.Get(COUNTER), consistency).get(30, TimeUnit.SECONDS);
		return ((Result.Number) result).value();
	}

}
