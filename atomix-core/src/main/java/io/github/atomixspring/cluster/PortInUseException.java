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

package io.github.atomixspring.cluster;

import io.github.atomixspring.primitive.AtomixException;
import org.jspecify.annotations.Nullable;

/**
 * The port of the Raft server is taken. The node was not started.
 *
 * @since 0.1.0
 */
public class PortInUseException extends AtomixException {

	private final String host;

	private final int port;

	/**
	 * Creates an exception.
	 * @param host the host to which the server binds
	 * @param port the port
	 * @param cause the cause
	 */
	public PortInUseException(String host, int port, @Nullable Throwable cause) {
		super("The port " + port + " of " + host + " is already in use: stop the process that listens there,"
				+ " or give this member another port, on all members", cause);
		this.host = host;
		this.port = port;
	}

	/**
	 * Returns the host.
	 * @return the host
	 */
	public String host() {
		return this.host;
	}

	/**
	 * Returns the port.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

}
