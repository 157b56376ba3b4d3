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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.CommandRejectedException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.GroupMessages.Joined;
import io.github.atomixspring.protocol.GroupMessages.Member;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.Cleanup;
import io.github.atomixspring.proxy.CreationGate;
import io.github.atomixspring.proxy.Mailbox;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members that one node has in one group, in a mailbox. They come back in each new
 * session until they leave or are removed.
 * <p>
 * A node that was killed and comes back at once finds its persistent member in its own
 * earlier session. It waits for the end of that session instead of giving up.
 */
final class LocalMembers {

	private static final Logger logger = LoggerFactory.getLogger(LocalMembers.class);

	private static final Duration PAUSE = Duration.ofMillis(250);

	private final PrimitiveSession session;

	private final PrimitiveId id;

	private final Mailbox mailbox;

	private final CreationGate gate;

	private final GroupWatch watch;

	private final Runnable onEntered;

	private final Cleanup cleanup;

	private final Map<String, JoinedMember> members = new LinkedHashMap<>();

	private long resyncs;

	/**
	 * Creates an empty instance.
	 * @param session the session of the node
	 * @param id the group
	 * @param mailbox the mailbox of the group
	 * @param gate lets operations pass once the group is configured
	 * @param watch what this node knows of the group
	 * @param onEntered called in the mailbox when a member has entered
	 */
	LocalMembers(PrimitiveSession session, PrimitiveId id, Mailbox mailbox, CreationGate gate, GroupWatch watch,
			Runnable onEntered) {
		this.session = session;
		this.id = id;
		this.mailbox = mailbox;
		this.gate = gate;
		this.watch = watch;
		this.onEntered = onEntered;
		this.cleanup = new Cleanup(session, mailbox);
	}

	boolean contains(String member) {
		return this.members.containsKey(member);
	}

	/**
	 * Joins with a member. Called in the mailbox.
	 * @param member the id
	 * @param persistent whether it is persistent
	 * @param metadata its metadata
	 * @param caller is told the member
	 */
	void join(String member, boolean persistent, Map<String, String> metadata,
			CompletableFuture<LocalGroupMember> caller) {
		if (this.members.containsKey(member)) {
			caller.completeExceptionally(new MemberExistsException(
					"The member '" + member + "' of the group '" + this.id.name() + "' joined through this node"));
			return;
		}
		JoinedMember joined = new JoinedMember(this, member, persistent, metadata,
				new MemberConsumers(this.session, this.id, this.mailbox, member), caller);
		this.members.put(member, joined);
		send(joined);
		Duration timeout = this.session.operationTimeout();
		this.session.schedule(timeout, () -> this.mailbox.execute(() -> {
			if (joined.hasCaller()) {
				giveUp(joined, new UnavailableException("The member '" + member + "' could not join the group '"
						+ this.id.name() + "' within " + timeout, null));
			}
		}));
	}

	private void send(JoinedMember member) {
		long attempt = member.nextAttempt();
		GroupMessages.Join join = new GroupMessages.Join(this.id, member.id(), member.isPersistent(),
				Members.attributes(member.metadata()));
		CompletableFuture<Result> answer = this.gate.submit(join, this.mailbox, () -> member.isCurrent(attempt));
		answer.whenComplete((result, ex) -> this.mailbox.execute(() -> {
			if (member.isCurrent(attempt)) {
				if (ex != null) {
					failed(member, attempt, AtomixException.unwrap(ex));
				}
				else {
					answered(member, attempt, (Joined) result);
				}
			}
		}));
	}

	private void answered(JoinedMember member, long attempt, Joined answer) {
		Member found = answer.member();
		if (answer.entered()) {
			if (member.enter(found)) {
				this.onEntered.run();
			}
			else {
				end(member, "been removed");
			}
		}
		else if (found.persistent() == member.isPersistent() && found.node().equals(this.session.node())) {
			sendLater(member, attempt);
		}
		else {
			if (!member.hasCaller()) {
				logger.warn("Member '{}' of the group '{}' was taken over by the node '{}'", member.id(),
						this.id.name(), found.node());
			}
			this.members.remove(member.id(), member);
			member.end(new MemberExistsException("The member '" + member.id() + "' of the group '" + this.id.name()
					+ "' belongs to the node '" + found.node() + "'"));
		}
	}

