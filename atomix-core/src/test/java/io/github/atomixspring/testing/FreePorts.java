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

package io.github.atomixspring.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports for servers that must know theirs before they start.
 */
public final class FreePorts {

	// Below the range from which the system takes ports for outgoing connections.
	private static final int MIN = 15_000;

	private static final int MAX = 32_000;

	private FreePorts() {
	}

	/**
	 * Finds free ports of the loopback interface.
	 * @param count how many
	 * @return the ports
	 */
	public static List<Integer> find(int count) {
		Set<Integer> ports = new HashSet<>();
		while (ports.size() < count) {
			int port = ThreadLocalRandom.current().nextInt(MIN, MAX);
			if (isFree(port)) {
				ports.add(port);
			}
		}
		return List.copyOf(ports);
	}

	/**
	 * Returns whether a port of the loopback interface is free.
	 * @param port the port
	 * @return whether it is
	 */
	public static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
