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

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.session.EventHandler;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * What the implementations of all primitives have in common.
 */
public abstract class AbstractPrimitive implements DistributedPrimitive {

	private final PrimitiveSession session;

	private final PrimitiveType type;

	private final PrimitiveId id;

	private final Runnable onClose;

	private final Mailbox mailbox = new Mailbox();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final CompletableFuture<Void> released = new CompletableFuture<>();

	private volatile @Nullable Registration subscription;

	/**
	 * Creates an instance that is not open yet.
	 * @param session the session of the node
	 * @param type the type
	 * @param name the name
	 * @param onClose called once, when the instance is closed
	 */
	protected AbstractPrimitive(PrimitiveSession session, PrimitiveType type, String name, Runnable onClose) {
		this.session = session;
		this.type = type;
		this.id = PrimitiveId.of(type, name);
		this.onClose = onClose;
	}

	/**
	 * Starts to receive events. Called once, after construction.
	 */
	protected final void open() {
		this.subscription = this.session.subscribe(this.id, new EventHandler() {

			@Override
			public void onEvent(Event event) {
				observe(event);
				AbstractPrimitive.this.mailbox.execute(() -> handle(event));
			}

			@Override
			public void onState(long id, SessionState state) {
				observe(state);
				AbstractPrimitive.this.mailbox.execute(() -> handle(id, state));
			}

		});
	}

	/**
	 * Called for each event before the mailbox is, and before anything completes that the
	 * event could belong to. By one thread at a time, in order; must be short.
	 * @param event the event
	 */
	protected void observe(Event event) {
	}

	/**
	 * Called for each state of the session before the mailbox is, in order with the
	 * events.
	 * @param state the state
	 */
	protected void observe(SessionState state) {
	}

	/**
	 * Called in the mailbox for each event.
	 * @param event the event
	 */
	protected abstract void handle(Event event);

	/**
	 * Called in the mailbox for each state of the session.
	 * @param id the id of the session
	 * @param state the state
	 */
	protected abstract void handle(long id, SessionState state);

	/**
	 * Called in the mailbox when the instance is closed: frees what it holds.
	 */
	protected abstract void release();

	@Override
	public final String name() {
		return this.id.name();
	}

	@Override
	public final PrimitiveType type() {
		return this.type;
	}

	/**
	 * Returns the id on the cluster.
	 * @return the id
	 */
	protected final PrimitiveId id() {
		return this.id;
	}

	/**
	 * Returns the session of the node.
	 * @return the session
	 */
	protected final PrimitiveSession session() {
		return this.session;
	}

	/**
	 * Returns the mailbox in which the state of this instance lives.
	 * @return the mailbox
	 */
	protected final Mailbox mailbox() {
		return this.mailbox;
	}

	/**
	 * Returns what transactions need to know of this primitive.
	 * @return the primitive as one that is ready as long as it is not closed
	 */
	protected final Participant participant() {
		return new Participant(this.id, this.session, () -> this.closed.get()
				? CompletableFuture.failedFuture(closedException()) : CompletableFuture.completedFuture(null));
	}

	/**
	 * Submits a command.
	 * @param <R> the type of the result
	 * @param command the command
	 * @param result the type of the result
	 * @return the result
	 */
	protected final <R extends Result> CompletableFuture<R> submit(Command command, Class<R> result) {
		return ask(() -> this.session.submit(command), result);
	}

	/**
	 * Asks a query.
	 * @param <R> the type of the result
	 * @param query the query
	 * @param consistency how fresh the answer is
	 * @param result the type of the result
	 * @return the result
	 */
	protected final <R extends Result> CompletableFuture<R> query(Query query, ReadConsistency consistency,
			Class<R> result) {
		return ask(() -> this.session.query(query, consistency), result);
	}

	private <R extends Result> CompletableFuture<R> ask(Supplier<CompletableFuture<Result>> operation,
			Class<R> result) {
		if (this.closed.get()) {
			return CompletableFuture.failedFuture(closedException());
		}
		return operation.get().thenApply(result::cast);
	}

	/**
	 * Deletes this primitive on the cluster.
	 * @return completes when it is deleted
	 */
	protected CompletableFuture<Result.Flag> destroyAsync() {
		return submit(new Command.Destroy(this.id), Result.Flag.class);
	}

	@Override
	public final void destroy() {
		this.session.await(destroyAsync());
	}

	@Override
	public final void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.mailbox.execute(this::doClose);
		}
		// Another thread may be in the mailbox, for a moment: whoever gets this name
		// again after this method must not come before what is submitted here.
		this.released.join();
	}

	/**
	 * Closes this instance unless something depends on it.
	 * @param unused looks whether nothing does, in the mailbox
	 * @return whether this call has closed it
	 */
	protected final boolean closeIf(BooleanSupplier unused) {
		CompletableFuture<Boolean> outcome = new CompletableFuture<>();
		this.mailbox.execute(() -> {
			boolean closing = unused.getAsBoolean() && this.closed.compareAndSet(false, true);
			if (closing) {
				doClose();
			}
			outcome.complete(closing);
		});
		return outcome.join();
	}

	private void doClose() {
		try {
			release();
			Registration open = this.subscription;
			if (open != null) {
				open.close();
			}
		}
		finally {
			this.onClose.run();
			this.released.complete(null);
		}
	}

	/**
	 * Returns whether this instance was closed.
	 * @return whether it was closed
	 */
	public final boolean isClosed() {
		return this.closed.get();
	}

	/**
	 * Fails if this instance was closed.
	 */
	protected final void checkOpen() {
		if (this.closed.get()) {
			throw closedException();
		}
	}

	/**
	 * Returns the exception for the use of a closed instance.
	 * @return the exception
	 */
	protected final PrimitiveClosedException closedException() {
		return new PrimitiveClosedException("This instance of " + this + " was closed");
	}

	/**
	 * Returns type and name: never what is stored, and without asking the cluster.
	 * @return type and name
	 */
	@Override
	public final String toString() {
		return this.type.name().toLowerCase(Locale.ROOT) + " '" + this.id.name() + "'";
	}

}
