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

package io.github.atomixspring.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.messaging.ConsumerFailedException;
import io.github.atomixspring.messaging.ConsumerLostException;
import io.github.atomixspring.messaging.DistributedMessageBus;
import io.github.atomixspring.messaging.NoConsumerException;
import io.github.atomixspring.primitive.Registration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The contract of {@link DistributedMessageBus}.
 */
class MessageBusContractIntegrationTests extends AbstractContractTests {

	private DistributedMessageBus bus() {
		return node().messageBus(this.name);
	}

	private DistributedMessageBus otherBus() {
		return other().messageBus(this.name);
	}

	@Test
	void eachSenderGetsItsOwnReply() throws Exception {
		Registration first = bus().register("square", Integer.class, (number) -> number * number);
		Registration second = otherBus().register("square", Integer.class, (number) -> number * number);
		inThreads(8, (thread) -> {
			DistributedMessageBus bus = (thread % 2 == 0) ? bus() : otherBus();
			for (int i = 0; i < 25; i++) {
				int number = thread * 25 + i;
				assertThat(bus.send("square", number, Integer.class)).isEqualTo(number * number);
			}
		});
		List<CompletableFuture<Integer>> outstanding = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			outstanding.add(bus().async().send("square", i, Integer.class));
		}
		for (int i = 0; i < 100; i++) {
			assertThat(outstanding.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(i * i);
		}
		first.close();
		second.close();
		await().until(() -> node().primitives().stream().noneMatch((primitive) -> primitive.name().equals(this.name)));
	}

	@Test
	void consumersTakeTurns() throws Exception {
		Registration first = bus().register("who", String.class, (message) -> "first");
		Registration second = otherBus().register("who", String.class, (message) -> "second");
		List<String> replies = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			replies.add(bus().send("who", "are you", String.class));
		}
		assertThat(replies).containsExactly("first", "second", "first", "second", "first", "second");
		first.close();
		second.close();
	}

	@Test
	void failuresAreTold() {
		assertThatExceptionOfType(NoConsumerException.class).isThrownBy(() -> bus().send("none", "a", String.class));
		Registration registration = otherBus().register("broken", String.class, (message) -> {
			throw new IllegalStateException("no " + message);
		});
		assertThatExceptionOfType(ConsumerFailedException.class)
			.isThrownBy(() -> bus().send("broken", "sugar", String.class))
			.withMessageContaining("no sugar");
		registration.close();
	}

	@Test
	void requestOfAStoppedConsumerEnds() throws Exception {
		CountDownLatch received = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		try (Atomix client = this.setUp.newClient(this.name)) {
			client.messageBus(this.name).register("slow", String.class, (message) -> {
				received.countDown();
				end.await(20, TimeUnit.SECONDS);
				return message;
			});
			CompletableFuture<String> sent = bus().async().send("slow", "a", String.class);
			assertThat(received.await(20, TimeUnit.SECONDS)).isTrue();
			client.messageBus(this.name).close();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> sent.get(20, TimeUnit.SECONDS))
				.withCauseInstanceOf(ConsumerLostException.class);
			end.countDown();
		}
	}

	@Test
	void waitsThatEndEarlyLeaveNothing() {
		List<Integer> handled = new CopyOnWriteArrayList<>();
		Registration registration = otherBus().register("count", Integer.class, (number) -> {
			handled.add(number);
			return number;
		});
		for (int i = 0; i < 200; i++) {
			bus().async().send("count", i, Integer.class).orTimeout(i * 20L, TimeUnit.MICROSECONDS);
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> handled.size() == 200);
		assertThat(handled).isSorted();
		registration.close();
		await().until(() -> node().primitives().stream().noneMatch((primitive) -> primitive.name().equals(this.name)));
	}

}
