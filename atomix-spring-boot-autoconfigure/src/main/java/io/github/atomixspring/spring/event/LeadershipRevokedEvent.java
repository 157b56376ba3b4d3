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

package io.github.atomixspring.spring.event;

/**
 * This application no longer leads: it resigned, another was made leader, its session was
 * suspended or lost, or it shuts down. Always follows a {@link LeadershipGrantedEvent} of
 * the same term.
 *
 * @since 0.1.0
 */
public class LeadershipRevokedEvent extends AbstractLeadershipEvent {

	/**
	 * Creates an event.
	 * @param source who tells
	 * @param election the name of the election
	 * @param candidate the name of the candidate
	 * @param term the term of the leadership
	 */
	public LeadershipRevokedEvent(Object source, String election, String candidate, long term) {
		super(source, election, candidate, term);
	}

}
