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

package io.github.atomixspring.spring.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.boot.autoconfigure.FreePort;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.session.SessionState;

import org.springframework.util.FileSystemUtils;

import static org.awaitility.Awaitility.await;

/**
 * A cluster of one member, and clients of it.
 */
final class LocalCluster implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

	private final Path directory;

	private final List<Member> members;

	private final AtomixReplica replica;

	private final Deque<Atomix> nodes = new ArrayDeque<>();

	LocalCluster() {
		try {
			this.directory = Files.createTempDirectory("atomix-integration");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.members = List.of(new Member("n1", "127.0.0.1", freePort()));
		this.replica = AtomixReplica.builder()
			.members(this.members)
			.storageDirectory(this.directory)
			.sessionTimeout(SESSION_TIMEOUT)
			.build();
		this.nodes.push(this.replica);
		this.replica.start();
		awaitConnected(this.replica);
	}

	Atomix replica() {
		return this.replica;
	}

	/**
	 * Starts a client.
	 * @param name the name of the node
	 * @return the client, connected
	 */
	Atomix client(String name) {
		Atomix client = newClient(name);
		client.start();
		awaitConnected(client);
		return client;
	}

	/**
	 * Makes a client that is not started.
	 * @param name the name of the node
	 * @return the client
	 */
	Atomix newClient(String name) {
		AtomixClient client = AtomixClient.builder()
			.nodeId(name)
			.members(this.members)
			.sessionTimeout(SESSION_TIMEOUT)
			.build();
		this.nodes.push(client);
		return client;
	}

	static void awaitConnected(Atomix node) {
		await().atMost(PATIENCE).until(() -> node.session().state() == SessionState.CONNECTED);
	}

	static int freePort() {
		return FreePort.find();
	}

	@Override
	public void close() {
		this.nodes.forEach(Atomix::close);
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
