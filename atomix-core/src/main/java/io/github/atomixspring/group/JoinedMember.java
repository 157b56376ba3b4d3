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

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.GroupMessages;
import org.jspecify.annotations.Nullable;

/**
 * The wish of this node to be a member. All but what is volatile is touched in the
 * mailbox only.
 */
final class JoinedMember implements LocalGroupMember {

	private final LocalMembers members;

	private final String id;

	private final boolean persistent;

	private final Map<String, String> metadata;

	private final MemberConsumers consumers;

	private final AsyncLocalGroupMember async = new Async();

	private @Nullable CompletableFuture<LocalGroupMember> caller;

	/**
	 * The member as it entered in the present session, or null.
	 */
	private volatile GroupMessages.@Nullable Member entered;

	private volatile boolean ended;

	private long attempt;

	private long leftNumber;

	/**
	 * Creates a member that has not entered.
	 * @param members those of its group
	 * @param id the id
	 * @param persistent whether it is persistent
	 * @param metadata its metadata
	 * @param consumers its consumers
	 * @param caller waits until it has entered
	 */
	JoinedMember(LocalMembers members, String id, boolean persistent, Map<String, String> metadata,
			MemberConsumers consumers, CompletableFuture<LocalGroupMember> caller) {
		this.members = members;
		this.id = id;
		this.persistent = persistent;
		this.metadata = metadata;
		this.consumers = consumers;
		this.caller = caller;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public Map<String, String> metadata() {
		return this.metadata;
	}

	@Override
	public boolean isPersistent() {
		return this.persistent;
	}

	@Override
	public boolean isMember() {
		return !this.ended;
	}

	@Override
	public boolean isLeader() {
		return leaderTerm().isPresent();
	}

	@Override
	public OptionalLong leaderTerm() {
		return this.members.term(this);
	}

	@Override
	public <T, R> Registration consume(GroupChannel<T, R> channel, GroupMessageHandler<T, R> handler) {
		return this.members.session().await(this.members.consume(this, channel, handler));
	}

	@Override
	public void leave() {
		this.members.session().await(this.members.leave(this));
	}

	@Override
	public AsyncLocalGroupMember async() {
		return this.async;
	}

	MemberConsumers consumers() {
		return this.consumers;
	}

	GroupMessages.@Nullable Member entered() {
		return this.entered;
	}

	/**
	 * Takes note that the cluster has the member.
	 * @param member the member as it entered
	 * @return whether it is still there: an event may have told otherwise
	 */
	boolean enter(GroupMessages.Member member) {
		if (member.number() <= this.leftNumber) {
			return false;
		}
		this.entered = member;
		this.consumers.attachAll();
		CompletableFuture<LocalGroupMember> waiting = takeCaller();
		if (waiting != null) {
			waiting.complete(this);
		}
		return true;
	}

	/**
	 * Takes note that the cluster has removed the member that entered under a number.
	 * @param number the number
	 * @return whether it is this one
	 */
	boolean left(long number) {
		GroupMessages.Member member = this.entered;
		if (member == null) {
			this.leftNumber = Math.max(this.leftNumber, number);
			return false;
		}
		return member.number() == number;
	}

	/**
	 * Takes note that the session has ended.
	 */
	void uproot() {
		this.attempt++;
		this.entered = null;
	}

	/**
	 * Ends this for ever.
	 * @param reason the exception if somebody still waits
	 */
	void end(Throwable reason) {
		this.ended = true;
		this.entered = null;
		this.consumers.close();
		CompletableFuture<LocalGroupMember> waiting = takeCaller();
		if (waiting != null) {
			waiting.completeExceptionally(reason);
		}
	}

	boolean hasCaller() {
		return this.caller != null;
	}

	private @Nullable CompletableFuture<LocalGroupMember> takeCaller() {
		CompletableFuture<LocalGroupMember> waiting = this.caller;
		this.caller = null;
		return waiting;
	}

	/**
	 * Starts a new attempt; answers to older ones do not count any more.
	 * @return the number of the attempt
	 */
	long nextAttempt() {
		return ++this.attempt;
	}

	boolean isCurrent(long number) {
		return this.attempt == number && !this.ended;
	}

	@Override
	public String toString() {
		return "member '" + this.id + "'";
	}

	/**
	 * The asynchronous face.
	 */
	private final class Async implements AsyncLocalGroupMember {

		@Override
		public <T, R> CompletableFuture<Registration> consume(GroupChannel<T, R> channel,
				GroupMessageHandler<T, R> handler) {
			LocalMembers all = JoinedMember.this.members;
			return all.session().expose(all.consume(JoinedMember.this, channel, handler));
		}

		@Override
		public CompletableFuture<Void> leave() {
			LocalMembers all = JoinedMember.this.members;
			return all.session().expose(all.leave(JoinedMember.this));
		}

	}

}
