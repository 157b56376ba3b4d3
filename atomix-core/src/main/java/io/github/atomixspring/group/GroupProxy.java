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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.proxy.AbstractPrimitive;
import io.github.atomixspring.proxy.CreationGate;
import io.github.atomixspring.proxy.Durations;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DistributedGroup} over the session of its node.
 */
final class GroupProxy extends AbstractPrimitive implements DistributedGroup, GroupWatch.Observer {

	private final GroupOptions options;

	private final CreationGate gate;

	private final GroupWatch watch;

	private final LocalMembers members;

	private final GroupSender sender;

	private final LeaderListeners leaderListeners;

	private final AsyncDistributedGroup async;

	/**
	 * Creates a group.
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called when the instance is closed
	 */
	GroupProxy(PrimitiveSession session, String name, GroupOptions options, Runnable onClose) {
		super(session, PrimitiveType.GROUP, name, onClose);
		this.options = options;
		this.gate = new CreationGate(session, id(), configuration(options));
		this.watch = new GroupWatch(session, id(), mailbox(), this, this::closedException);
		this.members = new LocalMembers(session, id(), mailbox(), this.gate, this.watch, this::leadershipChanged);
		this.sender = new GroupSender(session, id(), mailbox());
		this.leaderListeners = new LeaderListeners(session::newSerialExecutor, name);
		this.async = new AsyncGroupProxy(this);
	}

	private static List<Setting> configuration(GroupOptions options) {
		Duration expiration = options.memberExpiration();
		return (expiration != null) ? List.of(new Setting(GroupMessages.MEMBER_EXPIRATION,
				Long.toString(Durations.positiveMillis(expiration, "memberExpiration")))) : List.of();
	}

	/**
	 * Opens the instance.
	 */
	void start() {
		open();
	}

