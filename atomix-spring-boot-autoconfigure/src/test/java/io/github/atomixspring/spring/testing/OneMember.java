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

package io.github.atomixspring.spring.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.boot.autoconfigure.FreePort;
import io.github.atomixspring.cluster.Member;

import org.springframework.util.FileSystemUtils;

/**
 * A cluster of one member, with clients.
 */
public final class OneMember implements AutoCloseable {

	/**
	 * Where the member says it is: clients learn it, and must not get there past a
	 * {@link Cable}.
	 */
	private static final String UNREACHABLE = "127.0.0.2";

	private static final String REACHABLE = "127.0.0.1";

	private final Path directory;

	private final Member member;

	private final AtomixReplica replica;

	private final List<Atomix> clients = new ArrayList<>();

	private OneMember(Duration sessionTimeout) {
		this.member = new Member("n1", UNREACHABLE, FreePort.find());
		try {
			this.directory = Files.createTempDirectory("atomix-spring");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.replica = AtomixReplica.builder()
			.members(List.of(this.member))
			.bindHost(REACHABLE)
			.storageDirectory(this.directory)
			.sessionTimeout(sessionTimeout)
			.build();
	}

	/**
	 * Starts a member.
	 * @return the cluster
	 */
	public static OneMember start() {
		OneMember cluster = new OneMember(Duration.ofSeconds(10));
		cluster.replica.start();
		return cluster;
	}

	/**
	 * Returns the member.
	 * @return the node
	 */
	public AtomixReplica node() {
		return this.replica;
	}

	/**
	 * Returns the port of the member.
	 * @return the port
	 */
	public int port() {
		return this.member.port();
	}

	/**
	 * Starts a client, stopped with the cluster.
	 * @param name the name
	 * @return the node
	 */
	public Atomix client(String name) {
		return client(name, this.member.port(), Duration.ofSeconds(10), Duration.ofSeconds(15));
	}

	/**
	 * Starts a client, stopped with the cluster.
	 * @param name the name
	 * @param port the port by which it reaches the member
	 * @param sessionTimeout the session timeout
	 * @param operationTimeout the operation timeout
	 * @return the node
	 */
	public Atomix client(String name, int port, Duration sessionTimeout, Duration operationTimeout) {
		AtomixClient client = AtomixClient.builder()
			.nodeId(name)
			.members(List.of(new Member(this.member.id(), REACHABLE, port)))
			.sessionTimeout(sessionTimeout)
			.operationTimeout(operationTimeout)
			.build();
		client.start();
		this.clients.add(client);
		return client;
	}

	@Override
	public void close() {
		this.clients.forEach(Atomix::close);
		this.replica.close();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
