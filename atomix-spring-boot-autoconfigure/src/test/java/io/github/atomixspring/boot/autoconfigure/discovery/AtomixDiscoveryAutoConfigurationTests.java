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

package io.github.atomixspring.boot.autoconfigure.discovery;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.group.GroupMember;
import io.github.atomixspring.spring.discovery.AtomixAutoServiceRegistration;
import io.github.atomixspring.spring.discovery.AtomixDiscoveryClient;
import io.github.atomixspring.spring.discovery.AtomixReactiveDiscoveryClient;
import io.github.atomixspring.spring.discovery.AtomixRegistration;
import io.github.atomixspring.spring.discovery.AtomixServiceCatalog;
import io.github.atomixspring.spring.discovery.AtomixServiceRegistry;
import io.github.atomixspring.spring.testing.OneMember;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.cloud.client.CommonsClientAutoConfiguration;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.cloud.client.discovery.health.DiscoveryClientHealthIndicator;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.LoadBalancerAutoConfiguration;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationAutoConfiguration;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.cloud.client.serviceregistry.ServiceRegistryAutoConfiguration;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AtomixDiscoveryClientAutoConfiguration} and
 * {@link AtomixServiceRegistryAutoConfiguration}.
 */
class AtomixDiscoveryAutoConfigurationTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final AutoConfigurations SPRING_CLOUD = AutoConfigurations.of(UtilAutoConfiguration.class,
			CompositeDiscoveryClientAutoConfiguration.class, SimpleDiscoveryClientAutoConfiguration.class,
			CommonsClientAutoConfiguration.class, ServiceRegistryAutoConfiguration.class,
			AutoServiceRegistrationAutoConfiguration.class);

	private static final AutoConfigurations ATOMIX = AutoConfigurations.of(AtomixDiscoveryClientAutoConfiguration.class,
			AtomixServiceRegistryAutoConfiguration.class);

	private static OneMember cluster;

	private static Atomix client;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(SPRING_CLOUD)
		.withConfiguration(ATOMIX)
		.withBean(Atomix.class, () -> client, (definition) -> definition.setDestroyMethodName(""));

	@BeforeAll
	static void start() {
		cluster = OneMember.start();
		client = cluster.client("c1");
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	private static WebApplicationContextRunner web(Atomix atomix, String group) {
		return new WebApplicationContextRunner(AnnotationConfigServletWebServerApplicationContext::new)
			.withConfiguration(SPRING_CLOUD)
			.withConfiguration(ATOMIX)
			.withConfiguration(AutoConfigurations.of(TomcatServletWebServerAutoConfiguration.class,
					DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class))
			.withBean(Atomix.class, () -> atomix, (definition) -> definition.setDestroyMethodName(""))
			.withPropertyValues("server.port=0", "server.address=127.0.0.1", "spring.application.name=orders",
					"atomix.discovery.group=" + group);
	}

	private static int port(ApplicationContext context) {
		return ((WebServerApplicationContext) context).getWebServer().getPort();
	}

	@Test
	void applicationIsRegisteredWithThePortOfItsWebServer() {
		web(cluster.node(), "ports").withPropertyValues("atomix.discovery.metadata.zone=a").run((context) -> {
			int port = port(context.getSourceApplicationContext());
			await().atMost(PATIENCE).until(() -> instances(context, "orders").size() == 1);
			ServiceInstance instance = instances(context, "orders").get(0);
			assertThat(instance.getUri()).hasToString("http://127.0.0.1:" + port);
			assertThat(instance.getInstanceId()).isEqualTo("orders:127.0.0.1:" + port);
			assertThat(instance.getMetadata()).containsEntry("zone", "a");
			assertThat(context.getBean(DiscoveryClient.class).getServices()).contains("orders");
			assertThat(context.getBean(DiscoveryClientHealthIndicator.class).health().getStatus()).isEqualTo(Status.UP);
			assertThat(context.getBean(AtomixServiceRegistry.class)
				.<String>getStatus(context.getBean(AtomixRegistration.class))).isEqualTo("UP");
		});
		await().atMost(PATIENCE).until(() -> members("ports").isEmpty());
	}

	@Test
	void applicationLeavesBeforeItsWebServerWaitsForRequests() {
		List<String> steps = new CopyOnWriteArrayList<>();
		web(cluster.node(), "steps").withBean("drain", Drain.class, () -> new Drain(steps))
			.withBean("steps", Steps.class, () -> new Steps(steps))
			.withBean("events", Events.class, () -> new Events(steps))
			.run((context) -> await().atMost(PATIENCE).until(() -> members("steps").size() == 1));
		assertThat(steps).containsExactly("before start", "after start", "registered", "before stop", "after stop",
				"drain without members");
	}

	@Test
	void contextCanBePausedAndRestarted() {
		web(cluster.node(), "paused").run((context) -> {
			await().atMost(PATIENCE).until(() -> instances(context, "orders").size() == 1);
			ConfigurableApplicationContext configurable = (ConfigurableApplicationContext) context
				.getSourceApplicationContext();
			configurable.stop();
			await().atMost(PATIENCE).until(() -> members("paused").isEmpty());
			configurable.start();
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(instances(context, "orders")).singleElement()
					.extracting(ServiceInstance::getPort)
					.isEqualTo(port(configurable)));
		});
	}

	@Test
	void loadBalancedClientFindsTheOtherApplications() {
		WebApplicationContextRunner server = web(cluster.node(), "balanced").withBean("names", Names.class);
		server.run((first) -> server.run((second) -> new ApplicationContextRunner().withConfiguration(SPRING_CLOUD)
			.withConfiguration(ATOMIX)
			.withConfiguration(AutoConfigurations.of(LoadBalancerAutoConfiguration.class,
					org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration.class,
					BlockingLoadBalancerClientAutoConfiguration.class))
			.withBean(Atomix.class, () -> client, (definition) -> definition.setDestroyMethodName(""))
			.withUserConfiguration(Balancing.class)
			.withPropertyValues("atomix.discovery.group=balanced", "spring.cloud.loadbalancer.cache.enabled=false")
			.run((context) -> {
				RestClient orders = context.getBean(RestClient.Builder.class).baseUrl("http://orders").build();
				await().atMost(PATIENCE).until(() -> instances(context, "orders").size() == 2);
				List<String> answers = List.of(name(orders), name(orders), name(orders), name(orders));
				String firstPort = "port " + port(first.getSourceApplicationContext());
				String secondPort = "port " + port(second.getSourceApplicationContext());
				assertThat(answers).containsOnly(firstPort, secondPort).contains(firstPort, secondPort);

				second.getBean(AtomixServiceRegistry.class)
					.setStatus(second.getBean(AtomixRegistration.class), "OUT_OF_SERVICE");
				await().atMost(PATIENCE).until(() -> instances(context, "orders").size() == 1);
				assertThat(List.of(name(orders), name(orders))).containsOnly(firstPort);
			})));
	}

	private static String name(RestClient orders) {
		return String.valueOf(orders.get().uri("/name").retrieve().body(String.class));
	}

	@Test
	void propertiesWinOverWhatIsFound() {
		this.contextRunner
			.withPropertyValues("atomix.discovery.group=properties", "atomix.discovery.service-name=prices",
					"atomix.discovery.instance-id=p1", "atomix.discovery.host=prices.example.org",
					"atomix.discovery.port=99", "atomix.discovery.secure=true",
					"atomix.discovery.initial-status=out-of-service", "server.address=127.0.0.1",
					"atomix.discovery.order=7")
			.run((context) -> {
				AtomixRegistration registration = context.getBean(AtomixRegistration.class);
				assertThat(registration.getServiceId()).isEqualTo("prices");
				assertThat(registration.getInstanceId()).isEqualTo("p1");
				assertThat(registration.getUri()).hasToString("https://prices.example.org:99");
				// No web server, but a port: it is registered all the same.
				await().atMost(PATIENCE)
					.untilAsserted(() -> assertThat(members("properties")).singleElement()
						.extracting(GroupMember::metadata)
						.satisfies((metadata) -> assertThat(metadata).containsEntry("status", "OUT_OF_SERVICE")
							.containsEntry("instance", "p1")));
				assertThat(instances(context, "prices")).isEmpty();
				assertThat(context.getBean(AtomixDiscoveryClient.class).getOrder()).isEqualTo(7);
			});
	}

	@Test
	void hostIsThatOfTheNetworkUnlessTheServerHasOne() {
		String[] network = { "spring.cloud.inetutils.ignored-interfaces=.*" };
		this.contextRunner.withPropertyValues(network)
			.withPropertyValues("atomix.discovery.prefer-ip-address=true", "server.address=0.0.0.0")
			.run((context) -> assertThat(context.getBean(AtomixRegistration.class).getHost())
				.isEqualTo(InetAddress.getLocalHost().getHostAddress()));
		this.contextRunner.withPropertyValues(network)
			.run((context) -> assertThat(context.getBean(AtomixRegistration.class).getHost())
				.isEqualTo(InetAddress.getLocalHost().getHostName()));
		this.contextRunner.withPropertyValues("server.address=127.0.0.1")
			.run((context) -> assertThat(context.getBean(AtomixRegistration.class).getHost()).isEqualTo("127.0.0.1"));
	}

	@Test
	void httpsIsThatOfTheWebServer() {
		this.contextRunner.withPropertyValues("server.ssl.bundle=web")
			.run((context) -> assertThat(context.getBean(AtomixRegistration.class).isSecure()).isTrue());
		this.contextRunner.withPropertyValues("server.ssl.bundle=web", "server.ssl.enabled=false")
			.run((context) -> assertThat(context.getBean(AtomixRegistration.class).isSecure()).isFalse());
		this.contextRunner.run((context) -> {
			assertThat(context.getBean(AtomixRegistration.class).isSecure()).isFalse();
			assertThat(context.getBean(AtomixRegistration.class).getServiceId()).isEqualTo("application");
		});
	}

	@Test
	void wrongPropertiesFail() {
		this.contextRunner.withPropertyValues("atomix.discovery.port=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("atomix.discovery.port"));
		this.contextRunner.withPropertyValues("atomix.discovery.group= ")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("must not be blank"));
		this.contextRunner.withPropertyValues("atomix.discovery.prot=1")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(UnboundConfigurationPropertiesException.class));
	}

	@Test
	void switchesOfSpringCloudAreRespected() {
		this.contextRunner.withPropertyValues("spring.cloud.discovery.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(AtomixServiceCatalog.class)
				.doesNotHaveBean(ServiceRegistry.class));
		this.contextRunner.withPropertyValues("spring.cloud.discovery.blocking.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(AtomixDiscoveryClient.class));
		this.contextRunner.withPropertyValues("spring.cloud.service-registry.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(AtomixDiscoveryClient.class)
				.doesNotHaveBean(ServiceRegistry.class));
		for (String property : List.of("spring.cloud.service-registry.auto-registration.enabled",
				"atomix.discovery.register")) {
			this.contextRunner.withPropertyValues(property + "=false", "atomix.discovery.port=1")
				.run((context) -> assertThat(context).hasSingleBean(AtomixServiceRegistry.class)
					.doesNotHaveBean(AutoServiceRegistration.class));
		}
		this.contextRunner.withPropertyValues("atomix.discovery.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AtomixServiceCatalog.class));
	}

	@Test
	void reactiveClientNeedsWebClient() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(AtomixReactiveDiscoveryClient.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.web.reactive"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(AtomixDiscoveryClient.class)
				.doesNotHaveBean(ReactiveDiscoveryClient.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader("reactor"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(AtomixDiscoveryClient.class)
				.doesNotHaveBean("atomixReactiveDiscoveryClient"));
		this.contextRunner.withPropertyValues("spring.cloud.discovery.reactive.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ReactiveDiscoveryClient.class));
	}

	@Test
	void otherRegistryWins() {
		this.contextRunner.withBean("own", ServiceRegistry.class, () -> BDDMockito.mock(ServiceRegistry.class))
			.run((context) -> assertThat(context).hasSingleBean(ServiceRegistry.class)
				.doesNotHaveBean(AutoServiceRegistration.class)
				.hasSingleBean(AtomixDiscoveryClient.class));
	}

	@Test
	void runWithoutNodeCreatesNothing() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomixAutoConfiguration.class,
					AtomixDiscoveryClientAutoConfiguration.class, AtomixServiceRegistryAutoConfiguration.class))
			.withPropertyValues("atomix.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AtomixServiceCatalog.class));
	}

	@Test
	void runWithoutSpringCloudStarts() {
		new ApplicationContextRunner().withConfiguration(ATOMIX)
			.withBean(Atomix.class, () -> client, (definition) -> definition.setDestroyMethodName(""))
			.withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("atomixServiceCatalog"));
	}

	@Test
	void runWithoutWebServerStarts() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.boot.web.server"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(AtomixServiceRegistry.class)
				.doesNotHaveBean(AtomixAutoServiceRegistration.class));
	}

	private static List<ServiceInstance> instances(ApplicationContext context, String service) {
		return context.getBean(DiscoveryClient.class).getInstances(service);
	}

	private static List<GroupMember> members(String group) {
		return client.group(group).members();
	}

	@RestController
	static class Names {

		private final WebServerApplicationContext context;

		Names(WebServerApplicationContext context) {
			this.context = context;
		}

		@GetMapping("/name")
		String name() {
			return "port " + this.context.getWebServer().getPort();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Balancing {

		@Bean
		@LoadBalanced
		RestClient.Builder balanced() {
			return RestClient.builder();
		}

	}

	/**
	 * Is stopped when a web server begins to wait for its requests.
	 */
	private static final class Drain implements SmartLifecycle {

		private final List<String> steps;

		private volatile boolean running;

		Drain(List<String> steps) {
			this.steps = steps;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			// What leaves after this has stopped would never be gone here.
			await().atMost(PATIENCE).until(() -> members("steps").isEmpty());
			this.steps.add("drain without members");
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return SmartLifecycle.DEFAULT_PHASE - 1024;
		}

	}

	/**
	 * Is told of the registration in the way of Spring Cloud.
	 *
	 * @param steps what was told
	 */
	private record Steps(List<String> steps) implements RegistrationLifecycle<AtomixRegistration> {

		@Override
		public void postProcessBeforeStartRegister(AtomixRegistration registration) {
			this.steps.add("before start");
		}

		@Override
		public void postProcessAfterStartRegister(AtomixRegistration registration) {
			this.steps.add("after start");
		}

		@Override
		public void postProcessBeforeStopRegister(AtomixRegistration registration) {
			this.steps.add("before stop");
		}

		@Override
		public void postProcessAfterStopRegister(AtomixRegistration registration) {
			this.steps.add("after stop");
		}

	}

	record Events(List<String> steps) {

		@EventListener
		void onRegistered(InstanceRegisteredEvent<?> event) {
			this.steps.add("registered");
		}

	}

}