	private void failed(JoinedMember member, long attempt, Throwable ex) {
		if (member.hasCaller()) {
			giveUp(member, ex);
		}
		else {
			logger.info("Member '{}' could not join the group '{}' again yet: {}", member.id(), this.id.name(),
					ex.getMessage());
			sendLater(member, attempt);
		}
	}

	private void sendLater(JoinedMember member, long attempt) {
		this.session.schedule(PAUSE, () -> this.mailbox.execute(() -> {
			if (member.isCurrent(attempt) && this.session.state() != SessionState.CLOSED) {
				send(member);
			}
		}));
	}

	private void giveUp(JoinedMember member, Throwable reason) {
		if (this.members.remove(member.id(), member)) {
			member.end(reason);
			// It may have entered all the same, or may still do.
			submitLeave(member.id());
		}
	}

	/**
	 * Takes a member out.
	 * @param member the member
	 * @return completes when the cluster has done so
	 */
	CompletableFuture<Void> leave(JoinedMember member) {
		CompletableFuture<Void> left = new CompletableFuture<>();
		this.mailbox.execute(() -> takeOut(member).whenComplete((result, ex) -> {
			if (ex != null) {
				left.completeExceptionally(AtomixException.unwrap(ex));
			}
			else {
				left.complete(null);
			}
		}));
		return left;
	}

	private CompletableFuture<?> takeOut(JoinedMember member) {
		if (!this.members.remove(member.id(), member)) {
			return CompletableFuture.completedFuture(null);
		}
		member.end(new CommandRejectedException(describe(member, "left")));
		return submitLeave(member.id());
	}

	private CompletableFuture<Result> submitLeave(String member) {
		return this.cleanup.submit(new GroupMessages.Leave(this.id, member), () -> !this.members.containsKey(member));
	}

	/**
	 * Adds a consumer to a member.
	 * @param <T> the type of the messages
	 * @param <R> the type of the replies
	 * @param member the member
	 * @param channel the channel
	 * @param handler the handler
	 * @return the registration
	 */
	<T, R> CompletableFuture<Registration> consume(JoinedMember member, GroupChannel<T, R> channel,
			GroupMessageHandler<T, R> handler) {
		Objects.requireNonNull(channel, "'channel' must not be null");
		Objects.requireNonNull(handler, "'handler' must not be null");
		CompletableFuture<Registration> added = new CompletableFuture<>();
		this.mailbox.execute(() -> {
			if (this.members.get(member.id()) == member) {
				member.consumers().add(channel, handler, member.entered() != null, added);
			}
			else {
				added.completeExceptionally(new IllegalStateException(describe(member, "left")));
			}
		});
		return added;
	}

	/**
	 * Called in the mailbox for a message to a member.
	 * @param delivered the message
	 */
	void deliver(GroupMessages.Delivered delivered) {
		JoinedMember member = this.members.get(delivered.member());
		Member entered = (member != null) ? member.entered() : null;
		if (member != null && entered != null && entered.number() == delivered.entering()) {
			member.consumers().deliver(delivered);
		}
	}

	/**
	 * Called in the mailbox when events were dropped: there may have been messages. Each
	 * consumer is attached after the one before, as what they get together may be more
	 * than may wait for a session, and would be dropped again.
	 */
	void resync() {
		List<Supplier<CompletableFuture<?>>> attachments = new ArrayList<>();
		this.members.values().forEach((member) -> {
			if (member.entered() != null) {
				attachments.addAll(member.consumers().attachments());
			}
		});
		attachNext(++this.resyncs, attachments.iterator());
	}

	private void attachNext(long resync, Iterator<Supplier<CompletableFuture<?>>> attachments) {
		if (this.resyncs == resync && attachments.hasNext()) {
			attachments.next()
				.get()
				.whenComplete((result, ex) -> this.mailbox.execute(() -> attachNext(resync, attachments)));
		}
	}

