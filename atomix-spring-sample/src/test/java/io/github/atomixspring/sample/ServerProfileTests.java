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

import java.nio.file.Path;
import java.time.Duration;

import io.github.atomixspring.Atomix;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the sample as a plain server, a member whose cluster has no majority.
 */
@SpringBootTest
@ActiveProfiles("server")
@DirtiesContext
class ServerProfileTests {

	@TempDir
	private static Path directory;

	private final MockMvcTester mvc;

	private final ApplicationContext context;

	ServerProfileTests(@Autowired WebApplicationContext context) {
		this.mvc = MockMvcTester.from(context);
		this.context = context;
	}

	@DynamicPropertySource
	static void member(DynamicPropertyRegistry registry) {
		registry.add("atomix.storage.directory", directory::toString);
		registry.add("atomix.node.id", () -> "n1");
		String members = "n1=127.0.0.1:" + SampleProcesses.freePort() + ",n2=127.0.0.1:" + SampleProcesses.freePort()
				+ ",n3=127.0.0.1:" + SampleProcesses.freePort();
		registry.add("atomix.cluster.members", () -> members);
	}

	@Test
	void aMemberWithoutMajorityLivesAndIsNotReady() {
		// Both are so from the start and stay so: what is looked at is that they do.
		Awaitility.await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			assertThat(this.mvc.get().uri("/actuator/health/liveness")).hasStatusOk();
			assertThat(this.mvc.get().uri("/actuator/health/readiness")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
				.bodyJson()
				.extractingPath("status")
				.isEqualTo("OUT_OF_SERVICE");
		});
	}

	@Test
	void thereIsANodeAndNothingOfTheDemonstration() {
		assertThat(this.context.getBeansOfType(Atomix.class)).hasSize(1);
		assertThat(this.context.getBeansWithAnnotation(RestController.class)).isEmpty();
		assertThat(this.context.getBeansOfType(Reporter.class)).isEmpty();
		assertThat(this.context.getBeansOfType(Announcements.class)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/map/a", "/counters/a", "/leader", "/actuator/atomix", "/actuator/info", "/actuator/env" })
	void nothingIsAnsweredButHealth(String path) {
		assertThat(this.mvc.get().uri(path)).hasStatus(HttpStatus.NOT_FOUND);
	}

}
