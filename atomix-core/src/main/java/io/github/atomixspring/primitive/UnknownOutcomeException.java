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

package io.github.atomixspring.primitive;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a command was lost: it may have taken effect, may still take effect while
 * the session of the node lives, or may never. Read what became of it, or repeat it if
 * that does no harm.
 *
 * @since 0.1.0
 */
public class UnknownOutcomeException extends AtomixException {

	private final String operation;

	/**
	 * Creates an exception.
	 * @param operation the session and sequence number of the command
	 * @param message what happened
	 * @param cause the cause
	 */
	public UnknownOutcomeException(String operation, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.operation = operation;
	}

	/**
	 * Returns the identity of the command, as it appears in the log of the members.
	 * @return session and sequence number
	 */
	public String operation() {
		return this.operation;
	}

}
