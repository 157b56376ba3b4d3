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

package io.github.atomixspring.statemachine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.GroupMessages.Completed;
import io.github.atomixspring.protocol.GroupMessages.Delivered;
import io.github.atomixspring.protocol.GroupMessages.Outcome;
import io.github.atomixspring.protocol.GroupMessages.Send;
import io.github.atomixspring.protocol.GroupMessages.Sent;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the messages of a {@link GroupService}.
 */
class GroupMailTests {

	private static final PrimitiveId GROUP = PrimitiveId.of(PrimitiveType.GROUP, "workers");

	private static final long LONG_TIMEOUT = 24 * 60 * 60 * 1000L;

	private static final Result YES = new Result.Flag(true);

	private static final Result NO = new Result.Flag(false);

	private final StateLog log = new StateLog(true);

	private final long sender = this.log.open("sender", LONG_TIMEOUT);

	private final long one = this.log.open("one", LONG_TIMEOUT);

	private final long two = this.log.open("two", LONG_TIMEOUT);

	private long number;

	private void join(long session, String member, boolean persistent) {
		assertThat(((GroupMessages.Joined) this.log.submit(session,
				new GroupMessages.Join(GROUP, member, persistent, List.of())))
			.entered()).isTrue();
	}

	private void consumer(long session, String member, boolean persistent) {
		join(session, member, persistent);
		assertThat(this.log.submit(session, new GroupMessages.Attach(GROUP, member, "c"))).isEqualTo(YES);
	}

	private Result send(int delivery, @Nullable String member, int execution, int content) {
		return this.log.submit(this.sender, new Send(GROUP, ++this.number, "c", delivery, member, execution,
				this.number, new byte[] { (byte) content }));
	}

	private Result settle(long session, String member, long message, int kind) {
		return this.log.submit(session, new GroupMessages.Settle(GROUP, member, "c", message, kind,
				(kind == Outcome.REPLIED) ? new byte[] { 9 } : null));
	}

	/**
	 * Returns the only message that came to a session.
	 */
	private Delivered delivered(long session) {
		List<Delivered> all = allDelivered(session);
		assertThat(all).hasSize(1);
		return all.get(0);
	}

	private List<Delivered> allDelivered(long session) {
		return this.log.events(session)
			.stream()
			.filter(Delivered.class::isInstance)
			.map(Delivered.class::cast)
			.toList();
	}

	private List<Completed> completed() {
		return this.log.events(this.sender)
			.stream()
			.filter(Completed.class::isInstance)
			.map(Completed.class::cast)
			.toList();
	}

	private static String outcomes(List<Outcome> outcomes) {
		return outcomes.stream().map((outcome) -> outcome.member() + outcome.kind()).sorted().toList().toString();
	}

	/**
	 * Checks that nothing of messages is left.
	 */
	private void assertFreed() {
		for (Iterator<SnapshotPart> parts = this.log.state().capture(); parts.hasNext();) {
			assertThat(parts.next()).isNotInstanceOf(GroupMail.MessagePart.class)
				.isNotInstanceOf(GroupRequests.Part.class);
		}
		assertThat(this.log.state().interests(this.sender)).isZero();
	}

	@Test
	void messagesOfOneConsumerComeOneAtATimeInOrder() {
		consumer(this.one, "a", false);
		for (int i = 0; i < 3; i++) {
			assertThat(send(Send.DIRECT, "a", Send.ASYNC, i)).isEqualTo(Sent.done(List.of()));
		}
		for (int i = 0; i < 3; i++) {
			Delivered message = delivered(this.one);
			assertThat(message.content()).containsExactly(i);
			assertThat(message.sender()).isEqualTo("sender");
			assertThat(settle(this.two, "a", message.message(), Outcome.ACKNOWLEDGED)).isEqualTo(NO);
			assertThat(settle(this.one, "a", message.message(), Outcome.ACKNOWLEDGED)).isEqualTo(YES);
			assertThat(settle(this.one, "a", message.message(), Outcome.ACKNOWLEDGED)).isEqualTo(NO);
		}
		assertFreed();
	}

