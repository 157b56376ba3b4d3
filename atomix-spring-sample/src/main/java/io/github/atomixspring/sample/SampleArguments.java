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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.atomixspring.cluster.Member;
import org.jspecify.annotations.Nullable;

/**
 * The command line: how a few plain arguments become properties.
 */
final class SampleArguments {

	static final String USAGE = """
			Usage:
			- a cluster of one member, with its data in data/atomix
			    java -jar atomix-spring-sample.jar [--property=value ...]
			- a member of a cluster: its directory, its own address, those of the other members
			    java -jar atomix-spring-sample.jar logs/server1 localhost:5000 localhost:5001 localhost:5002
			- a client of a cluster
			    java -jar atomix-spring-sample.jar --atomix.mode=client --atomix.cluster.members=localhost:5000,...

			- have the leader of a running cluster write a backup, or bring one back; the URLs are those of its web servers
			    java -jar atomix-spring-sample.jar backup NAME http://localhost:8080 ...
			    java -jar atomix-spring-sample.jar restore [--force] NAME http://localhost:8080 ...

			The web server is on port 8080, that of a member with an address on the port of the member + 3080,
			that of a client on any free port; and on any free port where the one wanted is in use.
			--server.port=NNNN chooses another one.""";

	private static final int WEB_PORT_OFFSET = 3080;

	private static final int SINGLE_WEB_PORT = 8080;

	private static final int MAX_PORT = 65535;

	private static final int ANY_PORT = 0;

	private final List<String> options;

	private final int webPort;

	private SampleArguments(List<String> options, int webPort) {
		this.options = List.copyOf(options);
		this.webPort = webPort;
	}

	/**
	 * Parses the command line.
	 * @param args the arguments
	 * @return what they mean
	 * @throws IllegalArgumentException if they mean nothing; the message says why
	 */
	static SampleArguments parse(String... args) {
		List<String> options = Arrays.stream(args).filter(SampleArguments::isOption).toList();
		List<String> plain = Arrays.stream(args).filter((arg) -> !isOption(arg)).toList();
		boolean client = options.stream().anyMatch("--atomix.mode=client"::equalsIgnoreCase);
		if (plain.isEmpty()) {
			return new SampleArguments(options, (client) ? ANY_PORT : free(SINGLE_WEB_PORT));
		}
		if (client) {
			throw new IllegalArgumentException(
					"A client has no directory: give the members by --atomix.cluster.members");
		}
		if (plain.size() == 1) {
			throw new IllegalArgumentException("The address of this member is missing after '" + plain.get(0) + "'");
		}
		return member(plain.get(0), plain.subList(1, plain.size()), options);
	}

	private static SampleArguments member(String directory, List<String> addresses, List<String> options) {
		List<Member> members = addresses.stream().map(Member::parse).toList();
		if (members.stream().map(Member::address).distinct().count() < members.size()) {
			throw new IllegalArgumentException("An address is there twice: " + String.join(" ", addresses));
		}
		Member self = members.get(0);
		List<String> all = new ArrayList<>(options);
		all.add("--atomix.storage.directory=" + directory);
		all.add("--atomix.node.id=" + self.id());
		// Each process names itself first; the configuration has to be the same on all.
		all.add("--atomix.cluster.members=" + members.stream()
			.sorted(Comparator.comparing(Member::id))
			.map(Member::toString)
			.collect(Collectors.joining(",")));
		int webPort = self.port() + WEB_PORT_OFFSET;
		return new SampleArguments(all, (webPort <= MAX_PORT) ? free(webPort) : ANY_PORT);
	}

	private static boolean isOption(String arg) {
		return arg.startsWith("--");
	}

	private static int free(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return port;
		}
		catch (IOException ex) {
			return ANY_PORT;
		}
	}

	/**
	 * Returns the arguments for Spring Boot.
	 * @return properties as options
	 */
	String[] options() {
		return this.options.toArray(String[]::new);
	}

	/**
	 * Returns what holds unless it is configured otherwise.
	 * @return default properties
	 */
	Map<String, @Nullable Object> defaults() {
		return Map.of("server.port", this.webPort);
	}

}
