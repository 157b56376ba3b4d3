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

package io.github.atomixspring.election;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ElectionMessages;
import io.github.atomixspring.protocol.PrimitiveId;

/**
 * The asynchronous face of an election.
 */
final class AsyncElectionProxy implements AsyncDistributedLeaderElection {

	private final ElectionProxy election;

	/**
	 * Creates the face.
	 * @param election the election
	 */
	AsyncElectionProxy(ElectionProxy election) {
		this.election = election;
	}

	@Override
	public CompletableFuture<Leadership> campaign(String candidate) {
		return this.election.exposed(this.election.enter(candidate));
	}

	@Override
	public CompletableFuture<Void> resign(String candidate) {
		return this.election.exposed(this.election.leave(candidate));
	}

	@Override
	public CompletableFuture<Boolean> anoint(String candidate) {
		return order(candidate, (id) -> new ElectionMessages.Anoint(id, candidate));
	}

	@Override
	public CompletableFuture<Boolean> promote(String candidate) {
		return order(candidate, (id) -> new ElectionMessages.Promote(id, candidate));
	}

	@Override
	public CompletableFuture<Boolean> evict(String candidate) {
		return order(candidate, (id) -> new ElectionMessages.Evict(id, candidate));
	}

	@Override
	public CompletableFuture<Leadership> leadership() {
		return this.election.exposed(this.election.read());
	}

	@Override
	public CompletableFuture<Registration> observe(LeadershipObserver observer) {
		return this.election.exposed(this.election.register(observer));
	}

	private CompletableFuture<Boolean> order(String candidate, Function<PrimitiveId, Command> command) {
		ElectionProxy.check(candidate);
		return this.election.exposed(this.election.order(command.apply(this.election.primitive())));
	}

}