	/**
	 * Returns the session of the node.
	 * @return the session
	 */
	PrimitiveSession session() {
		return this.session;
	}

	/**
	 * Returns the term in which a member leads, if this node can vouch for it.
	 * @param member the member
	 * @return the term, or empty
	 */
	OptionalLong term(JoinedMember member) {
		Member entered = member.entered();
		GroupWatch.Known known = this.watch.known();
		boolean leads = entered != null && entered.number() == known.leaderNumber() && this.watch.isCertain()
				&& this.session.isLive() && entered.session() == this.session.id();
		return leads ? OptionalLong.of(known.view().leadership().term()) : OptionalLong.empty();
	}

	/**
	 * Returns what this node shows of a leadership: none that a member of its own has and
	 * for which it cannot vouch. Called in the mailbox.
	 * @param leadership the leadership
	 * @return what is shown
	 */
	GroupLeadership present(GroupLeadership leadership) {
		String leader = leadership.leader();
		JoinedMember own = (leader != null) ? this.members.get(leader) : null;
		return (own != null && !own.isLeader()) ? new GroupLeadership(null, leadership.term()) : leadership;
	}

	/**
	 * Called in the mailbox when a member has left the group.
	 * @param gone the member
	 */
	void left(Member gone) {
		JoinedMember member = this.members.get(gone.id());
		if (member != null && member.left(gone.number())) {
			end(member, "been removed");
		}
	}

	/**
	 * Called in the mailbox when a view was read after events may have been missed.
	 * @param state the view
	 */
	void viewRead(GroupMessages.State state) {
		for (JoinedMember member : List.copyOf(this.members.values())) {
			Member entered = member.entered();
			if (entered != null && !contains(state, entered)) {
				endIfRemoved(member, entered);
			}
		}
	}

	private static boolean contains(GroupMessages.State state, Member entered) {
		return state.members().stream().anyMatch((present) -> present.number() == entered.number());
	}

	/**
	 * Ends a member that a view does not show, unless it entered after that or went with
	 * the session: then it comes back in the next one. A view can tell of that before
	 * this node hears, while commands are only answered in a session that lives.
	 * @param member the member
	 * @param entered the member as it entered
	 */
	private void endIfRemoved(JoinedMember member, Member entered) {
		this.session.query(new GroupMessages.Info(this.id, member.id()), ReadConsistency.LINEARIZABLE)
			.thenCompose((result) -> contains((GroupMessages.State) result, entered)
					? CompletableFuture.completedFuture(false)
					: this.session.submit(new GroupMessages.Inquire(this.id, 0)).thenApply((answer) -> true))
			.whenComplete((removed, ex) -> this.mailbox.execute(() -> {
				if (Boolean.TRUE.equals(removed) && member.entered() == entered) {
					end(member, "been removed");
				}
			}));
	}

	/**
	 * Called in the mailbox when the cluster has removed all members.
	 */
	void destroyed() {
		for (JoinedMember member : List.copyOf(this.members.values())) {
			boolean entered = member.entered() != null;
			end(member, "gone with its group");
			if (!entered) {
				// It may have entered the group that was made after that, or still do.
				submitLeave(member.id());
			}
		}
	}

	private void end(JoinedMember member, String reason) {
		this.members.remove(member.id(), member);
		member.end(new CommandRejectedException(describe(member, reason)));
	}

	private String describe(JoinedMember member, String reason) {
		return "The member '" + member.id() + "' of the group '" + this.id.name() + "' has " + reason;
	}

	/**
	 * Called in the mailbox for each state of the session.
	 * @param state the state
	 */
	void onState(SessionState state) {
		if (state == SessionState.EXPIRED || state == SessionState.CLOSED) {
			this.members.values().forEach(JoinedMember::uproot);
		}
		else if (state == SessionState.CONNECTED) {
			this.members.values().forEach((member) -> {
				if (member.entered() == null) {
					send(member);
				}
			});
		}
	}

	/**
	 * Called in the mailbox when the group is closed.
	 */
	void close() {
		List.copyOf(this.members.values()).forEach(this::takeOut);
	}

}
