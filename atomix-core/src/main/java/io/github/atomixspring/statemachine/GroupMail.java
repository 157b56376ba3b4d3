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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.GroupMessages.Member;
import io.github.atomixspring.protocol.GroupMessages.Outcome;
import io.github.atomixspring.protocol.GroupMessages.Send;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.statemachine.GroupQueue.Message;
import io.github.atomixspring.statemachine.Waiters.Request;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a group, in a queue for each member and channel. A message stays here
 * until its consumer settles it, so that it survives whatever happens to the event that
 * brings it there.
 * <p>
 * A message to any consumer is put into the queue of one, and into that of another when
 * the first one is lost. Where there is none it waits in a queue that belongs to no
 * member.
 */
final class GroupMail {

	private static final int MAX_MESSAGES = 10_000;

	private static final int MAX_QUEUES = 100_000;

	private static final long MAX_BYTES = 64 << 20;

	private static final int FIXED_BYTES = 64;

	/**
	 * Stands in for the member of the queues that belong to none. Ids are not blank.
	 */
	private static final String NOBODY = "";

	private final Service service;

	private final GroupMembers members;

	private final GroupRequests requests;

	/**
	 * The queues by channel and member.
	 */
	private final TreeMap<String, TreeMap<String, GroupQueue>> channels = new TreeMap<>();

	private int queues;

	private long bytes;

	private @Nullable GroupQueue restored;

	/**
	 * Creates an instance without messages.
	 * @param service the service whose messages they are
	 * @param members the members of the group
	 */
	GroupMail(Service service, GroupMembers members) {
		this.service = service;
		this.members = members;
		this.requests = new GroupRequests(service);
	}

	GroupRequests requests() {
		return this.requests;
	}

	boolean isEmpty() {
		return this.channels.isEmpty() && this.requests.pending().isEmpty();
	}

	Result send(Send send, long session, Context context) {
		String channel = send.channel();
		Result refusal = check(channel);
		if (refusal != null) {
			return refusal;
		}
		if (!send.hasKnownKinds()) {
			return ErrorCode.ILLEGAL.failure("The delivery or the execution is not known");
		}
		boolean waits = send.execution() != Send.ASYNC;
		Request request = new Request(waits ? session : 0, send.number());
		if (waits && this.requests.pending().contains(request)) {
			return GroupMessages.Sent.queued();
		}
		String member = send.member();
		if (send.delivery() == Send.DIRECT && (member == null || this.members.get(member) == null)) {
			return GroupMessages.Sent.done(List.of(new Outcome(String.valueOf(member), Outcome.GONE, null)));
		}
		List<String> addressed = address(send);
		refusal = checkRoom(channel, addressed, send.content().length, waits);
		if (refusal != null) {
			return refusal;
		}
		TreeSet<Long> awaited = new TreeSet<>();
		for (String consumer : addressed) {
			Message message = new Message(context.nextNumber(), request.session(), request.number(), send.delivery(),
					send.execution(), send.chance(), context.node(session), send.content());
			GroupQueue queue = queue(channel, consumer);
			if (waits && (send.delivery() != Send.BROADCAST || queue.isAttached())) {
				awaited.add(message.id());
			}
			queue.add(message);
			this.bytes += weight(message);
		}
		if (!awaited.isEmpty()) {
			this.requests.open(request, awaited);
		}
		addressed.forEach((consumer) -> pump(channel, consumer, context));
		return awaited.isEmpty() ? GroupMessages.Sent.done(List.of()) : GroupMessages.Sent.queued();
	}

	private static @Nullable Result check(String channel) {
		if (channel.isBlank()) {
			return ErrorCode.ILLEGAL.failure("The name of a channel must not be blank");
		}
		return (channel.length() <= PrimitiveId.MAX_NAME_LENGTH) ? null : ErrorCode.LIMIT
			.failure("The name of a channel may have " + PrimitiveId.MAX_NAME_LENGTH + " characters");
	}

	private List<String> address(Send send) {
		String member = send.member();
		if (send.delivery() == Send.DIRECT && member != null) {
			return List.of(member);
		}
		if (send.delivery() == Send.RANDOM) {
			return List.of(choose(send.channel(), send.chance()));
		}
		List<String> all = new ArrayList<>();
		queues(send.channel()).forEach((consumer, queue) -> {
			if (queue.presence() != GroupQueue.VACANT) {
				all.add(consumer);
			}
		});
		return all;
	}

