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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BackupCommand}.
 */
class BackupCommandTests {

	private final List<HttpServer> servers = new ArrayList<>();

	private final List<String> requests = new ArrayList<>();

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@AfterEach
	void stop() {
		this.servers.forEach((server) -> server.stop(0));
	}

	@Test
	void theLeaderWritesTheBackup() throws Exception {
		String follower = serve("a", "b", 200, "{}");
		String leader = serve("b", "b", 200, "{\"outcome\":\"DONE\",\"message\":\"The state is in x\"}");
		assertThat(run("backup", "x", "http://127.0.0.1:1", follower, leader)).isZero();
		assertThat(this.out.toString(StandardCharsets.UTF_8)).isEqualTo(leader + ": The state is in x\n");
		assertThat(this.err.toString(StandardCharsets.UTF_8))
			.startsWith("http://127.0.0.1:1: java.net.ConnectException");
		assertThat(this.requests).containsExactly("b /actuator/atomix/backup {\"force\":false,\"name\":\"x\"}");
	}

	@Test
	void whatIsRefusedIsSaid() throws Exception {
		String leader = serve("b", "b", 409, "{\"outcome\":\"REFUSED\",\"message\":\"The cluster has 3 primitives\"}");
		assertThat(run("restore", "x", leader + "/")).isEqualTo(1);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).isEqualTo(leader + "/: The cluster has 3 primitives\n");
		assertThat(run("restore", "--force", "x", leader)).isEqualTo(1);
		assertThat(this.requests).last().isEqualTo("b /actuator/atomix/restore {\"force\":true,\"name\":\"x\"}");
	}

	@Test
	void nothingIsDoneWithoutALeader() throws Exception {
		String follower = serve("a", "b", 200, "{}");
		assertThat(run("backup", "x", follower)).isEqualTo(1);
		assertThat(this.err.toString(StandardCharsets.UTF_8))
			.isEqualTo("None of [" + follower + "] is the leader: nothing was done\n");
		assertThat(this.requests).isEmpty();
	}

	@Test
	void anEndpointThatIsNotOpenIsNamed() throws Exception {
		String leader = serve("b", "b", 405, "{\"status\":405}");
		assertThat(run("backup", "x", leader)).isEqualTo(1);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains(
				"HTTP status 405: expose the endpoint by management.endpoints.web.exposure.include=health,atomix");
	}

	@Test
	void otherArgumentsAreNoCommand() {
		assertThat(BackupCommand.parse()).isNull();
		assertThat(BackupCommand.parse("backup", "localhost:5000")).as("a directory of this name").isNull();
		assertThat(BackupCommand.parse("logs/server1", "localhost:5000")).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> BackupCommand.parse("backup", "http://localhost:8080"))
			.withMessage("The name of the backup is missing after 'backup'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> BackupCommand.parse("backup", "x", "--force", "http://localhost:8080"))
			.withMessage("Only a restoration can be forced");
	}

	private int run(String... args) throws InterruptedException {
		return Objects.requireNonNull(BackupCommand.parse(args))
			.run(new PrintStream(this.out, true, StandardCharsets.UTF_8),
					new PrintStream(this.err, true, StandardCharsets.UTF_8));
	}

	private String serve(String node, String leader, int status, String answer) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/actuator/atomix", (exchange) -> {
			boolean post = exchange.getRequestMethod().equals("POST");
			if (post) {
				this.requests.add(node + " " + exchange.getRequestURI() + " "
						+ new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			}
			byte[] body = ((post) ? answer : "{\"node\":\"" + node + "\",\"leader\":\"" + leader + "\"}")
				.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders((post) ? status : 200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		server.start();
		this.servers.add(server);
		return "http://127.0.0.1:" + server.getAddress().getPort();
	}

}
