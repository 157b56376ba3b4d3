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

import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.election.AsyncDistributedLeaderElection;
import io.github.atomixspring.election.Leadership;
import io.github.atomixspring.election.LeadershipObserver;
import io.github.atomixspring.primitive.Registration;

/**
 * The asynchronous face of an election whose outcome a test decides: it waits for nobody.
 *
 * @param election the election
 */
record AsyncTestElection(TestElection election) implements AsyncDistributedLeaderElection {

	@Override
	public CompletableFuture<Leadership> campaign(String candidate) {
		return CompletableFuture.completedFuture(this.election.campaign(candidate));
	}

	@Override
	public CompletableFuture<Void> resign(String candidate) {
		this.election.resign(candidate);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletableFuture<Boolean> anoint(String candidate) {
		return CompletableFuture.completedFuture(this.election.anoint(candidate));
	}

	@Override
	public CompletableFuture<Boolean> promote(String candidate) {
		return CompletableFuture.completedFuture(this.election.promote(candidate));
	}

	@Override
	public CompletableFuture<Boolean> evict(String candidate) {
		return CompletableFuture.completedFuture(this.election.evict(candidate));
	}

	@Override
	public CompletableFuture<Leadership> leadership() {
		return CompletableFuture.completedFuture(this.election.leadership());
	}

	@Override
	public CompletableFuture<Registration> observe(LeadershipObserver observer) {
		return CompletableFuture.completedFuture(this.election.observe(observer));
	}

}
