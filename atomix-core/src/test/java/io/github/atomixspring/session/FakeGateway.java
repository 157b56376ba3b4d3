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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.atomixspring.link.Connector;
import io.github.atomixspring.link.Link;
import io.github.atomixspring.link.LinkAcceptor;
import io.github.atomixspring.link.LinkHandler;
import io.github.atomixspring.link.LocalReader;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ElectionMessages;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.protocol.Wire;
import org.jspecify.annotations.Nullable;

/**
 * The reference model of the server's side of the protocol, for one leader with numbers
 * as its only primitive. It handles frames one by one, when told or on a thread of its
 * own, and can lose links, entries and answers at any point.
 */
public final class FakeGateway implements LinkAcceptor, Connector {

	private static final String CLUSTER_ID = "5f0a3f8e-7a58-4d4e-9d0b-c1a7f1f0a001";

	private final Deque<Runnable> work = new ArrayDeque<>();

	private final Map<Long, Session> sessions = new HashMap<>();

	private final Map<String, Long> tokens = new HashMap<>();

	private final Map<PrimitiveId, Long> numbers = new HashMap<>();

	private final List<ClientFrame.Submit> late = new ArrayList<>();

	private final ConcurrentLinkedQueue<ServerFrame> greetings = new ConcurrentLinkedQueue<>();

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicInteger closes = new AtomicInteger();

	private final AtomicInteger losses = new AtomicInteger();

	private final List<ClientFrame> received = new CopyOnWriteArrayList<>();

	private final List<@Nullable String> redirects = new CopyOnWriteArrayList<>();

	private final List<List<String>> members = new CopyOnWriteArrayList<>();

	private volatile @Nullable List<String> addresses;

	private volatile boolean down;

	private volatile boolean silent;

	private volatile boolean record = true;

	private volatile boolean answerKeepAlives = true;

	private volatile boolean applyCommands = true;

	private volatile @Nullable Random faults;

	private volatile double faultRate;

	private volatile String clusterId = CLUSTER_ID;

	private volatile @Nullable Thread thread;

	private long lastSession = 100;

	private long index = 1000;

	private long applications;

	@Override
	public Link connect(LinkHandler handler) {
		this.connections.incrementAndGet();
		return accept(handler);
	}

	@Override
	public Link accept(LinkHandler handler) {
		FakeLink link = new FakeLink(handler);
		if (this.down) {
			link.open = false;
			handler.closed(new IllegalStateException("connection refused"));
		}
		return link;
	}

	@Override
	public void redirect(@Nullable String leader) {
		this.redirects.add(leader);
	}

	@Override
	public void members(List<String> addresses) {
		this.members.add(addresses);
	}

	@Override
	public void lost() {
		this.losses.incrementAndGet();
	}

	@Override
	public void close() {
		this.closes.incrementAndGet();
	}

	// Control

	/**
	 * Handles everything that has arrived, in the current thread.
	 */
	void settle() {
		Runnable task;
		while ((task = next()) != null) {
			task.run();
		}
	}

	/**
	 * Handles only the first thing that has arrived.
	 */
	void settleOne() {
		Runnable task = next();
		if (task != null) {
			task.run();
		}
	}

	/**
	 * Loses the first thing that has arrived.
	 */
	void loseNext() {
		next();
	}

	private @Nullable Runnable next() {
		synchronized (this.work) {
			return this.work.poll();
		}
	}

	private void enqueue(Runnable task) {
		synchronized (this.work) {
			this.work.add(task);
		}
		Thread worker = this.thread;
		if (worker != null) {
			LockSupport.unpark(worker);
		}
	}

	/**
	 * Handles what arrives on a thread of its own from now on.
	 */
	public FakeGateway start() {
		Thread worker = new Thread(() -> {
			while (this.thread == Thread.currentThread()) {
				settle();
				LockSupport.parkNanos(1_000_000);
			}
		}, "fake-gateway");
		worker.setDaemon(true);
		this.thread = worker;
		worker.start();
		return this;
	}

	public void shutdown() {
		this.thread = null;
	}

	/**
	 * Breaks links at random.
	 */
	void breakAtRandom(long seed, double rate) {
		this.faults = new Random(seed);
		this.faultRate = rate;
	}

	void heal() {
		this.faultRate = 0;
	}

	void setDown(boolean down) {
		this.down = down;
	}

	/**
	 * Does not answer anything, while the links stay.
	 */
	void setSilent(boolean silent) {
		this.silent = silent;
	}

	void setAnswerKeepAlives(boolean answerKeepAlives) {
		this.answerKeepAlives = answerKeepAlives;
	}

	/**
	 * Loses commands but keeps the link.
	 */
	void setApplyCommands(boolean applyCommands) {
		this.applyCommands = applyCommands;
	}

	void setRecord(boolean record) {
		this.record = record;
	}

	void setClusterId(String clusterId) {
		this.clusterId = clusterId;
	}

