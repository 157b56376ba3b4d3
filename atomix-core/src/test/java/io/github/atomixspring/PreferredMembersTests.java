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

package io.github.atomixspring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.Member;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the members that an {@link AtomixClient} tries first, with members that hang
 * up.
 */
class PreferredMembersTests {

	private static final int MEMBERS = 6;

	private final List<ServerSocket> ports = new ArrayList<>();

	private final List<Member> members = new ArrayList<>();

	private final BlockingQueue<String> tried = new LinkedBlockingQueue<>();

	@BeforeEach
	void open() throws IOException {
		for (int i = 1; i <= MEMBERS; i++) {
			String id = "n" + i;
			ServerSocket port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
			this.ports.add(port);
			this.members.add(new Member(id, "127.0.0.1", port.getLocalPort()));
			Thread thread = new Thread(() -> hangUp(port, id), "member-" + id);
			thread.setDaemon(true);
			thread.start();
		}
	}

	@AfterEach
	void close() throws IOException {
		for (ServerSocket port : this.ports) {
			port.close();
		}
	}

	@Test
	void areTriedBeforeTheOthers() throws InterruptedException {
		try (AtomixClient client = AtomixClient.builder()
			.members(this.members)
			.preferredMembers(List.of("n5", "n2"))
			// A member whose thread is late is not left for the next one.
			.sessionTimeout(Duration.ofMinutes(5))
			.build()) {
			client.start();
			List<String> order = new ArrayList<>();
			while (order.size() < MEMBERS) {
				String id = this.tried.poll(30, TimeUnit.SECONDS);
				assertThat(id).isNotNull();
				if (!order.contains(id)) {
					order.add(id);
				}
			}
			assertThat(order).startsWith("n5", "n2").containsExactlyInAnyOrder("n1", "n2", "n3", "n4", "n5", "n6");
		}
	}

	private void hangUp(ServerSocket port, String id) {
		try {
			while (true) {
				try (Socket socket = port.accept()) {
					this.tried.add(id);
				}
			}
		}
		catch (SocketException ex) {
			// The test is over.
			assertThat(port.isClosed()).isTrue();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
