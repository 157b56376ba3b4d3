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

package io.github.atomixspring.boot.autoconfigure.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.SessionInfo;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.AtomixProperties;
import io.github.atomixspring.boot.autoconfigure.FreePort;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.spring.testing.Cable;
import io.github.atomixspring.spring.testing.OneMember;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.autoconfigure.ConfigurationPropertiesRebinderAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@code spring.config.import=atomix:} and the refresh that follows a change,
 * in applications as they are started by users.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfigImportTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static OneMember cluster;

	private String map;

	private CapturedOutput output;

	@BeforeAll
	static void startCluster() {
		cluster = OneMember.start();
	}

	@AfterAll
	static void stopCluster() {
		cluster.close();
	}

	@BeforeEach
	void prepare(TestInfo test, CapturedOutput output) {
		this.map = test.getTestMethod().orElseThrow().getName();
		this.output = output;
	}

	private static DistributedMap<String, String> map(String name) {
		return cluster.node().map(name, String.class, String.class);
	}

	@Test
	void mapIsImportedAndThatOfTheProfileWins() {
		map("config").putAll(Map.of("shop.name", "tea", "shop.size", "3", "shop.motto", "from all"));
		map("config-prod").put("shop.name", "tea in prod");
		try (ConfigurableApplicationContext context = start("--spring.config.import=atomix:",
				"--spring.profiles.active=prod")) {
			Shop shop = context.getBean(Shop.class);
			assertThat(shop.getName()).isEqualTo("tea in prod");
			assertThat(shop.getSize()).isEqualTo(3);
			assertThat(context.getEnvironment().getProperty("shop.motto")).isEqualTo("from all");
			MapPropertySource source = (MapPropertySource) context.getEnvironment()
				.getPropertySources()
				.get("atomix:config");
			assertThat(source).isNotNull();
			assertThat(source.getOrigin("shop.size")).hasToString("key 'shop.size' of Atomix map 'config'");
			assertThat(context.getBean(Atomix.class).session().node()).doesNotContain("-config");
		}
		finally {
			map("config").destroy();
			map("config-prod").destroy();
		}
	}

	@Test
	void clientOfTheImportIsGoneWhenTheApplicationHasStarted() {
		map(this.map).put("shop.name", "tea");
		try (ConfigurableApplicationContext context = start("--spring.config.import=atomix:" + this.map,
				"--spring.application.name=shop")) {
			assertThat(context.getBean(Shop.class).getName()).isEqualTo("tea");
			assertThat(cluster.node().sessions()).extracting(SessionInfo::node)
				.noneMatch((node) -> node.endsWith("-config"));
		}
	}

	@Test
	void changesAreTakenOverInOneRefresh() {
		DistributedMap<String, String> config = map(this.map);
		config.putAll(Map.of("shop.name", "tea", "shop.size", "0"));
		try (ConfigurableApplicationContext context = start("--spring.config.import=atomix:" + this.map,
				"--shop.motto=from the command line", "--atomix.config.refresh.delay=1s")) {
			Shop shop = context.getBean(Shop.class);
			Motto motto = context.getBean(Motto.class);
			Changes changes = context.getBean(Changes.class);
			Atomix node = context.getBean(Atomix.class);
			await().atMost(PATIENCE).until(() -> node.session().state() == SessionState.CONNECTED);
			long session = node.session().id();
			assertThat(motto.text()).isEqualTo("tea: from the command line");

			long start = System.nanoTime();
			for (int i = 1; i <= 50; i++) {
				config.put("shop.size", String.valueOf(i));
			}
			config.put("shop.name", "coffee");
			config.put("shop.motto", "from the cluster");
			await().atMost(PATIENCE).until(() -> shop.getName().equals("coffee"));
			await().atMost(PATIENCE).until(() -> shop.getSize() == 50);
			await().atMost(PATIENCE).until(() -> motto.text().equals("coffee: from the command line"));
			assertThat(changes.keys()).containsAll(Set.of("shop.size", "shop.name"));
			long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
			assertThat((long) changes.count()).isBetween(1L, seconds + 2);

			config.remove("shop.name");
			await().atMost(PATIENCE).until(() -> shop.getName().equals("none"));
			assertThat(node.isRunning()).isTrue();
			assertThat(node.session().id()).isEqualTo(session);
			// Spring Cloud binds one bean after the other anew, each from its defaults
			// on.
			await().atMost(PATIENCE)
				.until(() -> context.getBean(AtomixProperties.class).getMode() == AtomixProperties.Mode.CLIENT);
		}
	}

	@Test
	void mapThatComesLaterIsTakenOver() {
		try (ConfigurableApplicationContext context = start("--spring.config.import=atomix:" + this.map,
				"--spring.profiles.active=prod")) {
			Shop shop = context.getBean(Shop.class);
			assertThat(shop.getName()).isEqualTo("none");
			map(this.map + "-prod").put("shop.name", "prod");
			map(this.map).put("shop.name", "all");
			await().atMost(PATIENCE).until(() -> shop.getName().equals("prod"));
			map(this.map + "-prod").clear();
			await().atMost(PATIENCE).until(() -> shop.getName().equals("all"));
		}
	}

	@Test
	void changeDuringTheStartIsNotMissed() {
		map(this.map).put("shop.name", "before");
		try (ConfigurableApplicationContext context = start(Changing.class, "--spring.config.import=atomix:" + this.map,
				"--test.map=" + this.map)) {
			Shop shop = context.getBean(Shop.class);
			await().atMost(PATIENCE).until(() -> shop.getName().equals("during the start"));
		}
	}

	@Test
	void nothingIsRefreshedWhenThatIsSwitchedOff() {
		map(this.map).put("shop.name", "before");
		try (ConfigurableApplicationContext context = start("--spring.config.import=atomix:" + this.map,
				"--atomix.config.refresh.enabled=false")) {
			assertThat(context.getBeanNamesForType(ConfigRefresher.class)).isEmpty();
			map(this.map).put("shop.name", "after");
			assertThat(context.getBean(Shop.class).getName()).isEqualTo("before");
			assertThat(context.getBean(ContextRefresher.class).refresh()).containsExactly("shop.name");
			assertThat(context.getBean(Shop.class).getName()).isEqualTo("after");
		}
	}

	@Test
	void refreshWhileTheClusterIsAwayKeepsWhatWasImported() {
		map(this.map).put("shop.name", "tea");
		try (Cable cable = new Cable(cluster.port());
				ConfigurableApplicationContext context = start("--spring.config.import=atomix:" + this.map,
						"--atomix.cluster.members=n1=127.0.0.1:" + cable.port(), "--atomix.config.timeout=10s",
						"--atomix.config.refresh.enabled=false")) {
			cable.cut();
			assertThat(context.getBean(ContextRefresher.class).refresh()).isEmpty();
			assertThat(context.getBean(Shop.class).getName()).isEqualTo("tea");
		}
	}

	@Test
	void optionalImportStartsWithoutTheClusterAndFollowsLater() {
		map(this.map).put("shop.name", "tea");
		try (Cable cable = new Cable(cluster.port())) {
			cable.cut();
			try (ConfigurableApplicationContext context = start("--spring.config.import=optional:atomix:" + this.map,
					"--atomix.cluster.members=n1=127.0.0.1:" + cable.port(), "--atomix.config.timeout=500ms",
					"--atomix.session.timeout=6s", "--atomix.session.operation-timeout=1s")) {
				Shop shop = context.getBean(Shop.class);
				assertThat(shop.getName()).isEqualTo("none");
				assertThat(this.output.getAll())
					.contains("Configuration could not be imported from the map '" + this.map);
				cable.mend();
				await().atMost(PATIENCE).until(() -> shop.getName().equals("tea"));
			}
		}
	}

	@Test
	void importWithoutAnswerFailsAndSaysWhatToDo() {
		int nobody = FreePort.find();
		assertFails("--spring.config.import=atomix:" + this.map, "--atomix.cluster.members=n1=127.0.0.1:" + nobody,
				"--atomix.cluster.name=shops", "--atomix.config.timeout=300ms");
		assertThat(this.output.getAll()).contains("APPLICATION FAILED TO START")
			.contains("could not be imported from the map '" + this.map
					+ "' of cluster 'shops' with the members [n1=127.0.0.1:" + nobody + "] within 300 ms")
			.contains("write 'optional:atomix:" + this.map + "'")
			.contains("atomix.config.timeout")
			.doesNotContain("\tat io.github.atomixspring");
		// The threads of a connection end a little after it.
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
				.noneMatch((thread) -> thread.getName().contains("-config")));
	}

	@Test
	void importWithoutMembersFailsUnlessItIsOptional(@TempDir Path directory) {
		assertFails("--spring.config.import=atomix:", "--atomix.cluster.members=");
		assertThat(this.output.getAll()).contains("APPLICATION FAILED TO START")
			.contains("'atomix.cluster.members' is not set")
			.contains("Set atomix.cluster.members where it is read before the import");
		try (ConfigurableApplicationContext context = start("--spring.config.import=optional:atomix:",
				"--atomix.cluster.members=", "--atomix.mode=replica", "--atomix.storage.directory=" + directory,
				"--atomix.node.address=127.0.0.1:" + FreePort.find())) {
			assertThat(context.getBean(Shop.class).getName()).isEqualTo("none");
		}
	}

	@Test
	void wrongPropertiesFail() {
		assertFails("--spring.config.import=atomix:", "--atomix.config.timeout=0s");
		assertThat(this.output.getAll()).contains("'atomix.config.timeout'").contains("longer than zero");
		assertFails("--atomix.config.tiemout=1s");
		assertThat(this.output.getAll()).contains("atomix.config.tiemout");
		assertFails("--atomix.config.refresh.delay=-1s");
		assertThat(this.output.getAll()).contains("must not be negative");
	}

	@Test
	void nothingIsImportedWhenThatIsSwitchedOff() {
		for (String property : List.of("atomix.enabled", "atomix.config.enabled")) {
			new ApplicationContextRunner().withInitializer(new ConfigDataApplicationContextInitializer())
				.withPropertyValues("spring.config.import=atomix:", property + "=false")
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

	@Test
	void importNeedsNoSpringCloud() {
		map(this.map).put("shop.name", "tea");
		new ApplicationContextRunner().withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
			.withConfiguration(
					AutoConfigurations.of(AtomixAutoConfiguration.class, AtomixConfigAutoConfiguration.class))
			.withInitializer(new ConfigDataApplicationContextInitializer())
			.withPropertyValues("spring.config.import=atomix:" + this.map, "atomix.mode=client", members())
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean("atomixConfigRefresher");
				assertThat(context.getEnvironment().getProperty("shop.name")).isEqualTo("tea");
			});
	}

	@Test
	void replicaImportsFromTheOtherMembers(@TempDir Path directory) {
		List<Member> members = IntStream.rangeClosed(1, 3)
			.mapToObj((i) -> new Member("n" + i, "127.0.0.1", FreePort.find()))
			.toList();
		List<AtomixReplica> replicas = members.stream().map((member) -> replica(member, members, directory)).toList();
		try {
			replicas.forEach(AtomixReplica::start);
			await().atMost(PATIENCE)
				.until(() -> replicas.stream()
					.allMatch((replica) -> replica.session().state() == SessionState.CONNECTED));
			replicas.get(0).map(this.map, String.class, String.class).put("shop.name", "tea");
			AtomixReplica last = replicas.get(2);
			await().atMost(PATIENCE).until(() -> last.status().appliedIndex() > 0);
			last.close();
			try (ConfigurableApplicationContext context = start("--spring.config.import=atomix:" + this.map,
					"--atomix.mode=replica", "--atomix.node.id=n3",
					"--atomix.cluster.members=" + String.join(",", members.stream().map(Member::toString).toList()),
					"--atomix.storage.directory=" + directory.resolve("n3"), "--atomix.config.timeout=30s")) {
				Shop shop = context.getBean(Shop.class);
				assertThat(shop.getName()).isEqualTo("tea");
				assertThat(context.getBean(AtomixReplica.class).status().node()).isEqualTo("n3");
				replicas.get(1).map(this.map, String.class, String.class).put("shop.name", "coffee");
				await().atMost(PATIENCE).until(() -> shop.getName().equals("coffee"));
			}
		}
		finally {
			replicas.forEach(AtomixReplica::close);
		}
	}

	private static AtomixReplica replica(Member member, List<Member> members, Path directory) {
		return AtomixReplica.builder()
			.nodeId(member.id())
			.members(members)
			.storageDirectory(directory.resolve(member.id()))
			.build();
	}

	private void assertFails(String... arguments) {
		assertThatException().isThrownBy(() -> start(arguments).close());
	}

	private static String members() {
		return "atomix.cluster.members=n1=127.0.0.1:" + cluster.port();
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return start(Application.class, arguments);
	}

	private static ConfigurableApplicationContext start(Class<?> type, String... arguments) {
		SpringApplication application = new SpringApplication(type);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		List<String> all = new ArrayList<>(List.of(arguments));
		Stream.of("--atomix.mode=client", "--" + members())
			.filter((option) -> all.stream().noneMatch((given) -> given.startsWith(option.split("=")[0] + "=")))
			.forEach(all::add);
		return application.run(all.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AtomixAutoConfiguration.class, AtomixConfigAutoConfiguration.class,
			RefreshAutoConfiguration.class, ConfigurationPropertiesRebinderAutoConfiguration.class })
	@EnableConfigurationProperties(Shop.class)
	static class Application {

		@Bean
		@RefreshScope
		Motto motto(Environment environment) {
			return new Motto(environment.getProperty("shop.name") + ": " + environment.getProperty("shop.motto"));
		}

		@Bean
		Changes changes() {
			return new Changes();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Changing extends Application {

		@Bean
		ApplicationRunner change(Environment environment) {
			return (arguments) -> ConfigImportTests.map(environment.getRequiredProperty("test.map"))
				.put("shop.name", "during the start");
		}

	}

	@ConfigurationProperties("shop")
	public static class Shop {

		private volatile String name = "none";

		private volatile int size;

		private volatile String motto = "";

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		public int getSize() {
			return this.size;
		}

		public void setSize(int size) {
			this.size = size;
		}

		public String getMotto() {
			return this.motto;
		}

		public void setMotto(String motto) {
			this.motto = motto;
		}

	}

	public static class Motto {

		private final String text;

		Motto() {
			this("");
		}

		Motto(String text) {
			this.text = text;
		}

		public String text() {
			return this.text;
		}

	}

	static class Changes {

		private final List<Set<String>> changes = new CopyOnWriteArrayList<>();

		@EventListener
		void onChange(EnvironmentChangeEvent event) {
			this.changes.add(event.getKeys());
		}

		int count() {
			return this.changes.size();
		}

		Set<String> keys() {
			Set<String> keys = new LinkedHashSet<>();
			this.changes.forEach(keys::addAll);
			return keys;
		}

	}

}