	@Test
	void twoOutstandingSendsGetTheirOwnAcknowledgements() {
		consumer(this.one, "a", false);
		consumer(this.two, "b", false);
		assertThat(send(Send.DIRECT, "a", Send.SYNC, 1)).isEqualTo(Sent.queued());
		assertThat(send(Send.DIRECT, "b", Send.SYNC, 2)).isEqualTo(Sent.queued());
		settle(this.two, "b", delivered(this.two).message(), Outcome.FAILED);
		assertThat(completed()).singleElement().satisfies((done) -> {
			assertThat(done.number()).isEqualTo(2);
			assertThat(outcomes(done.outcomes())).isEqualTo("[b2]");
		});
		settle(this.one, "a", delivered(this.one).message(), Outcome.ACKNOWLEDGED);
		assertThat(completed()).singleElement().satisfies((done) -> {
			assertThat(done.number()).isEqualTo(1);
			assertThat(outcomes(done.outcomes())).isEqualTo("[a0]");
		});
		assertFreed();
	}

	@Test
	void broadcastRequestReplyCompletesAndIsFreed() {
		consumer(this.one, "a", false);
		consumer(this.one, "b", false);
		consumer(this.two, "c", true);
		join(this.two, "d", false);
		assertThat(send(Send.BROADCAST, null, Send.REQUEST_REPLY, 1)).isEqualTo(Sent.queued());
		for (Delivered message : allDelivered(this.one)) {
			settle(this.one, message.member(), message.message(), Outcome.REPLIED);
		}
		this.log.restart();
		assertThat(completed()).isEmpty();
		settle(this.two, "c", delivered(this.two).message(), Outcome.ACKNOWLEDGED);
		assertThat(completed()).singleElement()
			.satisfies((done) -> assertThat(outcomes(done.outcomes())).isEqualTo("[a1, b1, c0]"));
		assertFreed();
		this.log.close(this.one);
		this.log.close(this.two);
		assertThat(send(Send.BROADCAST, null, Send.REQUEST_REPLY, 1)).isEqualTo(Sent.done(List.of()));
	}

	@Test
	void finishedRequestReplyMessagesAreFreed() {
		consumer(this.one, "a", true);
		long size = StateLog.encode(this.log.state()).size();
		for (int i = 0; i < 1000; i++) {
			send(Send.DIRECT, "a", Send.REQUEST_REPLY, i);
			settle(this.one, "a", delivered(this.one).message(), Outcome.REPLIED);
		}
		assertThat(completed()).hasSize(1000);
		assertThat(StateLog.encode(this.log.state())).hasSize((int) size);
		assertFreed();
	}

	@Test
	void twoMembersOfOneSessionHaveSeparateConsumers() {
		consumer(this.one, "a", false);
		join(this.one, "b", false);
		send(Send.DIRECT, "b", Send.SYNC, 1);
		assertThat(allDelivered(this.one)).isEmpty();
		assertThat(this.log.submit(this.one, new GroupMessages.Attach(GROUP, "b", "c"))).isEqualTo(YES);
		assertThat(delivered(this.one).member()).isEqualTo("b");
		send(Send.DIRECT, "a", Send.SYNC, 2);
		Delivered first = delivered(this.one);
		assertThat(first.member()).isEqualTo("a");
		assertThat(settle(this.one, "b", first.message(), Outcome.ACKNOWLEDGED)).isEqualTo(NO);
		assertThat(this.log.submit(this.two, new GroupMessages.Attach(GROUP, "a", "c"))).isEqualTo(NO);
		assertThat(this.log.submit(this.two, new GroupMessages.Detach(GROUP, "a", "c"))).isEqualTo(NO);
	}

