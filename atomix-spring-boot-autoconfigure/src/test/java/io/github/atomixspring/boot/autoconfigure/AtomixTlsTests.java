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
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.primitive.AtomixException;
import org.assertj.core.api.AbstractStringAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of nodes that speak TLS with the keys of an SSL bundle.
 */
@ExtendWith(OutputCaptureExtension.class)
class AtomixTlsTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	/**
	 * Has calls that must fail do so soon.
	 */
	private static final String IMPATIENT = "atomix.session.operation-timeout=1s";

	private static KeyStore memberKey;

	private static KeyStore clientKey;

	private static KeyStore trust;

	private static KeyStore foreignTrust;

	@TempDir
	private Path directory;

	private final String address = "127.0.0.1:" + FreePort.find();

	private final DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("member",
			TestKeyStores.bundle(memberKey, trust));

	@BeforeAll
	static void issue(@TempDir Path authority, @TempDir Path foreign) {
		TestKeyStores stores = new TestKeyStores(authority);
		memberKey = stores.issue("n1", "ip:127.0.0.1");
		clientKey = stores.issue("app", "dns:app.example");
		trust = stores.trust();
		foreignTrust = new TestKeyStores(foreign).trust();
	}

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomixAutoConfiguration.class))
			.withBean(SslBundles.class, () -> this.bundles)
			.withPropertyValues("atomix.session.operation-timeout=" + PATIENCE);
	}

	private ApplicationContextRunner replica() {
		return runner().withPropertyValues("atomix.storage.directory=" + this.directory,
				"atomix.node.address=" + this.address);
	}

	private ApplicationContextRunner client() {
		return runner().withPropertyValues("atomix.mode=client", "atomix.cluster.members=n1=" + this.address);
	}

	private static ContextConsumer<ApplicationContext> counts() {
		return (context) -> assertThat(context.getBean(Atomix.class).atomicLong("n").incrementAndGet()).isPositive();
	}

	@Test
	void configurationIsImportedOverTls() throws Exception {
		Path keys = store("client.p12", clientKey);
		Path authorities = store("trust.p12", trust);
		replica().withPropertyValues("atomix.ssl.bundle=member").run((context) -> {
			context.getBean(Atomix.class).map("config", String.class, String.class).put("shop.name", "tea");
			SpringApplication application = new SpringApplication(Object.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			String bundle = "--spring.ssl.bundle.jks.app.";
			try (ConfigurableApplicationContext importing = application.run("--spring.config.import=atomix:",
					"--spring.main.banner-mode=off", "--atomix.cluster.members=n1=" + this.address,
					"--atomix.ssl.bundle=app", bundle + "keystore.location=" + keys.toUri(),
					bundle + "keystore.password=" + TestKeyStores.PASSWORD,
					bundle + "truststore.location=" + authorities.toUri(),
					bundle + "truststore.password=" + TestKeyStores.PASSWORD)) {
				assertThat(importing.getEnvironment().getProperty("shop.name")).isEqualTo("tea");
			}
		});
	}

	private Path store(String name, KeyStore store) {
		return TestKeyStores.write(store, this.directory.resolveSibling(name + UUID.randomUUID()));
	}

	@Test
	void replicaAndClientsSpeakTls() {
		this.bundles.registerBundle("client", TestKeyStores.bundle(clientKey, trust));
		replica().withPropertyValues("atomix.ssl.bundle=member").run((context) -> {
			counts().accept(context);
			client().withPropertyValues("atomix.ssl.bundle=client").run(counts()::accept);
			client().withPropertyValues("atomix.ssl.bundle=client", "atomix.ssl.enabled=false", IMPATIENT)
				.run((plain) -> assertUnavailable(plain, "it hangs up: perhaps it speaks TLS, this node does not"));
		});
	}

	@Test
	void theNamesOfClientsAreThoseOfTheProperties() {
		this.bundles.registerBundle("client", TestKeyStores.bundle(clientKey, trust));
		replica()
			.withPropertyValues("atomix.ssl.bundle=member", "atomix.security.members=cn=n*",
					"atomix.security.clients=*.else,CN=else")
			.run((context) -> {
				counts().accept(context);
				client().withPropertyValues("atomix.ssl.bundle=client", IMPATIENT)
					.run((other) -> assertUnavailable(other, "'CN=app' [app.example] is not that of a client"));
			});
	}

	@Test
	void aReplacedBundleIsUsedWithoutARestart(CapturedOutput output) {
		this.bundles.registerBundle("client", TestKeyStores.bundle(clientKey, foreignTrust));
		replica().withPropertyValues("atomix.ssl.bundle=member").run((context) -> {
			counts().accept(context);
			client().withPropertyValues("atomix.ssl.bundle=client", IMPATIENT).run((other) -> {
				assertUnavailable(other, "its certificate is not from an authority that this node trusts");
				this.bundles.updateBundle("client", TestKeyStores.bundle(null, trust));
				assertThat(output).contains("SSL bundle 'client' was replaced by one that cannot be used")
					.contains("the node keeps TlsCredentials of [CN=app]");
				this.bundles.updateBundle("client", TestKeyStores.bundle(clientKey, trust));
				// It connects when it tries again, which may take longer than a call.
				await().atMost(PATIENCE)
					.ignoreExceptionsInstanceOf(AtomixException.class)
					.untilAsserted(() -> counts().accept(other));
				assertThat(output).contains("SSL bundle 'client' was replaced: new connections");
			});
		});
		assertThat(output).doesNotContain(TestKeyStores.PASSWORD);
	}

	private static void assertUnavailable(ApplicationContext context, String problem) {
		await().atMost(PATIENCE.multipliedBy(2))
			.untilAsserted(() -> assertThatExceptionOfType(AtomixException.class)
				.isThrownBy(() -> context.getBean(Atomix.class).atomicLong("n").get())
				.withMessageContaining(problem));
	}

	@Test
	void connectionDetailsMayBringTheBundleOrLeaveItToTheProperties() {
		replica()
			.withBean(AtomixConnectionDetails.class,
					() -> new Details(this.address, TestKeyStores.bundle(memberKey, trust)))
			.withPropertyValues("atomix.ssl.bundle=no-such-bundle")
			.run((context) -> {
				counts().accept(context);
				client().withBean(AtomixConnectionDetails.class, () -> new Details(this.address, null))
					.withPropertyValues("atomix.ssl.bundle=member", "atomix.cluster.members=n9=192.0.2.1:1")
					.run(counts()::accept);
			});
	}

	@Test
	void withTlsTheNodeMayListenEverywhere() {
		replica().withPropertyValues("atomix.ssl.bundle=member", "atomix.node.bind-host=0.0.0.0").run(counts()::accept);
		replica()
			.withPropertyValues("atomix.ssl.bundle=member", "atomix.ssl.enabled=false", "atomix.node.bind-host=0.0.0.0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("would listen on '0.0.0.0'"));
	}

	@Test
	void aBundleThatCannotBeUsedFailsTheStart() {
		assertFails("member2").contains("there is no such SSL bundle among [member");
		this.bundles.registerBundle("no-key", TestKeyStores.bundle(null, trust));
		assertFails("no-key").contains("TLS needs a key with a certificate");
		this.bundles.registerBundle("no-trust", TestKeyStores.bundle(memberKey, null));
		assertFails("no-trust").contains("it has no trust store");
		this.bundles.registerBundle("client", TestKeyStores.bundle(clientKey, trust));
		replica().withPropertyValues("atomix.ssl.bundle=client")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'CN=app' [app.example]] of member 'n1' is not for '127.0.0.1'"));
		replica().withPropertyValues("atomix.ssl.enabled=true")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationException.class)
				.hasMessageContaining("'atomix.ssl.bundle' is not set"));
		assertThat(this.directory).isEmptyDirectory();
	}

	private AbstractStringAssert<?> assertFails(String bundle) {
		String[] message = new String[1];
		replica().withPropertyValues("atomix.ssl.bundle=" + bundle).run((context) -> {
			Throwable failure = context.getStartupFailure();
			while (failure != null && !(failure instanceof InvalidConfigurationException)) {
				failure = failure.getCause();
			}
			assertThat(failure).isNotNull();
			message[0] = failure.getMessage();
		});
		return assertThat(message[0]).contains("'atomix.ssl.bundle' is '" + bundle + "'")
			.doesNotContain(TestKeyStores.PASSWORD);
	}

	/**
	 * Details of a cluster of one.
	 *
	 * @param address its address
	 * @param bundle its bundle
	 */
	private record Details(String address, @Nullable SslBundle bundle) implements AtomixConnectionDetails {

		@Override
		public List<Member> getMembers() {
			return List.of(Member.parse("n1=" + this.address));
		}

		@Override
		public @Nullable SslBundle getSslBundle() {
			return this.bundle;
		}

	}

}
