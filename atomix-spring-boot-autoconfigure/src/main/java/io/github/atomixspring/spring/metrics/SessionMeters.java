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

package io.github.atomixspring.spring.metrics;

import java.util.EnumMap;
import java.util.Map;

import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.session.SessionListener;
import io.github.atomixspring.session.SessionState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what happens to the session of a node.
 */
final class SessionMeters implements SessionListener {

	private final Map<SessionState, Counter> changes = new EnumMap<>(SessionState.class);

	private SessionMeters(MeterRegistry registry) {
		for (SessionState state : SessionState.values()) {
			this.changes.put(state,
					Counter.builder("atomix.session.changes")
						.description("How often the session of this node entered a state")
						.tag("state", OperationMeters.tag(state))
						.register(registry));
		}
	}

	/**
	 * Registers the meters of a session.
	 * @param session the session
	 * @param registry the registry
	 * @return closes to count nothing more
	 */
	static Registration bind(Session session, MeterRegistry registry) {
		Gauge
			.builder("atomix.session.connected", session,
					(current) -> (current.state() == SessionState.CONNECTED) ? 1 : 0)
			.description("Whether the session of this node is within its lease")
			.register(registry);
		return session.addListener(new SessionMeters(registry));
	}

	@Override
	public void onState(long session, SessionState state) {
		Counter counter = this.changes.get(state);
		if (counter != null) {
			counter.increment();
		}
	}

}
