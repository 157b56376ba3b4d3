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

package io.github.atomixspring.session;

import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a session has no link, for the log and the texts of exceptions. Guarded by the lock
 * of the session.
 */
final class LinkProblem {

	private static final Logger logger = LoggerFactory.getLogger(LinkProblem.class);

	private static final long LOG_INTERVAL = TimeUnit.SECONDS.toNanos(10);

	private final SessionConfig config;

	private String text = "the node was not started";

	private long since;

	private long loggedAt;

	LinkProblem(SessionConfig config) {
		this.config = config;
	}

	/**
	 * Takes note of a problem.
	 * @param now the monotonic time
	 * @param problem the problem; empty for none
	 */
	void set(long now, String problem) {
		if (this.text.isEmpty() != problem.isEmpty()) {
			this.since = now;
			this.loggedAt = now;
		}
		this.text = problem;
	}

	/**
	 * Takes note that the node was started.
	 * @param now the monotonic time
	 */
	void started(long now) {
		this.since = now;
		this.loggedAt = now;
		this.text = "no member has answered yet";
	}

	/**
	 * Writes a line now and then while there is a problem.
	 * @param now the monotonic time
	 */
	void log(long now) {
		if (!this.text.isEmpty() && now - this.loggedAt >= LOG_INTERVAL) {
			this.loggedAt = now;
			logger.warn("Node '{}' has had no link to cluster '{}' for {} s: {}", this.config.node(),
					this.config.cluster(), TimeUnit.NANOSECONDS.toSeconds(now - this.since), this.text);
		}
	}

	/**
	 * Returns the problem for the end of a sentence.
	 * @return the problem in parentheses, or nothing
	 */
	String suffix() {
		return (this.text.isEmpty()) ? "" : " (" + this.text + ")";
	}

}
