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

import java.nio.file.Path;
import java.util.stream.Stream;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.value.DistributedLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications that are processed ahead of time, with all auto-configurations
 * and a real cluster of one member.
 */
class AheadOfTimeTests {

	@TempDir
	private Path directory;

	@Test
	@CompileWithForkedClassLoader
	void everythingWorks() {
		AheadOfTime.process(Everything.class, Everything.PROPERTIES).run(Everything::use, with(Everything.PROPERTIES));
	}

	@Test
	@CompileWithForkedClassLoader
	void primitivesAreDeclaredByThePropertiesOfTheStart() {
		AheadOfTime application = AheadOfTime.process(Declared.class, "atomix.maps.before.value-type=java.lang.String",
				"atomix.maps.both.value-type=java.lang.String");
		application.run((context) -> {
			assertThat(context.containsBean("before")).isFalse();
			assertThat(context.getBean(Declared.class).both.name()).isEqualTo("renamed");
			context.getBean("after", DistributedLong.class).incrementAndGet();
			assertThat(context.getBean(Atomix.class).atomicLong("after").get()).isEqualTo(1);
		}, with("atomix.maps.both.value-type=java.lang.Integer", "atomix.maps.both.name=renamed",
				"atomix.longs.after="));
	}

	@Test
	@CompileWithForkedClassLoader
	void clientIsProcessedAsSuch() {
		AheadOfTime application = AheadOfTime.process(Node.class, "atomix.mode=client");
		application.run((context) -> assertThat(context.getBean(Atomix.class)).isInstanceOf(AtomixClient.class),
				"atomix.mode=client", "atomix.cluster.members=n1=127.0.0.1:" + FreePort.find());
	}

	private String[] with(String... properties) {
		return Stream
			.concat(Stream.of(properties), Stream.of("atomix.storage.directory=" + this.directory,
					"atomix.node.address=127.0.0.1:" + FreePort.find()))
			.toArray(String[]::new);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ PropertyPlaceholderAutoConfiguration.class, AtomixAutoConfiguration.class })
	static class Node {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Node.class)
	static class Declared {

		@Autowired
		private DistributedMap<String, Integer> both;

	}

}
