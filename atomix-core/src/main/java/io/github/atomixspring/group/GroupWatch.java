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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.proxy.EventFeed;
import io.github.atomixspring.proxy.ListenerSet;
import io.github.atomixspring.proxy.Mailbox;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * The view of a group that one node keeps by events, in the mailbox of the group.
 * <p>
 * A view and each change of it have a version, so that it is clear which events a view
 * that was read has in it already.
 */
final class GroupWatch {

	private static final Duration PAUSE = Duration.ofMillis(250);

	/**
	 * What {@link #confirmed} is while nothing is certain.
	 */
	private static final long NEVER = Long.MAX_VALUE;

	private final PrimitiveSession session;

	private final PrimitiveId id;

	private final Mailbox mailbox;

	private final Observer observer;

	private final Supplier<PrimitiveClosedException> closed;

	private final EventFeed<GroupWatch> feed;

	private final ListenerSet<GroupListener> listeners;

	private final List<Consumer<GroupView>> viewers = new ArrayList<>();

	/**
	 * Events that came while the view is read.
	 */
	private final List<GroupMessages.Changed> early = new ArrayList<>();

	private volatile Known known = new Known(new GroupMessages.State(0, List.of(), new GroupMessages.Leader(null, 0)));

	/**
	 * The version from which on the view is known to be that of the cluster since this
	 * node could vouch for its session last.
	 */
	private volatile long confirmed = NEVER;

	private volatile @Nullable CompletableFuture<Void> loaded;

	private boolean reading;

	private long readings;

	private long doubts;

	/**
	 * Creates a watch that has not begun.
	 * @param session the session of the node
	 * @param id the group
	 * @param mailbox the mailbox of the group
	 * @param observer is told in the mailbox
	 * @param closed the exception if the group was closed meanwhile
	 */
	GroupWatch(PrimitiveSession session, PrimitiveId id, Mailbox mailbox, Observer observer,
			Supplier<PrimitiveClosedException> closed) {
		this.session = session;
		this.id = id;
		this.mailbox = mailbox;
		this.observer = observer;
		this.closed = closed;
		this.feed = new EventFeed<>(session, id, mailbox, this::reload);
		this.listeners = new ListenerSet<>(session::newSerialExecutor, "group '" + id.name() + "'");
	}

	/**
	 * Returns what is known, in a form that is not shown to users.
	 * @return the view and its messages
	 */
	Known known() {
		return this.known;
	}

	/**
	 * Returns whether there was a view already.
	 * @return whether there is one
	 */
	boolean isLoaded() {
		CompletableFuture<Void> attempt = this.loaded;
		return attempt != null && attempt.isDone() && !attempt.isCompletedExceptionally();
	}

	/**
	 * Returns whether what is known was confirmed since the session was last suspended.
	 * @return whether it is certain
	 */
	boolean isCertain() {
		return this.known.state.version() >= this.confirmed;
	}

	/**
	 * Begins to keep the view, once.
	 * @return completes when there is one
	 */
	CompletableFuture<Void> begin() {
		CompletableFuture<Void> begun = new CompletableFuture<>();
		this.mailbox.execute(() -> {
			CompletableFuture<Void> attempt = this.loaded;
			if (attempt == null) {
				attempt = new CompletableFuture<>();
				this.loaded = attempt;
				listen(attempt);
			}
			attempt.whenComplete((nothing, ex) -> {
				if (ex != null) {
					begun.completeExceptionally(ex);
				}
				else {
					begun.complete(null);
				}
			});
		});
		return begun;
	}

	private void listen(CompletableFuture<Void> attempt) {
		this.feed.add(this, this.closed).whenComplete((registration, ex) -> this.mailbox.execute(() -> {
			if (ex != null) {
				fail(attempt, ex);
				return;
			}
			attempt.whenComplete((nothing, failure) -> {
				if (failure != null) {
					registration.close();
				}
			});
			reload();
		}));
	}

	private void fail(CompletableFuture<Void> attempt, Throwable ex) {
		if (this.loaded == attempt) {
			this.loaded = null;
		}
		attempt.completeExceptionally(ex);
	}

	private void reload() {
		long reading = ++this.readings;
		this.reading = true;
		this.early.clear();
		read((state) -> {
			if (this.readings == reading) {
				this.reading = false;
				take(state);
			}
		}, () -> {
			if (this.readings == reading) {
				reload();
			}
		});
	}

	private void confirm() {
		long doubt = this.doubts;
		read((state) -> {
			this.observer.viewRead(state);
			this.observer.leadershipChanged();
		}, () -> {
			if (this.doubts == doubt && this.confirmed == NEVER) {
				confirm();
			}
		});
	}

	private void read(Consumer<GroupMessages.State> answered, Runnable again) {
		long doubt = this.doubts;
		this.session.query(new GroupMessages.Info(this.id, null), ReadConsistency.LINEARIZABLE)
			.whenComplete((result, ex) -> this.mailbox.execute(() -> {
				if (ex == null) {
					GroupMessages.State state = (GroupMessages.State) result;
					if (this.doubts == doubt) {
						this.confirmed = state.version();
					}
					answered.accept(state);
					return;
				}
				CompletableFuture<Void> attempt = this.loaded;
				if (attempt != null && !attempt.isDone()) {
					fail(attempt, ex);
				}
				else if (this.session.state() != SessionState.CLOSED) {
					this.session.schedule(PAUSE, () -> this.mailbox.execute(again));
				}
			}));
	}

