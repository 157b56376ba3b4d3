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

package io.github.atomixspring.boot.autoconfigure.cache;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.InvalidConfigurationException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.spring.cache.AtomixCache;
import io.github.atomixspring.spring.cache.AtomixCacheManager;
import io.github.atomixspring.spring.cache.AtomixCacheOptions;
import io.github.atomixspring.spring.testing.Cable;
import io.github.atomixspring.spring.testing.OneMember;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.cache.interceptor.CacheResolver;
import org.springframework.cache.interceptor.LoggingCacheErrorHandler;
import org.springframework.cache.interceptor.SimpleCacheResolver;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AtomixCacheAutoConfiguration}.
 */
class AtomixCacheAutoConfigurationTests {

	private static OneMember cluster;

	private static Atomix client;

	private final ApplicationContextRunner contextRunner = runner(cluster.node());

	@BeforeAll
	static void start() {
		cluster = OneMember.start();
		client = cluster.client("c1");
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	private static ApplicationContextRunner runner(Atomix atomix) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomixCacheAutoConfiguration.class, CacheAutoConfiguration.class))
			.withBean(Atomix.class, () -> atomix, (definition) -> definition.setDestroyMethodName(""))
			.withPropertyValues("atomix.cache.enabled=true")
			.withUserConfiguration(Caching.class);
	}

	@Test
	void cachesAreKeptInTheCluster() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(CacheManager.class).hasBean("atomixCacheManager");
			assertThat(context.getBean(AtomixCacheManager.class).getCache("made")).isInstanceOf(AtomixCache.class);
		});
	}

	@Test
	void annotatedMethodsShareValuesBetweenApplications() {
		ApplicationContextRunner shops = this.contextRunner.withBean(Shop.class)
			.withPropertyValues("atomix.cache.caches.prices.value-type=" + Price.class.getName(),
					"atomix.cache.caches.lists.value-type=java.util.List<" + Price.class.getName() + ">");
		shops.run((context) -> {
			Shop shop = context.getBean(Shop.class);
			assertThat(shop.price("tea", 100)).isEqualTo(new Price("tea", 100));
			assertThat(shop.price("tea", 100)).isEqualTo(new Price("tea", 100));
			assertThat(shop.price("tea", 200)).isEqualTo(new Price("tea", 200));
			assertThat(shop.prices("tea")).containsExactly(new Price("tea", 1));
			assertThat(shop.prices("tea")).containsExactly(new Price("tea", 1));
			assertThat(shop.perhaps("nothing")).isEmpty();
			assertThat(shop.perhaps("nothing")).isEmpty();
			assertThat(shop.future("tea").get()).isEqualTo("future tea");
			assertThat(shop.future("tea").get()).isEqualTo("future tea");
			assertThat(shop.mono("tea").block()).isEqualTo("mono tea");
			assertThat(shop.mono("tea").block()).isEqualTo("mono tea");
			assertThat(shop.calls()).containsExactly("price tea 100", "price tea 200", "prices tea", "perhaps nothing",
					"future tea", "mono tea");
			runner(client).withBean(Shop.class)
				.withPropertyValues("atomix.cache.caches.prices.value-type=" + Price.class.getName())
				.run((other) -> {
					Shop otherShop = other.getBean(Shop.class);
					assertThat(otherShop.price("tea", 200)).isEqualTo(new Price("tea", 200));
					assertThat(otherShop.calls()).isEmpty();
					otherShop.changed("tea", 200);
				});
			assertThat(shop.price("tea", 200)).isEqualTo(new Price("tea", 200));
			assertThat(shop.calls()).hasSize(7);
		});
	}

	@Test
	void synchronizedMethodRunsOnceAndFailsAsItFails() {
		this.contextRunner.withBean(Shop.class).run((context) -> runner(client).withBean(Shop.class).run((other) -> {
			Shop shop = context.getBean(Shop.class);
			Shop otherShop = other.getBean(Shop.class);
			List<CompletableFuture<Integer>> results = List.of(CompletableFuture.supplyAsync(() -> shop.slow("tea")),
					CompletableFuture.supplyAsync(() -> otherShop.slow("tea")),
					CompletableFuture.supplyAsync(() -> shop.slow("tea")));
			results.forEach((result) -> assertThat(result.join()).isEqualTo(results.get(0).join()));
			assertThat(shop.loads() + otherShop.loads()).isEqualTo(1);
			assertThatIllegalStateException().isThrownBy(() -> shop.slow("nothing")).withMessage("no nothing");
		}));
	}

	@Test
	void methodsGoOnWithoutTheClusterWhenErrorsAreOnlyLogged() {
		try (Cable cable = new Cable(cluster.port())) {
			Atomix node = cluster.client("cut", cable.port(), Duration.ofSeconds(2), Duration.ofMinutes(2));
			ApplicationContextRunner shops = runner(node).withBean(Shop.class)
				.withPropertyValues("atomix.cache.fail-fast=true");
			await().atMost(Duration.ofMinutes(1)).until(() -> node.session().state() == SessionState.CONNECTED);
			cable.cut();
			await().atMost(Duration.ofMinutes(1)).until(() -> node.session().state() != SessionState.CONNECTED);
			shops.withUserConfiguration(Forgiving.class).run((context) -> {
				Shop shop = context.getBean(Shop.class);
				assertThat(shop.perhaps("tea")).isEmpty();
				assertThat(shop.slow("tea")).isNotNull();
				assertThat(shop.future("tea").get()).isEqualTo("future tea");
				assertThat(shop.calls()).containsExactly("perhaps tea", "future tea");
			});
			shops.run((context) -> {
				Shop shop = context.getBean(Shop.class);
				assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> shop.perhaps("tea"));
				assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> shop.slow("tea"));
				assertThat(shop.calls()).isEmpty();
			});
		}
	}

	@Test
	void runWhenNotEnabledLeavesCachesToSpringBoot() {
		this.contextRunner.withPropertyValues("atomix.cache.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(ConcurrentMapCacheManager.class)
				.hasSingleBean(CacheManager.class));
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomixCacheAutoConfiguration.class, CacheAutoConfiguration.class))
			.withBean(Atomix.class, () -> client, (definition) -> definition.setDestroyMethodName(""))
			.withUserConfiguration(Caching.class)
			.run((context) -> assertThat(context).hasSingleBean(ConcurrentMapCacheManager.class));
	}

	@Test
	void typeOfSpringBootWins() {
		this.contextRunner.withPropertyValues("spring.cache.type=none")
			.run((context) -> assertThat(context).hasSingleBean(NoOpCacheManager.class)
				.hasSingleBean(CacheManager.class));
	}

	@Test
	void beansOfTheApplicationWin() {
		this.contextRunner.withBean("own", CacheManager.class, ConcurrentMapCacheManager::new)
			.run((context) -> assertThat(context).hasSingleBean(CacheManager.class).hasBean("own"));
		this.contextRunner.withUserConfiguration(Resolving.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CacheManager.class));
	}

	@Test
	void runWithoutCachingOrNodeCreatesNothing() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomixCacheAutoConfiguration.class, CacheAutoConfiguration.class))
			.withPropertyValues("atomix.cache.enabled=true")
			.withBean(Atomix.class, () -> client, (definition) -> definition.setDestroyMethodName(""))
			.run((context) -> assertThat(context).doesNotHaveBean(CacheManager.class));
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomixAutoConfiguration.class, AtomixCacheAutoConfiguration.class,
					CacheAutoConfiguration.class))
			.withPropertyValues("atomix.cache.enabled=true", "atomix.enabled=false")
			.withUserConfiguration(Caching.class)
			.run((context) -> assertThat(context).hasSingleBean(ConcurrentMapCacheManager.class));
	}

	@ParameterizedTest
	@CsvSource({ "org.springframework.boot.cache", "org.springframework.cache.transaction" })
	void runWithoutLibraryStarts(String library) {
		new ApplicationContextRunner().withClassLoader(new FilteredClassLoader(library))
			.withConfiguration(AutoConfigurations.of(AtomixCacheAutoConfiguration.class,
					AtomixCacheMetricsAutoConfiguration.class))
			.withBean(Atomix.class, () -> client, (definition) -> definition.setDestroyMethodName(""))
			.withPropertyValues("atomix.cache.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("atomixCacheManager"));
	}

	@Test
	void namesMayBeFixed() {
		this.contextRunner
			.withPropertyValues("spring.cache.cache-names=tea, coffee", "atomix.cache.caches.milk.time-to-live=1m")
			.run((context) -> {
				CacheManager manager = context.getBean(CacheManager.class);
				assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("tea", "coffee", "milk");
				assertThat(manager.getCache("water")).isNull();
			});
	}

	@Test
	void propertiesAreUsed() {
		this.contextRunner
			.withPropertyValues("atomix.cache.prefix=shop:", "atomix.cache.time-to-live=10m",
					"atomix.cache.cache-null-values=false", "atomix.cache.read-consistency=sequential",
					"atomix.cache.near-cache-entries=5", "atomix.cache.load-timeout=5s", "atomix.cache.fail-fast=true",
					"atomix.cache.transaction-aware=true", "atomix.cache.caches.tea.time-to-live=20m",
					"atomix.cache.caches.tea.cache-null-values=true", "atomix.cache.caches.tea.near-cache-entries=0",
					"atomix.cache.caches.tea.read-consistency=linearizable", "atomix.cache.caches.tea.load-timeout=7s",
					"atomix.cache.caches.tea.key-type=java.lang.Long",
					"atomix.cache.caches.tea.value-type=java.lang.Integer", "atomix.cache.caches[a.b]=")
			.run((context) -> {
				AtomixCacheManager manager = context.getBean(AtomixCacheManager.class);
				assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("tea", "a.b");
				assertThat(target(manager, "tea")).hasToString("AtomixCache 'tea'");
				assertThat(target(manager, "tea").isAllowNullValues()).isTrue();
				assertThat(target(manager, "tea").getNativeCache().name()).isEqualTo("shop:tea");
				assertThat(target(manager, "a.b").isAllowNullValues()).isFalse();
				assertThat(target(manager, "tea")).extracting("timeToLive").hasToString("PT20M");
				assertThat(target(manager, "a.b")).extracting("timeToLive").hasToString("PT10M");
				assertThat(target(manager, "tea")).extracting("loads.options")
					.hasToString("AtomixCacheOptions[keyCodec=Long, valueCodec=Integer, "
							+ "timeToLive=PT20M, allowNullValues=true, readConsistency=LINEARIZABLE, "
							+ "nearCacheEntries=0, loadTimeout=PT7S]");
				assertThat(target(manager, "a.b")).extracting("loads.options")
					.hasToString("AtomixCacheOptions[keyCodec=null, valueCodec=null, timeToLive=PT10M, "
							+ "allowNullValues=false, readConsistency=SEQUENTIAL, nearCacheEntries=5, loadTimeout=PT5S]");
			});
	}

	private static AtomixCache target(CacheManager manager, String name) {
		assertThat(manager.getCache(name)).isInstanceOf(TransactionAwareCacheDecorator.class);
		TransactionAwareCacheDecorator decorator = (TransactionAwareCacheDecorator) manager.getCache(name);
		assertThat(decorator).isNotNull();
		return (AtomixCache) decorator.getTargetCache();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "atomix.cache.time-to-live|0s|longer than zero", "atomix.cache.load-timeout|-1s|longer than zero",
					"atomix.cache.near-cache-entries|-1|must not be negative",
					"atomix.cache.caches.tea.time-to-live|0s|longer than zero",
					"atomix.cache.caches.tea.near-cache-entries|-1|must not be negative",
					"atomix.cache.caches.tea.value-type|com.example.Missing|com.example.Missing",
					"atomix.cache.caches.tea.key-type|java.util.List<|there is no such type" })
	void mistakesFailTheStart(String property, String value, String reason) {
		this.contextRunner.withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(context).getFailure().satisfies((ex) -> {
				Throwable cause = ex;
				while (!(cause instanceof InvalidConfigurationException)) {
					assertThat(cause.getCause()).isNotNull();
					cause = cause.getCause();
				}
				assertThat(cause).hasMessageContaining(property).hasMessageContaining(reason);
			}));
	}

	@Test
	void defaultsAreThoseOfTheCaches() {
		AtomixCacheProperties properties = new AtomixCacheProperties();
		assertThat(properties.getPrefix()).isEqualTo(AtomixCacheManager.DEFAULT_PREFIX);
		assertThat(properties.getLoadTimeout()).isEqualTo(AtomixCacheOptions.DEFAULT_LOAD_TIMEOUT);
		assertThat(properties.isCacheNullValues()).isEqualTo(AtomixCacheOptions.defaults().allowNullValues());
	}

	@Test
	void transactionsNeedTheirLibrary() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.transaction"))
			.withPropertyValues("atomix.cache.transaction-aware=true")
			.run((context) -> assertThat(context).getFailure().rootCause().hasStackTraceContaining("spring-tx"));
	}

	@Test
	void unknownPropertyFails() {
		this.contextRunner.withPropertyValues("atomix.cache.caches.tea.tme-to-live=1m")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(UnboundConfigurationPropertiesException.class)
				.rootCause()
				.hasMessageContaining("tme-to-live"));
	}

	@Test
	void customizersAreUsed() {
		this.contextRunner
			.withBean(AtomixCacheManagerBuilderCustomizer.class,
					() -> (builder) -> builder.cacheNames(List.of("tea")).dynamic(false))
			.withBean(TransactionCustomizer.class)
			.run((context) -> {
				CacheManager manager = context.getBean(CacheManager.class);
				assertThat(manager.getCacheNames()).containsExactly("tea");
				assertThat(manager.getCache("tea")).isInstanceOf(TransactionAwareCacheDecorator.class);
				assertThat(manager.getCache("coffee")).isNull();
			});
	}

	static class TransactionCustomizer implements CacheManagerCustomizer<AtomixCacheManager> {

		@Override
		public void customize(AtomixCacheManager cacheManager) {
			cacheManager.setTransactionAware(true);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class Caching {

	}

	@Configuration(proxyBeanMethods = false)
	static class Resolving implements CachingConfigurer {

		@Bean
		@Override
		public CacheResolver cacheResolver() {
			return new SimpleCacheResolver(new NoOpCacheManager());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Forgiving implements CachingConfigurer {

		@Override
		public CacheErrorHandler errorHandler() {
			return new LoggingCacheErrorHandler();
		}

	}

	public static class Shop {

		private final List<String> calls = new CopyOnWriteArrayList<>();

		private final AtomicInteger loads = new AtomicInteger();

		public List<String> calls() {
			return this.calls;
		}

		public int loads() {
			return this.loads.get();
		}

		@Cacheable("prices")
		public Price price(String sort, int grams) {
			this.calls.add("price " + sort + " " + grams);
			return new Price(sort, grams);
		}

		@CacheEvict("prices")
		public void changed(String sort, int grams) {
		}

		@Cacheable("lists")
		public List<Price> prices(String sort) {
			this.calls.add("prices " + sort);
			return List.of(new Price(sort, 1));
		}

		@Cacheable("optional")
		public Optional<String> perhaps(String sort) {
			this.calls.add("perhaps " + sort);
			return Optional.empty();
		}

		@Cacheable("futures")
		public CompletableFuture<String> future(String sort) {
			this.calls.add("future " + sort);
			return CompletableFuture.completedFuture("future " + sort);
		}

		@Cacheable(cacheNames = "monos", sync = true)
		public Mono<String> mono(String sort) {
			return Mono.fromSupplier(() -> {
				this.calls.add("mono " + sort);
				return "mono " + sort;
			});
		}

		@Cacheable(cacheNames = "slow", sync = true)
		public @Nullable Integer slow(String sort) {
			if (sort.equals("nothing")) {
				throw new IllegalStateException("no " + sort);
			}
			return System.identityHashCode(this) + this.loads.incrementAndGet();
		}

	}

	record Price(String sort, int cents) {

	}

}
