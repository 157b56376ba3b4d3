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

import java.util.function.Supplier;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * {@link HealthIndicator} for an Atomix node. Looks only at what the node knows by itself
 * and never waits.
 * <p>
 * UP means that the node has a leader and a session within its lease; OUT_OF_SERVICE that
 * it waits for the cluster and comes back by itself; DOWN that the node itself failed or
 * was stopped.
 *
 * @since 0.1.0
 */
public class AtomixHealthIndicator extends AbstractHealthIndicator {

	private final Atomix atomix;

	private final @Nullable Supplier<NodeStatus> status;

	/**
	 * Creates an indicator.
	 * @param atomix the node
	 * @param status tells the state of its replica, or null for a client
	 */
	public AtomixHealthIndicator(Atomix atomix, @Nullable Supplier<NodeStatus> status) {
		super("Atomix health check failed");
		this.atomix = atomix;
		this.status = status;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		Session session = this.atomix.session();
		SessionState sessionState = session.state();
		builder.withDetail("node", session.node()).withDetail("session", sessionState);
		NodeStatus status = (this.status != null) ? this.status.get() : null;
		if (status != null) {
			addDetails(builder, status);
		}
		if (!this.atomix.isRunning() || (status != null && isDown(status))) {
			builder.down();
			String problem = (status != null) ? status.problem() : null;
			builder.withDetail("problem", (problem != null) ? problem : "The node does not run");
			return;
		}
		String waitsFor = waitsFor(status, sessionState);
		if (waitsFor != null) {
			builder.outOfService().withDetail("problem", waitsFor);
			return;
		}
		builder.up();
	}

	private void addDetails(Health.Builder builder, NodeStatus status) {
		builder.withDetail("cluster", status.cluster())
			.withDetail("state", status.state())
			.withDetail("role", status.role())
			.withDetail("term", status.term())
			.withDetail("appliedIndex", status.appliedIndex());
		if (status.leader() != null) {
			builder.withDetail("leader", status.leader());
		}
	}

	private boolean isDown(NodeStatus status) {
		return status.state() == NodeState.FAILED || status.state() == NodeState.STOPPED;
	}

	private @Nullable String waitsFor(@Nullable NodeStatus status, SessionState sessionState) {
		if (status != null && status.state() != NodeState.RUNNING) {
			return (status.problem() != null) ? status.problem()
					: "The node is not yet a member of the cluster: " + status.state();
		}
		if (status != null && status.leader() == null) {
			return (status.problem() != null) ? status.problem()
					: "No leader: a majority of the members is not reachable";
		}
		return (sessionState != SessionState.CONNECTED) ? "The session of the node is " + sessionState : null;
	}

}