	/**
	 * Chooses one of the consumers of a channel.
	 * @param channel the channel
	 * @param chance decides
	 * @return the member, or that of no member if there is no consumer
	 */
	private String choose(String channel, long chance) {
		List<String> attached = new ArrayList<>();
		queues(channel).forEach((member, queue) -> {
			if (queue.isAttached()) {
				attached.add(member);
			}
		});
		return attached.isEmpty() ? NOBODY : attached.get((int) Math.floorMod(chance, (long) attached.size()));
	}

	private @Nullable Result checkRoom(String channel, List<String> addressed, int length, boolean waits) {
		if (this.bytes + (long) addressed.size() * (length + FIXED_BYTES) > MAX_BYTES) {
			return limit("more than " + MAX_BYTES + " bytes of messages that nobody has settled yet");
		}
		if (waits && this.requests.pending().isFull()) {
			return limit(Waiters.LIMIT + " senders that wait");
		}
		for (String member : addressed) {
			GroupQueue queue = queues(channel).get(member);
			if (queue == null && this.queues >= MAX_QUEUES) {
				return limit(MAX_QUEUES + " consumers");
			}
			if (queue != null && queue.size() >= MAX_MESSAGES) {
				return limit(MAX_MESSAGES + " messages for '" + member + "' that are not settled yet");
			}
		}
		return null;
	}

	private Result limit(String what) {
		return ErrorCode.LIMIT.failure("The group '" + this.service.id().name() + "' has " + what);
	}

	private Map<String, GroupQueue> queues(String channel) {
		TreeMap<String, GroupQueue> found = this.channels.get(channel);
		return (found != null) ? found : Map.of();
	}

	private GroupQueue queue(String channel, String member) {
		return this.channels.computeIfAbsent(channel, (name) -> new TreeMap<>()).computeIfAbsent(member, (id) -> {
			this.queues++;
			return new GroupQueue();
		});
	}

	private void remove(String channel, String member) {
		this.channels.computeIfPresent(channel, (name, queues) -> {
			if (queues.remove(member) != null) {
				this.queues--;
			}
			return queues.isEmpty() ? null : queues;
		});
	}

	private void pump(String channel, String id, Context context) {
		GroupQueue queue = queues(channel).get(id);
		Member member = this.members.get(id);
		Message message = (queue != null && member != null) ? queue.deliver() : null;
		if (member != null && message != null) {
			context.send(member.session(), new GroupMessages.Delivered(this.service.id(), id, member.number(), channel,
					message.id(), message.execution(), message.node(), message.content()));
		}
	}

	/**
	 * Attaches a consumer, or sends it again what it has not settled.
	 * @param member the member
	 * @param channel the channel
	 * @param context the rest of the state
	 * @return whether it is attached, or a failure
	 */
	Result attach(Member member, String channel, Context context) {
		Result refusal = check(channel);
		if (refusal != null) {
			return refusal;
		}
		if (!queues(channel).containsKey(member.id()) && this.queues >= MAX_QUEUES) {
			return limit(MAX_QUEUES + " consumers");
		}
		queue(channel, member.id()).presence(GroupQueue.ATTACHED);
		GroupQueue unclaimed = queues(channel).get(NOBODY);
		if (unclaimed != null) {
			remove(channel, NOBODY);
			unclaimed.messages().forEach((message) -> queue(channel, choose(channel, message.chance())).add(message));
		}
		pump(channel, member.id(), context);
		return new Result.Flag(true);
	}

	/**
	 * Detaches a consumer.
	 * @param member the member
	 * @param channel the channel
	 * @param context the rest of the state
	 * @return whether it was attached
	 */
	boolean detach(Member member, String channel, Context context) {
		GroupQueue queue = queues(channel).get(member.id());
		if (queue == null || !queue.isAttached()) {
			return false;
		}
		queue.presence(GroupQueue.VACANT);
		List<Stray> strays = new ArrayList<>();
		vacate(channel, queue, strays);
		for (Message message : queue.take((waiting) -> waiting.delivery() == Send.BROADCAST)) {
			drop(member.id(), message, context);
		}
		if (queue.isUseless()) {
			remove(channel, member.id());
		}
		reroute(strays, context);
		return true;
	}