	@Test
	void messagesToADeadPersistentMemberAreKeptUntilItIsBack() {
		consumer(this.one, "a", true);
		send(Send.DIRECT, "a", Send.SYNC, 1);
		Delivered first = delivered(this.one);
		this.log.close(this.one);
		send(Send.DIRECT, "a", Send.SYNC, 2);
		send(Send.BROADCAST, null, Send.ASYNC, 3);
		assertThat(send(Send.BROADCAST, null, Send.SYNC, 4)).as("nobody waits for the dead")
			.isEqualTo(Sent.done(List.of()));
		this.log.restart();
		join(this.two, "a", true);
		assertThat(allDelivered(this.two)).isEmpty();
		this.log.submit(this.two, new GroupMessages.Attach(GROUP, "a", "c"));
		for (int i = 1; i <= 4; i++) {
			Delivered message = delivered(this.two);
			assertThat(message.content()).containsExactly(i);
			assertThat(message.message() == first.message()).isEqualTo(i == 1);
			settle(this.two, "a", message.message(), Outcome.ACKNOWLEDGED);
		}
		assertThat(completed()).hasSize(2);
		assertFreed();
	}

	@Test
	void messagesToAMemberThatLeavesFail() {
		consumer(this.one, "a", false);
		send(Send.DIRECT, "a", Send.SYNC, 1);
		send(Send.DIRECT, "a", Send.SYNC, 2);
		this.log.close(this.one);
		assertThat(completed()).extracting((done) -> outcomes(done.outcomes())).containsExactly("[a3]", "[a3]");
		assertThat(send(Send.DIRECT, "a", Send.ASYNC, 2))
			.isEqualTo(Sent.done(List.of(new Outcome("a", Outcome.GONE, null))));
		assertFreed();
	}

	@Test
	void senderStopsToWaitForAPersistentConsumerOfABroadcastThatDies() {
		consumer(this.one, "a", true);
		consumer(this.two, "b", false);
		send(Send.BROADCAST, null, Send.SYNC, 1);
		settle(this.two, "b", delivered(this.two).message(), Outcome.ACKNOWLEDGED);
		assertThat(completed()).isEmpty();
		this.log.close(this.one);
		assertThat(completed()).singleElement()
			.satisfies((done) -> assertThat(outcomes(done.outcomes())).isEqualTo("[b0]"));
	}

	@Test
	void randomMessageGoesToAnotherConsumerWhenItsOwnIsLost() {
		send(Send.RANDOM, null, Send.SYNC, 1);
		send(Send.RANDOM, null, Send.SYNC, 2);
		consumer(this.one, "a", true);
		assertThat(delivered(this.one).content()).containsExactly(1);
		consumer(this.two, "b", false);
		this.log.close(this.one);
		Delivered first = delivered(this.two);
		assertThat(first.content()).containsExactly(1);
		this.log.submit(this.two, new GroupMessages.Detach(GROUP, "b", "c"));
		this.log.restart();
		this.log.submit(this.two, new GroupMessages.Attach(GROUP, "b", "c"));
		assertThat(delivered(this.two).message()).isEqualTo(first.message());
		settle(this.two, "b", first.message(), Outcome.ACKNOWLEDGED);
		settle(this.two, "b", delivered(this.two).message(), Outcome.ACKNOWLEDGED);
		assertThat(completed()).extracting((done) -> outcomes(done.outcomes())).containsExactly("[b0]", "[b0]");
		assertFreed();
	}

	@Test
	void randomMessagesReachAllConsumers() {
		for (String member : List.of("a", "b", "c")) {
			consumer(this.one, member, false);
		}
		for (int i = 0; i < 9; i++) {
			send(Send.RANDOM, null, Send.ASYNC, i);
		}
		assertThat(allDelivered(this.one)).extracting(Delivered::member).containsExactlyInAnyOrder("a", "b", "c");
	}

	@Test
	void attachingAgainBringsWhatIsNotSettled() {
		consumer(this.one, "a", false);
		send(Send.DIRECT, "a", Send.ASYNC, 1);
		Delivered first = delivered(this.one);
		this.log.submit(this.one, new GroupMessages.Attach(GROUP, "a", "c"));
		assertThat(delivered(this.one).message()).isEqualTo(first.message());
	}

