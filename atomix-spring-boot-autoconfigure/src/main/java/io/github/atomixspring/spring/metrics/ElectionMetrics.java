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

import java.util.concurrent.atomic.LongAdder;

import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.event.AbstractLeadershipEvent;
import io.github.atomixspring.spring.event.LeadershipGrantedEvent;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.context.ApplicationListener;

/**
 * {@link MeterBinder} for the leader elections in which the application is a candidate.
 *
 * @since 0.1.0
 */
public class ElectionMetrics implements MeterBinder, ApplicationListener<AbstractLeadershipEvent> {

	private final LeaderElections elections;

	private final LongAdder granted = new LongAdder();

	private final LongAdder revoked = new LongAdder();

	/**
	 * Creates a binder.
	 * @param elections the elections
	 */
	public ElectionMetrics(LeaderElections elections) {
		this.elections = elections;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("atomix.elections.candidacies", this.elections, (current) -> current.elections().size())
			.description("Elections in which this application is a candidate")
			.register(registry);
		Gauge.builder("atomix.elections.led", this.elections, ElectionMetrics::led)
			.description("Elections in which this application leads")
			.register(registry);
		changes(registry, "granted", this.granted);
		changes(registry, "revoked", this.revoked);
	}

	private void changes(MeterRegistry registry, String event, LongAdder count) {
		FunctionCounter.builder("atomix.elections.changes", count, LongAdder::sum)
			.description("How often leadership was granted to this application, and revoked")
			.tag("event", event)
			.register(registry);
	}

	private static double led(LeaderElections elections) {
		return elections.elections().stream().filter(elections::isLeader).count();
	}

	@Override
	public void onApplicationEvent(AbstractLeadershipEvent event) {
		((event instanceof LeadershipGrantedEvent) ? this.granted : this.revoked).increment();
	}

}
