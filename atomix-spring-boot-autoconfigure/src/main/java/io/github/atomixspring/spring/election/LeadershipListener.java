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

package io.github.atomixspring.spring.election;

/**
 * Is told when this application begins and ceases to lead an election.
 * <p>
 * The calls for all elections of an application come in order, on one thread of their
 * own, after the state has changed. A call that blocks delays the next ones, never the
 * state; an exception is logged and harms no other listener. Each grant is followed by a
 * revocation of the same term, also when the application stops: then the calls together
 * get up to ten seconds before the candidates resign.
 * <p>
 * Listeners that are {@link org.springframework.core.Ordered Ordered}, or have an
 * {@link org.springframework.core.annotation.Order @Order}, are called in this order.
 *
 * @since 0.1.0
 */
public interface LeadershipListener {

	/**
	 * Called when this application was elected; for a listener that is added while it
	 * leads, then.
	 * @param leadership the leadership, which may have ended again by now
	 */
	default void onGranted(Leadership leadership) {
	}

	/**
	 * Called when the leadership has ended: the application resigned, another was made
	 * leader, the session was suspended or lost, or the application stops.
	 * @param leadership the leadership that has ended
	 */
	default void onRevoked(Leadership leadership) {
	}

}
