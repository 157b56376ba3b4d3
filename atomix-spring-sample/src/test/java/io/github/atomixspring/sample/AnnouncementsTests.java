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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Announcements}.
 */
@ExtendWith(OutputCaptureExtension.class)
class AnnouncementsTests {

	private final MockEnvironment environment = new MockEnvironment();

	private final Announcements announcements = new Announcements(this.environment);

	@Test
	void portOfWebServerIsShown(CapturedOutput output) {
		this.environment.setProperty("local.server.port", "8081");
		this.announcements.ready();
		assertThat(output.getOut().lines()).contains("Web: http://localhost:8081/actuator/health");
	}

	@Test
	void electionIsAnnouncedOnceInEachTerm(CapturedOutput output) {
		this.announcements.elected(granted(1));
		this.announcements.deposed();
		this.announcements.elected(granted(1));
		this.announcements.deposed();
		this.announcements.elected(granted(3));
		assertThat(output.getOut().lines())
			.containsSubsequence("Elected leader!", "No longer leader", "Leader again", "No longer leader",
					"Elected leader!")
			.containsOnlyOnce("Leader again");
	}

	private LeadershipGrantedEvent granted(long term) {
		return new LeadershipGrantedEvent(this, "sample", "n1", term);
	}

}
