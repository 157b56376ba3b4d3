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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.Locked;
import io.github.atomixspring.spring.annotation.OnLeadershipGranted;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.spring.annotation.TaskListener;
import io.github.atomixspring.sync.DistributedSemaphore;
import org.assertj.core.api.AbstractStringAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a user reads when an application does not start: what is wrong, where, and what to
 * do, and no stack trace.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTests {

	/**
	 * A start that fails does so within this time: that is promised.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(30);

	@TempDir
	private Path directory;

	private int port;

	private CapturedOutput output;

	@BeforeEach
	void prepare(CapturedOutput output) {
		this.output = output;
		this.port = FreePort.find();
	}

	@Test
	void nodeIdIsNotAmongMembers() {
		assertFails("--atomix.node.id=n4", "--atomix.cluster.members=n1=localhost:1,n2=localhost:2,n3=localhost:3")
			.contains("'atomix.node.id' is 'n4': it is not among the members [n1, n2, n3]")
			.contains("It was set by")
			.contains("Add the node to atomix.cluster.members");
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void malformedMember() {
		assertFails("--atomix.cluster.members=n1=localhost:1,n2=localhost").contains("entry 2 of 2")
			.contains("has no port")
			.contains("Write each member as id=host:port");
	}

	@Test
	void clientWithoutMembers() {
		assertFails("--atomix.mode=client").contains("'atomix.cluster.members' is not set")
			.contains("Set atomix.cluster.members");
	}

	@Test
	void preferredMemberIsNotAmongMembers() {
		assertFails("--atomix.mode=client", "--atomix.cluster.members=n1=localhost:1,n2=localhost:2",
				"--atomix.client.preferred-members=n2, n4")
			.contains("'atomix.client.preferred-members' is 'n2,n4': 'n4' is not among the members [n1, n2]")
			.contains("It was set by")
			.contains("Use ids of these members");
	}

	@Test
	void insecureExposure() {
		assertFails("--atomix.node.bind-host=0.0.0.0").contains("would listen on '0.0.0.0'")
			.contains("atomix.security.insecure=true");
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void unknownSslBundle() {
		assertFails(WithSslBundles.class, "--atomix.ssl.bundle=cluster").contains("'atomix.ssl.bundle' is 'cluster'")
			.contains("there is no such SSL bundle among []")
			.contains("Define it under spring.ssl.bundle");
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void wrongPasswordOfAnSslBundle(@TempDir Path keys) {
		new TestKeyStores(keys);
		assertFails(WithSslBundles.class, "--atomix.ssl.bundle=cluster",
				"--spring.ssl.bundle.jks.cluster.keystore.location=file:" + keys.resolve("keys.p12"),
				"--spring.ssl.bundle.jks.cluster.keystore.password=not-to-be-shown")
			.contains("'atomix.ssl.bundle' is 'cluster': it cannot be loaded")
			.contains("password")
			.doesNotContain("not-to-be-shown");
	}

	@Test
	void timeoutWithoutUnit() {
		assertFails("--atomix.session.timeout=5").contains("'atomix.session.timeout' is '5ms'").contains("write 5s");
	}

	@Test
	void unknownMode() {
		assertFails("--atomix.mode=embedded").contains("atomix.mode").contains("embedded");
	}

	@Test
	void unknownProperty() {
		assertFails("--atomix.sesion.timeout=5s").contains("atomix.sesion.timeout");
	}

	@Test
	void unknownClassOfDeclaredValue() {
		assertFails("--atomix.values.rate.type=com.example.Nothing")
			.contains("'atomix.values.rate.type' is 'com.example.Nothing'")
			.contains("full name of a class");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--atomix.node.id= ", "--atomix.node.id=n 1/ü", "--atomix.node.address=localhost",
			"--atomix.node.address=localhost:70000", "--atomix.node.address=no-such-host.invalid:5679",
			"--atomix.session.timeout=0s", "--atomix.session.timeout=-5s", "--atomix.session.timeout=often",
			"--atomix.raft.election-timeout=20s", "--atomix.storage.directory=/proc/atomix", "--atomix.partitions=0",
			"--atomix.partitions=33", "--atomix.partitions=many" })
	void whatIsWrongIsNamedWithItsProperty(String argument) {
		String property = argument.substring(2, argument.indexOf('='));
		assertFails(argument).contains(property);
		assertThat(this.directory).isEmptyDirectory();
	}

	@ParameterizedTest
	@ValueSource(strings = { "n1=localhost:1,n1=localhost:2", "n1=localhost:1,n2=localhost:1",
			"n1=localhost:1,n2=localhost:0", "n1=localhost:1,n2=::1:2", "n1=localhost:1,,n3=localhost:3" })
	void wrongMembersAreNamedWithTheirPositions(String members) {
		assertFails("--atomix.node.id=n1", "--atomix.cluster.members=" + members).contains("'atomix.cluster.members'")
			.containsPattern("entry 2 of |entries 1 and 2 ");
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void portInUse() throws IOException {
		try (ServerSocket other = new ServerSocket(this.port, 1, InetAddress.getByName("127.0.0.1"))) {
			assertFails().contains("port " + this.port + ": the port is already in use")
				.contains("'atomix.node.address' (value '127.0.0.1:" + other.getLocalPort() + "'")
				.contains("give this node another port");
		}
	}

	@Test
	void directoryIsAFile() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertFails("--atomix.storage.directory=" + file).contains(file.toString())
			.contains("'atomix.storage.directory'");
	}

	@Test
	void directoryIsInUse() {
		try (ConfigurableApplicationContext first = start()) {
			assertThat(first.isRunning()).isTrue();
			// The first node starts threads of its own meanwhile.
			assertStartFails(Application.class, "--atomix.node.address=127.0.0.1:" + FreePort.find())
				.contains("is in use by")
				.contains("'atomix.storage.directory'");
		}
	}

	@Test
	void directoryBelongsToAnotherNode() {
		start().close();
		assertFails("--atomix.node.id=n2").contains("'n1'").contains("atomix.storage.directory");
	}

	@Test
	void directoryBelongsToAnotherCluster() {
		start().close();
		assertFails("--atomix.cluster.name=other").contains("'atomix'").contains("atomix.cluster.name");
	}

	@Test
	void directoryHasAnotherNumberOfPartitions() {
		start().close();
		assertFails("--atomix.partitions=4").contains("has the data of 1 partition(s), the configuration says 4")
			.contains("atomix.partitions");
	}

	@Test
	void directoryOfNewerVersion() throws IOException {
		start().close();
		Path metadata = this.directory.resolve("atomix.json");
		Files.writeString(metadata, Files.readString(metadata).replaceFirst("(?i)(format\"\\s*:\\s*)\\d+", "$1 999"));
		assertFails().contains("999").contains("'atomix.storage.directory'");
	}

	@Test
	void primitiveReturnTypeOfLeaderOnlyMethod() {
		assertFails(WrongLeaderOnly.class).contains("@LeaderOnly on method").contains("otherwise = THROW");
	}

	@Test
	void parameterInTheNameOfALockThatDoesNotExist() {
		assertFails(WrongLocked.class).contains("The lock 'order-#{#ids}' of @Locked on method")
			.contains("WrongLocked.ship refers to #ids, but the parameters are [id].")
			.contains("Correct the name in the expression");
	}

	@Test
	void parameterOfALeadershipListenerThatCannotBeFilledIn() {
		assertFails(WrongListener.class).contains("@OnLeadershipGranted on method")
			.contains("WrongListener.granted has parameters that cannot be filled in.")
			.contains("Declare none, or one of the type 'io.github.atomixspring.spring.election.Leadership'.");
	}

	@Test
	void listenerThatCannotWork() {
		assertFails(WrongTaskListener.class).contains("@TaskListener on method")
			.contains("has dead letters to which no task would ever go")
			.contains("Set 'maxDeliveries'");
	}

	@Test
	void wrongTypeOfPrimitive() {
		assertFails(WrongPrimitive.class).contains("java.lang.String', which is no primitive")
			.contains("Declare it as DistributedLock");
	}

	@Test
	void semaphoreWithoutPermits() {
		assertFails(WithoutPermits.class, "--atomix.semaphores.printers.name=other")
			.contains(
					"'atomix.semaphores.printers.permits' is not set: the cluster must know how many permits there are")
			.contains("Set atomix.semaphores.printers.permits to a number of at least 0, the same on all nodes");
		assertFails(WithoutPermits.class)
			.contains(
					"'atomix.semaphores.printers.permits' is not set: the cluster must know how many permits there are")
			.contains("Set atomix.semaphores.printers.permits to a number of at least 0, the same on all nodes");
	}

	private AbstractStringAssert<?> assertFails(String... arguments) {
		return assertFails(Application.class, arguments);
	}

	private AbstractStringAssert<?> assertFails(Class<?> application, String... arguments) {
		Set<Thread> threads = NodeThreads.all();
		AbstractStringAssert<?> printed = assertStartFails(application, arguments);
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(NodeThreads.all()).as("threads that are left").isSubsetOf(threads));
		return printed;
	}

	private AbstractStringAssert<?> assertStartFails(Class<?> application, String... arguments) {
		int before = this.output.getAll().length();
		long start = System.nanoTime();
		assertThatException().isThrownBy(() -> start(application, arguments).close());
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
		String printed = this.output.getAll().substring(before);
		return assertThat(printed).contains("APPLICATION FAILED TO START")
			.contains("Description:")
			.contains("Action:")
			.doesNotContain("\tat io.github.atomixspring");
	}

	private ConfigurableApplicationContext start(String... arguments) {
		return start(Application.class, arguments);
	}

	private ConfigurableApplicationContext start(Class<?> type, String... arguments) {
		SpringApplication application = new SpringApplication(type);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		List<String> all = new ArrayList<>(Stream.of(arguments).toList());
		addDefault(all, "--atomix.storage.directory=", this.directory.toString());
		if (all.stream().noneMatch((argument) -> argument.contains("members"))) {
			addDefault(all, "--atomix.node.address=", "127.0.0.1:" + this.port);
		}
		return application.run(all.toArray(String[]::new));
	}

	private void addDefault(List<String> arguments, String option, String value) {
		if (arguments.stream().noneMatch((argument) -> argument.startsWith(option))) {
			arguments.add(option + value);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AtomixAutoConfiguration.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, AtomixAutoConfiguration.class })
	static class WithSslBundles {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AtomixAutoConfiguration.class)
	static class WrongLeaderOnly {

		@LeaderOnly("main")
		int count() {
			return 42;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AtomixAutoConfiguration.class)
	static class WrongLocked {

		@Locked("order-#{#ids}")
		void ship(int id) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AtomixAutoConfiguration.class)
	static class WrongListener {

		@OnLeadershipGranted("main")
		void granted(String text) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AtomixAutoConfiguration.class)
	static class WrongTaskListener {

		@TaskListener(queue = "mails", deadLetters = "dead-mails")
		void send(String mail) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AtomixAutoConfiguration.class)
	static class WrongPrimitive {

		@Bean
		Object consumer(@Primitive("lock") String lock, @Primitive DistributedLock other) {
			return lock + other;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AtomixAutoConfiguration.class)
	static class WithoutPermits {

		@Bean
		Object consumer(@Primitive DistributedSemaphore printers) {
			return printers.name();
		}

	}

}
