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

import io.github.atomixspring.boot.test.AutoConfigureAtomix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the requests that the sample answers, with a node of the test.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureAtomix
class SampleApplicationTests {

	@TempDir
	private static Path directory;

	private final MockMvcTester mvc;

	SampleApplicationTests(@Autowired WebApplicationContext context) {
		this.mvc = MockMvcTester.from(context);
	}

	@DynamicPropertySource
	static void counterFile(DynamicPropertyRegistry registry) {
		registry.add("sample.counter-file", () -> directory.resolve("fenced-counter").toString());
	}

	@Test
	void mapIsReadAndChanged() {
		assertThat(this.mvc.put().uri("/map/a").contentType(MediaType.TEXT_PLAIN).content("1"))
			.hasStatus(HttpStatus.NO_CONTENT);
		assertThat(this.mvc.get().uri("/map/a")).hasStatusOk().hasBodyTextEqualTo("1");
		assertThat(this.mvc.delete().uri("/map/a")).hasStatus(HttpStatus.NO_CONTENT);
		assertThat(this.mvc.get().uri("/map/a")).hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void counterCounts() {
		assertThat(this.mvc.post().uri("/counters/visits")).hasStatusOk().hasBodyTextEqualTo("1");
		assertThat(this.mvc.post().uri("/counters/visits?delta=5")).hasStatusOk().hasBodyTextEqualTo("6");
		assertThat(this.mvc.get().uri("/counters/visits")).hasStatusOk().hasBodyTextEqualTo("6");
	}

	@Test
	void fencedCounterIsIncrementedUnderALockThatIsFreeAfterwards() {
		assertThat(this.mvc.post().uri("/fenced-counter")).hasStatusOk()
			.bodyJson()
			.extractingPath("number")
			.isEqualTo(1);
		assertThat(this.mvc.get().uri("/fenced-counter/holder")).hasStatus(HttpStatus.NOT_FOUND);
	}

}
