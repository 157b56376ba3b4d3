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

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for the messages of a {@link GroupProxy}.
 */
class GroupMessagingTests {

	private static final GroupChannel<String, Integer> CHANNEL = GroupChannel.of("c", String.class, Integer.class);

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedGroup group = create(this.session);

	private final DistributedGroup other = create(this.otherSession);

	private final List<GroupMessage<String, Integer>> messages = new CopyOnWriteArrayList<>();

	private static DistributedGroup create(FakeSession node) {
		return Groups.create(node, "g", GroupOptions.defaults(), () -> {
		});
	}

	private LocalGroupMember consumer(DistributedGroup at, String member) {
		LocalGroupMember joined = at.join(member);
		joined.consume(CHANNEL, this.messages::add);
		return joined;
	}

	private CompletableFuture<GroupReplies<Integer>> send(ProducerOptions options, String message) {
		return this.group.producer(CHANNEL, options).async().send(message);
	}

	private static ProducerOptions request(ProducerOptions options) {
		return options.withExecution(Execution.REQUEST_REPLY);
	}

	private List<String> contents() {
		return this.messages.stream().map(GroupMessage::content).toList();
	}

	@Test
	void directMessageIsAcknowledged() {
		consumer(this.other, "p");
		CompletableFuture<GroupReplies<Integer>> sent = send(ProducerOptions.direct("p"), "hello");
		assertThat(sent).isNotDone();
		GroupMessage<String, Integer> message = this.messages.get(0);
		assertThat(message.content()).isEqualTo("hello");
		assertThat(message.sender()).isEqualTo("n1");
		assertThat(message.execution()).isEqualTo(Execution.SYNC);
		message.ack();
		message.fail();
		assertThat(sent.join()).isEqualTo(new GroupReplies<>(Map.of(), Set.of("p"), Set.of()));
	}

	@Test
	void requestIsReplied() {
		this.other.join("p").consume(CHANNEL, (message) -> message.reply(message.content().length()));
		GroupReplies<Integer> replies = this.group.producer(CHANNEL, request(ProducerOptions.direct("p"))).send("four");
		assertThat(replies.reply()).isEqualTo(4);
		assertThat(this.group.producer(CHANNEL, ProducerOptions.direct("p")).send("four").acknowledged())
			.containsExactly("p");
	}

	@Test
	void broadcastRequestReplyCompletes() {
		this.group.join("p").consume(CHANNEL, (message) -> message.reply(1));
		this.other.join("q").consume(CHANNEL, (message) -> message.reply(2));
		this.other.join("r").consume(CHANNEL, GroupMessage::fail);
		this.other.join("s");
		GroupReplies<Integer> replies = this.group.producer(CHANNEL, request(ProducerOptions.broadcast())).send("all");
		assertThat(replies.replies()).isEqualTo(Map.of("p", 1, "q", 2));
		assertThat(replies.failed()).containsExactly("r");
		assertThatExceptionOfType(MessageFailedException.class)
			.isThrownBy(() -> this.group.producer(CHANNEL, ProducerOptions.broadcast()).send("all"))
			.satisfies((ex) -> assertThat(ex.failed()).containsExactly("r"));
	}

	@Test
	void twoMembersOfOneInstanceHaveSeparateConsumers() {
		List<String> first = new ArrayList<>();
		List<String> second = new ArrayList<>();
		LocalGroupMember one = this.group.join();
		LocalGroupMember two = this.group.join();
		one.consume(CHANNEL, (message) -> {
			first.add(message.content());
			message.ack();
		});
		two.consume(CHANNEL, (message) -> {
			second.add(message.content());
			message.ack();
		});
		this.other.producer(CHANNEL, ProducerOptions.direct(one.id())).send("one");
		this.other.producer(CHANNEL, ProducerOptions.direct(two.id())).send("two");
		assertThat(first).containsExactly("one");
		assertThat(second).containsExactly("two");
	}

