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

package io.github.atomixspring.server;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.statemachine.Applied;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands frames to the links, in the order of the log, on a thread of its own: applying
 * must not wait for encoding or for sockets. Only this thread knows which link serves
 * which session.
 */
class Deliveries {

	private static final Logger logger = LoggerFactory.getLogger(Deliveries.class);

	private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

	private final Map<Long, GatewayLink> sessions = new HashMap<>();

	private final Map<String, GatewayLink> openings = new HashMap<>();

	private final Set<GatewayLink> links = new HashSet<>();

	private final Thread thread;

	private volatile boolean closed;

	Deliveries(String node) {
		this.thread = new Thread(this::run, "atomix-deliveries-" + node);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void run() {
		try {
			while (!this.closed) {
				perform(this.tasks.take());
			}
			drain();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void perform(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException | Error ex) {
			// Without this thread the member would lead and answer nobody.
			logger.error("A delivery failed", ex);
		}
	}

	private void add(Runnable task) {
		this.tasks.add(task);
		if (this.closed) {
			// The thread has ended or will not look again: a late link is still told.
			drain();
		}
	}

	private synchronized void drain() {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			perform(task);
		}
	}

	/**
	 * Sends a frame to a link after everything before.
	 * @param link the link
	 * @param frame the frame
	 */
	void send(GatewayLink link, ServerFrame frame) {
		add(() -> link.deliver(frame));
	}

	/**
	 * Closes a link after everything before.
	 * @param link the link
	 * @param last a last frame, or null
	 */
	void disconnect(GatewayLink link, @Nullable ServerFrame last) {
		add(() -> {
			link.disconnect(last);
			forget(link);
		});
	}

	/**
	 * Takes note of a link that is served.
	 * @param link the link
	 * @param frame its first frame
	 */
	void welcome(GatewayLink link, ServerFrame frame) {
		add(() -> {
			this.links.add(link);
			link.deliver(frame);
		});
	}

	/**
	 * Takes note that a link waits for the session with a token.
	 * @param token the token
	 * @param link the link
	 */
	void opening(String token, GatewayLink link) {
		add(() -> this.openings.put(token, link));
	}

	/**
	 * Brings a session to a link.
	 * @param session the session
	 * @param link the link
	 * @param index the index of the state from which the events are
	 * @param events the events that the session has not seen, or null if the session has
	 * ended
	 */
	void resume(long session, GatewayLink link, long index, @Nullable List<NumberedEvent> events) {
		add(() -> {
			if (events == null) {
				link.deliver(new ServerFrame.Expired(session));
				return;
			}
			bind(session, link);
			link.deliver(new ServerFrame.Resumed(session));
			if (!events.isEmpty()) {
				AppliedFrames.of(index, events, List.of()).forEach(link::deliver);
			}
		});
	}

	/**
	 * Delivers what an entry did to the sessions whose links are here.
	 * @param index the log index
	 * @param applied what it did
	 */
	void applied(long index, Applied applied) {
		if (applied.deliveries().isEmpty() && applied.opened().isEmpty() && applied.ended().isEmpty()
				&& applied.stopped().isEmpty()) {
			return;
		}
		add(() -> {
			applied.opened().forEach(this::opened);
			applied.deliveries().forEach((session, delivery) -> {
				GatewayLink link = this.sessions.get(session);
				if (link != null) {
					AppliedFrames.of(index, delivery.events(), delivery.results()).forEach(link::applied);
				}
			});
			for (long session : applied.stopped()) {
				GatewayLink link = this.sessions.get(session);
				if (link != null) {
					link.disconnect(new ServerFrame.Busy("Answers have to be acknowledged first"));
					forget(link);
				}
			}
			for (long session : applied.ended()) {
				GatewayLink link = this.sessions.remove(session);
				if (link != null) {
					link.deliver(new ServerFrame.Expired(session));
				}
			}
		});
	}

	private void opened(String token, long session) {
		GatewayLink link = this.openings.remove(token);
		if (link != null) {
			bind(session, link);
			link.deliver(new ServerFrame.Opened(session));
		}
	}

	private void bind(long session, GatewayLink link) {
		if (link.isClosed()) {
			// The session may be on another link by now.
			return;
		}
		GatewayLink before = this.sessions.get(session);
		if (before != null && before != link) {
			before.disconnect(null);
			forget(before);
		}
		this.sessions.put(session, link);
		link.bind(session);
	}

	private void forget(GatewayLink link) {
		this.links.remove(link);
		this.sessions.values().removeIf((other) -> other == link);
		this.openings.values().removeIf((other) -> other == link);
	}

	/**
	 * Redirects and closes all links.
	 * @param leader tells the address of the leader
	 */
	void redirectAll(Supplier<@Nullable String> leader) {
		add(() -> {
			ServerFrame redirect = new ServerFrame.Redirect(leader.get());
			List.copyOf(this.links).forEach((link) -> link.disconnect(redirect));
			this.links.clear();
			this.sessions.clear();
			this.openings.clear();
		});
	}

	void close() {
		add(() -> this.closed = true);
	}

}
