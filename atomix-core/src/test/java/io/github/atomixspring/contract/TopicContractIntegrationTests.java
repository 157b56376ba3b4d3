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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.messaging.TopicListener;
import io.github.atomixspring.primitive.Registration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of {@link DistributedTopic}.
 */
class TopicContractIntegrationTests extends AbstractContractTests {

	private DistributedTopic<String> topic() {
		return node().topic(this.name, String.class);
	}

	private DistributedTopic<String> otherTopic() {
		return other().topic(this.name, String.class);
	}

	@Test
	void allSubscribersSeeAllMessagesInOneOrder() throws Exception {
		List<String> own = new CopyOnWriteArrayList<>();
		List<String> others = new CopyOnWriteArrayList<>();
		topic().subscribe(own::add);
		otherTopic().subscribe(others::add);
		inThreads(4, (thread) -> {
			DistributedTopic<String> topic = (thread % 2 == 0) ? topic() : otherTopic();
			for (int i = 0; i < 50; i++) {
				topic.publish(thread + "-" + i);
			}
		});
		await().until(() -> own.size() >= 200 && others.size() >= 200);
		assertThat(own).hasSize(200).doesNotHaveDuplicates().isEqualTo(others);
		for (int thread = 0; thread < 4; thread++) {
			String prefix = thread + "-";
			assertThat(own.stream().filter((message) -> message.startsWith(prefix)))
				.containsExactlyElementsOf(IntStream.range(0, 50).mapToObj((i) -> prefix + i).toList());
		}
	}

	@Test
	void awaitedMessagesHaveArrivedEverywhere() throws Exception {
		List<Integer> own = new CopyOnWriteArrayList<>();
		List<Integer> others = new CopyOnWriteArrayList<>();
		DistributedTopic<Integer> topic = node().topic(this.name, Integer.class);
		topic.subscribe(own::add);
		other().topic(this.name, Integer.class).subscribe(others::add);
		for (int i = 0; i < 20; i++) {
			topic.publishAndAwait(i);
		}
		assertThat(topic.publishAndAwait(20, Duration.ofSeconds(30))).isTrue();
		await().until(() -> own.size() == 21 && others.size() == 21);
		assertThat(own).isEqualTo(others).isSorted();
	}

	@Test
	void subscriptionsComeAndGo() throws Exception {
		List<String> seen = new CopyOnWriteArrayList<>();
		otherTopic().publishAndAwait("before");
		Registration registration = topic().subscribe(seen::add);
		otherTopic().publishAndAwait("during");
		await().until(() -> seen.size() == 1);
		registration.close();
		otherTopic().publishAndAwait("after");
		assertThat(seen).containsExactly("during");
	}

	@Test
	void stopOfASubscriberEndsTheWaitForIt() {
		try (Atomix client = this.setUp.newClient(this.name)) {
			client.topic(this.name, String.class).subscribe((message) -> client.topic("x", String.class));
			client.stop();
			CompletableFuture<Void> sent = topic().async().publishAndAwait("a");
			assertThat(sent.orTimeout(20, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(20));
		}
	}

	@Test
	void waitsThatEndEarlyLeaveNothing() throws Exception {
		List<Integer> seen = new CopyOnWriteArrayList<>();
		DistributedTopic<Integer> topic = node().topic(this.name, Integer.class);
		Registration registration = other().topic(this.name, Integer.class).subscribe(seen::add);
		for (int i = 0; i < 200; i++) {
			topic.async().publishAndAwait(i).orTimeout(i * 20L, TimeUnit.MICROSECONDS);
		}
		topic.publishAndAwait(200);
		await().until(() -> seen.size() == 201);
		assertThat(seen).isSorted().doesNotHaveDuplicates();
		registration.close();
		await().until(() -> node().primitives().stream().noneMatch((primitive) -> primitive.name().equals(this.name)));
	}

	@Test
	void destructionIsAnnouncedAndSubscriptionsComeBack() throws Exception {
		List<String> seen = new CopyOnWriteArrayList<>();
		topic().subscribe(new TopicListener<>() {

			@Override
			public void onMessage(String message) {
				seen.add(message);
			}

			@Override
			public void onResync() {
				seen.add("resync");
			}

		});
		otherTopic().destroy();
		await().until(() -> seen.contains("resync"));
		otherTopic().publishAndAwait("a");
		await().until(() -> seen.size() == 2);
		assertThat(seen).containsExactly("resync", "a");
	}

}
