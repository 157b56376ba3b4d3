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

package io.github.atomixspring.protocol;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Messages of groups.
 */
public final class GroupMessages {

	/**
	 * The setting that says after which time a persistent member without a session is
	 * removed, in milliseconds.
	 */
	public static final String MEMBER_EXPIRATION = "member-expiration";

	private GroupMessages() {
	}

	/**
	 * Enters a member, or changes the metadata of one that this session has entered. A
	 * persistent one without a session is taken over. Answers {@link Joined}.
	 *
	 * @param target the group
	 * @param member the id of the member
	 * @param persistent whether it stays when the session ends
	 * @param metadata what it tells of itself
	 */
	@JsonTypeName("90")
	public record Join(PrimitiveId target, String member, boolean persistent,
			List<Attribute> metadata) implements Command {
		public Join {
			Presence.check(target, member);
			metadata = List.copyOf(metadata);
		}

	}

	/**
	 * Takes a member of this session out, or a dead one of its node. Answers
	 * {@link Result.Flag}.
	 *
	 * @param target the group
	 * @param member the id of the member
	 */
	@JsonTypeName("91")
	public record Leave(PrimitiveId target, String member) implements Command, Releasing {
		public Leave {
			Presence.check(target, member);
		}

	}

	/**
	 * Removes a member of any session. Answers {@link Result.Flag}.
	 *
	 * @param target the group
	 * @param member the id of the member
	 */
	@JsonTypeName("92")
	public record Remove(PrimitiveId target, String member) implements Command, Releasing {
		public Remove {
			Presence.check(target, member);
		}

	}

	/**
	 * Attaches a consumer of a member of this session, or asks for what it has not
	 * settled. Answers {@link Result.Flag}: whether it is attached.
	 *
	 * @param target the group
	 * @param member the id of the member
	 * @param channel the name of the channel
	 */
	@JsonTypeName("93")
	public record Attach(PrimitiveId target, String member, String channel) implements Command {
		public Attach {
			Presence.check(target, member, channel);
		}

	}

	/**
	 * Detaches a consumer of a member of this session. Answers {@link Result.Flag}.
	 *
	 * @param target the group
	 * @param member the id of the member
	 * @param channel the name of the channel
	 */
	@JsonTypeName("94")
	public record Detach(PrimitiveId target, String member, String channel) implements Command, Releasing {
		public Detach {
			Presence.check(target, member, channel);
		}

	}

	/**
	 * Sends a message. Answers {@link Sent}.
	 *
	 * @param target the group
	 * @param number the number of the request, unique in the session unless it is
	 * {@link #ASYNC}
	 * @param channel the name of the channel
	 * @param delivery to whom
	 * @param member the id of the member if it is {@link #DIRECT}
	 * @param execution what the sender waits for
	 * @param chance decides which consumer gets it if it is {@link #RANDOM}
	 * @param content the content
	 */
	@JsonTypeName("95")
	public record Send(PrimitiveId target, long number, String channel, int delivery, @Nullable String member,
			int execution, long chance, byte[] content) implements Command {

		/**
		 * To one member.
		 */
		public static final int DIRECT = 0;

		/**
		 * To one consumer, whichever.
		 */
		public static final int RANDOM = 1;

		/**
		 * To all consumers.
		 */
		public static final int BROADCAST = 2;

		/**
		 * The sender waits until it is settled.
		 */
		public static final int SYNC = 0;

		/**
		 * The sender does not wait.
		 */
		public static final int ASYNC = 1;

		/**
		 * The sender waits for replies.
		 */
		public static final int REQUEST_REPLY = 2;

		public Send {
			Presence.check(target, channel, content);
			if (member != null) {
				Presence.check(member);
			}
		}

		/**
		 * Returns whether delivery and execution are among the constants.
		 * @return whether they are
		 */
		public boolean hasKnownKinds() {
			return this.delivery >= DIRECT && this.delivery <= BROADCAST && this.execution >= SYNC
					&& this.execution <= REQUEST_REPLY;
		}

	}

