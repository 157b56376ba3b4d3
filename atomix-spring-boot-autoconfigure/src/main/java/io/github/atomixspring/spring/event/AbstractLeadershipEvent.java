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

import org.springframework.context.ApplicationEvent;

/**
 * A change of the leadership of a candidate of this application.
 * <p>
 * The state changes first, then the event is published. The events of one application
 * come in order, on one thread of their own; a listener that blocks delays later events,
 * never the state.
 *
 * @since 0.1.0
 */
public abstract class AbstractLeadershipEvent extends ApplicationEvent {

	private final String election;

	private final String candidate;

	private final long term;

	AbstractLeadershipEvent(Object source, String election, String candidate, long term) {
		super(source);
		this.election = election;
		this.candidate = candidate;
		this.term = term;
	}

	/**
	 * Returns the name of the election.
	 * @return the name
	 */
	public String getElection() {
		return this.election;
	}

	/**
	 * Returns the name of the candidate of this application.
	 * @return the name
	 */
	public String getCandidate() {
		return this.candidate;
	}

	/**
	 * Returns the term of the leadership, which grows for ever and serves as a fencing
	 * token.
	 * @return the term
	 */
	public long getTerm() {
		return this.term;
	}

	@Override
	public String toString() {
		return getClass().getSimpleName() + "[election=" + this.election + ", candidate=" + this.candidate + ", term="
				+ this.term + "]";
	}

}
