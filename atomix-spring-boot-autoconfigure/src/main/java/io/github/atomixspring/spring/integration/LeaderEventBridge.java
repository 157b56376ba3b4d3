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
import io.github.atomixspring.spring.event.AbstractLeadershipEvent;
import io.github.atomixspring.spring.event.LeadershipGrantedEvent;

import org.springframework.context.ApplicationListener;
import org.springframework.integration.leader.event.LeaderEventPublisher;
import org.springframework.util.Assert;

/**
 * Publishes the leadership of this application as Spring Integration does: each election
 * in which it is a candidate is a role of the same name. Endpoints with that role are
 * started when this application is elected and stopped when its leadership has ended; if
 * it stops or steps down, before another can be elected.
 *
 * @since 0.1.0
 */
public class LeaderEventBridge implements ApplicationListener<AbstractLeadershipEvent> {

	private final LeaderElections elections;

	private final LeaderEventPublisher publisher;

	/**
	 * Creates a bridge.
	 * @param elections the elections whose events are published
	 * @param publisher publishes the events
	 */
	public LeaderEventBridge(LeaderElections elections, LeaderEventPublisher publisher) {
		Assert.notNull(elections, "'elections' must not be null");
		Assert.notNull(publisher, "'publisher' must not be null");
		this.elections = elections;
		this.publisher = publisher;
	}

	@Override
	public void onApplicationEvent(AbstractLeadershipEvent event) {
		// Those of a child context come by, too.
		if (event.getSource() != this.elections) {
			return;
		}
		String role = event.getElection();
		ElectionContext context = new ElectionContext(this.elections, role, role);
		if (event instanceof LeadershipGrantedEvent) {
			this.publisher.publishOnGranted(this, context, role);
		}
		else {
			this.publisher.publishOnRevoked(this, context, role);
		}
	}

}
