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

package io.github.atomixspring.server;

/**
 * What the gateway of the leader takes.
 *
 * @param level what it takes
 * @param reason why it does not take more; empty if it takes all
 */
record Admission(Level level, String reason) {

	/**
	 * Takes all commands.
	 */
	static final Admission ALL = new Admission(Level.ALL, "");

	boolean isRestricted() {
		return this.level != Level.ALL;
	}

	boolean isClosed() {
		return this.level == Level.NONE;
	}

	/**
	 * What is taken.
	 */
	enum Level {

		/**
		 * All commands.
		 */
		ALL,

		/**
		 * Commands that give something back; the others are refused by an entry of the
		 * log.
		 */
		RELEASES,

		/**
		 * No commands, not even to refuse them: what room is left is for what keeps
		 * sessions.
		 */
		NONE

	}

}
