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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.group.DistributedGroup;
import io.github.atomixspring.group.Execution;
import io.github.atomixspring.group.GroupChannel;
import io.github.atomixspring.group.GroupMember;
import io.github.atomixspring.group.GroupPartitions;
import io.github.atomixspring.group.GroupProducer;
import io.github.atomixspring.group.GroupReplies;
import io.github.atomixspring.group.LocalGroupMember;
import io.github.atomixspring.group.MessageFailedException;
import io.github.atomixspring.group.PartitionTable;
import io.github.atomixspring.group.ProducerOptions;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The contract of the messages and the partitions of a {@link DistributedGroup}.
 */
class GroupMessagingContractIntegrationTests extends AbstractContractTests {

	private static final GroupChannel<String, Integer> CHANNEL = GroupChannel.of("c", String.class, Integer.class);

	private DistributedGroup group() {
		return node().group(this.name);
	}

	private DistributedGroup otherGroup() {
		return other().group(this.name);
	}

	private GroupProducer<String, Integer> producer(ProducerOptions options) {
		return group().producer(CHANNEL, options);
	}

	private static ProducerOptions request(ProducerOptions options) {
		return options.withExecution(Execution.REQUEST_REPLY);
	}

	@Test
	void directMessagesArriveInOrderAndAreAnswered() {
		List<String> seen = new CopyOnWriteArrayList<>();
		otherGroup().join("p").consume(CHANNEL, (message) -> {
			seen.add(message.content());
			message.reply(message.content().length());
		});
		List<CompletableFuture<GroupReplies<Integer>>> sent = new ArrayList<>();
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			expected.add("m" + i);
			sent.add(producer(request(ProducerOptions.direct("p"))).async().send("m" + i));
		}
		sent.forEach((future) -> assertThat(future.join().reply()).isBetween(2, 3));
		assertThat(seen).isEqualTo(expected);
		assertThat(producer(ProducerOptions.direct("p")).send("sync").acknowledged()).containsExactly("p");
		assertThatExceptionOfType(MessageFailedException.class)
			.isThrownBy(() -> producer(ProducerOptions.direct("q")).send("nobody"));
	}

	@Test
	void randomMessagesAreSpreadAndEachIsHandledOnce() {
		Map<String, Integer> seen = new ConcurrentHashMap<>();
		Set<String> members = new TreeSet<>();
		for (DistributedGroup group : List.of(group(), otherGroup())) {
			for (int i = 0; i < 2; i++) {
				LocalGroupMember member = group.join();
				members.add(member.id());
				member.consume(CHANNEL, (message) -> {
					seen.merge(message.content(), 1, Integer::sum);
					message.ack();
				});
			}
		}
		List<CompletableFuture<GroupReplies<Integer>>> sent = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			sent.add(producer(ProducerOptions.random()).async().send("m" + i));
		}
		Set<String> busy = new TreeSet<>();
		sent.forEach((future) -> busy.addAll(future.join().acknowledged()));
		assertThat(busy).isEqualTo(members);
		assertThat(seen).hasSize(100).allSatisfy((message, times) -> assertThat(times).isOne());
	}

	@Test
	void broadcastRequestReplyCompletes() {
		group().join("p").consume(CHANNEL, (message) -> message.reply(1));
		otherGroup().join("q").consume(CHANNEL, (message) -> message.reply(2));
		otherGroup().join("r").consume(CHANNEL, (message) -> message.fail());
		for (int i = 0; i < 20; i++) {
			GroupReplies<Integer> replies = producer(request(ProducerOptions.broadcast())).send("all");
			assertThat(replies.replies()).isEqualTo(new TreeMap<>(Map.of("p", 1, "q", 2)));
			assertThat(replies.failed()).containsExactly("r");
		}
	}

	@Test
	void messagesToADeadPersistentMemberAreKept() {
		List<String> seen = new CopyOnWriteArrayList<>();
		CompletableFuture<GroupReplies<Integer>> waiting;
		try (Atomix client = this.setUp.newClient(this.name)) {
			client.group(this.name).join("p").consume(CHANNEL, (message) -> {
				seen.add(message.content());
				message.ack();
			});
			assertThat(producer(ProducerOptions.direct("p")).send("1").acknowledged()).containsExactly("p");
			client.stop();
			await().until(() -> group().member("p").filter(GroupMember::isAlive).isEmpty());
			waiting = producer(ProducerOptions.direct("p")).async().send("2");
			producer(ProducerOptions.broadcast().withExecution(Execution.ASYNC)).send("3");
			client.start();
			assertThat(waiting.join().acknowledged()).containsExactly("p");
			await().until(() -> seen.equals(List.of("1", "2", "3")));
			client.stop();
			waiting = producer(ProducerOptions.direct("p")).async().send("4");
		}
		await().until(() -> group().member("p").filter(GroupMember::isAlive).isEmpty());
		otherGroup().join("p").consume(CHANNEL, (message) -> message.ack());
		waiting.join();
	}

	@Test
	void messagesToDeadMembersAreBounded() {
		GroupChannel<byte[], byte[]> channel = GroupChannel.of("large", byte[].class);
		GroupProducer<byte[], byte[]> producer = group().producer(channel,
				ProducerOptions.broadcast().withExecution(Execution.ASYNC));
		byte[] large = new byte[900_000];
		try (Atomix client = this.setUp.newClient(this.name)) {
			for (int i = 0; i < 16; i++) {
				client.group(this.name).join("p" + i).consume(channel, (message) -> message.ack());
			}
			client.stop();
			await().until(() -> group().members().stream().noneMatch(GroupMember::isAlive));
			assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> {
				for (int i = 0; i < 10; i++) {
					producer.send(large);
				}
			});
			for (int i = 0; i < 16; i++) {
				assertThat(group().remove("p" + i)).isTrue();
			}
		}
		assertThat(producer.send(large).failed()).isEmpty();
	}

	@Test
	void messagesThatTogetherOverflowTheOutboxAllArrive() {
		GroupChannel<byte[], byte[]> large = GroupChannel.of("large", byte[].class);
		Set<String> seen = ConcurrentHashMap.newKeySet();
		for (int i = 0; i < 12; i++) {
			LocalGroupMember member = otherGroup().join();
			member.consume(large, (message) -> {
				seen.add(member.id());
				message.ack();
			});
		}
		GroupReplies<byte[]> replies = group().producer(large, ProducerOptions.broadcast()).send(new byte[900_000]);
		assertThat(replies.acknowledged()).hasSize(12).isEqualTo(seen);
	}

	@Test
	void sendsThatAreCancelledOrTimeOutLeaveNothingBehind() {
		AtomicInteger seen = new AtomicInteger();
		otherGroup().join("p").consume(CHANNEL, (message) -> {
			seen.incrementAndGet();
			message.ack();
		});
		int unknown = 0;
		for (int i = 0; i < 50; i++) {
			CompletableFuture<GroupReplies<Integer>> cancelled = producer(ProducerOptions.direct("p")).async()
				.send("a");
			cancelled.cancel(true);
			try {
				producer(ProducerOptions.direct("p").withTimeout(Duration.ofMillis(1))).send("b");
			}
			catch (UnknownOutcomeException ex) {
				unknown++;
			}
		}
		System.out.println(unknown + " of 50 sends timed out");
		await().until(() -> seen.get() == 100);
		assertThat(producer(ProducerOptions.direct("p")).send("c").acknowledged()).containsExactly("p");
	}

	@Test
	void partitionsAreTheSameOnAllNodes() {
		group().join("a");
		GroupPartitions here = group().partitions(64, 2);
		GroupPartitions there = otherGroup().partitions(64, 2);
		LocalGroupMember b = otherGroup().join("b");
		await().until(() -> here.table().equals(PartitionTable.of(List.of("a", "b"), 64, 2)));
		await().until(() -> there.table().equals(here.table()));
		b.leave();
		await().until(() -> here.table().equals(PartitionTable.of(List.of("a"), 64, 2)));
		assertThat(group().view().ring().owner("key")).contains("a");
	}

}
