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

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.actuate.AtomixEndpoint;
import io.github.atomixspring.spring.annotation.Clustered;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.Locked;
import io.github.atomixspring.spring.annotation.OnLeadershipGranted;
import io.github.atomixspring.spring.annotation.Otherwise;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.spring.annotation.TaskListener;
import io.github.atomixspring.spring.annotation.TopicListener;
import io.github.atomixspring.spring.cache.AtomixCacheManager;
import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.election.Leadership;
import io.github.atomixspring.spring.integration.AtomixLockRegistry;
import io.github.atomixspring.spring.lock.HeldLock;
import io.github.atomixspring.spring.messaging.ListenerContainer;
import io.github.atomixspring.spring.messaging.MessageListeners;
import io.github.atomixspring.value.DistributedLong;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DeferredImportSelector;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application that uses everything: all auto-configurations that there are, and beans
 * that use the node in all ways.
 */
@Configuration(proxyBeanMethods = false)
@EnableCaching
@ImportAutoConfiguration({ PropertyPlaceholderAutoConfiguration.class, EndpointAutoConfiguration.class,
		MetricsAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class, ObservationAutoConfiguration.class,
		UtilAutoConfiguration.class, RefreshAutoConfiguration.class })
@Import({ Everything.AllOfOurs.class, Everything.Shop.class, Everything.Basket.class, Everything.Jobs.class,
		Everything.Listeners.class })
class Everything {

	static final Duration PATIENCE = Duration.ofMinutes(1);

	static final String[] PROPERTIES = { "atomix.cache.enabled=true", "management.endpoints.web.exposure.include=*",
			"management.endpoints.jmx.exposure.include=*", "management.info.atomix.enabled=true",
			"spring.cloud.refresh.on-restart.enabled=false",
			"atomix.cache.caches.prices.value-type=" + Price.class.getName() };

	@Bean
	String namesOfPrimitives(@Primitive("jobs") ObjectProvider<DistributedLock> lock,
			@Primitive("counter") Optional<DistributedLong> counter) {
		return lock.getObject().name() + " " + counter.orElseThrow().name();
	}

	/**
	 * Uses everything, once more.
	 * @param context the running application
	 */
	static void use(ApplicationContext context) {
		autoConfigurations()
			.forEach((type) -> assertThat(context.getBeanNamesForType(type)).as(type.getName()).hasSize(1));
		LeaderElections elections = context.getBean(LeaderElections.class);
		await().atMost(PATIENCE).until(() -> elections.isLeader("main"));
		long term = elections.leadership("main").orElseThrow().term();
		Jobs jobs = context.getBean(Jobs.class);
		assertThat(jobs.lead()).isEqualTo("led");
		await().atMost(PATIENCE).until(() -> jobs.terms().contains(term));

		Shop shop = context.getBean(Shop.class);
		long sales = shop.sales();
		assertThat(shop.sell("tea", new Price(3))).isEqualTo("order-3");
		assertThat(shop.sales()).isEqualTo(sales + 1);
		assertThat(shop.stored("tea")).isEqualTo(new Price(3));
		assertThat(shop.price("coffee")).isEqualTo(new Price(6));
		assertThat(Objects.requireNonNull(context.getBean(AtomixCacheManager.class).getCache("prices"))
			.get("coffee", Price.class)).isEqualTo(new Price(6));
		DistributedMap<String, List<Price>> baskets = context.getBean(Basket.class).prices();
		baskets.put("mine", List.of(new Price(3)));
		assertThat(baskets.get("mine")).isEqualTo(List.of(new Price(3)));
		assertThat(context.getBean("namesOfPrimitives")).isEqualTo("jobs counter");

		await().atMost(PATIENCE)
			.until(() -> context.getBean(MessageListeners.class)
				.containers()
				.stream()
				.allMatch(ListenerContainer::isRegistered));
		Listeners listeners = context.getBean(Listeners.class);
		listeners.prices.clear();
		Atomix atomix = context.getBean(Atomix.class);
		atomix.topic("news", Price.class).publish(new Price(1));
		atomix.taskQueue("work", Price.class).submit(new Price(2));
		await().atMost(PATIENCE).until(() -> listeners.prices.containsAll(List.of(new Price(1), new Price(2))));
		context.publishEvent(new Restocked("tea"));

		var lock = context.getBean(AtomixLockRegistry.class).obtain("integration");
		assertThat(lock.tryLock()).isTrue();
		lock.unlock();
		assertThat(context.getBean(CompositeHealthContributor.class).getContributor("cluster")).isNotNull();
		// It leaves out what is not answered in time.
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(context.getBean(AtomixEndpoint.class).cluster().members()).hasSize(1));
		assertThat(context.getBean(MeterRegistry.class).find("atomix.session.connected").meters()).isNotEmpty();
	}

	private static Stream<Class<?>> autoConfigurations() {
		ClassLoader classLoader = Everything.class.getClassLoader();
		return ImportCandidates.load(AutoConfiguration.class, classLoader)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("io.github.atomixspring."))
			.map((name) -> ClassUtils.resolveClassName(name, classLoader));
	}

	/**
	 * Imports all auto-configurations that there are.
	 */
	static class AllOfOurs implements DeferredImportSelector {

		@Override
		public String[] selectImports(AnnotationMetadata importingClassMetadata) {
			return autoConfigurations().map(Class::getName).toArray(String[]::new);
		}

	}

	static class Shop {

		private final DistributedMap<String, Price> prices;

		@Autowired
		@Primitive("prices")
		private ObjectProvider<DistributedMap<String, Price>> field;

		private @Nullable DistributedLong sales;

		Shop(@Primitive("prices") DistributedMap<String, Price> prices) {
			this.prices = prices;
		}

		@Autowired
		void setSales(@Lazy @Primitive("sales") DistributedLong sales) {
			this.sales = sales;
		}

		@Nullable Price stored(String product) {
			return this.field.getObject().get(product);
		}

		long sales() {
			return Objects.requireNonNull(this.sales).get();
		}

		@Locked("order-#{#price.cents}")
		String sell(String product, Price price) {
			this.prices.put(product, price);
			Objects.requireNonNull(this.sales).incrementAndGet();
			return HeldLock.current().orElseThrow().name();
		}

		@Cacheable("prices")
		Price price(String product) {
			return new Price(product.length());
		}

	}

	record Basket(@Primitive("baskets") DistributedMap<String, List<Price>> prices) {

	}

	static class Jobs {

		private final Set<Long> terms = ConcurrentHashMap.newKeySet();

		private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

		@LeaderOnly(election = "main", otherwise = Otherwise.THROW)
		String lead() {
			return "led";
		}

		@OnLeadershipGranted("main")
		void granted(Leadership leadership) {
			this.threads.add(Thread.currentThread());
			this.terms.add(leadership.term());
		}

		Set<Long> terms() {
			return this.terms;
		}

		Set<Thread> threads() {
			return this.threads;
		}

	}

	static class Listeners {

		private final List<Price> prices = new CopyOnWriteArrayList<>();

		private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

		@TopicListener("news")
		void listen(Price price) {
			record(price);
		}

		@TaskListener("work")
		void work(Price price) {
			record(price);
		}

		private void record(Price price) {
			this.threads.add(Thread.currentThread());
			this.prices.add(price);
		}

		Set<Thread> threads() {
			return this.threads;
		}

	}

	record Price(long cents) {

	}

	@Clustered
	record Restocked(String product) {

	}

}
