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

/**
 * The cluster refused a command or query, all members in the same way. It did not happen.
 *
 * @since 0.1.0
 */
public class CommandRejectedException extends AtomixException {

	private final int code;

	/**
	 * Creates an exception.
	 * @param message the reason
	 */
	public CommandRejectedException(String message) {
		this(message, 0);
	}

	/**
	 * Creates an exception with the code of the error.
	 * @param message the reason
	 * @param code the number that stands for the error in the protocol
	 */
	public CommandRejectedException(String message, int code) {
		super(message);
		this.code = code;
	}

	/**
	 * Returns the number that stands for the error in the protocol.
	 * @return the code, or 0 if there is none
	 */
	public int code() {
		return this.code;
	}

}
