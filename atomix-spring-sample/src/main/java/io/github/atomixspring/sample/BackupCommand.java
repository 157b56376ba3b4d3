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
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The commands {@code backup} and {@code restore}: has the leader of a running cluster
 * write its state to a file or bring one back, by the endpoint of its web server.
 */
final class BackupCommand {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String FORCE = "--force";

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	private final String operation;

	private final String name;

	private final List<URI> nodes;

	private final boolean force;

	private BackupCommand(String operation, String name, List<URI> nodes, boolean force) {
		this.operation = operation;
		this.name = name;
		this.nodes = nodes;
		this.force = force;
	}

	/**
	 * Parses the command line.
	 * @param args the arguments
	 * @return the command, or null if they are something else
	 * @throws IllegalArgumentException if something is missing or wrong; the message says
	 * what
	 */
	static @Nullable BackupCommand parse(String... args) {
		if (args.length == 0 || !List.of("backup", "restore").contains(args[0])
				|| Arrays.stream(args).noneMatch((arg) -> arg.contains("://"))) {
			return null;
		}
		List<String> rest = new ArrayList<>(Arrays.asList(args).subList(1, args.length));
		boolean force = rest.remove(FORCE);
		if (force && !args[0].equals("restore")) {
			throw new IllegalArgumentException("Only a restoration can be forced");
		}
		if (rest.get(0).contains("://")) {
			throw new IllegalArgumentException("The name of the backup is missing after '" + args[0] + "'");
		}
		return new BackupCommand(args[0], rest.get(0), rest.subList(1, rest.size()).stream().map(URI::create).toList(),
				force);
	}

	/**
	 * Carries the command out.
	 * @param out takes what is done
	 * @param err takes what is not
	 * @return the exit code
	 * @throws InterruptedException if interrupted
	 */
	int run(PrintStream out, PrintStream err) throws InterruptedException {
		URI leader = leader(err);
		if (leader == null) {
			err.println("None of " + this.nodes + " is the leader: nothing was done");
			return 1;
		}
		try {
			HttpResponse<String> response = send(HttpRequest.newBuilder(endpoint(leader, "/" + this.operation))
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(
						MAPPER.writeValueAsString(new TreeMap<>(Map.of("force", this.force, "name", this.name))))));
			JsonNode body = MAPPER.readTree(response.body());
			boolean done = body.path("outcome").asString("").equals("DONE");
			((done) ? out : err).println(leader + ": " + body.path("message").asString(explain(response.statusCode())));
			return (done) ? 0 : 1;
		}
		catch (IOException | JacksonException ex) {
			err.println(leader + ": the outcome is not known: " + ex);
			return 1;
		}
	}

	private @Nullable URI leader(PrintStream err) throws InterruptedException {
		for (URI node : this.nodes) {
			try {
				HttpResponse<String> response = send(HttpRequest.newBuilder(endpoint(node, "")).GET());
				JsonNode body = (response.statusCode() == 200) ? MAPPER.readTree(response.body()) : null;
				if (body == null) {
					err.println(node + ": " + explain(response.statusCode()));
				}
				else if (body.path("node").asString("").equals(body.path("leader").asString("none"))) {
					return node;
				}
			}
			catch (IOException | JacksonException ex) {
				err.println(node + ": " + ex);
			}
		}
		return null;
	}

	private static String explain(int status) {
		return "HTTP status " + status + ((status == 404 || status == 405)
				? ": expose the endpoint by management.endpoints.web.exposure.include=health,atomix and allow operations by "
						+ "management.endpoint.atomix.access=unrestricted"
				: "");
	}

	private static URI endpoint(URI node, String path) {
		return URI.create(node.toString().replaceAll("/+$", "") + "/actuator/atomix" + path);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
	}

}
