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

package io.github.atomixspring.benchmarks.micro;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.cluster.Member;

/**
 * A cluster of one member in this process, on loopback and with a temporary directory.
 */
final class LocalMember implements AutoCloseable {

	private final Path directory;

	private final AtomixReplica replica;

	/**
	 * Starts it.
	 * @throws IOException if there is no port or no directory
	 */
	LocalMember() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			port = socket.getLocalPort();
		}
		this.directory = Files.createTempDirectory("atomix-benchmark");
		this.replica = AtomixReplica.builder()
			.clusterName("benchmark")
			.nodeId("n1")
			.members(List.of(new Member("n1", "127.0.0.1", port)))
			.storageDirectory(this.directory)
			.build();
		this.replica.start();
	}

	AtomixReplica replica() {
		return this.replica;
	}

	@Override
	public void close() throws IOException {
		this.replica.close();
		try (Stream<Path> files = Files.walk(this.directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

}
