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

import io.github.atomixspring.spring.cache.AtomixCacheMeterBinderProvider;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the metrics of caches, which
 * Spring Boot registers.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AtomixCacheAutoConfiguration.class,
		beforeName = "org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration")
@ConditionalOnClass({ CacheMeterBinderProvider.class, CacheMeterBinder.class })
@ConditionalOnBean(CacheManager.class)
public final class AtomixCacheMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AtomixCacheMeterBinderProvider atomixCacheMeterBinderProvider() {
		return new AtomixCacheMeterBinderProvider();
	}

}
