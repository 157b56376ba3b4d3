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

import io.github.atomixspring.primitive.InsufficientMemoryException;
import io.github.atomixspring.primitive.InsufficientStorageException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Releasing;

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

	/**
	 * Returns what is taken while there is a shortage.
	 * @param level what is taken
	 * @param shortage who has too little of what
	 * @return what is taken, with a reason that says it
	 */
	static Admission during(Level level, String shortage) {
		return new Admission(level,
				((level == Level.REMOVALS) ? "The cluster takes no writes but removals until there is more memory: "
						: "The cluster takes no writes until there is more room: ") + shortage);
	}

	/**
	 * Returns what is left of two admissions.
	 * @param other the other one
	 * @return the one that takes less
	 */
	Admission and(Admission other) {
		return (other.level.compareTo(this.level) > 0) ? other : this;
	}

	/**
	 * Returns whether a command is taken.
	 * @param command the command
	 * @return whether it is
	 */
	boolean takes(Command command) {
		return switch (this.level) {
			case ALL -> true;
			case REMOVALS -> command.shrinks();
			case RELEASES -> command instanceof Releasing;
			case NONE -> false;
		};
	}

	/**
	 * Returns what is said to commands that are not taken.
	 * @return the code of the error
	 */
	ErrorCode code() {
		return (this.level == Level.REMOVALS) ? ErrorCode.MEMORY : ErrorCode.STORAGE;
	}

	/**
	 * Returns what is thrown where something is not taken.
	 * @return the exception
	 */
	UnavailableException toException() {
		return (this.level == Level.REMOVALS) ? new InsufficientMemoryException(this.reason)
				: new InsufficientStorageException(this.reason);
	}

	boolean isRestricted() {
		return this.level != Level.ALL;
	}

	boolean isClosed() {
		return this.level == Level.NONE;
	}

	/**
	 * What is taken, each less than the one before.
	 */
	enum Level {

		/**
		 * All commands.
		 */
		ALL,

		/**
		 * Commands that remove something or give it back; the others are refused by an
		 * entry of the log.
		 */
		REMOVALS,

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