	@Test
	void senderThatForgetsOrEndsIsNotToldAndTheMessageStays() {
		consumer(this.one, "a", false);
		send(Send.DIRECT, "a", Send.SYNC, 1);
		assertThat(this.log.submit(this.sender, new GroupMessages.Inquire(GROUP, 1))).isEqualTo(Sent.queued());
		assertThat(this.log.submit(this.one, new GroupMessages.Forget(GROUP, 1))).isEqualTo(NO);
		assertThat(this.log.submit(this.sender, new GroupMessages.Forget(GROUP, 1))).isEqualTo(YES);
		assertThat(this.log.submit(this.sender, new GroupMessages.Inquire(GROUP, 1)))
			.isEqualTo(new Sent(Sent.UNKNOWN, List.of()));
		send(Send.DIRECT, "a", Send.SYNC, 2);
		this.log.close(this.sender);
		settle(this.one, "a", delivered(this.one).message(), Outcome.ACKNOWLEDGED);
		settle(this.one, "a", delivered(this.one).message(), Outcome.ACKNOWLEDGED);
		assertFreed();
	}

	@Test
	void repeatedSendIsAnsweredAsItStands() {
		consumer(this.one, "a", false);
		Send send = new Send(GROUP, 7, "c", Send.DIRECT, "a", Send.SYNC, 0, new byte[1]);
		assertThat(this.log.submit(this.sender, send)).isEqualTo(Sent.queued());
		assertThat(this.log.submit(this.sender, send)).isEqualTo(Sent.queued());
		settle(this.one, "a", delivered(this.one).message(), Outcome.ACKNOWLEDGED);
		assertThat(allDelivered(this.one)).isEmpty();
	}

	@Test
	void destructionTellsTheSenders() {
		consumer(this.one, "a", false);
		send(Send.DIRECT, "a", Send.SYNC, 1);
		this.log.submit(this.two, new Command.Destroy(GROUP));
		assertThat(completed()).singleElement()
			.satisfies((done) -> assertThat(done.outcomes().get(0).kind()).isEqualTo(Outcome.GONE));
		assertFreed();
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
	}