	/**
	 * Answers the next greeting with this frame and closes the link.
	 */
	void refuseNext(ServerFrame frame) {
		this.greetings.add(frame);
	}

	/**
	 * Breaks the links of all sessions.
	 */
	void breakLinks() {
		enqueue(() -> List.copyOf(this.sessions.values()).forEach((session) -> {
			FakeLink link = session.link;
			if (link != null) {
				link.breakNow();
			}
		}));
	}

	/**
	 * Ends all sessions.
	 * @param tell whether their nodes hear of it at once
	 */
	void expireAll(boolean tell) {
		enqueue(() -> {
			List<Session> expired = List.copyOf(this.sessions.values());
			this.sessions.clear();
			this.tokens.clear();
			for (Session session : expired) {
				FakeLink link = session.link;
				if (tell && link != null) {
					link.deliver(new ServerFrame.Expired(session.id));
				}
			}
		});
	}

	/**
	 * Sends a frame to all sessions as it is.
	 */
	void sendToAll(ServerFrame frame) {
		enqueue(() -> List.copyOf(this.sessions.values()).forEach((session) -> {
			FakeLink link = session.link;
			if (link != null) {
				link.deliver(frame);
			}
		}));
	}

	/**
	 * Makes an event for all sessions.
	 */
	void emitToAll(Event event) {
		enqueue(() -> {
			this.index++;
			for (Session session : List.copyOf(this.sessions.values())) {
				NumberedEvent numbered = session.emit(event);
				session.send(new ServerFrame.Applied(this.index, List.of(numbered), List.of()));
			}
		});
	}

	List<ClientFrame> received() {
		return this.received;
	}

	<T> List<T> received(Class<T> type) {
		return this.received.stream().filter(type::isInstance).map(type::cast).toList();
	}

	int connections() {
		return this.connections.get();
	}

	int losses() {
		return this.losses.get();
	}

	int closes() {
		return this.closes.get();
	}

	void setAddresses(@Nullable List<String> newAddresses) {
		this.addresses = newAddresses;
	}

	List<List<String>> members() {
		return this.members;
	}

	List<@Nullable String> redirects() {
		return this.redirects;
	}

	int sessionCount() {
		return this.sessions.size();
	}

	long applications() {
		return this.applications;
	}

	long number(PrimitiveId id) {
		return this.numbers.getOrDefault(id, 0L);
	}

	LocalReader.Answer readLocally(long events, Query query) {
		return new LocalReader.Answer(this.index, events, read(query));
	}

	// The model

	private void handle(FakeLink link, ClientFrame frame) {
		if (!link.open) {
			return;
		}
		if (this.record) {
			this.received.add(frame);
		}
		Random random = this.faults;
		boolean fault = random != null && random.nextDouble() < this.faultRate;
		int kind = (fault && random != null) ? random.nextInt(4) : -1;
		if (kind == 0) {
			link.breakNow();
			return;
		}
		if (kind == 1) {
			link.mute = true;
		}
		if (kind == 2 && frame instanceof ClientFrame.Submit submit) {
			// In the log, but applied only after the session came back on another link.
			this.late.add(submit);
			link.breakNow();
			return;
		}
		if (!this.silent) {
			answer(link, frame);
		}
		if (kind >= 1) {
			link.breakNow();
		}
	}

	private void answer(FakeLink link, ClientFrame frame) {
		if (frame instanceof ClientFrame.Hello) {
			ServerFrame refusal = this.greetings.poll();
			if (refusal != null) {
				link.deliver(refusal);
				link.breakNow();
				return;
			}
			link.deliver(new ServerFrame.Welcome(1, this.clusterId, this.addresses, 1));
		}
		else if (frame instanceof ClientFrame.Open open) {
			long id = this.tokens.computeIfAbsent(open.token(), (token) -> {
				Session created = new Session(++this.lastSession);
				this.sessions.put(created.id, created);
				return created.id;
			});
			attach(id, link);
			link.deliver(new ServerFrame.Opened(id));
		}
		else if (frame instanceof ClientFrame.Resume resume) {
			Session session = this.sessions.get(resume.session());
			if (session == null) {
				link.deliver(new ServerFrame.Expired(resume.session()));
				return;
			}
			attach(resume.session(), link);
			link.deliver(new ServerFrame.Resumed(resume.session()));
			List<NumberedEvent> events = session.eventsAfter(resume.eventsSeen());
			if (!events.isEmpty()) {
				link.deliver(new ServerFrame.Applied(this.index, events, List.of()));
			}
			List<ClientFrame.Submit> pending = List.copyOf(this.late);
			this.late.clear();
			pending.forEach(this::apply);
		}
		else if (frame instanceof ClientFrame.Submit submit) {
			if (this.applyCommands) {
				apply(submit);
			}
		}
		else if (frame instanceof ClientFrame.Ask ask) {
			link.deliver(new ServerFrame.Answer(ask.id(), this.index, read(Wire.QUERY.decode(ask.query()))));
		}
		else if (frame instanceof ClientFrame.KeepAlive keepAlive) {
			Session session = this.sessions.get(keepAlive.session());
			if (session == null) {
				link.deliver(new ServerFrame.Expired(keepAlive.session()));
			}
			else if (this.answerKeepAlives) {
				this.index++;
				session.acknowledge(keepAlive.acknowledged(), keepAlive.eventsSeen());
				link.deliver(new ServerFrame.Alive(keepAlive.number(), this.addresses));
			}
		}
		else if (frame instanceof ClientFrame.Close close) {
			this.sessions.remove(close.session());
			link.deliver(new ServerFrame.Expired(close.session()));
		}
	}

