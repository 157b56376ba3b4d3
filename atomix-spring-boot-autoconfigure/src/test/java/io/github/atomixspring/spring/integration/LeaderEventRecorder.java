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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.integration.leader.Context;
import org.springframework.integration.leader.event.LeaderEventPublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Takes note of the events of leadership.
 */
class LeaderEventRecorder implements LeaderEventPublisher {

	private final List<String> events = new CopyOnWriteArrayList<>();

	private volatile Context context;

	List<String> events() {
		return this.events;
	}

	/**
	 * Returns the context of the last event.
	 * @return the context
	 */
	Context context() {
		return this.context;
	}

	void awaitLast(String event) {
		await().atMost(LocalCluster.PATIENCE).untilAsserted(() -> assertThat(this.events).last().isEqualTo(event));
	}

	void awaitContains(String event) {
		await().atMost(LocalCluster.PATIENCE).untilAsserted(() -> assertThat(this.events).contains(event));
	}

	@Override
	public void publishOnGranted(Object source, Context context, String role) {
		record(context, "granted " + role);
	}

	@Override
	public void publishOnRevoked(Object source, Context context, String role) {
		record(context, "revoked " + role);
	}

	@Override
	public void publishOnFailedToAcquire(Object source, Context context, String role) {
		record(context, "failed " + role);
	}

	private void record(Context eventContext, String event) {
		this.context = eventContext;
		this.events.add(event);
	}

}
