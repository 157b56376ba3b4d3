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

package io.github.atomixspring.boot.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports of the loopback interface that nobody uses.
 */
public final class FreePort {

	// Below the range from which the system takes ports for outgoing connections: such a
	// port could be taken again before it is used, even by a node that tries to reach it.
	private static final int MIN_PORT = 15_000;

	private static final int MAX_PORT = 32_000;

	private static final int ATTEMPTS = 100;

	private static final Set<Integer> FOUND = ConcurrentHashMap.newKeySet();

	private FreePort() {
	}

	public static int find() {
		for (int attempt = 1;; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(MIN_PORT, MAX_PORT);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				if (FOUND.add(port)) {
					return socket.getLocalPort();
				}
			}
			catch (IOException ex) {
				if (attempt == ATTEMPTS) {
					throw new UncheckedIOException(ex);
				}
				// In use: another one.
			}
		}
	}

}
