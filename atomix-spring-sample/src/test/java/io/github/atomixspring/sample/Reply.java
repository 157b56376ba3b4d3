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

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came back over HTTP.
 *
 * @param status the status code, or 0 if no answer came, or -1 if there was nobody to ask
 * @param body the body, or what went wrong
 */
record Reply(int status, String body) {

	static final int NO_ANSWER = 0;

	static final int NOBODY = -1;

	private static final int OK = 200;

	private static final int NO_CONTENT = 204;

	private static final int CONFLICT = 409;

	private static final int UNAVAILABLE = 503;

	private static final JsonMapper mapper = new JsonMapper();

	boolean isOk() {
		return this.status == OK || this.status == NO_CONTENT;
	}

	/**
	 * Returns whether a fencing token was too old.
	 * @return whether nothing was done because of that
	 */
	boolean isStale() {
		return this.status == CONFLICT;
	}

	/**
	 * Returns whether it is certain that nothing was done.
	 * @return whether the request may be repeated
	 */
	boolean isWithoutEffect() {
		return this.status == CONFLICT || this.status == UNAVAILABLE || this.status == NOBODY;
	}

	long number() {
		return Long.parseLong(this.body.trim());
	}

	JsonNode json() {
		return mapper.readTree(this.body);
	}

}
