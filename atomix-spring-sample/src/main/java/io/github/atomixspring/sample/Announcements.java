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

package io.github.atomixspring.sample;

import io.github.atomixspring.spring.event.LeadershipGrantedEvent;
import io.github.atomixspring.spring.event.LeadershipRevokedEvent;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Tells the person in front of the terminal what happens.
 */
@Component
class Announcements {

	private final Environment environment;

	private long term;

	Announcements(Environment environment) {
		this.environment = environment;
	}

	@EventListener(ApplicationReadyEvent.class)
	void ready() {
		String port = this.environment.getRequiredProperty("local.server.port");
		System.out.println("Web: http://localhost:" + port + "/actuator/health");
	}

	@EventListener
	void elected(LeadershipGrantedEvent event) {
		// A leader that could not vouch for itself for a while goes on in the same term.
		System.out.println((event.getTerm() != this.term) ? "Elected leader!" : "Leader again");
		this.term = event.getTerm();
	}

	@EventListener(LeadershipRevokedEvent.class)
	void deposed() {
		System.out.println("No longer leader");
	}

}
