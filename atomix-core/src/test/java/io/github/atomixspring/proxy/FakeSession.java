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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

import io.github.atomixspring.metrics.OperationObserver;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.CommandRejectedException;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.session.EventHandler;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionListener;
import io.github.atomixspring.session.SessionState;

/**
 * A session on a {@link FakeCluster} whose link, answers and states a test decides.
 */
public final class FakeSession implements PrimitiveSession {

	private final FakeCluster cluster;

	private final String node;

	private final Mailbox deliveries = new Mailbox();

	private final Map<PrimitiveId, List<EventHandler>> handlers = new ConcurrentHashMap<>();

	private final Map<Long, CompletableFuture<Result>> pending = new ConcurrentHashMap<>();

	private final List<Command> submitted = new CopyOnWriteArrayList<>();

	private final List<Query> queried = new CopyOnWriteArrayList<>();

	private final List<ReadConsistency> consistencies = new CopyOnWriteArrayList<>();

	private final List<CompletableFuture<Result>> unsent = new CopyOnWriteArrayList<>();

	private final List<Runnable> outbox = new ArrayList<>();

	private final ConcurrentLinkedQueue<Fault> faults = new ConcurrentLinkedQueue<>();

	private Executor transport = Runnable::run;

	private Executor callbackExecutor = Runnable::run;

	private BiFunction<Duration, Runnable, Registration> timers;

	private volatile boolean linked = true;

	private volatile boolean eventsLost;

	private volatile boolean caughtUp = true;

	private volatile long id;

	private volatile SessionState state = SessionState.SUSPENDED;

	private long sequence;

	FakeSession(FakeCluster cluster, String node) {
		this.cluster = cluster;
		this.node = node;
		this.timers = cluster::schedule;
	}

	/**
	 * Delivers answers, events and states on another executor, which runs one task at a
	 * time.
	 * @param executor the executor
	 * @return this
	 */
	public FakeSession withTransport(Executor executor) {
		this.transport = executor;
		return this;
	}

	/**
	 * Runs callbacks on another executor.
	 * @param executor the executor
	 * @return this
	 */
	public FakeSession withCallbackExecutor(Executor executor) {
		this.callbackExecutor = executor;
		return this;
	}

	/**
	 * Takes timers from elsewhere than the clock of the cluster.
	 * @param newTimers schedules tasks
	 * @return this
	 */
	public FakeSession withTimers(BiFunction<Duration, Runnable, Registration> newTimers) {
		this.timers = newTimers;
		return this;
	}

	/**
	 * Opens a new session.
	 */
	public void connect() {
		synchronized (this) {
			this.id = this.cluster.open(this);
			this.sequence = 0;
		}
		tell(SessionState.CONNECTED);
		link();
	}

	/**
	 * Keeps commands and queries back until {@link #link()}.
	 */
	public void unlink() {
		this.linked = false;
	}

	/**
	 * Sends what was kept back.
	 */
	public void link() {
		List<Runnable> waiting;
		synchronized (this) {
			this.linked = true;
			waiting = List.copyOf(this.outbox);
			this.outbox.clear();
		}
		waiting.forEach(Runnable::run);
	}

	/**
	 * Fails what was kept back, as the operation timeout does.
	 */
	public void timeOutUnsent() {
		synchronized (this) {
			this.outbox.clear();
		}
		List<CompletableFuture<Result>> unsent = List.copyOf(this.unsent);
		this.unsent.clear();
		unsent.forEach((future) -> future.completeExceptionally(new UnavailableException("not sent in time", null)));
	}

	/**
	 * Lets the local lease run out.
	 */
	public void suspend() {
		tell(SessionState.SUSPENDED);
	}

	/**
	 * Lets a keep-alive be answered again.
	 */
	public void resume() {
		tell(SessionState.CONNECTED);
	}

	/**
	 * Ends the session on the cluster and here.
	 */
	public void expire() {
		unlink();
		long old = this.id;
		this.cluster.end(old);
		this.id = 0;
		this.state = SessionState.EXPIRED;
		announce(old, SessionState.EXPIRED);
		List<CompletableFuture<Result>> lost = List.copyOf(this.pending.values());
		this.pending.clear();
		lost.forEach((future) -> future.completeExceptionally(new UnknownOutcomeException("?", "session ended", null)));
	}

	/**
	 * Stops the node.
	 */
	public void stop() {
		long old = this.id;
		this.cluster.end(old);
		this.id = 0;
		this.state = SessionState.CLOSED;
		announce(old, SessionState.CLOSED);
	}

	/**
	 * Lets events get lost until a resync is announced.
	 */
	public void dropEvents() {
		this.eventsLost = true;
	}

	/**
	 * Announces that events were lost.
	 */
	public void resync() {
		this.eventsLost = false;
		event(new Event.Resync());
	}

	/**
	 * Applies the next command that fits but loses the answer.
	 * @param type the type of the command
	 */
	public void loseAnswer(Class<? extends Command> type) {
		this.faults.add(new Fault(type::isInstance, true,
				(command) -> new UnknownOutcomeException("1/1", "the answer was lost", null)));
	}

	/**
	 * Fails the next command that fits without applying it.
	 * @param type the type of the command
	 */
	public void refuse(Class<? extends Command> type) {
		this.faults.add(new Fault(type::isInstance, false, (command) -> new UnavailableException("no link", null)));
	}

	/**
	 * Returns the commands submitted so far.
	 * @return the commands
	 */
	public List<Command> submitted() {
		return this.submitted;
	}

	/**
	 * Returns the commands of a type submitted so far.
	 * @param <C> the type
	 * @param type the type
	 * @return the commands
	 */
	public <C extends Command> List<C> submitted(Class<C> type) {
		return this.submitted.stream().filter(type::isInstance).map(type::cast).toList();
	}

