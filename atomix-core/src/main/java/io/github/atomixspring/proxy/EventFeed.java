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

package io.github.atomixspring.proxy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of a primitive to which the cluster sends events as long as there is one.
 * <p>
 * When the session was replaced, events were dropped, or the primitive was destroyed, the
 * cluster is told again; once it knows, the feed announces that events may have been
 * missed.
 *
 * @param <L> the type of the listeners
 */
public final class EventFeed<L> {

	private static final Duration PAUSE = Duration.ofMillis(500);

	private final PrimitiveSession session;

	private final PrimitiveId id;

	private final Mailbox mailbox;

	private final Cleanup cleanup;

	private final ListenerSet<L> listeners;

	private final Runnable resync;

	/**
	 * The request to listen that is in force, null without listeners. Only in the
	 * mailbox.
	 */
	private @Nullable CompletableFuture<Result> listening;

	private boolean closed;

	/**
	 * What wants events beside the listeners, told each time that they begin to come.
	 */
	private @Nullable Runnable keeper;

	/**
	 * Whether listeners may have missed events. Only in the mailbox.
	 */
	private boolean missed;

	/**
	 * Creates a feed.
	 * @param session the session of the node
	 * @param id the primitive
	 * @param mailbox the mailbox of the primitive
	 * @param resync called in the mailbox when events may have been missed
	 */
	public EventFeed(PrimitiveSession session, PrimitiveId id, Mailbox mailbox, Runnable resync) {
		this.session = session;
		this.id = id;
		this.mailbox = mailbox;
		this.cleanup = new Cleanup(session, mailbox);
		this.resync = resync;
		this.listeners = new ListenerSet<>(session::newSerialExecutor, "'" + id.name() + "'");
	}

	/**
	 * Returns the listeners.
	 * @return the listeners
	 */
	public ListenerSet<L> listeners() {
		return this.listeners;
	}

	/**
	 * Adds a listener.
	 * @param listener the listener
	 * @param closed the exception if the primitive was closed meanwhile
	 * @return the registration, once the cluster knows of it
	 */
	public CompletableFuture<Registration> add(L listener, Supplier<? extends RuntimeException> closed) {
		CompletableFuture<Registration> added = new CompletableFuture<>();
		ListenerSet.Entry<L> entry = this.listeners.add(listener);
		this.mailbox.execute(() -> {
			if (this.closed) {
				entry.close();
				added.completeExceptionally(closed.get());
				return;
			}
			CompletableFuture<Result> request = listen();
			request.whenComplete((result, ex) -> {
				if (ex != null) {
					remove(entry);
					added.completeExceptionally(ex);
				}
				else {
					added.complete(() -> remove(entry));
				}
			});
		});
		return added;
	}

	/**
	 * Has events sent also without listeners, from now until the primitive is closed.
	 * Called in the mailbox.
	 * @param newKeeper called in the mailbox each time that events begin to come, after
	 * some may have been missed
	 */
	public void keep(Runnable newKeeper) {
		this.keeper = newKeeper;
		if (this.listening != null && this.listening.isDone()) {
			newKeeper.run();
		}
		else {
			listenAgain();
		}
	}

	private boolean isWanted() {
		return !this.closed && (this.keeper != null || !this.listeners.isEmpty());
	}

	/**
	 * Calls all listeners. Called in the mailbox.
	 * @param call calls one
	 */
	public void publish(Consumer<L> call) {
		announceGap();
		this.listeners.forEach(call);
	}

	/**
	 * Calls those listeners that it concerns. Called in the mailbox.
	 * @param concerned tells whether it concerns a listener
	 * @param call calls one
	 */
	public void publish(Predicate<L> concerned, Consumer<L> call) {
		announceGap();
		for (ListenerSet.Entry<L> entry : this.listeners.entries()) {
			if (concerned.test(entry.listener())) {
				entry.call(call);
			}
		}
	}

	/**
	 * Announces that events may have been missed, if so. Called in the mailbox before an
	 * event is taken in: the first one can come before the answer to the request to
	 * listen.
	 */
	public void announceGap() {
		if (this.missed) {
			this.missed = false;
			this.resync.run();
		}
	}

	private CompletableFuture<Result> listen() {
		CompletableFuture<Result> request = this.listening;
		if (request == null) {
			CompletableFuture<Result> submitted = this.session.submit(new Command.Listen(this.id));
			this.listening = submitted;
			submitted.whenComplete((result, ex) -> this.mailbox.execute(() -> listened(submitted, ex)));
			request = submitted;
		}
		return request;
	}

	private void remove(ListenerSet.Entry<L> entry) {
		entry.close();
		this.mailbox.execute(() -> {
			if (!isWanted() && this.listening != null) {
				this.listening = null;
				this.missed = false;
				this.cleanup.submit(new Command.Unlisten(this.id), () -> this.listening == null);
			}
		});
	}

	/**
	 * Called in the mailbox for each state of the session.
	 * @param state the state
	 */
	public void onState(SessionState state) {
		if (state == SessionState.EXPIRED || state == SessionState.CLOSED) {
			this.listening = null;
			this.missed |= isWanted();
		}
		else if (state == SessionState.CONNECTED && this.listening == null) {
			listenAgain();
		}
	}

	/**
	 * Called in the mailbox when the cluster has forgotten who listens, or may have: it
	 * does so when the primitive is destroyed, of which events that were dropped can have
	 * told.
	 */
	public void listenAnew() {
		this.listening = null;
		this.missed |= isWanted();
		listenAgain();
	}

	private void listenAgain() {
		if (isWanted()) {
			listen();
		}
	}

	private void listened(CompletableFuture<Result> request, @Nullable Throwable ex) {
		if (this.listening != request) {
			return;
		}
		if (ex == null) {
			if (this.keeper != null) {
				this.keeper.run();
			}
			announceGap();
			return;
		}
		this.listening = null;
		if (this.session.state() != SessionState.CLOSED) {
			this.session.schedule(PAUSE, () -> this.mailbox.execute(() -> {
				if (this.listening == null && this.session.isLive()) {
					listenAgain();
				}
			}));
		}
	}

	/**
	 * Called in the mailbox when the primitive is closed.
	 */
	public void close() {
		this.closed = true;
		this.listeners.clear();
		if (this.listening != null) {
			this.listening = null;
			this.cleanup.submit(new Command.Unlisten(this.id));
		}
	}

}
