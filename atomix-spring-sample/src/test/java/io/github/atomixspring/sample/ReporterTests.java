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

import io.github.atomixspring.boot.test.AutoConfigureAtomix;
import io.github.atomixspring.boot.test.AutoConfigureTestLeadership;
import io.github.atomixspring.boot.test.TestLeadership;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.annotation.Primitive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Reporter} with leadership that the test grants.
 */
@SpringBootTest(classes = Reporter.class)
@AutoConfigureAtomix
@AutoConfigureTestLeadership
class ReporterTests {

	private final Reporter reporter;

	private final TestLeadership leadership;

	private final DistributedMap<String, Report> reports;

	ReporterTests(@Autowired Reporter reporter, @Autowired TestLeadership leadership,
			@Autowired @Primitive("reports") DistributedMap<String, Report> reports) {
		this.reporter = reporter;
		this.leadership = leadership;
		this.reports = reports;
	}

	@BeforeEach
	void forget() {
		this.reports.clear();
	}

	@Test
	void onlyTheLeaderReports() {
		this.reporter.report();
		assertThat(this.reports).isEmpty();
		long term = this.leadership.grant("atomix-sample").term();
		this.reporter.report();
		this.reporter.report();
		assertThat(this.reports.get(Reporter.LATEST)).isEqualTo(new Report("n1", term, 2));
	}

	@Test
	void reportOfALaterLeaderIsNotOverwritten() {
		long term = this.leadership.grant("atomix-sample").term();
		Report later = new Report("n2", term + 1, 7);
		this.reports.put(Reporter.LATEST, later);
		this.reporter.report();
		assertThat(this.reports.get(Reporter.LATEST)).isEqualTo(later);
	}

}
