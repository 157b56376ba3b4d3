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
 * A change in an election, as one node sees it.
 *
 * @param name the name of the election
 * @param type what happened
 * @param leadership the leadership after the change, as far as known
 * @since 0.1.0
 */
public record LeadershipEvent(String name, Type type, Leadership leadership) {

	/**
	 * What happened.
	 */
	public enum Type {

		/**
		 * The leadership at the registration of the observer, or after events may have
		 * been missed.
		 */
		RESYNC,

		/**
		 * The leader, the term or the candidates changed.
		 */
		CHANGED,

		/**
		 * This node can no longer vouch for what it knows: its session is suspended or
		 * expired, and a candidate of this node does not lead any more. The next event is
		 * {@link #RESYNC}.
		 */
		SUSPENDED

	}

}