	@Test
	void twoOutstandingSendsGetTheirOwnAcknowledgements() {
		consumer(this.other, "p");
		consumer(this.other, "q");
		CompletableFuture<GroupReplies<Integer>> one = send(request(ProducerOptions.direct("p")), "one");
		CompletableFuture<GroupReplies<Integer>> two = send(request(ProducerOptions.direct("q")), "two");
		this.messages.get(1).reply(2);
		assertThat(two.join().reply()).isEqualTo(2);
		assertThat(one).isNotDone();
		this.messages.get(0).reply(1);
		assertThat(one.join().reply()).isEqualTo(1);
	}

	@Test
	void randomMessageWaitsForAConsumer() {
		CompletableFuture<GroupReplies<Integer>> sent = send(ProducerOptions.random(), "any");
		assertThat(sent).isNotDone();
		consumer(this.other, "p");
		this.messages.get(0).ack();
		assertThat(sent.join().acknowledged()).containsExactly("p");
	}

	@Test
	void asynchronousMessageDoesNotWait() {
		consumer(this.other, "p");
		ProducerOptions options = ProducerOptions.direct("p").withExecution(Execution.ASYNC);
		GroupProducer<String, Integer> producer = this.group.producer(CHANNEL, options);
		assertThat(producer.send("1").acknowledged()).isEmpty();
		producer.send("2");
		assertThat(contents()).containsExactly("1");
		this.messages.get(0).ack();
		assertThat(contents()).containsExactly("1", "2");
	}

	@Test
	void messageToNobodyFails() {
		assertThatExceptionOfType(MessageFailedException.class)
			.isThrownBy(() -> this.group.producer(CHANNEL, ProducerOptions.direct("p")).send("x"));
		assertThat(this.group.producer(CHANNEL, request(ProducerOptions.broadcast())).send("x").replies()).isEmpty();
	}

	@Test
	void handlerThatThrowsFailsTheMessage() {
		this.other.join("p").consume(CHANNEL, (message) -> {
			throw new IOException("boom");
		});
		assertThatExceptionOfType(MessageFailedException.class)
			.isThrownBy(() -> this.group.producer(CHANNEL, ProducerOptions.direct("p")).send("x"))
			.withMessageContaining("'c'");
	}

	@Test
	void messageThatCannotBeDecodedFailsAndTheNextOneComes() {
		consumer(this.other, "p");
		GroupChannel<String, String> text = GroupChannel.of("c", String.class);
		this.other.join("q").consume(GroupChannel.of("c", Long.class), (message) -> message.ack());
		GroupProducer<String, String> producer = this.group.producer(text, ProducerOptions.direct("q"));
		assertThatExceptionOfType(MessageFailedException.class).isThrownBy(() -> producer.send("no number at all"));
		assertThatExceptionOfType(MessageFailedException.class).isThrownBy(() -> producer.send("nor this one here"));
	}

	@Test
	void messagesOfADeadMemberComeWhenItIsBack() {
		LocalGroupMember member = consumer(this.other, "p");
		this.otherSession.expire();
		CompletableFuture<GroupReplies<Integer>> sent = send(ProducerOptions.direct("p"), "1");
		send(ProducerOptions.broadcast().withExecution(Execution.ASYNC), "2");
		assertThat(this.messages).isEmpty();
		this.otherSession.connect();
		assertThat(member.isMember()).isTrue();
		this.messages.get(0).ack();
		assertThat(sent).isDone();
		assertThat(contents()).containsExactly("1", "2");
	}

	@Test
	void messageInHandIsNotHandledTwiceAfterTheSessionWasLost() {
		consumer(this.other, "p");
		CompletableFuture<GroupReplies<Integer>> sent = send(ProducerOptions.direct("p"), "1");
		this.otherSession.expire();
		this.otherSession.connect();
		assertThat(contents()).containsExactly("1");
		this.messages.get(0).ack();
		assertThat(sent.join().acknowledged()).containsExactly("p");
	}

	@Test
	void settlementThatWasLostWithTheSessionIsRepeated() {
		consumer(this.other, "p");
		CompletableFuture<GroupReplies<Integer>> sent = send(request(ProducerOptions.direct("p")), "1");
		this.otherSession.unlink();
		this.messages.get(0).reply(5);
		this.otherSession.timeOutUnsent();
		assertThat(sent).isNotDone();
		this.otherSession.expire();
		this.otherSession.connect();
		assertThat(sent.join().reply()).isEqualTo(5);
		assertThat(contents()).containsExactly("1");
	}

