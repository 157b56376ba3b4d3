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

package io.github.atomixspring.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The members of a cluster and their ports on loopback.
 *
 * @param ports the ports by member
 */
record Topology(Map<String, Integer> ports) {

	static final String HOST = "127.0.0.1";

	List<String> members() {
		return List.copyOf(this.ports.keySet());
	}

	int port(String member) {
		Integer port = this.ports.get(member);
		if (port == null) {
			throw new IllegalArgumentException("No member " + member);
		}
		return port;
	}

	/**
	 * Returns members with ports that are free now.
	 * @param members the members
	 * @return the topology
	 */
	static Topology withFreePorts(List<String> members) {
		List<ServerSocket> sockets = new ArrayList<>();
		try {
			Map<String, Integer> ports = new LinkedHashMap<>();
			for (String member : members) {
				ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST));
				sockets.add(socket);
				ports.put(member, socket.getLocalPort());
			}
			for (ServerSocket socket : sockets) {
				socket.close();
			}
			return new Topology(ports);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String format() {
		return this.ports.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + entry.getValue())
			.collect(Collectors.joining(","));
	}

	static Topology parse(String text) {
		Map<String, Integer> ports = new LinkedHashMap<>();
		Arrays.stream(text.split(","))
			.map((part) -> part.split("="))
			.forEach((part) -> ports.put(part[0], Integer.parseInt(part[1])));
		return new Topology(ports);
	}

}
