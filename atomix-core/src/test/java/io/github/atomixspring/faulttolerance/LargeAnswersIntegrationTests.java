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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapEvent;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.map.Maps;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.server.TestMembers;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Small commands with answers and events that are far larger than a frame of a link.
 */
@Tag("fault")
class LargeAnswersIntegrationTests {

	private static final int VALUE_BYTES = 500_000;

	private static Nodes nodes;

	@BeforeAll
	static void start() {
		nodes = Nodes.startPatient(TestMembers::withEngine);
	}

	@AfterAll
	static void stop() {
		nodes.close();
	}

	private static DistributedMap<String, byte[]> map(SessionClient session, String name) {
		return Maps.create(session, name, MapOptions.of(Codecs.strings(), Codecs.bytes()), () -> {
		});
	}

	private static List<String> fill(DistributedMap<String, byte[]> map, int entries) {
		List<String> keys = new ArrayList<>();
		for (int i = 0; i < entries; i++) {
			keys.add("k" + i);
			map.put("k" + i, new byte[VALUE_BYTES]);
		}
		return keys;
	}

	@Test
	void oldValuesOfManyCommandsArriveOnceEach() throws Exception {
		SessionClient client = nodes.session(Nodes.CLIENT);
		DistributedMap<String, byte[]> map = map(client, "answers");
		// More than the cluster keeps for one session at a time.
		List<String> keys = fill(map, 40);
		List<CompletableFuture<byte[]>> removed = keys.stream().map((key) -> map.async().remove(key)).toList();
		for (CompletableFuture<byte[]> old : removed) {
			assertThat(old.get(60, TimeUnit.SECONDS)).hasSize(VALUE_BYTES);
		}
		assertThat(map).isEmpty();
	}

	@Test
	void eventsThatCameTogetherArrive() throws Exception {
		// More than a frame carries, and less than the outbox of a session holds.
		int count = 12;
		DistributedMap<String, byte[]> map = map(nodes.session(nodes.cluster().awaitLeader()), "events");
		List<String> keys = fill(map, count);
		List<MapEvent<String, byte[]>> events = new CopyOnWriteArrayList<>();
		map(nodes.session(Nodes.CLIENT), "events").addListener(events::add);
		List<CompletableFuture<byte[]>> removed = keys.stream().map((key) -> map.async().remove(key)).toList();
		for (CompletableFuture<byte[]> old : removed) {
			old.get(60, TimeUnit.SECONDS);
		}
		Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> events.size() == count);
		assertThat(events).extracting(MapEvent::type).containsOnly(MapEvent.Type.REMOVED);
	}

	@Test
	void answerThatIsTooLargeIsRefusedAndHarmsNoOther() throws Exception {
		SessionClient client = nodes.session(Nodes.CLIENT);
		long session = client.id();
		List<CompletableFuture<Result>> created = IntStream.range(0, 15_000)
			.mapToObj((i) -> PrimitiveId.of(PrimitiveType.VALUE, "v".repeat(240) + i))
			.map((id) -> client.submit(new Command.Create(id, List.of())))
			.toList();
		for (CompletableFuture<Result> creation : created) {
			creation.get(60, TimeUnit.SECONDS);
		}
		assertThat(client.query(new Query.ListPrimitives(0), ReadConsistency.LINEARIZABLE))
			.failsWithin(TestCluster.PATIENCE)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(LimitExceededException.class)
			.withMessageContaining("bytes");
		DistributedMap<String, byte[]> map = map(client, "query");
		assertThat(map.getAll(fill(map, 10))).hasSize(10);
		assertThat(client.id()).isEqualTo(session);
	}

}