	private static void vacate(String channel, GroupQueue queue, List<Stray> strays) {
		queue.take((message) -> message.delivery() == Send.RANDOM)
			.forEach((message) -> strays.add(new Stray(channel, message)));
	}

	private void drop(String member, Message message, Context context) {
		this.bytes -= weight(message);
		this.requests.settle(message, new Outcome(member, Outcome.GONE, null), context);
	}

	private void reroute(List<Stray> strays, Context context) {
		for (Stray stray : strays) {
			String consumer = choose(stray.channel, stray.message.chance());
			queue(stray.channel, consumer).add(stray.message);
			pump(stray.channel, consumer, context);
		}
	}

	Result settle(GroupMessages.Settle settle, Context context) {
		GroupQueue queue = queues(settle.channel()).get(settle.member());
		Message message = (queue != null) ? queue.settle(settle.message()) : null;
		if (queue == null || message == null) {
			return new Result.Flag(false);
		}
		this.bytes -= weight(message);
		boolean known = settle.kind() == Outcome.ACKNOWLEDGED || settle.kind() == Outcome.REPLIED;
		this.requests.settle(message, new Outcome(settle.member(), known ? settle.kind() : Outcome.FAILED,
				(settle.kind() == Outcome.REPLIED) ? settle.content() : null), context);
		if (queue.isUseless()) {
			remove(settle.channel(), settle.member());
		}
		pump(settle.channel(), settle.member(), context);
		return new Result.Flag(true);
	}

	/**
	 * Takes note that members have left or died.
	 * @param lost the members as they were; those that are persistent and still members
	 * have died
	 * @param context the rest of the state
	 */
	void lost(List<Member> lost, Context context) {
		List<Stray> strays = new ArrayList<>();
		for (Member member : lost) {
			for (String channel : List.copyOf(this.channels.keySet())) {
				GroupQueue queue = queues(channel).get(member.id());
				if (queue != null) {
					// All before any is sent elsewhere: others of them may be lost, too.
					lost(channel, member.id(), queue, strays, context);
				}
			}
		}
		reroute(strays, context);
	}

	private void lost(String channel, String member, GroupQueue queue, List<Stray> strays, Context context) {
		if (this.members.get(member) != null) {
			queue.presence(queue.isAttached() ? GroupQueue.REMEMBERED : queue.presence());
			vacate(channel, queue, strays);
			for (Message message : queue.messages()) {
				if (message.delivery() == Send.BROADCAST) {
					this.requests.settle(message, null, context);
				}
			}
		}
		else {
			queue.presence(GroupQueue.VACANT);
			vacate(channel, queue, strays);
			queue.take((message) -> true).forEach((message) -> drop(member, message, context));
		}
		if (queue.isUseless()) {
			remove(channel, member);
		}
	}

	private static long weight(Message message) {
		return message.content().length + FIXED_BYTES;
	}

	List<SnapshotPart> capture() {
		List<SnapshotPart> parts = new ArrayList<>();
		this.channels.forEach((channel, queues) -> queues.forEach((member, queue) -> {
			parts.add(new QueuePart(channel, member, queue.presence(), queue.isDelivered()));
			queue.messages().forEach((message) -> parts.add(new MessagePart(message)));
		}));
		parts.addAll(this.requests.capture());
		return parts;
	}

	void restore(SnapshotPart part) {
		if (part instanceof QueuePart queuePart) {
			this.restored = queue(queuePart.channel(), queuePart.member());
			this.restored.restore(queuePart.presence(), queuePart.delivered());
		}
		else if (part instanceof MessagePart messagePart && this.restored != null) {
			this.restored.add(messagePart.message());
			this.bytes += weight(messagePart.message());
		}
		else {
			this.requests.restore((GroupRequests.Part) part);
		}
	}

	/**
	 * A message that lost its consumer.
	 */
	private record Stray(String channel, Message message) {

	}

	/**
	 * A queue. Its messages follow.
	 *
	 * @param channel the channel
	 * @param member the member, or an empty text
	 * @param presence who consumes
	 * @param delivered whether the first message is on its way
	 */
	@JsonTypeName("91")
	record QueuePart(String channel, String member, int presence, boolean delivered) implements SnapshotPart {

	}

	/**
	 * A message.
	 *
	 * @param message the message
	 */
	@JsonTypeName("92")
	record MessagePart(Message message) implements SnapshotPart {

	}

}
