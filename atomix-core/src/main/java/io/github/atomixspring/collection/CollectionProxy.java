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

package io.github.atomixspring.collection;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.proxy.AbstractPrimitive;
import io.github.atomixspring.proxy.CreationGate;
import io.github.atomixspring.proxy.EventFeed;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;

/**
 * What the collections have in common: they are created before they are used, and tell
 * listeners what changes.
 *
 * @param <L> the type of the listeners
 */
abstract class CollectionProxy<L> extends AbstractPrimitive implements Lane {

	private final CreationGate gate;

	private final EventFeed<L> feed;

	/**
	 * Creates an instance that is not open yet.
	 * @param session the session of the node
	 * @param type the type
	 * @param name the name
	 * @param configuration the configuration
	 * @param onClose called once, when the instance is closed
	 */
	CollectionProxy(PrimitiveSession session, PrimitiveType type, String name, List<Setting> configuration,
			Runnable onClose) {
		super(session, type, name, onClose);
		this.gate = new CreationGate(session, id(), configuration);
		this.feed = new EventFeed<>(session, id(), mailbox(), this::resync);
	}

	/**
	 * Opens the instance.
	 */
	final void start() {
		open();
	}

	/**
	 * Returns who listens.
	 * @return the feed
	 */
	final EventFeed<L> feed() {
		return this.feed;
	}

	@Override
	public final <R extends Result> CompletableFuture<R> command(Command command, Class<R> result) {
		return pass(() -> submit(command, result));
	}

	@Override
	public final <R extends Result> CompletableFuture<R> ask(Query query, ReadConsistency consistency,
			Class<R> result) {
		Objects.requireNonNull(consistency, "'consistency' must not be null");
		return pass(() -> query(query, consistency, result));
	}

	/**
	 * Starts an operation when the collection was created.
	 * @param <T> the type of the result
	 * @param operation starts the operation
	 * @return the result
	 */
	final <T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> operation) {
		return isClosed() ? CompletableFuture.failedFuture(closedException()) : this.gate.pass(operation);
	}

	/**
	 * Submits a command in the mailbox when the collection was created.
	 * @param command the command
	 * @param wanted whether it is still wanted then
	 * @return the result
	 */
	final CompletableFuture<Result> submitWanted(Command command, BooleanSupplier wanted) {
		return isClosed() ? CompletableFuture.failedFuture(closedException())
				: this.gate.submit(command, mailbox(), wanted);
	}

	/**
	 * Waits for an operation.
	 * @param <T> the type of the result
	 * @param future the operation
	 * @return the result
	 */
	final <T> T complete(CompletableFuture<T> future) {
		return session().await(future);
	}

	/**
	 * Adds a listener.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	final CompletableFuture<Registration> listen(L listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		return pass(() -> this.feed.add(listener, this::closedException));
	}

	@Override
	protected final CompletableFuture<Result.Flag> destroyAsync() {
		CompletableFuture<Result.Flag> destroyed = super.destroyAsync();
		this.gate.reset();
		return destroyed;
	}

	@Override
	protected void handle(Event event) {
		if (event instanceof Event.EntryChanged changed) {
			changed(changed);
		}
		else if (event instanceof Event.Destroyed || event instanceof Event.Resync) {
			this.gate.reset();
			this.feed.listenAnew();
		}
	}

	/**
	 * Called in the mailbox for each change.
	 * @param changed the event
	 */
	abstract void changed(Event.EntryChanged changed);

	/**
	 * Called in the mailbox when events may have been missed: tells the listeners.
	 */
	abstract void resync();

	@Override
	protected void handle(long id, SessionState state) {
		this.feed.onState(state);
	}

	@Override
	protected void release() {
		this.feed.close();
	}

}
