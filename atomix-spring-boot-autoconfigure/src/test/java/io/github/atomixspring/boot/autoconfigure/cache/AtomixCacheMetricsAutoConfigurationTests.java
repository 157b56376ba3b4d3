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

import io.github.atomixspring.Atomix;
import io.github.atomixspring.spring.cache.AtomixCacheMeterBinderProvider;
import io.github.atomixspring.spring.testing.OneMember;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AtomixCacheMetricsAutoConfiguration}.
 */
class AtomixCacheMetricsAutoConfigurationTests {

	private static OneMember cluster;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AtomixCacheAutoConfiguration.class, CacheAutoConfiguration.class,
				AtomixCacheMetricsAutoConfiguration.class, CacheMetricsAutoConfiguration.class))
		.withBean(Atomix.class, () -> cluster.node(), (definition) -> definition.setDestroyMethodName(""))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withPropertyValues("atomix.cache.enabled=true", "atomix.cache.caches.tea=",
				"atomix.cache.transaction-aware=true")
		.withUserConfiguration(Caching.class);

	@BeforeAll
	static void start() {
		cluster = OneMember.start();
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@Test
	void cachesAreMeasured() {
		this.contextRunner.run((context) -> {
			Cache tea = context.getBean(CacheManager.class).getCache("tea");
			assertThat(tea).isNotNull();
			tea.get("green");
			tea.put("green", 3);
			tea.get("green");
			tea.get("green");
			tea.evict("green");
			tea.get("green", () -> 4);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(count(registry, "cache.gets", "result", "hit")).isEqualTo(2);
			assertThat(count(registry, "cache.gets", "result", "miss")).isEqualTo(2);
			assertThat(count(registry, "cache.puts", "name", "tea")).isEqualTo(2);
			assertThat(count(registry, "cache.removals", "cache", "tea")).isEqualTo(1);
			assertThat(count(registry, "cache.loads", "cache.manager", "atomix")).isEqualTo(1);
			assertThat(registry.find("cache.size").gauge()).isNull();
		});
	}

	private static double count(MeterRegistry registry, String name, String tag, String value) {
		FunctionCounter counter = registry.get(name).tag(tag, value).functionCounter();
		return counter.count();
	}

	@Test
	void runWithoutMicrometerStarts() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AtomixCacheMeterBinderProvider.class));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class Caching {

	}

}
