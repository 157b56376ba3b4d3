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

package io.github.atomixspring.link;

import java.io.IOException;

/**
 * Two nodes do not accept each other. The message says why, in words.
 */
public final class PeerProblemException extends IOException {

	/**
	 * Creates an exception.
	 * @param address the address of the other node
	 * @param problem the problem
	 * @param cause what the library says
	 */
	PeerProblemException(String address, String problem, Throwable cause) {
		super("at " + address + ": " + problem, cause);
	}

	/**
	 * Translates a failure.
	 * @param address the address of the other node
	 * @param failure what the library says
	 * @param tls whether this node speaks TLS
	 * @return an exception that says why the nodes do not accept each other, or the
	 * failure itself if it is of another kind
	 */
	public static Throwable translate(String address, Throwable failure, boolean tls) {
		String problem = PeerProblem.describe(failure, tls);
		return (problem != null) ? new PeerProblemException(address, problem, failure) : failure;
	}

}