	@Test
	void settlementIsRepeatedUntilItWasSent() {
		consumer(this.other, "p");
		CompletableFuture<GroupReplies<Integer>> sent = send(ProducerOptions.direct("p"), "1");
		this.otherSession.refuse(GroupMessages.Settle.class);
		this.messages.get(0).ack();
		assertThat(sent).isNotDone();
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(sent).isDone();
	}

	@Test
	void messageWhoseEventWasDroppedIsAskedFor() {
		consumer(this.other, "p");
		this.otherSession.dropEvents();
		CompletableFuture<GroupReplies<Integer>> one = send(ProducerOptions.direct("p"), "1");
		CompletableFuture<GroupReplies<Integer>> two = send(ProducerOptions.direct("p"), "2");
		assertThat(this.messages).isEmpty();
		this.otherSession.resync();
		this.messages.get(0).ack();
		this.messages.get(1).ack();
		assertThat(contents()).containsExactly("1", "2");
		assertThat(one).isDone();
		assertThat(two).isDone();
	}

	@Test
	void consumersAskOneAfterTheOtherForWhatWasDropped() {
		for (String member : List.of("p", "q", "r")) {
			consumer(this.other, member);
		}
		int attached = this.otherSession.submitted(GroupMessages.Attach.class).size();
		this.otherSession.unlink();
		this.otherSession.resync();
		assertThat(this.otherSession.submitted(GroupMessages.Attach.class)).hasSize(attached + 1);
		this.otherSession.link();
		assertThat(this.otherSession.submitted(GroupMessages.Attach.class)).hasSize(attached + 3);
	}

	@Test
	void outcomeWhoseEventWasDroppedIsUnknownAndTheMessageIsNotSentAgain() {
		consumer(this.other, "p");
		CompletableFuture<GroupReplies<Integer>> one = send(ProducerOptions.direct("p"), "1");
		CompletableFuture<GroupReplies<Integer>> two = send(ProducerOptions.direct("p"), "2");
		this.session.dropEvents();
		this.messages.get(0).ack();
		this.session.resync();
		assertThat(one).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(UnknownOutcomeException.class);
		this.messages.get(1).ack();
		assertThat(two).isDone();
		assertThat(this.messages).hasSize(2);
	}

	@Test
	void sendThatTakesTooLongIsForgotten() {
		LocalGroupMember member = this.other.join("p");
		CompletableFuture<GroupReplies<Integer>> sent = send(
				ProducerOptions.direct("p").withTimeout(Duration.ofSeconds(2)), "1");
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(sent).isNotDone();
		this.cluster.advance(Duration.ofSeconds(2));
		assertThat(sent).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(UnknownOutcomeException.class);
		assertThat(this.session.submitted(GroupMessages.Forget.class)).hasSize(1);
		member.consume(CHANNEL, this.messages::add);
		assertThat(contents()).as("it stays sent").containsExactly("1");
	}

	@Test
	void cancelledSendIsForgotten() {
		consumer(this.other, "p");
		CompletableFuture<GroupReplies<Integer>> sent = send(ProducerOptions.direct("p"), "1");
		sent.cancel(false);
		assertThat(this.session.submitted(GroupMessages.Forget.class)).hasSize(1);
		this.messages.get(0).ack();
	}

	@Test
	void sendsOfALostSessionHaveAnUnknownOutcome() {
		consumer(this.other, "p");
		CompletableFuture<GroupReplies<Integer>> sent = send(ProducerOptions.direct("p"), "1");
		this.session.expire();
		assertThat(sent).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(UnknownOutcomeException.class);
	}

	@Test
	void sendThatWasNotSentDidNotHappen() {
		consumer(this.other, "p");
		this.group.members();
		this.session.unlink();
		CompletableFuture<GroupReplies<Integer>> sent = send(ProducerOptions.direct("p"), "1");
		this.session.timeOutUnsent();
		assertThat(sent).failsWithin(Duration.ZERO).withThrowableThat().withCauseInstanceOf(UnavailableException.class);
	}

