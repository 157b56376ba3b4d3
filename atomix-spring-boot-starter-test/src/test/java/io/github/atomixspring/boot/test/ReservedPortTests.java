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

package io.github.atomixspring.boot.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReservedPort}.
 */
class ReservedPortTests {

	@TempDir
	private Path directory;

	@Test
	void portIsReservedUntilItIsGivenBack() throws IOException {
		int number;
		try (ReservedPort port = ReservedPort.reserve()) {
			number = port.number();
		}
		try (ReservedPort port = ReservedPort.reserve(number, this.directory)) {
			assertThat(port).isNotNull();
			assertThat(ReservedPort.reserve(number, this.directory)).isNull();
		}
		assertThat(this.directory).isEmptyDirectory();
		try (ReservedPort port = ReservedPort.reserve(number, this.directory)) {
			assertThat(port).isNotNull();
		}
	}

	@Test
	void portInUseIsNotReserved() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThat(ReservedPort.reserve(socket.getLocalPort(), this.directory)).isNull();
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void manyPortsAreAllDifferent() {
		List<ReservedPort> ports = IntStream.range(0, 200).mapToObj((i) -> ReservedPort.reserve()).toList();
		assertThat(ports).extracting(ReservedPort::number).doesNotHaveDuplicates();
		ports.forEach(ReservedPort::close);
	}

}
