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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;

import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.Wire;
import io.github.atomixspring.statemachine.Applied;
import io.github.atomixspring.statemachine.ReplicatedState;

/**
 * The real replicated state without a cluster: commands are applied one by one, by the
 * threads that bring them, and time passes when a test says so.
 */
public final class FakeCluster {

	private final ReplicatedState state = new ReplicatedState();

	private final Map<Long, FakeSession> sessions = new HashMap<>();

	private final AtomicLong nanos = new AtomicLong(1_000_000_000L);

	private final PriorityQueue<Task> tasks = new PriorityQueue<>();

	private long index;

	private long opened;

	private long scheduled;

	/**
	 * Returns a new node with an open session.
	 * @param node the name of the node
	 * @return the session
	 */
	public FakeSession connect(String node) {
		FakeSession session = new FakeSession(this, node);
		session.connect();
		return session;
	}

	/**
	 * Returns the monotonic clock.
	 * @return nanoseconds
	 */
	public long nanoTime() {
		return this.nanos.get();
	}

	/**
	 * Lets time pass: first for the cluster, then for the nodes.
	 * @param duration how much
	 */
	public void advance(Duration duration) {
		long end = this.nanos.get() + duration.toNanos();
		while (true) {
			Task task;
			synchronized (this) {
				task = this.tasks.peek();
				if (task == null || task.due > end) {
					break;
				}
				this.tasks.remove(task);
			}
			this.nanos.accumulateAndGet(task.due, Math::max);
			tick();
			task.action.run();
		}
		this.nanos.set(end);
		tick();
	}

	/**
	 * Lets the cluster look at the clock.
	 */
	public void tick() {
		append(List.of());
	}

	synchronized Registration schedule(Duration delay, Runnable action) {
		Task task = new Task(this.nanos.get() + delay.toNanos(), this.scheduled++, action);
		this.tasks.add(task);
		return () -> {
			synchronized (this) {
				this.tasks.remove(task);
			}
		};
	}

	long open(FakeSession session) {
		synchronized (this) {
			String token = "token-" + this.opened++;
			Applied applied = append(List.of(new LogEntry.Open(token, session.node(), session.timeout().toMillis())));
			long id = applied.opened().get(token);
			this.sessions.put(id, session);
			return id;
		}
	}

	/**
	 * Ends a session.
	 * @param id the id
	 */
	public void end(long id) {
		append(List.of(new LogEntry.Close(id)));
	}

	void submit(long session, long sequence, Command command) {
		append(List.of(new LogEntry.Batch(session, sequence - 1, 0,
				List.of(new Sequenced(sequence, Wire.COMMAND.encode(command))))));
	}

	synchronized Result read(Query query) {
		return this.state.read(query);
	}

	private synchronized Applied append(List<LogEntry.Item> items) {
		long stamp = this.nanos.get() / 1_000_000;
		Applied applied = this.state.apply(Wire.LOG_ENTRY.encode(new LogEntry(LogEntry.VERSION, stamp, items)));
		this.index++;
		applied.deliveries().forEach((id, delivery) -> {
			FakeSession session = this.sessions.get(id);
			if (session != null) {
				delivery.events().forEach((event) -> session.receive(id, event.event()));
				delivery.results().forEach((result) -> session.receive(id, result.sequence(), result.result()));
			}
		});
		return applied;
	}

	/**
	 * Something to do later.
	 */
	private record Task(long due, long order, Runnable action) implements Comparable<Task> {

		@Override
		public int compareTo(Task other) {
			int byDue = Long.compare(this.due, other.due);
			return (byDue != 0) ? byDue : Long.compare(this.order, other.order);
		}

	}

}
