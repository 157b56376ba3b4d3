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

package io.github.atomixspring.spring.integration;

import io.github.atomixspring.spring.election.LeaderElections;

import org.springframework.integration.leader.Context;

/**
 * The leadership of a role, which an election decides.
 *
 * @param elections the elections of this application
 * @param election the name of the election
 * @param role the role
 */
record ElectionContext(LeaderElections elections, String election, String role) implements Context {

	@Override
	public boolean isLeader() {
		return this.elections.isLeader(this.election);
	}

	@Override
	public void yield() {
		this.elections.stepDown(this.election);
	}

	@Override
	public String getRole() {
		return this.role;
	}

	@Override
	public String toString() {
		return "ElectionContext[election=" + this.election + ", role=" + this.role + ", isLeader=" + isLeader() + "]";
	}

}
