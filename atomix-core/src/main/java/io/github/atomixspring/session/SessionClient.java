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
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.github.atomixspring.link.Connector;
import io.github.atomixspring.link.LocalReader;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.protocol.Wire;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of a node.
 * <p>
 * All state is guarded by one lock, under which nothing foreign is called. What is to be
 * sent, and what is to be told, is put into two queues under the lock, which fixes the
 * order, and done after its release by whichever thread comes to it: the thread that
 * submits also sends, the thread that receives also completes.
 */
public final class SessionClient implements PrimitiveSession, AutoCloseable {

	/**
	 * The version of the protocol.
	 */
	static final int PROTOCOL_VERSION = 1;

	private static final Logger logger = LoggerFactory.getLogger(SessionClient.class);

	private static final int KEEP_ALIVES_PER_TIMEOUT = 4;

	/**
	 * However long a session may live without contact, a dead link is noticed soon.
	 */
	private static final long MAX_KEEP_ALIVE_INTERVAL = TimeUnit.SECONDS.toNanos(10);

	private static final int MAX_SILENT_INTERVALS = 2;

	private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(1);

	private static final int TIMER_DRAIN_LIMIT = 256;

	private static final long MAX_GREETING = TimeUnit.SECONDS.toNanos(2);

	private final SessionConfig config;

	private final Connector connector;

	private final @Nullable LocalReader reader;

	private final Supplier<SessionTimer> timers;

	private final ReentrantLock lock = new ReentrantLock();

	private final ReentrantLock lifecycle = new ReentrantLock();

	private final DrainQueue outbound = new DrainQueue();

	private final DrainQueue deliveries = new DrainQueue();

	private final EventDispatcher dispatcher = new EventDispatcher();

	private final CallbackExecutor callbacks;

	private final CommandLane commands;

	private final QueryLane queries = new QueryLane();

	private final KeepAlives keepAlives = new KeepAlives();

	private final LocalLease lease;

	private final long keepAliveInterval;

	private final ReconnectBackoff backoff;

	private final LinkProblem problem;

	private final SessionLink.Owner owner = new Owner();

	/**
	 * The highest log index whose effect was shown to this node.
	 */
	private final AtomicLong seenIndex = new AtomicLong();

	/**
	 * What is announced. It becomes better only after everything before was delivered, so
	 * that nobody who was not told of a loss yet finds the session live again.
	 */
	private volatile SessionView view = new SessionView(0, SessionState.SUSPENDED, 0);

	private volatile SessionTimer timer;

	/**
	 * Whether tasks may be scheduled: a timer without tasks has no thread.
	 */
	private volatile boolean accepting;

	private Phase phase = Phase.STOPPED;

	private boolean closed;

	private @Nullable SessionLink link;

	private @Nullable String clusterId;

	private @Nullable String token;

	private long openSentAt;

	private long session;

	/**
	 * Whether the open session was connected before. No command leaves before that.
	 */
	private boolean established;

	private SessionState state = SessionState.SUSPENDED;

	/**
	 * Counts the changes of the state.
	 */
	private long changes;

	private long eventsSeen;

	/**
	 * Of the present session.
	 */
	private volatile EventProgress progress = new EventProgress(0);

	private boolean sweepScheduled;

	private boolean leaseScheduled;

	private CompletableFuture<Void> sessionClosed = new CompletableFuture<>();

	/**
	 * Creates the session of a node.
	 * @param config the settings
	 * @param connector opens links; closed with each stop
	 * @param reader answers sequential queries in this process, or null
	 */
	public SessionClient(SessionConfig config, Connector connector, @Nullable LocalReader reader) {
		this(config, connector, reader, () -> new TimerThread("atomix-session-" + config.node()),
				RandomGenerator.getDefault());
	}

