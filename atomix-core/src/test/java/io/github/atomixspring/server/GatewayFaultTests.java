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

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.protocol.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that commands take effect exactly once while entries and reigns fail at random.
 */
class GatewayFaultTests {

	private static final PrimitiveId LONG = PrimitiveId.of(PrimitiveType.LONG, "n");

	private static final int CLIENTS = 4;

	private static final int COMMANDS = 1_000;

	@ParameterizedTest
	@ValueSource(longs = { 61, 67, 71 })
	void commandsTakeEffectExactlyOnceInOrder(long seed) {
		try (MemoryMember member = new MemoryMember()) {
			member.lead();
			Random random = new Random(seed);
			member.fault((callId) -> switch (random.nextInt(40)) {
				case 0 -> MemoryMember.Outcome.LOST;
				case 1 -> MemoryMember.Outcome.APPLIED_UNKNOWN;
				case 2, 3, 4 -> MemoryMember.Outcome.APPLIED_UNRELATED;
				default -> MemoryMember.Outcome.APPLIED;
			});
			List<CompletableFuture<List<Long>>> clients = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				Client client = new Client(member.gateway(), "t" + i, COMMANDS, new Random(seed + i));
				clients.add(CompletableFuture.supplyAsync(client::run, (task) -> new Thread(task).start()));
			}
			List<Long> all = new ArrayList<>();
			for (CompletableFuture<List<Long>> client : clients) {
				List<Long> values = client.join();
				assertThat(values).hasSize(COMMANDS).isSorted();
				all.addAll(values);
			}
			assertThat(all).doesNotHaveDuplicates();
			assertThat(all.stream().mapToLong(Long::longValue).max()).hasValue(CLIENTS * COMMANDS);
		}
	}

	@Test
	void sessionGoesOnThroughManyReigns() {
		try (MemoryMember member = new MemoryMember()) {
			member.lead();
			CompletableFuture<List<Long>> client = CompletableFuture.supplyAsync(
					new Client(member.gateway(), "t", 20 * COMMANDS, new Random(73))::run,
					(task) -> new Thread(task).start());
			int reigns = 0;
			while (!client.isDone()) {
				long before = member.entries().size();
				while (!client.isDone() && member.entries().size() < before + 3) {
					Thread.onSpinWait();
				}
				member.stepDown();
				member.lead();
				reigns++;
			}
			assertThat(client.join()).hasSize(20 * COMMANDS)
				.isSorted()
				.doesNotHaveDuplicates()
				.endsWith(20L * COMMANDS);
			assertThat(reigns).isGreaterThan(3);
		}
	}

	/**
	 * A session in its simplest form: over each new link it submits again what has not
	 * been answered.
	 */
	private static final class Client {

		private final Gateway gateway;

		private final String token;

		private final int commands;

		private final Random random;

		private final List<Long> values = new ArrayList<>();

		private long session;

		Client(Gateway gateway, String token, int commands, Random random) {
			this.gateway = gateway;
			this.token = token;
			this.commands = commands;
			this.random = random;
		}

		List<Long> run() {
			while (this.values.size() < this.commands) {
				TestLink link = new TestLink(this.gateway);
				link.hello("test", null);
				serve(link);
			}
			return this.values;
		}

		private void serve(TestLink link) {
			long submitted = this.values.size();
			while (this.values.size() < this.commands) {
				ServerFrame frame = link.poll(20_000);
				if (frame instanceof ServerFrame.Welcome) {
					link.send((this.session == 0) ? new ClientFrame.Open(this.token, "c", 600_000)
							: new ClientFrame.Resume(this.session, 0));
					continue;
				}
				if (frame instanceof ServerFrame.Opened opened) {
					this.session = opened.session();
				}
				else if (frame instanceof ServerFrame.Applied applied) {
					applied.results().forEach(this::answered);
				}
				else if (!(frame instanceof ServerFrame.Resumed)) {
					assertThat(frame).isInstanceOf(ServerFrame.Redirect.class);
					link.awaitClosed();
					return;
				}
				while (submitted < Math.min(this.commands, this.values.size() + 10)) {
					int count = (int) Math.min(this.commands - submitted, 1 + this.random.nextInt(5));
					link.send(new ClientFrame.Submit(this.session, this.values.size(), 0, commands(submitted, count)));
					submitted += count;
				}
				if (this.random.nextInt(100) == 0) {
					link.close();
					link.awaitClosed();
					return;
				}
			}
		}

		private static List<Sequenced> commands(long after, int count) {
			List<Sequenced> commands = new ArrayList<>();
			for (int i = 1; i <= count; i++) {
				commands.add(new Sequenced(after + i, Wire.COMMAND.encode(new LongMessages.Add(LONG, 1))));
			}
			return commands;
		}

		private void answered(NumberedResult result) {
			if (result.sequence() <= this.values.size()) {
				return;
			}
			assertThat(result.sequence()).isEqualTo(this.values.size() + 1);
			this.values.add(((LongMessages.Updated) result.result()).value());
		}

	}

}
