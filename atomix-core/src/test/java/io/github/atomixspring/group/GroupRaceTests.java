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

package io.github.atomixspring.group;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.GroupMessages.Send;
import io.github.atomixspring.protocol.GroupMessages.Sent;
import io.github.atomixspring.proxy.FakeSession;
import io.github.atomixspring.proxy.Races;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Races of acknowledgements with cancellations and lost sessions.
 */
class GroupRaceTests {

	private static final int ROUNDS = 10_000;

	private static final long MAX_DELAY = TimeUnit.MILLISECONDS.toNanos(20);

	private static final GroupChannel<String, String> CHANNEL = GroupChannel.of("c", String.class);

	private final Races races = new Races();

	private final ExecutorService cancellers = Executors.newFixedThreadPool(2);

	private final FakeSession session = this.races.connect("n1");

	private final DistributedGroup group = create(this.session);

	private final DistributedGroup other = create(this.races.connect("n2"));

	private static DistributedGroup create(FakeSession node) {
		return Groups.create(node, "g", GroupOptions.defaults(), () -> {
		});
	}

	@AfterEach
	void stop() {
		this.races.close();
		this.cancellers.shutdownNow();
	}

	@Test
	void cancelledSendsLeaveNothingBehind() throws Exception {
		AtomicInteger handled = new AtomicInteger();
		this.other.join("p").consume(CHANNEL, (message) -> {
			handled.incrementAndGet();
			message.ack();
		});
		AsyncGroupProducer<String, String> producer = this.group.producer(CHANNEL, ProducerOptions.direct("p")).async();
		Random random = new Random(5);
		int cancelled = 0;
		long delay = 10_000;
		for (int i = 0; i < ROUNDS; i++) {
			CompletableFuture<GroupReplies<String>> sent = producer.send("m" + i);
			// Adapts to how fast the machine is now: both must win often.
			long turn = System.nanoTime() + random.nextLong(2 * delay + 1);
			Future<Boolean> cancellation = this.cancellers.submit(() -> {
				while (System.nanoTime() < turn && !sent.isDone()) {
					Thread.onSpinWait();
				}
				return sent.cancel(false);
			});
			boolean won = cancellation.get(1, TimeUnit.MINUTES);
			cancelled += won ? 1 : 0;
			delay = won ? Math.min(delay + delay / 4 + 1, MAX_DELAY) : delay - delay / 4;
		}
		System.out.println(cancelled + " of " + ROUNDS + " sends were cancelled");
		assertThat(cancelled).isBetween(ROUNDS / 100, ROUNDS - ROUNDS / 100);
		await().until(() -> handled.get() == ROUNDS);
		assertThat(producer.send("last").get(1, TimeUnit.MINUTES).acknowledged()).containsExactly("p");
		for (Send send : this.session.submitted(Send.class)) {
			Sent sent = (Sent) this.session
				.await(this.session.submit(new GroupMessages.Inquire(send.target(), send.number())));
			assertThat(sent.status()).isEqualTo(Sent.UNKNOWN);
		}
	}

	@Test
	void membersThatJoinAndLeaveWhileSessionsAreLostAreNeitherLostNorLeftBehind() throws Exception {
		LocalGroupMember staying = this.group.join("p");
		for (int i = 0; i < 150; i++) {
			CompletableFuture<LocalGroupMember> joined = this.group.async().join();
			Future<?> lost = this.cancellers.submit(() -> {
				this.session.expire();
				this.session.connect();
			});
			LocalGroupMember member = this.session.await(joined);
			lost.get(1, TimeUnit.MINUTES);
			this.session.await(member.async().leave());
		}
		await().until(() -> this.other.members().size() == 1);
		assertThat(staying.isMember()).isTrue();
		await().until(staying::isLeader);
	}

}
