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

package io.github.atomixspring.session;

import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.github.atomixspring.link.Connector;
import io.github.atomixspring.link.LocalReader;
import io.github.atomixspring.metrics.ObservedOperations;
import io.github.atomixspring.metrics.OperationKind;
import io.github.atomixspring.metrics.OperationObserver;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.TransactionMessages;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of a node: what primitives and users see of it, and its start and stop.
 * <p>
 * Its parts share one lock, in {@link CriticalSection}, and call each other only
 * downwards: {@link SessionProtocol} decides what the frames of the leader mean,
 * {@link Liveness} knows how surely the session lives, {@link Exchange} keeps the
 * operations until they are answered, {@link Uplink} finds the leader.
 */
public final class SessionClient implements PrimitiveSession, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SessionClient.class);

	private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(1);

	private static final Predicate<Result> NEVER_REFUSED = (result) -> false;

	private static final long CALLBACKS_TIMEOUT = TimeUnit.SECONDS.toNanos(1);

	private final SessionConfig config;

	private final Connector connector;

	/**
	 * Held while the session is started or stopped, also while waiting for others.
	 */
	private final ReentrantLock startAndStop = new ReentrantLock();

	private final CriticalSection section;

	private final Lifecycle lifecycle;

	private final EventDispatcher dispatcher = new EventDispatcher();

	private final CallbackExecutor callbacks;

	private final ObservedOperations observed = new ObservedOperations();

	private final AnnouncedState announced;

	private final LocalReads localReads;

	private final Exchange exchange;

	private final SessionProtocol protocol;

	/**
	 * Creates the session of a node.
	 * @param config the settings
	 * @param connector opens links; closed with each stop
	 * @param reader answers sequential queries in this process, or null
	 */
	public SessionClient(SessionConfig config, Connector connector, @Nullable LocalReader reader) {
		this(config, connector, reader, () -> new TimerThread("atomix-session-" + config.node()),
				// The default generator is a service that not every class loader finds.
				new Random());
	}

	SessionClient(SessionConfig config, Connector connector, @Nullable LocalReader reader,
			Supplier<SessionTimer> timers, RandomGenerator random) {
		this.config = config;
		this.connector = connector;
		this.section = new CriticalSection(timers);
		this.lifecycle = new Lifecycle(config.node());
		this.callbacks = new CallbackExecutor(config.node(), config.callbackExecutor());
		this.announced = new AnnouncedState(this.section, this.dispatcher);
		Handshake handshake = new Handshake(config, this.section);
		Uplink uplink = new Uplink(this.section, config, connector, handshake, random);
		this.localReads = new LocalReads(reader);
		this.exchange = new Exchange(this.section, config, this.lifecycle, uplink, this.localReads, this.dispatcher);
		Liveness liveness = new Liveness(this.section, config, uplink, this.exchange, this.announced);
		this.protocol = new SessionProtocol(config, this.lifecycle, handshake, uplink, this.exchange, liveness);
	}

	/**
	 * Starts to open a session, and to keep one open. Does not wait. Does nothing if it
	 * was started.
	 */
	public void start() {
		this.startAndStop.lock();
		try {
			this.section.run(() -> {
				if (this.lifecycle.start()) {
					this.callbacks.start();
					this.section.open();
					this.protocol.start();
				}
			});
		}
		finally {
			this.startAndStop.unlock();
		}
	}

	/**
	 * Closes the session on the cluster if that is possible in a bounded time, ends all
	 * pending operations and leaves no thread. Does nothing if it is stopped. It can be
	 * started again.
	 */
	public void stop() {
		stop(this.protocol::beginStop);
	}

	/**
	 * Ends all pending operations and leaves no thread, without a word to the cluster: it
	 * keeps the session until that times out. Does nothing if it is stopped. It can be
	 * started again.
	 */
	public void abandon() {
		stop((closed) -> closed.complete(null));
	}

	private void stop(Consumer<CompletableFuture<Void>> farewell) {
		this.startAndStop.lock();
		try {
			boolean internal = this.section.isInternalThread();
			CompletableFuture<Void> closed = new CompletableFuture<>();
			if (!this.section.call(() -> beginStop(closed, farewell))) {
				return;
			}
			this.section.flush();
			if (!internal && !Waiting.bounded(closed, this.config.closeTimeout())) {
				logger.debug("Session of node '{}' could not be closed on the cluster in time", this.config.node());
			}
			this.section.run(this::finishStop);
			if (!internal && !this.section.flush(DELIVERY_TIMEOUT)) {
				logger.warn("Session of node '{}' was stopped while an internal handler is blocked",
						this.config.node());
			}
			this.connector.close();
			this.section.stopTimer();
			this.callbacks.stop(CALLBACKS_TIMEOUT, !internal);
		}
		finally {
			this.startAndStop.unlock();
		}
	}

	private boolean beginStop(CompletableFuture<Void> closed, Consumer<CompletableFuture<Void>> farewell) {
		if (!this.lifecycle.beginStop()) {
			return false;
		}
		farewell.accept(closed);
		return true;
	}

	private void finishStop() {
		this.protocol.finishStop();
		this.lifecycle.stopped();
		this.section.close();
		logger.info("Session of node '{}' closed", this.config.node());
	}

	/**
	 * Stops for ever.
	 */
	@Override
	public void close() {
		this.section.run(this.lifecycle::close);
		stop();
	}

	@Override
	public long id() {
		return this.announced.view().session();
	}

	@Override
	public String node() {
		return this.config.node();
	}

	@Override
	public SessionState state() {
		return this.announced.view().stateAt(this.section.now());
	}

	@Override
	public Duration timeout() {
		return this.config.timeout();
	}

	@Override
	public Duration operationTimeout() {
		return this.config.operationTimeout();
	}

	@Override
	public boolean isLive() {
		return this.announced.view().isLive(this.section.now());
	}

	@Override
	public boolean isCaughtUp() {
		return this.localReads.progress().isCaughtUp();
	}

	@Override
	public Registration addListener(SessionListener listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		return this.dispatcher.listen(listener, newSerialExecutor());
	}

	/**
	 * Adds a listener that is called at once by the thread that hands out events. It must
	 * not block.
	 * @param listener the listener
	 * @return the registration
	 */
	Registration addInternalListener(SessionListener listener) {
		return this.dispatcher.listen(listener, Runnable::run);
	}

	/**
	 * Returns what was announced last.
	 * @return what is announced
	 */
	SessionView announced() {
		return this.announced.view();
	}

	/**
	 * Returns whether the current thread is one of this session, which must not wait for
	 * itself.
	 * @return whether it is
	 */
	boolean isOwnThread() {
		return this.section.isInternalThread() || this.callbacks.isCallback();
	}

	@Override
	public Registration subscribe(PrimitiveId source, EventHandler handler) {
		return this.dispatcher.subscribe(source, handler);
	}

	@Override
	public Executor callbackExecutor() {
		return this.callbacks;
	}

	@Override
	public Executor newSerialExecutor() {
		return new SerialExecutor(this.callbacks);
	}

	@Override
	public Registration schedule(Duration delay, Runnable task) {
		return this.section.schedule(delay, task);
	}

	@Override
	public <T> CompletableFuture<T> expose(CompletableFuture<T> future) {
		return new ExposedFuture<>(future, this.callbacks);
	}

	@Override
	public <T> T await(CompletableFuture<T> future) {
		requireMayBlock(future);
		return Waiting.uninterruptibly(future);
	}

	@Override
	public <T> T awaitInterruptibly(CompletableFuture<T> future) throws InterruptedException {
		requireMayBlock(future);
		return Waiting.interruptibly(future);
	}

	private void requireMayBlock(CompletableFuture<?> future) {
		if (!future.isDone() && this.section.isInternalThread()) {
			throw new IllegalStateException(
					"A blocking call on the internal thread '" + Thread.currentThread().getName()
							+ "' would deadlock: use the asynchronous face, or continue on another executor");
		}
	}

	@Override
	public CompletableFuture<Result> submit(Command command) {
		return carryOut(OperationKind.COMMAND, subject(command), (future) -> this.exchange.submit(command, future));
	}

	@Override
	public CompletableFuture<Result> query(Query query, ReadConsistency consistency) {
		boolean linearizable = consistency == ReadConsistency.LINEARIZABLE;
		LocalReads.Read read = (linearizable || !this.section.isOpen()) ? null : this.localReads.read(query);
		Result known = (read != null) ? this.localReads.show(read) : null;
		if (known == null) {
			return carryOut(OperationKind.QUERY, query.target(),
					(future) -> this.exchange.query(query, linearizable, read, future));
		}
		if (known instanceof Result.Failure) {
			return carryOut(OperationKind.QUERY, query.target(), (future) -> Failures.complete(future, known));
		}
		this.observed.readLocally();
		return CompletableFuture.completedFuture(known);
	}

	private CompletableFuture<Result> carryOut(OperationKind kind, @Nullable PrimitiveId subject,
			Consumer<CompletableFuture<Result>> operation) {
		CompletableFuture<Result> future = begin(kind, subject, NEVER_REFUSED);
		try {
			operation.accept(future);
		}
		catch (RuntimeException ex) {
			future.completeExceptionally(ex);
			throw ex;
		}
		return future;
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> newWait(PrimitiveId source, Predicate<T> refusal) {
		return begin(OperationKind.WAIT, source, refusal);
	}

	@Override
	public Registration addObserver(OperationObserver observer) {
		return this.observed.add(observer);
	}

	private <T extends @Nullable Object> CompletableFuture<T> begin(OperationKind kind, @Nullable PrimitiveId subject,
			Predicate<T> refusal) {
		if (!this.observed.isObserved()) {
			return new CompletableFuture<>();
		}
		boolean internal = this.section.isInternalThread();
		return (subject != null)
				? this.observed.begin(kind, PrimitiveType.ofCode(subject.type()), subject.name(), internal, refusal)
				: this.observed.begin(kind, null, null, internal, refusal);
	}

	private static @Nullable PrimitiveId subject(Command command) {
		// The target of a commit is only one of those it is about.
		return (command instanceof TransactionMessages.Commit) ? null : command.target();
	}

}
