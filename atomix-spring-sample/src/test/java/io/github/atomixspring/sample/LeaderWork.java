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

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.election.Leadership;
import io.github.atomixspring.spring.election.LeadershipLostException;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Long work of the leader, as its guide says it is done: it checks the leadership between
 * its steps, and each step hands the term to what it changes.
 */
class LeaderWork {

	static final String BEGUN = "begun";

	static final String STEP = "step";

	static final String FINISHED = "finished";

	static final String LOST = "lost";

	private static final int STEPS = 50;

	private static final Duration HALF_A_STEP = Duration.ofMillis(20);

	private final LedgerClient ledger;

	LeaderWork(@Value("${work.ledger}") URI ledger, @Value("${atomix.node.id}") String node) {
		this.ledger = new LedgerClient(ledger, node);
	}

	@LeaderOnly
	@Scheduled(fixedDelay = 10)
	void work() throws IOException, InterruptedException {
		Leadership leadership = Leadership.current().orElseThrow();
		String work = UUID.randomUUID().toString();
		boolean accepted = this.ledger.write(leadership.term(), work, BEGUN);
		try {
			for (int step = 0; accepted && step < STEPS; step++) {
				Thread.sleep(HALF_A_STEP.toMillis());
				leadership.ensureLeader();
				// Frozen here, the process goes on with a check that holds no more.
				Thread.sleep(HALF_A_STEP.toMillis());
				accepted = this.ledger.write(leadership.term(), work, STEP);
			}
			leadership.ensureLeader();
			this.ledger.write(leadership.term(), work, FINISHED);
		}
		catch (LeadershipLostException ex) {
			this.ledger.write(leadership.term(), work, LOST);
		}
	}

}