	/**
	 * Settles the message that a consumer of this session has. Answers
	 * {@link Result.Flag}: whether it had it.
	 *
	 * @param target the group
	 * @param member the id of the member
	 * @param channel the name of the channel
	 * @param message the number of the message
	 * @param kind the kind of {@link Outcome}
	 * @param content the reply, or null
	 */
	@JsonTypeName("96")
	public record Settle(PrimitiveId target, String member, String channel, long message, int kind,
			byte @Nullable [] content) implements Command {
		public Settle {
			Presence.check(target, member, channel);
		}

	}

	/**
	 * Stops to wait for the outcome of a message, which stays sent. Answers
	 * {@link Result.Flag}: whether the session waited.
	 *
	 * @param target the group
	 * @param number the number of the request
	 */
	@JsonTypeName("97")
	public record Forget(PrimitiveId target, long number) implements Command, Releasing {
		public Forget {
			Presence.check(target);
		}

	}

	/**
	 * Asks whether an outcome is still to come. Answers {@link Sent}.
	 *
	 * @param target the group
	 * @param number the number of the request
	 */
	@JsonTypeName("98")
	public record Inquire(PrimitiveId target, long number) implements Command {
		public Inquire {
			Presence.check(target);
		}

	}

	/**
	 * Reads a group. Answers {@link State}.
	 *
	 * @param target the group
	 * @param member the only member of interest, or null for all
	 */
	@JsonTypeName("90")
	public record Info(PrimitiveId target, @Nullable String member) implements Query {
		public Info {
			Presence.check(target);
		}

	}

	/**
	 * A member came, went or changed.
	 *
	 * @param source the group
	 * @param kind one of the constants
	 * @param version the version of the group after the change
	 * @param member the member as it is now, or was last
	 * @param leader who leads after the change
	 */
	@JsonTypeName("90")
	public record Changed(PrimitiveId source, int kind, long version, Member member, Leader leader) implements Event {

		/**
		 * The member was not there before.
		 */
		public static final int JOINED = 0;

		/**
		 * The member is not there any more.
		 */
		public static final int LEFT = 1;

		/**
		 * The member lost its session, has one again, or has other metadata.
		 */
		public static final int UPDATED = 2;

		public Changed {
			Presence.check(source, member, leader);
		}

		@Override
		public long weight() {
			return this.member.weight();
		}

	}

	/**
	 * A message for a consumer of the session.
	 *
	 * @param source the group
	 * @param member the id of the member
	 * @param entering the number of the entering of the member
	 * @param channel the name of the channel
	 * @param message the number of the message
	 * @param execution what the sender waits for
	 * @param sender the node that sent it
	 * @param content the content
	 */
	@JsonTypeName("91")
	public record Delivered(PrimitiveId source, String member, long entering, String channel, long message,
			int execution, String sender, byte[] content) implements Event {
		public Delivered {
			Presence.check(source, member, channel, sender, content);
		}

		@Override
		public long weight() {
			return this.content.length;
		}

	}

	/**
	 * All outcomes that a sender waited for are there.
	 *
	 * @param source the group
	 * @param number the number of the request
	 * @param outcomes the outcomes
	 */
	@JsonTypeName("92")
	public record Completed(PrimitiveId source, long number, List<Outcome> outcomes) implements Event {
		public Completed {
			Presence.check(source);
			outcomes = List.copyOf(outcomes);
		}

		@Override
		public long weight() {
			return this.outcomes.stream().mapToLong(Outcome::weight).sum();
		}

	}

	/**
	 * How sending stands.
	 *
	 * @param status one of the constants
	 * @param outcomes the outcomes if it is done
	 */
	@JsonTypeName("92")
	public record Sent(int status, List<Outcome> outcomes) implements Result {

