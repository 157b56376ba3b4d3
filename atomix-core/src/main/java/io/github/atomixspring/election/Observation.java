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

/**
 * An observer and what it was told last. Touched in the mailbox only.
 */
final class Observation {

	private final LeadershipObserver observer;

	private boolean told;

	private boolean current;

	/**
	 * Creates the observation of an observer that was not told anything.
	 * @param observer the observer
	 */
	Observation(LeadershipObserver observer) {
		this.observer = observer;
	}

	LeadershipObserver observer() {
		return this.observer;
	}

	/**
	 * Takes note that the observer is told of a known leadership.
	 * @return the type of the event
	 */
	LeadershipEvent.Type known() {
		LeadershipEvent.Type type = this.current ? LeadershipEvent.Type.CHANGED : LeadershipEvent.Type.RESYNC;
		this.current = true;
		this.told = true;
		return type;
	}

	/**
	 * Takes note that what the observer knows is not certain any more.
	 * @return whether it must be told so
	 */
	boolean doubt() {
		boolean mustBeTold = this.told && this.current;
		this.current = false;
		return mustBeTold;
	}

	boolean isCurrent() {
		return this.current;
	}

}