	@Test
	void memberThatCannotBeWrittenAgainIsRefused() {
		// It would become part of the answer, which is part of snapshots.
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Send(GROUP, 1, "c", Send.DIRECT, "\ud800", Send.SYNC, 0, new byte[1]));
	}

	@Test
	void repliesThatAreTogetherTooLargeFail() {
		for (int i = 0; i < 5; i++) {
			consumer(this.one, "m" + i, false);
		}
		send(Send.BROADCAST, null, Send.REQUEST_REPLY, 1);
		for (Delivered message : allDelivered(this.one)) {
			this.log.submit(this.one, new GroupMessages.Settle(GROUP, message.member(), "c", message.message(),
					Outcome.REPLIED, new byte[500_000]));
		}
		assertThat(outcomes(completed().get(0).outcomes())).isEqualTo("[m01, m11, m21, m31, m42]");
	}

	@Test
	void limitsAreChecked() {
		join(this.one, "a", true);
		for (int i = 0; i < 10_000; i++) {
			send(Send.DIRECT, "a", Send.ASYNC, i);
		}
		assertLimit(send(Send.DIRECT, "a", Send.ASYNC, 1));
		assertThat(send(Send.RANDOM, null, Send.ASYNC, 1)).isEqualTo(Sent.done(List.of()));
		byte[] large = new byte[1 << 20];
		Send send = new Send(GROUP, 0, "d", Send.DIRECT, "a", Send.ASYNC, 0, large);
		for (int i = 0; i < 63; i++) {
			assertThat(this.log.submit(this.sender, send)).isEqualTo(Sent.done(List.of()));
		}
		assertLimit(this.log.submit(this.sender, send));
		assertLimit(this.log.submit(this.sender,
				new Send(GROUP, 0, "x".repeat(257), Send.DIRECT, "a", Send.ASYNC, 0, new byte[1])));
		assertIllegal(new Send(GROUP, 0, " ", Send.DIRECT, "a", Send.ASYNC, 0, new byte[1]));
		assertIllegal(new Send(GROUP, 0, "c", 3, "a", Send.ASYNC, 0, new byte[1]));
		assertIllegal(new Send(GROUP, 0, "c", Send.RANDOM, "a", -1, 0, new byte[1]));
		assertIllegal(new GroupMessages.Attach(GROUP, "a", ""));
	}

	private static void assertLimit(Result result) {
		assertThat(((Result.Failure) result).code()).isEqualTo(ErrorCode.LIMIT.code());
	}

	private void assertIllegal(Command command) {
		long session = (command instanceof Send) ? this.sender : this.one;
		assertThat(((Result.Failure) this.log.submit(session, command)).code()).isEqualTo(ErrorCode.ILLEGAL.code());
	}

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(29);
		Model model = new Model();
		List<Long> sessions = new ArrayList<>(List.of(this.sender, this.one, this.two));
		long requests = 0;
		for (int i = 0; i < 100_000; i++) {
			int position = random.nextInt(sessions.size());
			long session = sessions.get(position);
			String member = "m" + random.nextInt(5);
			String channel = "c" + random.nextInt(2);
			switch (random.nextInt(24)) {
				case 0 -> {
					if (random.nextInt(30) == 0) {
						this.log.restart();
					}
				}
				case 1 -> {
					if (random.nextInt(8) == 0) {
						model.end(session);
						this.log.close(session);
						sessions.set(position, this.log.open("n" + i, LONG_TIMEOUT));
					}
				}
				case 2, 3 -> {
					boolean persistent = member.compareTo("m3") < 0;
					boolean entered = ((GroupMessages.Joined) this.log.submit(session,
							new GroupMessages.Join(GROUP, member, persistent, List.of())))
						.entered();
					assertThat(entered).isEqualTo(model.join(session, member, persistent));
				}
				case 4 -> assertThat(this.log.submit(session, new GroupMessages.Remove(GROUP, member)))
					.isEqualTo(new Result.Flag(model.remove(member)));
				case 5, 6, 7 -> assertThat(this.log.submit(session, new GroupMessages.Attach(GROUP, member, channel)))
					.isEqualTo(new Result.Flag(model.attach(session, member, channel)));
				case 8 -> assertThat(this.log.submit(session, new GroupMessages.Detach(GROUP, member, channel)))
					.isEqualTo(new Result.Flag(model.detach(session, member, channel)));
				case 9, 10, 11 -> {
					int delivery = random.nextInt(3);
					int execution = random.nextInt(3);
					Send send = new Send(GROUP, ++requests, channel, delivery,
							(delivery == Send.DIRECT) ? member : null, execution, random.nextLong(), new byte[] { 1 });
					Sent sent = (Sent) this.log.submit(session, send);
					assertThat(sent.status()).isEqualTo(model.send(session, send));
				}
				default -> {
					if (random.nextInt(16) != 0) {
						session = model.members.getOrDefault(member, session);
					}
					if (session == 0) {
						break;
					}
					Long head = model.head(member, channel);
					long message = (head != null && random.nextInt(8) != 0) ? head : -1;
					int kind = random.nextInt(3);
					assertThat(this.log.submit(session,
							new GroupMessages.Settle(GROUP, member, channel, message, kind, null)))
						.isEqualTo(new Result.Flag(model.settle(session, member, channel, message, kind)));
				}
			}
			for (long each : sessions) {
				for (Event event : this.log.events(each)) {
					model.see(each, event);
				}
			}
			model.check();
		}
		assertThat(model.completed).isGreaterThan(3_000);
		assertThat(model.deliveries).isGreaterThan(5_000);
		assertThat(model.moved).isGreaterThan(100);
		ReplicatedState replayed = new ReplicatedState();
		this.log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(this.log.digest());
	}

	/**
	 * A message of the model. Its number is known once it was delivered.
	 */
	private static final class Mail {

		private final Send send;

		private final String request;

		private long id;

		Mail(Send send, String request) {
			this.send = send;
			this.request = request;
		}

	}

	/**
	 * A queue of the model.
	 */
	private static final class Line {

		private final Deque<Mail> mails = new ArrayDeque<>();

		private int presence;

		private boolean delivered;

	}

	/**
	 * A request of the model.
	 */
	private static final class Asked {

		private final List<Mail> awaited = new ArrayList<>();

		private final List<Outcome> outcomes = new ArrayList<>();

	}

	/**
	 * The messages in plain Java.
	 */
	private static final class Model {

		private final Map<String, Long> members = new TreeMap<>();

		private final Map<String, Map<String, Line>> channels = new TreeMap<>();

		private final Map<String, Asked> asked = new TreeMap<>();

		private final Map<String, String> expected = new TreeMap<>();

		private int completed;

		private int deliveries;

		private int moved;

		private Line line(String member, String channel) {
			return this.channels.computeIfAbsent(channel, (name) -> new TreeMap<>())
				.computeIfAbsent(member, (id) -> new Line());
		}

		private static boolean isPersistent(String member) {
			return member.compareTo("m3") < 0;
		}

		boolean join(long session, String member, boolean persistent) {
			assertThat(persistent).isEqualTo(isPersistent(member));
			long owner = this.members.getOrDefault(member, 0L);
			if (owner == 0) {
				this.members.put(member, session);
			}
			return owner == 0 || owner == session;
		}

		private boolean owns(long session, String member) {
			return this.members.getOrDefault(member, 0L) == session;
		}

		boolean attach(long session, String member, String channel) {
			if (!owns(session, member)) {
				return false;
			}
			Line line = line(member, channel);
			line.presence = GroupQueue.ATTACHED;
			line.delivered = false;
			Line nobody = line("", channel);
			line.mails.addAll(nobody.mails);
			nobody.mails.clear();
			return true;
		}

		boolean detach(long session, String member, String channel) {
			Line line = line(member, channel);
			if (!owns(session, member) || line.presence != GroupQueue.ATTACHED) {
				return false;
			}
			line.presence = GroupQueue.VACANT;
			line.delivered = false;
			List<Mail> strays = take(line, Send.RANDOM);
			take(line, Send.BROADCAST).forEach((mail) -> finish(mail, new Outcome(member, Outcome.GONE, null)));
			reroute(strays);
			return true;
		}

		private static List<Mail> take(Line line, int delivery) {
			List<Mail> taken = new ArrayList<>(
					line.mails.stream().filter((mail) -> mail.send.delivery() == delivery).toList());
			line.mails.removeAll(taken);
			return taken;
		}

		private void reroute(List<Mail> strays) {
			this.moved += strays.size();
			strays.forEach((mail) -> line(choose(mail.send), mail.send.channel()).mails.add(mail));
		}

		private String choose(Send send) {
			List<String> attached = this.channels.getOrDefault(send.channel(), Map.of())
				.entrySet()
				.stream()
				.filter((entry) -> entry.getValue().presence == GroupQueue.ATTACHED)
				.map(Map.Entry::getKey)
				.toList();
			return attached.isEmpty() ? "" : attached.get((int) Math.floorMod(send.chance(), (long) attached.size()));
		}

		int send(long session, Send send) {
			boolean waits = send.execution() != Send.ASYNC;
			List<String> addressed = new ArrayList<>();
			if (send.delivery() == Send.DIRECT) {
				if (!this.members.containsKey(send.member())) {
					return Sent.DONE;
				}
				addressed.add(send.member());
			}
			else if (send.delivery() == Send.RANDOM) {
				addressed.add(choose(send));
			}
			else {
				this.channels.getOrDefault(send.channel(), Map.of()).forEach((member, line) -> {
					if (line.presence != GroupQueue.VACANT) {
						addressed.add(member);
					}
				});
			}
			String request = session + "/" + send.number();
			Asked waiting = new Asked();
			for (String member : addressed) {
				Mail mail = new Mail(send, request);
				Line line = line(member, send.channel());
				line.mails.add(mail);
				if (waits && (send.delivery() != Send.BROADCAST || line.presence == GroupQueue.ATTACHED)) {
					waiting.awaited.add(mail);
				}
			}
			if (waiting.awaited.isEmpty()) {
				return Sent.DONE;
			}
			this.asked.put(request, waiting);
			return Sent.QUEUED;
		}

		private void finish(Mail mail, @Nullable Outcome outcome) {
			Asked waiting = this.asked.get(mail.request);
			if (waiting != null && waiting.awaited.remove(mail)) {
				if (outcome != null) {
					waiting.outcomes.add(outcome);
				}
				if (waiting.awaited.isEmpty()) {
					this.asked.remove(mail.request);
					this.expected.put(mail.request, outcomes(waiting.outcomes));
				}
			}
		}

		@Nullable Long head(String member, String channel) {
			Mail mail = line(member, channel).mails.peek();
			return (mail != null && mail.id != 0) ? mail.id : null;
		}

		boolean settle(long session, String member, String channel, long message, int kind) {
			Line line = line(member, channel);
			Mail mail = line.mails.peek();
			if (!owns(session, member) || mail == null || mail.id != message) {
				return false;
			}
			line.mails.poll();
			line.delivered = false;
			finish(mail, new Outcome(member, kind, null));
			return true;
		}

		boolean remove(String member) {
			if (this.members.remove(member) == null) {
				return false;
			}
			lost(List.of(member));
			return true;
		}

		void end(long session) {
			this.asked.keySet().removeIf((request) -> request.startsWith(session + "/"));
			List<String> lost = this.members.entrySet()
				.stream()
				.filter((entry) -> entry.getValue() == session)
				.map(Map.Entry::getKey)
				.toList();
			for (String member : lost) {
				if (isPersistent(member)) {
					this.members.put(member, 0L);
				}
				else {
					this.members.remove(member);
				}
			}
			lost(lost);
		}

		private void lost(List<String> lost) {
			List<Mail> strays = new ArrayList<>();
			for (String member : lost) {
				boolean stays = this.members.containsKey(member);
				this.channels.forEach((channel, lines) -> {
					Line line = lines.get(member);
					if (line == null) {
						return;
					}
					line.delivered = false;
					strays.addAll(take(line, Send.RANDOM));
					if (!stays) {
						line.presence = GroupQueue.VACANT;
						List<Mail> dropped = List.copyOf(line.mails);
						line.mails.clear();
						dropped.forEach((mail) -> finish(mail, new Outcome(member, Outcome.GONE, null)));
						return;
					}
					line.presence = Math.min(line.presence, GroupQueue.REMEMBERED);
					line.mails.stream()
						.filter((mail) -> mail.send.delivery() == Send.BROADCAST)
						.forEach((mail) -> finish(mail, null));
				});
			}
			reroute(strays);
		}

		void see(long session, Event event) {
			if (event instanceof Delivered message) {
				this.deliveries++;
				assertThat(owns(session, message.member())).isTrue();
				Line line = line(message.member(), message.channel());
				Mail mail = line.mails.peek();
				assertThat(line.presence).isEqualTo(GroupQueue.ATTACHED);
				assertThat(line.delivered).as("one at a time").isFalse();
				assertThat(mail).isNotNull();
				assertThat(mail.id == 0 || mail.id == message.message()).isTrue();
				assertThat(mail.send.execution()).isEqualTo(message.execution());
				mail.id = message.message();
				line.delivered = true;
			}
			else if (event instanceof Completed done) {
				this.completed++;
				assertThat(outcomes(done.outcomes())).isEqualTo(this.expected.remove(session + "/" + done.number()));
			}
		}

		/**
		 * Checks that all was told that must have been.
		 */
		void check() {
			if (!this.expected.isEmpty()) {
				throw new AssertionError("Not told: " + this.expected);
			}
			this.channels.values().forEach((lines) -> lines.forEach((member, line) -> {
				if (line.presence == GroupQueue.ATTACHED && !line.mails.isEmpty() && !line.delivered) {
					throw new AssertionError("Nothing was sent to " + member);
				}
			}));
		}

	}

}