		/**
		 * The outcome comes as an event.
		 */
		public static final int QUEUED = 0;

		/**
		 * There is nothing to wait for.
		 */
		public static final int DONE = 1;

		/**
		 * The session does not wait for such an outcome, or not any more.
		 */
		public static final int UNKNOWN = 2;

		public Sent {
			outcomes = List.copyOf(outcomes);
		}

		@Override
		public long weight() {
			return this.outcomes.stream().mapToLong(Outcome::weight).sum();
		}

		/**
		 * The outcome comes as an event.
		 * @return the answer
		 */
		public static Sent queued() {
			return new Sent(QUEUED, List.of());
		}

		/**
		 * There is nothing to wait for.
		 * @param outcomes the outcomes
		 * @return the answer
		 */
		public static Sent done(List<Outcome> outcomes) {
			return new Sent(DONE, outcomes);
		}

	}

	/**
	 * What became of a message at one member.
	 *
	 * @param member the id of the member, or an empty text if there was none
	 * @param kind one of the constants
	 * @param content the reply, or null
	 */
	@JsonFormat(shape = Shape.ARRAY)
	public record Outcome(String member, int kind, byte @Nullable [] content) {

		private long weight() {
			return this.member.length() + ((this.content != null) ? this.content.length : 0);
		}

		/**
		 * It was acknowledged.
		 */
		public static final int ACKNOWLEDGED = 0;

		/**
		 * It was replied to.
		 */
		public static final int REPLIED = 1;

		/**
		 * The consumer could not do what was asked for.
		 */
		public static final int FAILED = 2;

		/**
		 * There is no such member or consumer, or not any more.
		 */
		public static final int GONE = 3;

		public Outcome {
			Presence.check(member);
		}

	}

	/**
	 * The outcome of joining.
	 *
	 * @param member the member, or the one of another session that has its id
	 * @param entered whether it is the member of this session
	 */
	@JsonTypeName("90")
	public record Joined(Member member, boolean entered) implements Result {
		public Joined {
			Presence.check(member);
		}

		@Override
		public long weight() {
			return this.member.weight();
		}

	}

	/**
	 * A group.
	 *
	 * @param version the version, which grows with each change
	 * @param members the members in the order in which they came
	 * @param leader who leads
	 */
	@JsonTypeName("91")
	public record State(long version, List<Member> members, Leader leader) implements Result {
		public State {
			members = List.copyOf(members);
			Presence.check(leader);
		}

		@Override
		public long weight() {
			return this.members.stream().mapToLong(Member::weight).sum();
		}

	}

	/**
	 * A member.
	 *
	 * @param id the id
	 * @param number the number of its entering, greater than all before
	 * @param node the node that entered it
	 * @param session the session that entered it, or zero if that has ended
	 * @param persistent whether it stays when the session ends
	 * @param metadata what it tells of itself
	 */
	@JsonFormat(shape = Shape.ARRAY)
	public record Member(String id, long number, String node, long session, boolean persistent,
			List<Attribute> metadata) {
		public Member {
			Presence.check(id, node);
			metadata = List.copyOf(metadata);
		}

		/**
		 * Returns about how many bytes the member takes.
		 * @return the weight
		 */
		public long weight() {
			long weight = this.id.length() + this.node.length();
			for (Attribute attribute : this.metadata) {
				weight += attribute.name().length() + attribute.value().length();
			}
			return weight;
		}

	}

	/**
	 * One thing that a member tells of itself.
	 *
	 * @param name the name
	 * @param value the value
	 */
	@JsonFormat(shape = Shape.ARRAY)
	public record Attribute(String name, String value) {
		public Attribute {
			Presence.check(name, value);
		}

	}

	/**
	 * Who leads a group.
	 *
	 * @param member the id of the member, or null
	 * @param term the term, or the last one if nobody leads
	 */
	@JsonFormat(shape = Shape.ARRAY)
	public record Leader(@Nullable String member, long term) {

	}

}
