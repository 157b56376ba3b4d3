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

package io.github.atomixspring.docs.shop;

// tag::settlement[]
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.election.Leadership;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Work that one member does.
 */
@Component
class Settlement {

	private static final Logger logger = LoggerFactory.getLogger(Settlement.class);

	@Scheduled(fixedRate = 500)
	@LeaderOnly
	void settle() {
		logger.info("Settled in term {}", Leadership.current().orElseThrow().term());
	}

}
// end::settlement[]
