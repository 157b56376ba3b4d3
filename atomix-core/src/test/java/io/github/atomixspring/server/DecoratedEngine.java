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

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.github.atomixspring.link.LinkAcceptor;
import io.github.atomixspring.link.LocalReader;
import io.github.atomixspring.metrics.ReplicaStatistics;
import io.github.atomixspring.protocol.LogEntry;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.statemachine.StateMachine;
import org.jspecify.annotations.Nullable;

/**
 * The real engine with other checks of leadership or another gateway.
 */
final class DecoratedEngine implements ReplicaEngine {

	private final Engine engine;

	private final LinkAcceptor acceptor;

	private final @Nullable Function<RaftServer.Division, CompletableFuture<Void>> check;

	DecoratedEngine(Engine engine, UnaryOperator<LinkAcceptor> links,
			@Nullable Function<RaftServer.Division, CompletableFuture<Void>> check) {
		this.engine = engine;
		this.acceptor = links.apply(engine.acceptor());
		this.check = check;
	}

	@Override
	public StateMachine newStateMachine(FailureListener failures, Headroom headroom) {
		return this.engine.newStateMachine(failures, headroom);
	}

	@Override
	public void serve(RaftServer.Division division, String clusterId, LeadershipCheck original) {
		Function<RaftServer.Division, CompletableFuture<Void>> other = this.check;
		this.engine.serve(division, clusterId, (other != null) ? () -> other.apply(division) : original);
	}

	@Override
	public void stop() {
		this.engine.stop();
	}

	@Override
	public LinkAcceptor acceptor() {
		return this.acceptor;
	}

	@Override
	public boolean isLeading() {
		return this.engine.isLeading();
	}

	@Override
	public @Nullable String remoteLeader() {
		return this.engine.remoteLeader();
	}

	@Override
	public LocalReader localReader() {
		return this.engine.localReader();
	}

	@Override
	public EngineStatus status() {
		return this.engine.status();
	}

	@Override
	public ReplicaStatistics statistics() {
		return this.engine.statistics();
	}

	@Override
	public int knownLevel() {
		return this.engine.knownLevel();
	}

	@Override
	public int level() {
		return this.engine.level();
	}

	@Override
	public CompletableFuture<Integer> raise(int next) {
		return this.engine.raise(next);
	}

	@Override
	public CompletableFuture<Long> takeSnapshot() {
		return this.engine.takeSnapshot();
	}

	@Override
	public CompletableFuture<Long> confirm() {
		return this.engine.confirm();
	}

	@Override
	public CompletableFuture<CapturedState> capture(long index) {
		return this.engine.capture(index);
	}

	@Override
	public CompletableFuture<RestoreProgress> restore(LogEntry.Restore piece) {
		return this.engine.restore(piece);
	}

	@Override
	public CompletableFuture<Long> verify() {
		return this.engine.verify();
	}

	@Override
	public void close() {
		this.engine.close();
	}

}
