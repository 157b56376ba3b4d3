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
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SampleArguments}.
 */
class SampleArgumentsTests {

	@Test
	void noArgumentsChangeNothing() {
		SampleArguments arguments = SampleArguments.parse();
		assertThat(arguments.options()).isEmpty();
	}

	@Test
	void plainArgumentsAreDirectoryOwnAddressAndOtherMembers() {
		SampleArguments arguments = SampleArguments.parse("logs/server2", "localhost:5001", "localhost:5000",
				"localhost:5002");
		assertThat(arguments.options()).containsExactly("--atomix.storage.directory=logs/server2",
				"--atomix.node.id=localhost:5001",
				"--atomix.cluster.members=localhost:5000,localhost:5001,localhost:5002");
	}

	@Test
	void allMembersHaveTheSameConfiguration() {
		String first = SampleArguments.parse("logs/server1", "localhost:5000", "localhost:5001").options()[2];
		String second = SampleArguments.parse("logs/server2", "localhost:5001", "localhost:5000").options()[2];
		assertThat(first).isEqualTo(second);
	}

	@Test
	void otherOptionsStay() {
		SampleArguments arguments = SampleArguments.parse("--server.port=0", "logs/server1", "localhost:5000");
		assertThat(arguments.options()).contains("--server.port=0");
	}

	@Test
	void webPortOfMemberFollowsFromItsPort() throws IOException {
		int port = freePort();
		SampleArguments arguments = SampleArguments.parse("logs/server1", "localhost:" + (port - 3080));
		assertThat(arguments.defaults()).containsEntry("server.port", port);
	}

	@Test
	void webPortIsAnyIfTheOneWantedIsInUse() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			SampleArguments arguments = SampleArguments.parse("logs/server1",
					"localhost:" + (socket.getLocalPort() - 3080));
			assertThat(arguments.defaults()).containsEntry("server.port", 0);
		}
	}

	@Test
	void webPortIsAnyIfTheOneWantedWouldBeTooHigh() {
		SampleArguments arguments = SampleArguments.parse("logs/server1", "localhost:65000");
		assertThat(arguments.defaults()).containsEntry("server.port", 0);
	}

	@Test
	void webPortOfClientIsAny() {
		SampleArguments arguments = SampleArguments.parse("--atomix.mode=client");
		assertThat(arguments.defaults()).containsEntry("server.port", 0);
	}

	@Test
	void directoryAloneIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> SampleArguments.parse("logs/server1"))
			.withMessageContaining("logs/server1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost:", "localhost:x", "localhost:0", "localhost:70000", ":5000" })
	void malformedAddressIsRejected(String address) {
		assertThatIllegalArgumentException().isThrownBy(() -> SampleArguments.parse("logs/server1", address))
			.withMessageContaining(address);
	}

	@Test
	void addressTwiceIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SampleArguments.parse("logs/server1", "localhost:5000", "localhost:5000"))
			.withMessageContaining("localhost:5000");
	}

	@Test
	void clientWithDirectoryIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SampleArguments.parse("--atomix.mode=client", "logs/server1", "localhost:5000"))
			.withMessageContaining("client");
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