	@Test
	void closedConsumerGetsNothingAndTheNextOneGetsWhatWasNotSettled() {
		LocalGroupMember member = this.other.join("p");
		Registration registration = member.consume(CHANNEL, this.messages::add);
		assertThatIllegalStateException().isThrownBy(() -> member.consume(CHANNEL, this.messages::add));
		CompletableFuture<GroupReplies<Integer>> sent = send(ProducerOptions.direct("p"), "1");
		registration.close();
		registration.close();
		send(ProducerOptions.direct("p"), "2");
		assertThat(contents()).containsExactly("1");
		member.consume(CHANNEL, (message) -> message.ack());
		assertThat(sent).isDone();
	}

	@Test
	void messagesToAMemberThatLeavesFail() {
		LocalGroupMember member = consumer(this.other, "p");
		CompletableFuture<GroupReplies<Integer>> sent = send(ProducerOptions.direct("p"), "1");
		member.leave();
		assertThat(sent).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(MessageFailedException.class);
		assertThatIllegalStateException().isThrownBy(() -> member.consume(CHANNEL, this.messages::add));
	}

	@Test
	void messageOfAnEarlierMembershipIsLeftAlone() {
		LocalGroupMember member = consumer(this.other, "p");
		CompletableFuture<GroupReplies<Integer>> sent = send(ProducerOptions.direct("p"), "1");
		assertThat(sent).isNotDone();
		member.leave();
		consumer(this.other, "p");
		PrimitiveId id = PrimitiveId.of(PrimitiveType.GROUP, "g");
		this.otherSession.event(new GroupMessages.Delivered(id, "p", 1, "c", 2, 0, "n1", new byte[0]));
		assertThat(contents()).containsExactly("1");
	}

	@Test
	void destructionAndClosingEndTheSends() {
		consumer(this.other, "p");
		CompletableFuture<GroupReplies<Integer>> destroyed = send(ProducerOptions.direct("p"), "1");
		this.other.destroy();
		assertThat(destroyed).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(MessageFailedException.class);
		consumer(this.other, "p");
		GroupProducer<String, Integer> producer = this.group.producer(CHANNEL, ProducerOptions.direct("p"));
		CompletableFuture<GroupReplies<Integer>> closed = producer.async().send("2");
		this.group.close();
		assertThat(closed).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(PrimitiveClosedException.class);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> producer.send("3"));
		assertThatExceptionOfType(PrimitiveClosedException.class)
			.isThrownBy(() -> this.group.producer(CHANNEL, ProducerOptions.random()));
	}

	@Test
	void kindsHaveTheNumbersOfTheProtocol() {
		assertThat(Delivery.values()).containsExactly(Delivery.DIRECT, Delivery.RANDOM, Delivery.BROADCAST);
		assertThat(Execution.values()).containsExactly(Execution.SYNC, Execution.ASYNC, Execution.REQUEST_REPLY);
	}

	@Test
	void badArgumentsAreNamed() {
		assertThatNullPointerException().isThrownBy(() -> send(ProducerOptions.random(), null))
			.withMessageContaining("'message'");
		assertThatNullPointerException().isThrownBy(() -> this.group.producer(null, ProducerOptions.random()))
			.withMessageContaining("'channel'");
		assertThatNullPointerException().isThrownBy(() -> this.group.producer(CHANNEL, null))
			.withMessageContaining("'options'");
		assertThatIllegalArgumentException().isThrownBy(() -> GroupChannel.of(" ", String.class))
			.withMessageContaining("'name'");
		assertThatIllegalArgumentException().isThrownBy(() -> ProducerOptions.random().withTimeout(Duration.ZERO))
			.withMessageContaining("'timeout'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ProducerOptions(Delivery.RANDOM, "p", Execution.SYNC, null))
			.withMessageContaining("'member'");
		LocalGroupMember member = this.group.join();
		assertThatNullPointerException().isThrownBy(() -> member.consume(CHANNEL, null))
			.withMessageContaining("'handler'");
		assertThatNullPointerException()
			.isThrownBy(() -> member.consume((GroupChannel<String, Integer>) null, this.messages::add))
			.withMessageContaining("'channel'");
	}

}
