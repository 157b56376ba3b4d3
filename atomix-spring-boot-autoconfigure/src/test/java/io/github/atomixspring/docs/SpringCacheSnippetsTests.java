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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.cache.AtomixCacheAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.cache.AtomixCacheManagerBuilderCustomizer;
import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.spring.cache.AtomixCacheManager;
import io.github.atomixspring.spring.cache.AtomixCacheOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.cache.interceptor.LoggingCacheErrorHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of {@code docs/spring-cache.md}.
 */
@ExtendWith(SingleMember.class)
class SpringCacheSnippetsTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AtomixCacheAutoConfiguration.class))
		.withBean(Atomix.class, SingleMember::atomix, (definition) -> definition.setDestroyMethodName(""))
		.withPropertyValues("atomix.cache.enabled=true",
				"atomix.cache.caches.prices.value-type=" + Price.class.getName());

	@Test
	void annotations() {
		this.contextRunner.withUserConfiguration(Caching.class).withBean(Prices.class).run((context) -> {
			Prices prices = context.getBean(Prices.class);
			prices.changed("tea");
			assertThat(prices.price("tea")).isEqualTo(new Price("tea", 3));
			assertThat(prices.price("tea")).isEqualTo(new Price("tea", 3));
			assertThat(prices.loaded()).containsExactly("tea");
		});
	}

	@Test
	void customizer() {
		this.contextRunner.withUserConfiguration(Caching.class, Customizing.class).run((context) -> {
			CacheManager caches = context.getBean(CacheManager.class);
			assertThat(caches.getCache("recipes")).isNotNull();
		});
	}

	@Test
	void errorHandler() {
		this.contextRunner.withUserConfiguration(Forgiving.class)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(AtomixCacheManager.class));
	}

	@Test
	void manager() {
		Atomix atomix = SingleMember.atomix();
		// tag::manager[]
		CacheManager caches = AtomixCacheManager.builder(atomix)
			.prefix("shop:")
			.defaults(AtomixCacheOptions.defaults().withTimeToLive(Duration.ofMinutes(10)))
			.cache("prices", AtomixCacheOptions.defaults().withValueType(Price.class).withNearCache(5_000))
			.build();
		// end::manager[]
		assertThat(caches.getCacheNames()).containsExactly("prices");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class Caching {

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizing {

		// tag::customizer[]
		@Bean
		AtomixCacheManagerBuilderCustomizer recipes() {
			return (builder) -> builder.cache("recipes",
					AtomixCacheOptions.defaults().withValueCodec(new RecipeCodec()));
		}
		// end::customizer[]

	}

	// tag::error-handler[]
	@Configuration
	@EnableCaching
	static class Forgiving implements CachingConfigurer {

		@Override
		public CacheErrorHandler errorHandler() {
			return new LoggingCacheErrorHandler(true);
		}

	}
	// end::error-handler[]

	public static class Prices {

		private final List<String> loaded = new CopyOnWriteArrayList<>();

		// tag::annotations[]
		@Cacheable(cacheNames = "prices", sync = true)
		public Price price(String article) {
			return load(article);
		}

		@CacheEvict("prices")
		public void changed(String article) {
		}
		// end::annotations[]

		public List<String> loaded() {
			return this.loaded;
		}

		private Price load(String article) {
			this.loaded.add(article);
			return new Price(article, 3);
		}

	}

	static class RecipeCodec implements Codec<String> {

		@Override
		public byte[] encode(String value) {
			return value.getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public String decode(byte[] bytes) {
			return new String(bytes, StandardCharsets.UTF_8);
		}

	}

	record Price(String article, int cents) {

	}

}
