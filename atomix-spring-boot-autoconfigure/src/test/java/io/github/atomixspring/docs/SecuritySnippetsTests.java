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

package io.github.atomixspring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.TestKeyStores;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.TlsConfig;
import io.github.atomixspring.cluster.TlsCredentials;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/security.md}, and its commands as they stand there.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecuritySnippetsTests {

	private static final List<String> SHELL = blocks("sh");

	private static final List<String> YAML = blocks("yaml");

	@TempDir
	private Path directory;

	private final int port = SingleMember.freePort();

	@Test
	void keysOfTheToolOfTheJdkAreUsedAndReplaced(CapturedOutput output) throws Exception {
		run(SHELL.get(0));
		Files.move(this.directory.resolve("reports.p12"), this.directory.resolve("next.p12"));
		application(YAML.get(0)).run((context) -> {
			Atomix atomix = context.getBean(Atomix.class);
			assertThat(atomix.atomicLong("n").incrementAndGet()).isEqualTo(1);
			Files.move(this.directory.resolve("next.p12"), this.directory.resolve("a.p12"),
					StandardCopyOption.REPLACE_EXISTING);
			await().atMost(Duration.ofMinutes(1))
				.until(() -> output.toString()
					.contains("new connections of the node use TlsCredentials of [CN=reports]"));
			assertThat(atomix.atomicLong("n").incrementAndGet()).isEqualTo(2);
		});
		assertThat(output).doesNotContain(TestKeyStores.PASSWORD);
	}

	@Test
	void keysOfOpenSslAreUsed() {
		Assumptions.assumeTrue(hasOpenSsl(), "OpenSSL 3 is not there");
		run(SHELL.get(1));
		application(YAML.get(1))
			.run((context) -> assertThat(context.getBean(Atomix.class).atomicLong("n").incrementAndGet()).isEqualTo(1));
	}

	private static boolean hasOpenSsl() {
		try {
			TestKeyStores.run(List.of("sh", "-c", "openssl version | grep '^OpenSSL [3-9]'"), Path.of("."));
			return true;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	private void run(String script) {
		TestKeyStores.run(List.of("sh", "-e", "-c", script.replace("10.0.0.1", "127.0.0.1")), this.directory);
	}

	private ApplicationContextRunner application(String yaml) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, AtomixAutoConfiguration.class))
			.withPropertyValues("PASSWORD=" + TestKeyStores.PASSWORD, "spring.ssl.bundle.watch.file.quiet-period=100ms",
					"atomix.cluster.members=a=127.0.0.1:" + this.port,
					"atomix.storage.directory=" + this.directory.resolve("data"))
			.withInitializer((context) -> {
				byte[] bytes = yaml.replace("/etc/shop", this.directory.toString()).getBytes(StandardCharsets.UTF_8);
				try {
					new YamlPropertySourceLoader().load("page", new ByteArrayResource(bytes))
						.forEach(context.getEnvironment().getPropertySources()::addLast);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
	}

	private static List<String> blocks(String language) {
		return Pattern.compile("(?ms)^```" + language + "$\\n(.*?)^```$")
			.matcher(Pages.read(Pages.root().resolve("docs/security.md")))
			.results()
			.map((MatchResult block) -> block.group(1))
			.toList();
	}

	@Test
	void nodesWithoutSpring(@TempDir Path keys) throws Exception {
		TestKeyStores stores = new TestKeyStores(keys);
		KeyManagerFactory keyManagerFactory = keys(stores.issue("a", "ip:127.0.0.1"));
		KeyManagerFactory renewedKeys = keys(stores.issue("b", "ip:127.0.0.1"));
		TrustManagerFactory trustManagerFactory = TrustManagerFactory
			.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trustManagerFactory.init(stores.trust());
		List<Member> members = List.of(new Member("a", "127.0.0.1", this.port));
		Path directory = this.directory;
		// tag::tls[]
		TlsConfig tls = TlsConfig.of(TlsCredentials.of(keyManagerFactory, trustManagerFactory));
		Atomix replica = AtomixReplica.builder().members(members).storageDirectory(directory).tls(tls).build();
		replica.start();
		// later, for all connections that are opened from then on
		tls.replace(TlsCredentials.of(renewedKeys, trustManagerFactory));
		// end::tls[]
		try (replica; Atomix client = AtomixClient.builder().members(members).tls(tls).build()) {
			client.start();
			assertThat(client.atomicLong("n").incrementAndGet()).isEqualTo(1);
		}
	}

	private static KeyManagerFactory keys(KeyStore store) throws Exception {
		KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		factory.init(store, TestKeyStores.PASSWORD.toCharArray());
		return factory;
	}

}
