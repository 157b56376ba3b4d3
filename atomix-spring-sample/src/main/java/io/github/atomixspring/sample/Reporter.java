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

import io.github.atomixspring.Atomix;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.spring.election.Leadership;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * A scheduled job that runs on one node of the cluster only: on the leader.
 */
@Component
class Reporter {

	static final String LATEST = "latest";

	private final Atomix atomix;

	private final DistributedMap<String, Report> reports;

	Reporter(Atomix atomix, @Primitive("reports") DistributedMap<String, Report> reports) {
		this.atomix = atomix;
		this.reports = reports;
	}

	@LeaderOnly
	@Scheduled(fixedRateString = "${sample.report-interval}")
	void report() {
		String node = this.atomix.session().node();
		long term = Leadership.current().orElseThrow().term();
		this.reports.compute(LATEST, (key, last) -> {
			if (last == null) {
				return new Report(node, term, 1);
			}
			// A leader that was paused here must not write over what its successor wrote.
			return (last.term() <= term) ? new Report(node, term, last.number() + 1) : last;
		});
	}

}
