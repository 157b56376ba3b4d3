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

package io.github.atomixspring.spring.health;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.session.SessionState;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * {@link HealthIndicator} for the session of a node. Looks only at what the node knows by
 * itself and never waits.
 * <p>
 * UP means that the session is within its lease, so that what the node holds is held;
 * OUT_OF_SERVICE that it is not, and comes back by itself; DOWN that the node was
 * stopped.
 *
 * @since 0.1.0
 */
public class AtomixSessionHealthIndicator extends AbstractHealthIndicator {

	private final Atomix atomix;

	/**
	 * Creates an indicator.
	 * @param atomix the node
	 */
	public AtomixSessionHealthIndicator(Atomix atomix) {
		super("Atomix session health check failed");
		this.atomix = atomix;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		Session session = this.atomix.session();
		SessionState state = session.state();
		builder.withDetail("node", session.node()).withDetail("state", state);
		if (!this.atomix.isRunning()) {
			builder.down().withDetail("problem", "The node does not run");
		}
		else if (state != SessionState.CONNECTED) {
			builder.outOfService().withDetail("problem", "The session of the node is " + state);
		}
		else {
			builder.up();
		}
	}

}
