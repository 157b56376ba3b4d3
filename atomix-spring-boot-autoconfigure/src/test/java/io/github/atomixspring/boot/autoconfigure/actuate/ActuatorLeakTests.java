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

package io.github.atomixspring.boot.autoconfigure.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.FreePort;
import io.github.atomixspring.boot.autoconfigure.TestKeyStores;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that nobody learns keys, values or passwords by HTTP.
 */
class ActuatorLeakTests {

	private static final String KEY = "key-of-nobody-else";

	private static final String VALUE = "value-of-nobody-else";

	private static final List<String> ENDPOINTS = List.of("health", "health/liveness", "health/readiness", "env",
			"env/atomix.ssl.bundle", "env/spring.ssl.bundle.jks.cluster.keystore.password",
			"env/atomix.raft.properties.raft.custom.secret", "configprops", "configprops/atomix", "info", "metrics",
			"beans", "conditions", "mappings", "atomix", "scheduledtasks", "prometheus", "loggers");

	@TempDir
	private static Path keys;

	@TempDir
	private Path directory;

	private ServletWebServerApplicationContext context;

	private final HttpClient http = HttpClient.newHttpClient();

	@BeforeAll
	static void issue() {
		TestKeyStores stores = new TestKeyStores(keys);
		TestKeyStores.write(stores.issue("n1", "ip:127.0.0.1"), keys.resolve("n1.p12"));
		TestKeyStores.write(stores.trust(), keys.resolve("trust.p12"));
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	private void start(String... arguments) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setRegisterShutdownHook(false);
		List<String> all = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--spring.main.banner-mode=off", "--atomix.node.address=127.0.0.1:" + FreePort.find(),
				"--atomix.storage.directory=" + this.directory, "--atomix.ssl.bundle=cluster",
				"--atomix.raft.properties.raft.custom.secret=" + TestKeyStores.PASSWORD,
				"--spring.ssl.bundle.jks.cluster.keystore.location=" + keys.resolve("n1.p12").toUri(),
				"--spring.ssl.bundle.jks.cluster.keystore.password=" + TestKeyStores.PASSWORD,
				"--spring.ssl.bundle.jks.cluster.truststore.location=" + keys.resolve("trust.p12").toUri(),
				"--spring.ssl.bundle.jks.cluster.truststore.password=" + TestKeyStores.PASSWORD));
		all.addAll(List.of(arguments));
		this.context = (ServletWebServerApplicationContext) application.run(all.toArray(String[]::new));
		this.context.getBean(Atomix.class).map("secrets", String.class, String.class).put(KEY, VALUE);
	}

	private HttpResponse<String> get(String endpoint) throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:" + this.context.getWebServer().getPort() + "/actuator/" + endpoint);
		return this.http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
	}

	@Test
	void nothingButTheStateIsThereUnlessAskedFor() throws Exception {
		start();
		HttpResponse<String> health = Awaitility.await()
			.until(() -> get("health"), (response) -> response.statusCode() == 200);
		assertThat(health.body()).isEqualTo("{\"groups\":[\"liveness\",\"readiness\"],\"status\":\"UP\"}");
		for (String endpoint : ENDPOINTS) {
			if (!endpoint.startsWith("health")) {
				assertThat(get(endpoint).statusCode()).as(endpoint).isEqualTo(404);
			}
		}
	}

	@Test
	void noEndpointHasKeysValuesOrPasswords() throws Exception {
		start("--management.endpoints.web.exposure.include=*", "--management.endpoint.health.show-details=always",
				"--management.endpoint.health.show-components=always");
		int found = 0;
		for (String endpoint : ENDPOINTS) {
			HttpResponse<String> response = get(endpoint);
			assertThat(response.body()).as(endpoint)
				.doesNotContain(KEY)
				.doesNotContain(VALUE)
				.doesNotContain(TestKeyStores.PASSWORD);
			found += (response.statusCode() != 404) ? 1 : 0;
		}
		assertThat(found).as("endpoints that answered").isGreaterThan(ENDPOINTS.size() - 4);
		Awaitility.await()
			.untilAsserted(() -> assertThat(get("atomix").body()).contains("\"secrets\"").contains("\"n1\""));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
