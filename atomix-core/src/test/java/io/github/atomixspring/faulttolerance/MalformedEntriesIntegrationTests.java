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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.Wire;
import io.github.atomixspring.server.EngineSeams;
import io.github.atomixspring.server.TestMembers;
import io.github.atomixspring.session.SessionClient;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.server.RaftServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Entries in the log that no gateway has written.
 */
@Tag("fault")
class MalformedEntriesIntegrationTests {

	private static final int COUNT = 200;

	private static final String COUNTER = "counter";

	@Test
	void harmNoMemberNeitherAtOnceNorAfterARestart() throws Exception {
		try (Nodes nodes = Nodes.startPatient(TestMembers::withEngine)) {
			SessionClient session = nodes.session(Nodes.CLIENT);
			assertThat(Operations.addAndGet(session, COUNTER, 5).get(60, TimeUnit.SECONDS)).isEqualTo(5);
			String leader = nodes.cluster().awaitLeader();
			RaftServer.Division division = TestMembers.division(nodes.cluster().member(leader));
			long before = nodes.cluster().status(leader).appliedIndex();
			List<CompletableFuture<RaftClientReply>> replies = new ArrayList<>();
			for (byte[] entry : entries(session.id())) {
				replies.add(EngineSeams.submit(division, RaftClientRequest.writeRequestType(), entry));
			}
			for (CompletableFuture<RaftClientReply> reply : replies) {
				assertThat(reply.get(30, TimeUnit.SECONDS).isSuccess()).isTrue();
			}
			assertThat(nodes.cluster().status(leader).appliedIndex()).isGreaterThanOrEqualTo(before + COUNT);
			assertThat(nodes.cluster().awaitLeader()).as("nobody stepped down").isEqualTo(leader);
			System.out.printf("malformed: %d entries, all members have the digest %s%n", replies.size(),
					nodes.awaitEqualDigests());
			assertThat(Operations.addAndGet(session, COUNTER, 1).get(60, TimeUnit.SECONDS)).isEqualTo(6);
			nodes.cluster().ids().forEach(nodes::kill);
			nodes.cluster().ids().forEach(nodes::restart);
			System.out.printf("malformed: after a restart of all, all members have the digest %s%n",
					nodes.awaitEqualDigests());
			for (String id : nodes.cluster().ids()) {
				assertThat(nodes.cluster().status(id).state()).isEqualTo(NodeState.RUNNING);
			}
			assertThat(Operations.addAndGet(session, COUNTER, 1).get(60, TimeUnit.SECONDS)).isEqualTo(7);
		}
	}

	private static List<byte[]> entries(long session) {
		Random random = new Random(7);
		List<byte[]> real = realEntries(session);
		List<byte[]> entries = new ArrayList<>(hostile());
		while (entries.size() < COUNT) {
			byte[] original = real.get(random.nextInt(real.size()));
			entries.add(switch (entries.size() % 4) {
				case 0 -> noise(random);
				case 1 -> Arrays.copyOf(original, random.nextInt(original.length));
				case 2 -> flipped(original, random);
				default -> extended(original, random);
			});
		}
		return entries;
	}

	/**
	 * Returns entries of all kinds. Their commands belong to a session that does not
	 * exist, or come after a gap, so that flipped bits rarely make something effective.
	 */
	private static List<byte[]> realEntries(long session) {
		byte[] add = Wire.COMMAND.encode(new LongMessages.Add(PrimitiveId.of(PrimitiveType.LONG, "other"), 1));
		byte[] acquire = Wire.COMMAND
			.encode(new LockMessages.Acquire(PrimitiveId.of(PrimitiveType.LOCK, "lock"), 1, true, 0));
		return List.of(encode(new LogEntry.Open("token", "node", 1000)),
				encode(new LogEntry.Batch(session + 1000, 0, 0, List.of(new Sequenced(1, add)))),
				encode(new LogEntry.Batch(session, 0, 0,
						List.of(new Sequenced(1000, add), new Sequenced(1001, acquire)))),
				encode(new LogEntry.KeepAlive(session + 1000, 5, 5)), encode(new LogEntry.Close(session + 1000)),
				encode(new LogEntry.Verify()));
	}

	private static byte[] encode(LogEntry.Item item) {
		return Wire.LOG_ENTRY.encode(new LogEntry(LogEntry.VERSION, 0, List.of(item)));
	}

	private static List<byte[]> hostile() {
		List<byte[]> entries = new ArrayList<>();
		entries.add(new byte[0]);
		entries.add(new byte[] { 0 });
		entries.add(new byte[] { (byte) 0xFF });
		// Arrays, texts and bytes of absurd lengths
		for (int type : List.of(0x40, 0x60, 0x80, 0xA0)) {
			entries.add(new byte[] { (byte) (type | 0x1A), 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF });
			entries.add(new byte[] { (byte) (type | 0x1B), 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF,
					(byte) 0xFF, (byte) 0xFF, (byte) 0xFF });
			entries.add(new byte[] { (byte) 0x83, 1, 0, (byte) (type | 0x1A), 0x7F, (byte) 0xFF, (byte) 0xFF,
					(byte) 0xFF });
		}
		// Deep nesting
		byte[] deep = new byte[100_000];
		Arrays.fill(deep, (byte) 0x81);
		entries.add(deep);
		byte[] endless = new byte[100_000];
		Arrays.fill(endless, (byte) 0x9F);
		entries.add(endless);
		// Of a later version, and of unknown types
		entries.add(Wire.LOG_ENTRY.encode(new LogEntry(LogEntry.VERSION + 1, 0, List.of(new LogEntry.Verify()))));
		entries.add(Wire.LOG_ENTRY.encode(new LogEntry(-1, 0, List.of())));
		entries.add(new byte[] { (byte) 0x83, 1, 0, (byte) 0x81, (byte) 0x82, 0x62, '9', '9', (byte) 0x80 });
		entries.add("{\"@class\":\"java.lang.ProcessBuilder\"}".getBytes(StandardCharsets.UTF_8));
		return entries;
	}

	private static byte[] noise(Random random) {
		byte[] bytes = new byte[random.nextInt(300)];
		random.nextBytes(bytes);
		return bytes;
	}

	private static byte[] flipped(byte[] original, Random random) {
		byte[] bytes = original.clone();
		for (int i = 0; i <= random.nextInt(3); i++) {
			bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
		}
		return bytes;
	}

	private static byte[] extended(byte[] original, Random random) {
		byte[] bytes = Arrays.copyOf(original, original.length + 1 + random.nextInt(20));
		for (int i = original.length; i < bytes.length; i++) {
			bytes[i] = (byte) random.nextInt(256);
		}
		return bytes;
	}

}