	/**
	 * Starts an operation once the cluster has accepted the configuration.
	 * @param <T> the type of the result
	 * @param operation starts the operation
	 * @return the result
	 */
	<T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> operation) {
		return isClosed() ? CompletableFuture.failedFuture(closedException()) : this.gate.pass(operation);
	}

	@Override
	public LocalGroupMember join() {
		return join(Map.of());
	}

	@Override
	public LocalGroupMember join(Map<String, String> metadata) {
		return session().await(enter(null, metadata));
	}

	@Override
	public LocalGroupMember join(String id) {
		return join(id, Map.of());
	}

	@Override
	public LocalGroupMember join(String id, Map<String, String> metadata) {
		return session().await(enter(Members.check(id), metadata));
	}

	/**
	 * Joins with a member.
	 * @param id the id of a persistent one, or null for an ephemeral one
	 * @param metadata its metadata
	 * @return the member
	 */
	CompletableFuture<LocalGroupMember> enter(@Nullable String id, Map<String, String> metadata) {
		Objects.requireNonNull(metadata, "'metadata' must not be null");
		Map<String, String> copy = Map.copyOf(metadata);
		String name = (id != null) ? id : UUID.randomUUID().toString();
		return pass(this.watch::begin).thenCompose((nothing) -> {
			CompletableFuture<LocalGroupMember> entered = new CompletableFuture<>();
			mailbox().execute(() -> {
				if (isClosed()) {
					entered.completeExceptionally(closedException());
				}
				else {
					this.members.join(name, id != null, copy, entered);
				}
			});
			return entered;
		});
	}

	@Override
	public List<GroupMember> members() {
		return members(consistency());
	}

	@Override
	public List<GroupMember> members(ReadConsistency consistency) {
		return session().await(readMembers(consistency));
	}

	/**
	 * Reads the members.
	 * @param consistency how fresh the read is
	 * @return the members
	 */
	CompletableFuture<List<GroupMember>> readMembers(ReadConsistency consistency) {
		return read(null, consistency).thenApply(Members::of);
	}

	/**
	 * Returns how fresh reads are by default.
	 * @return the consistency
	 */
	ReadConsistency consistency() {
		return this.options.readConsistency();
	}

	@Override
	public Optional<GroupMember> member(String id) {
		return session().await(readMember(id));
	}

	/**
	 * Reads a member.
	 * @param id the id
	 * @return the member, or empty
	 */
	CompletableFuture<Optional<GroupMember>> readMember(String id) {
		return read(Members.check(id), consistency())
			.thenApply((state) -> state.members().stream().findFirst().map(Members::of));
	}

	@Override
	public Optional<GroupMember> leader() {
		return session().await(readLeader());
	}

	/**
	 * Reads the leader.
	 * @return the leader, or empty
	 */
	CompletableFuture<Optional<GroupMember>> readLeader() {
		return read(null, consistency()).thenApply((state) -> {
			String leader = state.leader().member();
			return state.members().stream().filter((member) -> member.id().equals(leader)).findFirst().map(Members::of);
		});
	}

	@Override
	public GroupLeadership leadership() {
		return session().await(readLeadership());
	}

	/**
	 * Reads the leadership.
	 * @return the leadership
	 */
	CompletableFuture<GroupLeadership> readLeadership() {
		// One member that cannot be there: the leadership is part of every answer.
		return read("", consistency()).thenApply(Members::leadership);
	}

	private CompletableFuture<GroupMessages.State> read(@Nullable String member, ReadConsistency consistency) {
		Objects.requireNonNull(consistency, "'consistency' must not be null");
		return pass(() -> query(new GroupMessages.Info(id(), member), consistency, GroupMessages.State.class));
	}

	@Override
	public boolean remove(String id) {
		return session().await(removeMember(id));
	}

	/**
	 * Removes a member.
	 * @param id the id
	 * @return whether it was a member
	 */
	CompletableFuture<Boolean> removeMember(String id) {
		Members.check(id);
		return pass(() -> submit(new GroupMessages.Remove(id(), id), Result.Flag.class)).thenApply(Result.Flag::value);
	}

	@Override
	public GroupView view() {
		return session().await(readView());
	}

	/**
	 * Returns the view that is kept by events.
	 * @return the view
	 */
	CompletableFuture<GroupView> readView() {
		if (this.watch.isLoaded() && !isClosed()) {
			return CompletableFuture.completedFuture(this.watch.known().view());
		}
		return pass(this.watch::begin).thenApply((nothing) -> this.watch.known().view());
	}

	@Override
	public Registration addListener(GroupListener listener) {
		return session().await(register(listener));
	}

	/**
	 * Adds a listener.
	 * @param listener the listener
	 * @return the registration, once the view is known
	 */
	CompletableFuture<Registration> register(GroupListener listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		return pass(() -> this.watch.add(listener));
	}

	@Override
	public Registration addLeaderListener(GroupLeaderListener listener) {
		return session().await(register(listener));
	}

	/**
	 * Adds a listener.
	 * @param listener the listener
	 * @return the registration, once the leadership is known
	 */
	CompletableFuture<Registration> register(GroupLeaderListener listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		return pass(this.watch::begin).thenCompose((nothing) -> {
			CompletableFuture<Registration> added = new CompletableFuture<>();
			mailbox().execute(() -> added.complete(this.leaderListeners.add(listener, presentLeadership())));
			return added;
		});
	}

	private GroupLeadership presentLeadership() {
		return this.members.present(this.watch.known().view().leadership());
	}

	@Override
	public <T, R> GroupProducer<T, R> producer(GroupChannel<T, R> channel, ProducerOptions options) {
		Objects.requireNonNull(channel, "'channel' must not be null");
		Objects.requireNonNull(options, "'options' must not be null");
		checkOpen();
		return new ProducerProxy<>(this, session(), this.sender, channel, options);
	}

	@Override
	public GroupPartitions partitions(int partitions, int replicas) {
		return session().await(openPartitions(partitions, replicas));
	}

	/**
	 * Returns partitions that follow the group.
	 * @param partitions the number of partitions
	 * @param replicas the number of members in charge of each
	 * @return the partitions
	 */
	CompletableFuture<GroupPartitions> openPartitions(int partitions, int replicas) {
		PartitionTable.check(partitions, replicas);
		PartitionsProxy opened = new PartitionsProxy(name(), partitions, replicas, session()::newSerialExecutor);
		return pass(() -> this.watch.addViewer(opened::accept)).thenCompose(opened::opened)
			.thenApply((nothing) -> opened);
	}

	@Override
	public AsyncDistributedGroup async() {
		return this.async;
	}

	/**
	 * Returns a future for users.
	 * @param <T> the type of the result
	 * @param future the future
	 * @return the future for users
	 */
	<T> CompletableFuture<T> exposed(CompletableFuture<T> future) {
		return session().expose(future);
	}

	@Override
	public void viewRead(GroupMessages.State state) {
		this.members.viewRead(state);
	}

	@Override
	public void leadershipChanged() {
		this.leaderListeners.publish(presentLeadership());
	}

	@Override
	protected CompletableFuture<Result.Flag> destroyAsync() {
		CompletableFuture<Result.Flag> destroyed = super.destroyAsync();
		this.gate.reset();
		return destroyed;
	}

	@Override
	protected void handle(Event event) {
		if (event instanceof GroupMessages.Changed changed) {
			if (changed.kind() == GroupMessages.Changed.LEFT) {
				this.members.left(changed.member());
			}
			this.watch.changed(changed);
		}
		else if (event instanceof GroupMessages.Delivered delivered) {
			this.members.deliver(delivered);
		}
		else if (event instanceof GroupMessages.Completed completed) {
			this.sender.completed(completed);
		}
		else if (event instanceof Event.Destroyed) {
			this.gate.reset();
			this.members.destroyed();
			this.watch.destroyed();
		}
		else if (event instanceof Event.Resync) {
			this.gate.reset();
			this.watch.resync();
			this.members.resync();
			this.sender.waits().resync();
		}
	}

	@Override
	protected void handle(long id, SessionState state) {
		if (state == SessionState.EXPIRED || state == SessionState.CLOSED) {
			// The group may be destroyed and made anew by others before this node hears.
			this.gate.reset();
		}
		this.members.onState(state);
		this.sender.waits().onState(state);
		this.watch.onState(state);
	}

	@Override
	protected void release() {
		this.members.close();
		this.sender.waits().close(closedException());
		this.leaderListeners.clear();
		this.watch.close();
	}

}