	SessionClient(SessionConfig config, Connector connector, @Nullable LocalReader reader,
			Supplier<SessionTimer> timers, RandomGenerator random) {
		this.config = config;
		this.connector = connector;
		this.reader = reader;
		this.timers = timers;
		this.timer = timers.get();
		this.callbacks = new CallbackExecutor(config.node(), config.callbackExecutor());
		this.commands = new CommandLane(config.maxBatchesInFlight());
		this.lease = new LocalLease(config.timeout());
		this.keepAliveInterval = Math.min(MAX_KEEP_ALIVE_INTERVAL,
				config.timeout().toNanos() / KEEP_ALIVES_PER_TIMEOUT);
		this.backoff = new ReconnectBackoff(random);
		this.problem = new LinkProblem(config);
	}

	/**
	 * Starts to open a session, and to keep one open. Does not wait. Does nothing if it
	 * was started.
	 */
	public void start() {
		this.lifecycle.lock();
		try {
			this.lock.lock();
			try {
				if (this.closed) {
					throw new PrimitiveClosedException("Node '" + this.config.node() + "' was closed");
				}
				if (this.phase != Phase.STOPPED) {
					return;
				}
				this.callbacks.start();
				this.accepting = true;
				this.phase = Phase.RUNNING;
				this.backoff.reset();
				this.sweepScheduled = false;
				this.leaseScheduled = false;
				this.problem.started(this.timer.nanoTime());
				if (this.state != SessionState.SUSPENDED) {
					enter(SessionState.SUSPENDED);
				}
				connect();
				scheduleKeepAlive();
			}
			finally {
				this.lock.unlock();
			}
			flush();
		}
		finally {
			this.lifecycle.unlock();
		}
	}

	/**
	 * Closes the session on the cluster if that is possible in a bounded time, ends all
	 * pending operations and leaves no thread. Does nothing if it is stopped. It can be
	 * started again.
	 */
	public void stop() {
		this.lifecycle.lock();
		try {
			boolean internal = isInternalThread();
			CompletableFuture<Void> done = beginStop();
			if (done == null) {
				return;
			}
			flush();
			if (!internal && !Waiting.bounded(done, this.config.closeTimeout())) {
				logger.debug("Session of node '{}' could not be closed on the cluster in time", this.config.node());
			}
			locked(this::finishStop);
			CountDownLatch delivered = new CountDownLatch(1);
			this.deliveries.add(delivered::countDown);
			flush();
			if (!internal && !Waiting.bounded(delivered, DELIVERY_TIMEOUT)) {
				logger.warn("Session of node '{}' was stopped while an internal handler is blocked",
						this.config.node());
			}
			this.connector.close();
			SessionTimer stopped = this.timer;
			this.timer = this.timers.get();
			stopped.stop();
			this.callbacks.stop(TimeUnit.SECONDS.toNanos(1), !internal);
		}
		finally {
			this.lifecycle.unlock();
		}
	}

	/**
	 * Stops for ever.
	 */
	@Override
	public void close() {
		locked(() -> this.closed = true);
		stop();
	}