	/**
	 * Returns the queries asked so far.
	 * @return the queries
	 */
	public List<Query> queried() {
		return this.queried;
	}

	/**
	 * Returns how fresh the queries asked so far were to be.
	 * @return the consistencies
	 */
	public List<ReadConsistency> consistencies() {
		return this.consistencies;
	}

	/**
	 * Delivers an event.
	 * @param event the event
	 */
	public void event(Event event) {
		deliver(() -> {
			PrimitiveId source = event.source();
			this.handlers.forEach((primitive, list) -> {
				if (source == null || source.equals(primitive)) {
					list.forEach((handler) -> handler.onEvent(event));
				}
			});
		});
	}

	void receive(long session, Event event) {
		if (session == this.id && !this.eventsLost) {
			event(event);
		}
	}

	void receive(long session, long number, Result result) {
		if (session == this.id) {
			CompletableFuture<Result> future = this.pending.remove(number);
			if (future != null) {
				deliver(() -> complete(future, result));
			}
		}
	}

	private void tell(SessionState entered) {
		this.state = entered;
		announce(this.id, entered);
	}

	private void announce(long session, SessionState entered) {
		deliver(() -> this.handlers.values()
			.forEach((list) -> list.forEach((handler) -> handler.onState(session, entered))));
	}

	private void deliver(Runnable delivery) {
		this.transport.execute(() -> this.deliveries.execute(delivery));
	}

	private static void complete(CompletableFuture<Result> future, Result result) {
		if (result instanceof Result.Failure failure) {
			future.completeExceptionally((failure.code() == ErrorCode.CONFIGURATION.code())
					? new ConfigurationMismatchException(failure.message())
					: new CommandRejectedException(failure.message(), failure.code()));
		}
		else {
			future.complete(result);
		}
	}

	@Override
	public CompletableFuture<Result> submit(Command command) {
		this.submitted.add(command);
		CompletableFuture<Result> future = new CompletableFuture<>();
		for (Fault fault : this.faults) {
			if (fault.fits.test(command)) {
				this.faults.remove(fault);
				if (fault.applied) {
					send(() -> apply(command, new CompletableFuture<>()), null);
				}
				deliver(() -> future.completeExceptionally(fault.failure.apply(command)));
				return future;
			}
		}
		send(() -> apply(command, future), future);
		return future;
	}

	private void send(Runnable action, CompletableFuture<Result> future) {
		synchronized (this) {
			if (!this.linked) {
				this.outbox.add(action);
				if (future != null) {
					this.unsent.add(future);
				}
				return;
			}
		}
		action.run();
	}

	private void apply(Command command, CompletableFuture<Result> future) {
		this.unsent.remove(future);
		// The lock of the cluster first: sequence numbers are applied without gaps.
		synchronized (this.cluster) {
			long number = ++this.sequence;
			this.pending.put(number, future);
			this.cluster.submit(this.id, number, command);
		}
	}

	@Override
	public CompletableFuture<Result> query(Query query, ReadConsistency consistency) {
		this.queried.add(query);
		this.consistencies.add(consistency);
		CompletableFuture<Result> future = new CompletableFuture<>();
		send(() -> {
			this.unsent.remove(future);
			Result result = this.cluster.read(query);
			deliver(() -> complete(future, result));
		}, future);
		return future;
	}

	/**
	 * Lets reads be ahead of the events, as those of a member can be, or not any more.
	 * @param caughtUp whether all events were handed out that reads could show
	 */
	public void catchUp(boolean caughtUp) {
		this.caughtUp = caughtUp;
	}

	@Override
	public boolean isCaughtUp() {
		return this.caughtUp;
	}

	@Override
	public Registration subscribe(PrimitiveId source, EventHandler handler) {
		List<EventHandler> list = this.handlers.computeIfAbsent(source, (key) -> new CopyOnWriteArrayList<>());
		list.add(handler);
		return () -> list.remove(handler);
	}

	@Override
	public boolean isLive() {
		return this.state == SessionState.CONNECTED;
	}

	@Override
	public <T> T await(CompletableFuture<T> future) {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return awaitInterruptibly(future);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public <T> T awaitInterruptibly(CompletableFuture<T> future) throws InterruptedException {
		try {
			return future.get(60, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw new AtomixException("failed", ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new AssertionError("No answer within a minute", ex);
		}
	}

	@Override
	public <T> CompletableFuture<T> expose(CompletableFuture<T> future) {
		return future.whenCompleteAsync((value, ex) -> {
		}, this.callbackExecutor).thenApply(Function.identity());
	}

	@Override
	public Executor callbackExecutor() {
		return this.callbackExecutor;
	}

	@Override
	public Executor newSerialExecutor() {
		Mailbox serial = new Mailbox();
		return (task) -> this.callbackExecutor.execute(() -> serial.execute(task));
	}

	@Override
	public Registration schedule(Duration delay, Runnable task) {
		return this.timers.apply(delay, task);
	}

	@Override
	public Duration operationTimeout() {
		return Duration.ofSeconds(15);
	}

	@Override
	public long id() {
		return this.id;
	}

	@Override
	public String node() {
		return this.node;
	}

	@Override
	public SessionState state() {
		return this.state;
	}

	@Override
	public Duration timeout() {
		return Duration.ofHours(1);
	}

	@Override
	public Registration addListener(SessionListener listener) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Registration addObserver(OperationObserver observer) {
		throw new UnsupportedOperationException();
	}

	/**
	 * A fault for one command.
	 */
	private record Fault(Predicate<Command> fits, boolean applied, Function<Command, RuntimeException> failure) {

	}

}