	private void take(GroupMessages.State state) {
		List<GroupMessages.Changed> missed = List.copyOf(this.early);
		this.early.clear();
		this.known = new Known(state);
		this.observer.viewRead(state);
		publish(GroupEvent.Type.RESYNC, null);
		missed.forEach(this::apply);
		CompletableFuture<Void> attempt = this.loaded;
		if (attempt != null) {
			attempt.complete(null);
		}
	}

	/**
	 * Called in the mailbox for a change.
	 * @param change the change
	 */
	void changed(GroupMessages.Changed change) {
		this.feed.announceGap();
		if (this.reading) {
			this.early.add(change);
		}
		else {
			apply(change);
		}
	}

	private void apply(GroupMessages.Changed change) {
		GroupMessages.State old = this.known.state;
		if (change.version() <= old.version()) {
			return;
		}
		GroupMessages.Member member = change.member();
		List<GroupMessages.Member> members = new ArrayList<>(old.members());
		GroupEvent.Type type = GroupEvent.Type.JOINED;
		int position = position(members, member.id());
		if (change.kind() == GroupMessages.Changed.LEFT) {
			type = GroupEvent.Type.LEFT;
			if (position >= 0) {
				members.remove(position);
			}
		}
		else if (position >= 0) {
			GroupMessages.Member before = members.set(position, member);
			boolean same = before.session() == member.session() && before.number() == member.number();
			type = same ? GroupEvent.Type.METADATA : GroupEvent.Type.STATUS;
		}
		else {
			members.add(member);
		}
		this.known = new Known(new GroupMessages.State(change.version(), members, change.leader()));
		publish(type, Members.of(member));
	}

	private static int position(List<GroupMessages.Member> members, String id) {
		for (int i = 0; i < members.size(); i++) {
			if (members.get(i).id().equals(id)) {
				return i;
			}
		}
		return -1;
	}

	private void publish(GroupEvent.Type type, @Nullable GroupMember member) {
		GroupView view = this.known.view;
		GroupEvent event = new GroupEvent(this.id.name(), type, member, view);
		this.listeners.forEach((listener) -> listener.onEvent(event));
		List.copyOf(this.viewers).forEach((viewer) -> viewer.accept(view));
		this.observer.leadershipChanged();
	}

	/**
	 * Adds a listener.
	 * @param listener the listener
	 * @return the registration
	 */
	CompletableFuture<Registration> add(GroupListener listener) {
		return begin().thenCompose((nothing) -> register(() -> {
			ListenerSet.Entry<GroupListener> entry = this.listeners.add(listener);
			GroupEvent event = new GroupEvent(this.id.name(), GroupEvent.Type.RESYNC, null, this.known.view);
			entry.call((added) -> added.onEvent(event));
			return entry;
		}));
	}

	/**
	 * Adds a function that is called in the mailbox with the present view and each later
	 * one.
	 * @param viewer the function
	 * @return the registration
	 */
	CompletableFuture<Registration> addViewer(Consumer<GroupView> viewer) {
		return begin().thenCompose((nothing) -> register(() -> {
			this.viewers.add(viewer);
			viewer.accept(this.known.view);
			return () -> this.mailbox.execute(() -> this.viewers.remove(viewer));
		}));
	}

	/**
	 * Makes a registration in the mailbox.
	 * @param registration makes it
	 * @return the registration
	 */
	private CompletableFuture<Registration> register(Supplier<Registration> registration) {
		CompletableFuture<Registration> added = new CompletableFuture<>();
		this.mailbox.execute(() -> added.complete(registration.get()));
		return added;
	}

	/**
	 * Called in the mailbox for each state of the session.
	 * @param state the state
	 */
	void onState(SessionState state) {
		this.feed.onState(state);
		if (state != SessionState.CONNECTED) {
			this.doubts++;
			this.confirmed = NEVER;
			this.observer.leadershipChanged();
		}
		else if (this.reading) {
			reload();
		}
		else if (isLoaded()) {
			confirm();
		}
	}

	/**
	 * Called in the mailbox when events were dropped.
	 */
	void resync() {
		this.feed.listenAnew();
		if (isLoaded() || this.reading) {
			reload();
		}
	}

	/**
	 * Called in the mailbox when the group was destroyed.
	 */
	void destroyed() {
		// Of the group that is no more, and newer than the empty view that may be read.
		this.early.clear();
		this.feed.listenAnew();
	}

	/**
	 * Called in the mailbox when the group is closed.
	 */
	void close() {
		this.readings++;
		this.confirmed = NEVER;
		this.feed.close();
		this.listeners.clear();
		this.viewers.clear();
	}

	/**
	 * Who is told of what happens, in the mailbox.
	 */
	interface Observer {

		/**
		 * Called when a view was read after events may have been missed, before anybody
		 * else is told.
		 * @param state the view
		 */
		void viewRead(GroupMessages.State state);

		/**
		 * Called when the leadership, or what is certain of it, may have changed.
		 */
		void leadershipChanged();

	}

	/**
	 * A view as it came and as users see it.
	 */
	static final class Known {

		private final GroupMessages.State state;

		private final GroupView view;

		private final long leaderNumber;

		Known(GroupMessages.State state) {
			this.state = state;
			this.view = new GroupView(state.version(), Members.of(state), Members.leadership(state));
			String leader = state.leader().member();
			int position = (leader != null) ? position(state.members(), leader) : -1;
			this.leaderNumber = (position >= 0) ? state.members().get(position).number() : 0;
		}

		GroupView view() {
			return this.view;
		}

		/**
		 * Returns the number of the entering of the leader.
		 * @return the number, or zero if nobody leads
		 */
		long leaderNumber() {
			return this.leaderNumber;
		}

	}

}
