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

package io.github.atomixspring.spring.election;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.election.AsyncDistributedLeaderElection;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.election.Leadership;
import io.github.atomixspring.election.LeadershipEvent;
import io.github.atomixspring.election.LeadershipEvent.Type;
import io.github.atomixspring.election.LeadershipObserver;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;
import org.mockito.BDDMockito;

import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;

/**
 * An election whose outcome the test decides.
 */
public class FakeElection implements DistributedLeaderElection {

	private final String name;

	private final List<LeadershipObserver> observers = new CopyOnWriteArrayList<>();

	private final List<String> candidates = new CopyOnWriteArrayList<>();

	private final List<String> resigned = new CopyOnWriteArrayList<>();

	private volatile @Nullable RuntimeException failure;

	private volatile @Nullable String leader;

	private long term;

	public FakeElection(String name) {
		this.name = name;
	}

	public synchronized void elect(String candidate) {
		this.leader = candidate;
		this.term++;
		tell(Type.CHANGED, candidate);
	}

	public synchronized void electOurs() {
		elect(this.candidates.get(this.candidates.size() - 1));
	}

	public synchronized void suspend() {
		String before = this.leader;
		this.leader = null;
		tell(Type.SUSPENDED, before);
	}

	public synchronized void repeat() {
		tell(Type.CHANGED, this.leader);
	}

	/**
	 * Makes the local lease end without an event.
	 */
	public void expireLease() {
		this.leader = null;
	}

	public void failWith(@Nullable RuntimeException failure) {
		this.failure = failure;
	}

	public List<String> candidates() {
		return new ArrayList<>(this.candidates);
	}

	public List<String> resigned() {
		return new ArrayList<>(this.resigned);
	}

	public int observers() {
		return this.observers.size();
	}

	private void tell(Type type, @Nullable String candidate) {
		Leadership leadership = new Leadership(candidate, null, this.term, List.of());
		this.observers.forEach((observer) -> observer.onEvent(new LeadershipEvent(this.name, type, leadership)));
	}

	@Override
	public Leadership campaign(String candidate) {
		RuntimeException failure = this.failure;
		if (failure != null) {
			throw failure;
		}
		this.candidates.add(candidate);
		return leadership();
	}

	@Override
	public void resign(String candidate) {
		this.resigned.add(candidate);
	}

	@Override
	public boolean anoint(String candidate) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean promote(String candidate) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean evict(String candidate) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Leadership leadership() {
		return new Leadership(this.leader, null, this.term, List.of());
	}

	@Override
	public boolean isLeader(String candidate) {
		return candidate.equals(this.leader);
	}

	@Override
	public Registration observe(LeadershipObserver observer) {
		this.observers.add(observer);
		return () -> this.observers.remove(observer);
	}

	@Override
	public AsyncDistributedLeaderElection async() {
		AsyncDistributedLeaderElection async = BDDMockito.mock(AsyncDistributedLeaderElection.class);
		given(async.resign(anyString())).willAnswer((invocation) -> {
			resign(invocation.getArgument(0));
			return CompletableFuture.completedFuture(null);
		});
		return async;
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
	}

	@Override
	public void destroy() {
	}

}
