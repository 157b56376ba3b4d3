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

package io.github.atomixspring.boot.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.atomixspring.election.AsyncDistributedLeaderElection;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.election.Leadership;
import io.github.atomixspring.election.LeadershipEvent;
import io.github.atomixspring.election.LeadershipEvent.Type;
import io.github.atomixspring.election.LeadershipObserver;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;

/**
 * An election whose outcome a test decides.
 */
final class TestElection implements DistributedLeaderElection {

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

	private final String name;

	private final String node;

	private final LongSupplier terms;

	private final List<LeadershipObserver> observers = new CopyOnWriteArrayList<>();

	/**
	 * Held while observers are told, who must not block.
	 */
	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final List<String> candidates = new ArrayList<>();

	private volatile @Nullable String leader;

	private long term;

	/**
	 * Creates an election without candidates.
	 * @param name its name
	 * @param node the name of the node of all candidates
	 * @param terms makes the terms
	 */
	TestElection(String name, String node, LongSupplier terms) {
		this.name = name;
		this.node = node;
		this.terms = terms;
	}

	/**
	 * Makes the last candidate the leader, once there is one.
	 * @param <T> the type of the leadership
	 * @param leadership looks at the leadership before anyone can revoke it
	 * @return the leadership
	 */
	<T> T elect(Supplier<Optional<T>> leadership) {
		this.lock.lock();
		try {
			long rest = PATIENCE;
			while (this.candidates.isEmpty()) {
				if (rest <= 0) {
					throw new IllegalStateException("The application does not become a candidate of '" + this.name
							+ "': it was stopped, or its threads do not get on");
				}
				rest = this.changed.awaitNanos(rest);
			}
			changeTo(this.candidates.get(this.candidates.size() - 1));
			return leadership.get()
				.orElseThrow(() -> new IllegalStateException(
						"Leadership of '" + this.name + "' has ended at once: the application was stopped"));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while there was no candidate of '" + this.name + "'", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes the leadership from whoever has it.
	 */
	void depose() {
		this.lock.lock();
		try {
			changeTo(null);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void changeTo(@Nullable String next) {
		this.leader = next;
		if (next != null) {
			this.term = this.terms.getAsLong();
		}
		LeadershipEvent event = new LeadershipEvent(this.name, Type.CHANGED, leadership());
		this.observers.forEach((observer) -> observer.onEvent(event));
	}

	@Override
	public Leadership campaign(String candidate) {
		this.lock.lock();
		try {
			if (!this.candidates.contains(candidate)) {
				this.candidates.add(candidate);
				this.changed.signalAll();
			}
			return leadership();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void resign(String candidate) {
		evict(candidate);
	}

	@Override
	public boolean anoint(String candidate) {
		this.lock.lock();
		try {
			boolean known = this.candidates.contains(candidate);
			if (known) {
				changeTo(candidate);
			}
			return known;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean promote(String candidate) {
		return leadership().candidates().contains(candidate);
	}

	@Override
	public boolean evict(String candidate) {
		this.lock.lock();
		try {
			boolean known = this.candidates.remove(candidate);
			if (isLeader(candidate)) {
				changeTo(null);
			}
			return known;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public Leadership leadership() {
		this.lock.lock();
		try {
			String current = this.leader;
			return new Leadership(current, (current != null) ? this.node : null, this.term, this.candidates);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean isLeader(String candidate) {
		return candidate.equals(this.leader);
	}

	@Override
	public Registration observe(LeadershipObserver observer) {
		this.lock.lock();
		try {
			this.observers.add(observer);
			observer.onEvent(new LeadershipEvent(this.name, Type.RESYNC, leadership()));
		}
		finally {
			this.lock.unlock();
		}
		return () -> this.observers.remove(observer);
	}

	@Override
	public AsyncDistributedLeaderElection async() {
		return new AsyncTestElection(this);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public PrimitiveType type() {
		return PrimitiveType.ELECTION;
	}

	@Override
	public void close() {
		// It holds nothing on any cluster.
	}

	@Override
	public void destroy() {
		depose();
	}

}
