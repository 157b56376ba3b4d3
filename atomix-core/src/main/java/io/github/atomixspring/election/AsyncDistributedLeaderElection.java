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

import io.github.atomixspring.primitive.Registration;

/**
 * The asynchronous face of a {@link DistributedLeaderElection}, with the same operations
 * under the same names.
 *
 * @since 0.1.0
 */
public interface AsyncDistributedLeaderElection {

	/**
	 * See {@link DistributedLeaderElection#campaign(String)}.
	 * @param candidate the name of the candidate
	 * @return the leadership when the candidacy was registered
	 */
	CompletableFuture<Leadership> campaign(String candidate);

	/**
	 * See {@link DistributedLeaderElection#resign(String)}.
	 * @param candidate the name of the candidate
	 * @return completes when the candidate has left
	 */
	CompletableFuture<Void> resign(String candidate);

	/**
	 * See {@link DistributedLeaderElection#anoint(String)}.
	 * @param candidate the name of the candidate
	 * @return whether it is the leader now
	 */
	CompletableFuture<Boolean> anoint(String candidate);

	/**
	 * See {@link DistributedLeaderElection#promote(String)}.
	 * @param candidate the name of the candidate
	 * @return whether it is a candidate
	 */
	CompletableFuture<Boolean> promote(String candidate);

	/**
	 * See {@link DistributedLeaderElection#evict(String)}.
	 * @param candidate the name of the candidate
	 * @return whether it was a candidate
	 */
	CompletableFuture<Boolean> evict(String candidate);

	/**
	 * See {@link DistributedLeaderElection#leadership()}.
	 * @return the leader, the term and all candidates
	 */
	CompletableFuture<Leadership> leadership();

	/**
	 * See {@link DistributedLeaderElection#observe(LeadershipObserver)}.
	 * @param observer the observer
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> observe(LeadershipObserver observer);

}