	private void attach(long id, FakeLink link) {
		this.sessions.get(id).link = link;
	}

	private void apply(ClientFrame.Submit submit) {
		long at = ++this.index;
		Session session = this.sessions.get(submit.session());
		if (session == null) {
			return;
		}
		session.acknowledge(submit.acknowledged(), submit.eventsSeen());
		List<NumberedEvent> events = new ArrayList<>();
		List<NumberedResult> results = new ArrayList<>();
		for (Sequenced sequenced : submit.commands()) {
			long sequence = sequenced.sequence();
			if (sequence == session.lastApplied + 1) {
				session.lastApplied = sequence;
				session.results.put(sequence, apply(session, sequenced.command(), events));
			}
			Result result = session.results.get(sequence);
			if (result != null) {
				results.add(new NumberedResult(sequence, result));
			}
		}
		session.send(new ServerFrame.Applied(at, events, results));
	}

	private Result apply(Session session, byte[] bytes, List<NumberedEvent> events) {
		this.applications++;
		Command command = Wire.COMMAND.decode(bytes);
		if (command instanceof LongMessages.Add add) {
			long old = number(add.target());
			this.numbers.put(add.target(), old + add.delta());
			events.add(session.emit(new LongMessages.Changed(add.target(), false, old, old + add.delta(), this.index)));
			return new LongMessages.Updated(true, old, old + add.delta());
		}
		if (command instanceof ElectionMessages.Anoint) {
			return ErrorCode.ILLEGAL.failure("no");
		}
		if (command instanceof ElectionMessages.Campaign) {
			return ErrorCode.CANDIDATE_EXISTS.failure("it is there");
		}
		if (command instanceof Command.Create) {
			return ErrorCode.CONFIGURATION.failure("another one");
		}
		if (command instanceof MapMessages.Clear) {
			return ErrorCode.LIMIT.failure("too much");
		}
		if (command instanceof Command.Destroy) {
			return ErrorCode.NO_SESSION.failure("who are you");
		}
		return new Result.Done();
	}

	private Result read(Query query) {
		if (query instanceof LongMessages.Get get) {
			return new Result.Number(number(get.target()));
		}
		return ErrorCode.ILLEGAL.failure("no number");
	}

	/**
	 * What the cluster knows of a session.
	 */
	private static final class Session {

		private final long id;

		private final TreeMap<Long, Result> results = new TreeMap<>();

		private final Deque<NumberedEvent> events = new ArrayDeque<>();

		private @Nullable FakeLink link;

		private long lastApplied;

		private long lastEvent;

		Session(long id) {
			this.id = id;
		}

		NumberedEvent emit(Event event) {
			NumberedEvent numbered = new NumberedEvent(++this.lastEvent, event);
			this.events.add(numbered);
			return numbered;
		}

		void acknowledge(long acknowledged, long eventsSeen) {
			this.results.headMap(acknowledged, true).clear();
			while (!this.events.isEmpty() && this.events.element().number() <= eventsSeen) {
				this.events.remove();
			}
		}

		List<NumberedEvent> eventsAfter(long number) {
			return this.events.stream().filter((event) -> event.number() > number).toList();
		}

		void send(ServerFrame frame) {
			FakeLink current = this.link;
			if (current != null) {
				current.deliver(frame);
			}
		}

	}

	/**
	 * The gateway's end of a link.
	 */
	private final class FakeLink implements Link {

		private final LinkHandler handler;

		private boolean open = true;

		private boolean mute;

		FakeLink(LinkHandler handler) {
			this.handler = handler;
		}

		@Override
		public void send(ClientFrame frame) {
			enqueue(() -> handle(this, frame));
		}

		@Override
		public void close() {
			enqueue(() -> {
				if (this.open) {
					this.open = false;
					this.handler.closed(null);
				}
			});
		}

		void deliver(ServerFrame frame) {
			if (this.open && !this.mute) {
				this.handler.received(frame);
			}
		}

		void breakNow() {
			if (this.open) {
				this.open = false;
				this.handler.closed(new IllegalStateException("broken"));
			}
		}

	}

}