	private @Nullable CompletableFuture<Void> beginStop() {
		this.lock.lock();
		try {
			if (this.phase != Phase.RUNNING) {
				return null;
			}
			this.phase = Phase.CLOSING;
			this.sessionClosed = new CompletableFuture<>();
			failUnsent();
			SessionLink current = this.link;
			if (this.session == 0) {
				this.sessionClosed.complete(null);
			}
			else if (current != null && current.stage() == SessionLink.Stage.READY) {
				send(current, new ClientFrame.Close(this.session));
			}
			return this.sessionClosed;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void failUnsent() {
		AtomixException stopped = new UnavailableException("Node '" + this.config.node() + "' was stopped", null);
		List<PendingCommand> cleared = this.commands.clearQueued();
		List<PendingQuery> unanswered = this.queries.clear();
		this.deliveries.add(() -> {
			cleared.forEach((command) -> command.future.completeExceptionally(stopped));
			unanswered.forEach((query) -> query.future.completeExceptionally(stopped));
		});
	}

	private void finishStop() {
		long old = this.session;
		failUnsent();
		failSent("node '" + this.config.node() + "' was stopped before the answer came");
		detach();
		forgetSession();
		this.phase = Phase.STOPPED;
		this.accepting = false;
		problem("node '" + this.config.node() + "' is stopped");
		this.session = old;
		enter(SessionState.CLOSED);
		this.session = 0;
		logger.info("Session of node '{}' closed", this.config.node());
	}

	@Override
	public long id() {
		return this.view.session();
	}

	@Override
	public String node() {
		return this.config.node();
	}

	@Override
	public SessionState state() {
		return this.view.stateAt(this.timer.nanoTime());
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
		return this.view.isLive(this.timer.nanoTime());
	}

	@Override
	public Registration addListener(SessionListener listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		return this.dispatcher.listen(listener, newSerialExecutor());
	}

	@Override
	public boolean isCaughtUp() {
		return this.progress.isCaughtUp();
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
		if (!this.accepting) {
			return () -> {
			};
		}
		return this.timer.schedule(Waiting.nanos(delay), () -> {
			try {
				task.run();
			}
			finally {
				flush();
			}
		});
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
		if (!future.isDone() && isInternalThread()) {
			throw new IllegalStateException(
					"A blocking call on the internal thread '" + Thread.currentThread().getName()
							+ "' would deadlock: use the asynchronous face, or continue on another executor");
		}
	}

	@Override
	public CompletableFuture<Result> submit(Command command) {
		byte[] bytes = Wire.COMMAND.encode(command);
		PendingCommand pending = new PendingCommand(bytes, deadline());
		AtomixException refusal;
		this.lock.lock();
		try {
			refusal = refusal(bytes);
			if (refusal == null) {
				this.commands.add(pending);
				scheduleSweep(pending.deadline);
				pump();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (refusal != null) {
			return CompletableFuture.failedFuture(refusal);
		}
		this.outbound.drain();
		return pending.future;
	}

	@Override
	public CompletableFuture<Result> query(Query query, ReadConsistency consistency) {
		boolean linearizable = consistency == ReadConsistency.LINEARIZABLE;
		LocalReader local = (linearizable || !this.accepting) ? null : this.reader;
		EventProgress current = this.progress;
		CompletableFuture<LocalReader.Answer> read = (local != null) ? read(local, current, query) : null;
		if (read != null && read.isDone() && !read.isCompletedExceptionally() && saw(read.join(), current)) {
			LocalReader.Answer answer = read.join();
			CompletableFuture<Result> future = new CompletableFuture<>();
			complete(future, answer.result());
			return future;
		}
		byte[] bytes = Wire.QUERY.encode(query);
		AtomixException refusal;
		PendingQuery pending = null;
		this.lock.lock();
		try {
			refusal = refusal(bytes);
			if (refusal == null) {
				pending = this.queries.add(bytes, linearizable, (linearizable) ? this.commands.last() : null,
						deadline());
				scheduleSweep(pending.deadline);
				if (read != null) {
					pending.local = true;
				}
				else {
					this.queries.ask(pending);
					pump();
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		if (refusal != null || pending == null) {
			return CompletableFuture.failedFuture(Objects.requireNonNull(refusal));
		}
		if (read != null) {
			PendingQuery waiting = pending;
			read.whenComplete((answer, failure) -> locallyRead(waiting, current, answer, failure));
		}
		this.outbound.drain();
		return pending.future;
	}

	private @Nullable CompletableFuture<LocalReader.Answer> read(LocalReader local, EventProgress current,
			Query query) {
		try {
			return local.read(this.seenIndex.get(), current.session(), query);
		}
		catch (RuntimeException ex) {
			logger.debug("Query cannot be answered in this process; asking the leader", ex);
			return null;
		}
	}

	/**
	 * Takes note of what an answer from this process reveals.
	 * @param answer the answer
	 * @param asked the progress of the session that asked
	 * @return whether the answer may be shown: no new session began meanwhile
	 */
	private boolean saw(LocalReader.Answer answer, EventProgress asked) {
		asked.revealed(answer.events());
		if (asked != this.progress) {
			return false;
		}
		sawIndex(answer.index());
		return true;
	}

	private void locallyRead(PendingQuery query, EventProgress asked, LocalReader.@Nullable Answer answer,
			@Nullable Throwable failure) {
		locked(() -> {
			if (failure == null && answer != null && saw(answer, asked)) {
				if (this.queries.remove(query)) {
					this.deliveries.add(() -> complete(query.future, answer.result()));
				}
			}
			else {
				this.queries.ask(query);
				pump();
			}
		});
	}

	private long deadline() {
		return this.timer.nanoTime() + this.config.operationTimeout().toNanos();
	}

	private @Nullable AtomixException refusal(byte[] bytes) {
		if (this.closed) {
			return new PrimitiveClosedException("Node '" + this.config.node() + "' was closed");
		}
		if (this.phase != Phase.RUNNING) {
			return new UnavailableException("Node '" + this.config.node() + "' is not running: start it first", null);
		}
		if (bytes.length > this.config.maxCommandBytes()) {
			return new LimitExceededException(
					"The operation has " + bytes.length + " bytes; the limit is " + this.config.maxCommandBytes());
		}
		if (this.commands.bytes() + this.queries.bytes() + bytes.length > this.config.maxBytesInFlight()) {
			return new LimitExceededException("The operations of node '" + this.config.node()
					+ "' that wait for answers have more than " + this.config.maxBytesInFlight() + " bytes");
		}
		return null;
	}

	private void sawIndex(long index) {
		if (index > this.seenIndex.get()) {
			this.seenIndex.accumulateAndGet(index, Math::max);
		}
	}

	private void complete(CompletableFuture<Result> future, Result result) {
		if (result instanceof Result.Failure failure) {
			future.completeExceptionally(Failures.toException(failure));
		}
		else {
			future.complete(result);
		}
	}

	/**
	 * Sends what may leave now.
	 */
	private void pump() {
		SessionLink current = this.link;
		if (current == null || current.stage() != SessionLink.Stage.READY) {
			return;
		}
		if (this.established) {
			List<Sequenced> batch;
			while ((batch = this.commands.nextBatch()) != null) {
				send(current,
						new ClientFrame.Submit(this.session, this.commands.acknowledged(), this.eventsSeen, batch));
			}
		}
		PendingQuery query;
		while ((query = this.queries.next()) != null) {
			send(current, new ClientFrame.Ask(query.id, query.linearizable, this.seenIndex.get(), query.bytes));
		}
	}

	private void send(SessionLink target, ClientFrame frame) {
		this.outbound.add(() -> target.send(frame));
	}

	private void connect() {
		SessionLink created = new SessionLink(this.connector, this.owner);
		this.link = created;
		ClientFrame hello = new ClientFrame.Hello(PROTOCOL_VERSION, this.config.cluster(), this.clusterId,
				this.config.node());
		this.outbound.add(() -> created.open(hello));
		limitStage(created, Math.min(MAX_GREETING, this.keepAliveInterval));
	}

	private void enterStage(SessionLink target, SessionLink.Stage stage) {
		target.enter(stage);
		if (stage == SessionLink.Stage.OPENING) {
			limitStage(target, this.keepAliveInterval * 2);
		}
	}

	private void limitStage(SessionLink target, long nanos) {
		SessionLink.Stage stage = target.stage();
		this.timer.schedule(nanos, () -> locked(() -> {
			if (this.link == target && target.stage() == stage) {
				problem((stage == SessionLink.Stage.GREETING) ? "a member did not answer"
						: "the leader did not answer");
				reconnect(this.backoff::failed);
			}
		}));
	}

	/**
	 * Gives up the current link and opens another.
	 * @param backoff returns the delay until then
	 */
	private void reconnect(LongSupplier backoff) {
		detach();
		if (this.phase == Phase.STOPPED || (this.phase == Phase.CLOSING && this.session == 0)) {
			return;
		}
		this.problem.log(this.timer.nanoTime());
		long delay = backoff.getAsLong();
		if (delay == 0) {
			connect();
		}
		else {
			this.timer.schedule(delay, () -> locked(() -> {
				if (this.link == null && this.phase != Phase.STOPPED) {
					connect();
				}
			}));
		}
	}

	private void detach() {
		SessionLink old = this.link;
		this.link = null;
		this.commands.linkLost();
		this.queries.linkLost();
		this.keepAlives.clear();
		if (old != null) {
			old.detach();
			if (old.isUseful()) {
				this.backoff.reset();
			}
			this.outbound.add(old::close);
		}
	}

	private void handle(SessionLink source, ServerFrame frame) {
		if (frame instanceof ServerFrame.Applied applied) {
			source.markUseful();
			applied(applied);
		}
		else if (frame instanceof ServerFrame.Answer answer) {
			answered(answer);
		}
		else if (frame instanceof ServerFrame.Alive alive) {
			source.markUseful();
			alive(alive);
		}
		else if (frame instanceof ServerFrame.Welcome welcome) {
			welcomed(source, welcome);
		}
		else if (frame instanceof ServerFrame.Opened opened) {
			opened(source, opened);
		}
		else if (frame instanceof ServerFrame.Resumed resumed) {
			resumed(source, resumed);
		}
		else if (frame instanceof ServerFrame.Expired expired) {
			if (expired.session() == this.session) {
				expire("the cluster ended it");
			}
		}
		else if (frame instanceof ServerFrame.Redirect redirect) {
			redirected(redirect);
		}
		else if (frame instanceof ServerFrame.Rejected rejected) {
			rejected(rejected.reason());
		}
		else if (frame instanceof ServerFrame.Busy busy) {
			problem("the leader is busy: " + busy.reason());
			reconnect(this.backoff::refused);
		}
	}

	private void welcomed(SessionLink source, ServerFrame.Welcome welcome) {
		if (source.stage() != SessionLink.Stage.GREETING) {
			return;
		}
		if (welcome.version() != PROTOCOL_VERSION) {
			rejected("it speaks version " + welcome.version() + " of the protocol, this node version "
					+ PROTOCOL_VERSION);
			return;
		}
		if (this.clusterId == null) {
			this.clusterId = welcome.clusterId();
		}
		else if (!this.clusterId.equals(welcome.clusterId())) {
			rejected("it belongs to the cluster with the id " + welcome.clusterId() + ", this node to "
					+ this.clusterId);
			return;
		}
		enterStage(source, SessionLink.Stage.OPENING);
		if (this.session != 0) {
			send(source, new ClientFrame.Resume(this.session, this.eventsSeen));
			return;
		}
		if (this.token == null) {
			this.token = UUID.randomUUID().toString();
			// A repeated request is answered by the first one: the lease counts from it.
			this.openSentAt = this.timer.nanoTime();
		}
		send(source, new ClientFrame.Open(this.token, this.config.node(), this.config.timeout().toMillis()));
	}

	private void redirected(ServerFrame.Redirect redirect) {
		String leader = redirect.leader();
		this.outbound.add(() -> this.connector.redirect(leader));
		problem((leader != null) ? "the leader is said to be at " + leader : "there is no leader");
		reconnect((leader != null) ? this.backoff::follow : this.backoff::leaderless);
	}

	private void rejected(String reason) {
		problem("a member refused this node: " + reason);
		// Perhaps only this member is a stranger. But when the session cannot be known
		// to live, what it held must not wait for ever.
		if (this.session != 0 && !this.lease.isValid(this.timer.nanoTime())
				&& this.timer.nanoTime() - this.lease.deadline() > this.config.timeout().toNanos()) {
			endSession("no member accepts this node: " + reason);
		}
		reconnect(this.backoff::refused);
	}

	private void opened(SessionLink source, ServerFrame.Opened opened) {
		if (source.stage() != SessionLink.Stage.OPENING || this.session != 0) {
			return;
		}
		this.session = opened.session();
		this.token = null;
		this.eventsSeen = 0;
		this.progress = new EventProgress(this.session);
		this.lease.clear();
		this.lease.renew(this.openSentAt);
		ready(source);
	}

	private void resumed(SessionLink source, ServerFrame.Resumed resumed) {
		if (source.stage() == SessionLink.Stage.OPENING && resumed.session() == this.session) {
			ready(source);
		}
	}

	private void ready(SessionLink source) {
		long now = this.timer.nanoTime();
		enterStage(source, SessionLink.Stage.READY);
		problem("");
		if (this.phase == Phase.CLOSING) {
			pump();
			send(source, new ClientFrame.Close(this.session));
			return;
		}
		if (!this.established && this.lease.isValid(now)) {
			connected(now);
		}
		else {
			sendKeepAlive(source, now);
		}
		pump();
	}

	private void connected(long now) {
		if (!this.established) {
			this.established = true;
			logger.info("Session {} of node '{}' opened", this.session, this.config.node());
		}
		else {
			logger.info("Session {} of node '{}' connected again", this.session, this.config.node());
		}
		enter(SessionState.CONNECTED);
		scheduleLease(now);
	}

	private void applied(ServerFrame.Applied applied) {
		if (!this.established) {
			return;
		}
		for (NumberedResult result : applied.results()) {
			if (Failures.isNoSession(result.result()) && result.sequence() > this.commands.acknowledged()) {
				expire("the cluster does not know it");
				return;
			}
		}
		long seen = this.eventsSeen;
		int first = 0;
		List<NumberedEvent> events = applied.events();
		for (NumberedEvent event : events) {
			if (event.number() <= this.eventsSeen) {
				first++;
			}
			else if (event.number() == seen + 1 || event.event() instanceof Event.Resync) {
				// A resync stands for all events before it.
				seen = event.number();
			}
			else {
				problem("events " + (seen + 1) + " to " + (event.number() - 1) + " are missing");
				logger.warn("Session {} of node '{}' misses events before {}; resuming it on a new link", this.session,
						this.config.node(), event.number());
				reconnect(this.backoff::failed);
				return;
			}
		}
		this.eventsSeen = seen;
		sawIndex(applied.index());
		List<NumberedEvent> fresh = (first == 0) ? events : events.subList(first, events.size());
		List<PendingCommand> answered = this.commands.answered(applied.index(), applied.results());
		if (!fresh.isEmpty() || !answered.isEmpty()) {
			EventProgress current = this.progress;
			this.deliveries.add(() -> deliver(current, fresh, answered));
		}
		pump();
	}

	private void deliver(EventProgress current, List<NumberedEvent> events, List<PendingCommand> answered) {
		for (NumberedEvent event : events) {
			this.dispatcher.event(event.event());
			current.delivered(event.number());
		}
		for (PendingCommand command : answered) {
			complete(command.future, Objects.requireNonNull(command.result));
		}
	}

	private void answered(ServerFrame.Answer answer) {
		PendingQuery query = this.queries.answered(answer);
		if (query != null) {
			sawIndex(answer.index());
			this.deliveries.add(() -> complete(query.future, answer.result()));
		}
		else {
			pump();
		}
	}

	private void alive(ServerFrame.Alive alive) {
		KeepAlives.Sent sent = this.keepAlives.answered(alive.number());
		if (sent == null || this.session == 0) {
			return;
		}
		long now = this.timer.nanoTime();
		checkLease(now);
		this.lease.renew(sent.at());
		if (this.lease.isValid(now)) {
			if (this.state != SessionState.CONNECTED) {
				connected(now);
				pump();
			}
			else {
				extendView();
			}
		}
		if (this.keepAlives.isStalled(sent, this.commands.acknowledged())) {
			problem("commands were lost on the way");
			logger.warn("Session {} of node '{}' gets no answers to its commands; sending them on a new link",
					this.session, this.config.node());
			reconnect(this.backoff::failed);
		}
	}

	private void scheduleKeepAlive() {
		long interval = this.keepAliveInterval;
		SessionTimer current = this.timer;
		current.schedule(interval, () -> locked(() -> {
			if (this.phase == Phase.STOPPED || this.timer != current) {
				return;
			}
			scheduleKeepAlive();
			this.problem.log(this.timer.nanoTime());
			SessionLink target = this.link;
			if (target == null || target.stage() != SessionLink.Stage.READY) {
				return;
			}
			long now = current.nanoTime();
			// Half an interval of tolerance, since the timer is not exact.
			if (this.keepAlives.waiting(now) >= interval * MAX_SILENT_INTERVALS - interval / 2) {
				problem("the leader does not answer any more");
				reconnect(this.backoff::failed);
			}
			else {
				sendKeepAlive(target, now);
			}
		}));
	}

	private void sendKeepAlive(SessionLink target, long now) {
		long number = this.keepAlives.send(now, this.commands.acknowledged(), this.commands.isBusy());
		send(target, new ClientFrame.KeepAlive(this.session, number, this.commands.acknowledged(), this.eventsSeen));
	}

	private void scheduleLease(long now) {
		if (this.leaseScheduled) {
			return;
		}
		this.leaseScheduled = true;
		SessionTimer current = this.timer;
		current.schedule(Math.max(1, this.lease.deadline() - now), () -> locked(() -> {
			if (this.timer != current) {
				return;
			}
			this.leaseScheduled = false;
			long later = current.nanoTime();
			checkLease(later);
			if (this.state == SessionState.CONNECTED) {
				scheduleLease(later);
			}
		}));
	}

	private void checkLease(long now) {
		if (this.state == SessionState.CONNECTED && !this.lease.isValid(now)) {
			logger.warn("Session {} of node '{}' suspended: the cluster has not confirmed it in time", this.session,
					this.config.node());
			enter(SessionState.SUSPENDED);
		}
	}

	/**
	 * The cluster has ended the session: opens another at once.
	 * @param reason the reason
	 */
	private void expire(String reason) {
		endSession(reason);
		if (this.phase == Phase.CLOSING) {
			this.sessionClosed.complete(null);
			detach();
		}
		else {
			reconnect(this.backoff::follow);
		}
	}

	private void endSession(String reason) {
		long old = this.session;
		if (this.phase != Phase.CLOSING) {
			logger.warn("Session {} of node '{}' expired: {}", old, this.config.node(), reason);
			problem("session " + old + " expired: " + reason);
			if (this.established) {
				enter(SessionState.EXPIRED);
			}
		}
		failSent("session " + old + " has ended: " + reason);
		forgetSession();
	}

	private void forgetSession() {
		this.session = 0;
		this.established = false;
		this.token = null;
		this.eventsSeen = 0;
		this.progress = new EventProgress(0);
		this.lease.clear();
		this.keepAlives.clear();
	}

	private void failSent(String reason) {
		long old = this.session;
		List<PendingCommand> lost = this.commands.sessionEnded();
		if (!lost.isEmpty()) {
			this.deliveries.add(() -> lost.forEach((command) -> settleLost(command, old, reason)));
		}
	}

	private void settleLost(PendingCommand command, long session, String reason) {
		Result result = command.result;
		if (result != null) {
			complete(command.future, result);
			return;
		}
		String operation = session + "/" + command.sequence;
		command.future.completeExceptionally(new UnknownOutcomeException(operation,
				"The outcome of operation " + operation + " is unknown: " + reason, null));
	}

	/**
	 * Enters a state. A worse one is seen at once, a better one after all that happened
	 * before it was delivered.
	 * @param entered the state
	 */
	private void enter(SessionState entered) {
		long id = this.session;
		long change = ++this.changes;
		this.state = entered;
		if (entered != SessionState.CONNECTED) {
			this.view = new SessionView((entered == SessionState.SUSPENDED) ? id : 0, entered, 0);
		}
		this.deliveries.add(() -> {
			if (entered == SessionState.CONNECTED) {
				publishConnected(id, change);
			}
			this.dispatcher.state(id, entered);
		});
	}

	private void publishConnected(long id, long change) {
		this.lock.lock();
		try {
			if (this.changes == change) {
				this.view = new SessionView(id, SessionState.CONNECTED, this.lease.deadline());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void extendView() {
		if (this.view.state() == SessionState.CONNECTED) {
			this.view = new SessionView(this.session, SessionState.CONNECTED, this.lease.deadline());
		}
	}

	private void scheduleSweep(long deadline) {
		if (this.sweepScheduled) {
			return;
		}
		this.sweepScheduled = true;
		SessionTimer current = this.timer;
		current.schedule(Math.max(1, deadline - current.nanoTime()), () -> locked(() -> {
			if (this.timer == current) {
				this.sweepScheduled = false;
				sweep(current.nanoTime());
			}
		}));
	}

	private void sweep(long now) {
		long id = this.session;
		String reason = this.problem.suffix();
		List<PendingCommand> late = this.commands.timedOut(now);
		List<PendingQuery> lateQueries = this.queries.timedOut(now);
		if (!late.isEmpty() || !lateQueries.isEmpty()) {
			String within = " within " + this.config.operationTimeout().toMillis() + " ms" + reason;
			this.deliveries.add(() -> {
				for (PendingCommand command : late) {
					if (command.sequence == 0) {
						command.future.completeExceptionally(
								new UnavailableException("The cluster could not be reached" + within, null));
					}
					else {
						settleLost(command, id, "there was no answer" + within);
					}
				}
				for (PendingQuery query : lateQueries) {
					query.future.completeExceptionally(new UnavailableException("There was no answer" + within, null));
				}
			});
		}
		PendingCommand command = this.commands.oldest();
		PendingQuery query = this.queries.oldest();
		if (query != null && (command == null || query.deadline - command.deadline < 0)) {
			scheduleSweep(query.deadline);
		}
		else if (command != null) {
			scheduleSweep(command.deadline);
		}
	}

	private void problem(String text) {
		this.problem.set(this.timer.nanoTime(), text);
	}

	private boolean isInternalThread() {
		return this.deliveries.isHeldByCurrentThread() || this.timer.isCurrentThread();
	}

	private void locked(Runnable task) {
		this.lock.lock();
		try {
			task.run();
		}
		finally {
			this.lock.unlock();
		}
		flush();
	}

	private void flush() {
		this.outbound.drain();
		if (!this.timer.isCurrentThread()) {
			this.deliveries.drain();
		}
		else if (this.deliveries.drain(TIMER_DRAIN_LIMIT)) {
			// The timer must not be kept from its work by others who go on delivering.
			this.timer.schedule(0, this::flush);
		}
	}

	/**
	 * What the node wants of its session.
	 */
	private enum Phase {

		STOPPED, RUNNING, CLOSING

	}

	/**
	 * Brings what happens on links under the lock.
	 */
	private final class Owner implements SessionLink.Owner {

		@Override
		public void received(SessionLink source, ServerFrame frame) {
			locked(() -> {
				if (SessionClient.this.link == source) {
					handle(source, frame);
				}
			});
		}

		@Override
		public void lost(SessionLink source, @Nullable Throwable cause) {
			locked(() -> {
				if (SessionClient.this.link == source) {
					problem(Failures.describe(cause));
					logger.debug("Link of node '{}' was lost", SessionClient.this.config.node(), cause);
					reconnect(SessionClient.this.backoff::failed);
				}
			});
		}

	}

}
