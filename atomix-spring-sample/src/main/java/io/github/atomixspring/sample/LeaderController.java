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

import java.util.Optional;

import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.election.Leadership;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.annotation.Primitive;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Who leads and what the leader did.
 */
@RestController
class LeaderController {

	private final DistributedLeaderElection election;

	private final DistributedMap<String, Report> reports;

	LeaderController(@Primitive("${spring.application.name}") DistributedLeaderElection election,
			@Primitive("reports") DistributedMap<String, Report> reports) {
		this.election = election;
		this.reports = reports;
	}

	@GetMapping("/leader")
	Leadership leader() {
		return this.election.leadership();
	}

	@GetMapping("/report")
	ResponseEntity<Report> report() {
		return ResponseEntity.of(Optional.ofNullable(this.reports.get(Reporter.LATEST)));
	}

}
