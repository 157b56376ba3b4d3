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

package io.github.atomixspring.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every property is documented, in the way of Spring Boot.
 */
class ConfigurationMetadataTests {

	@Test
	void everyPropertyHasADescription() throws IOException {
		List<JsonNode> properties = properties();
		assertThat(properties).hasSizeGreaterThan(20);
		assertThat(properties).allSatisfy((property) -> {
			String name = property.path("name").asString();
			String description = property.path("description").asString("");
			assertThat(description).as(name).isNotBlank().endsWith(".");
			assertThat(description).as(name).doesNotStartWithIgnoringCase("the ").doesNotStartWithIgnoringCase("a ");
		});
	}

	@Test
	void booleansBeginWithWhether() throws IOException {
		assertThat(properties()).filteredOn((property) -> "java.lang.Boolean".equals(property.path("type").asString()))
			.allSatisfy((property) -> assertThat(property.path("description").asString()).startsWith("Whether"));
	}

	@Test
	void knowsThePropertiesThatUsersMeet() throws IOException {
		Stream<String> names = properties().stream().map((property) -> property.path("name").asString());
		assertThat(names).contains("atomix.enabled", "atomix.mode", "atomix.cluster.name", "atomix.cluster.members",
				"atomix.node.id", "atomix.node.address", "atomix.node.bind-host", "atomix.storage.directory",
				"atomix.storage.min-free-space", "atomix.memory.max-heap-use", "atomix.session.timeout",
				"atomix.session.operation-timeout", "atomix.raft.election-timeout", "atomix.raft.snapshot-threshold",
				"atomix.raft.properties", "atomix.security.insecure", "atomix.security.members",
				"atomix.security.clients", "atomix.ssl.enabled", "atomix.ssl.bundle", "atomix.leader.election",
				"atomix.listeners.auto-startup", "atomix.listeners.shutdown-timeout", "atomix.cluster-events.enabled",
				"atomix.cluster-events.topic", "atomix.locks", "atomix.maps", "atomix.values", "atomix.longs",
				"atomix.elections", "atomix.metrics.enabled", "atomix.metrics.ratis",
				"management.health.atomix.enabled", "management.info.atomix.enabled",
				"management.endpoint.atomix.access");
	}

	@Test
	void knowsTheGroupsOfAllKindsOfPrimitives() throws IOException {
		Stream<String> names = properties().stream().map((property) -> property.path("name").asString());
		assertThat(names).containsAll(PrimitiveKinds.ALL.stream().map((kind) -> "atomix." + kind.group()).toList());
	}

	private static List<JsonNode> properties() throws IOException {
		List<JsonNode> properties = new ArrayList<>();
		try (InputStream input = new ClassPathResource("META-INF/spring-configuration-metadata.json")
			.getInputStream()) {
			JsonMapper.builder().build().readTree(input).path("properties").forEach(properties::add);
		}
		return properties;
	}

}
