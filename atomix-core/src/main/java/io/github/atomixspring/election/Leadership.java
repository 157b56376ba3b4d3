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

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Who leads an election.
 *
 * @param leader the leading candidate, or null if there is none
 * @param leaderNode the id of the node of the leader, or null if there is none
 * @param term the term of the leader, or of the last one if there is none; zero if there
 * never was one. Grows for ever and serves as a fencing token
 * @param candidates all candidates in the order of succession, the leader first
 * @since 0.1.0
 */
public record Leadership(@Nullable String leader, @Nullable String leaderNode, long term, List<String> candidates) {

	public Leadership {
		candidates = List.copyOf(candidates);
	}

	/**
	 * Returns whether the given candidate leads.
	 * @param candidate the name of the candidate
	 * @return whether it leads
	 */
	public boolean isLedBy(String candidate) {
		return candidate.equals(this.leader);
	}

}
