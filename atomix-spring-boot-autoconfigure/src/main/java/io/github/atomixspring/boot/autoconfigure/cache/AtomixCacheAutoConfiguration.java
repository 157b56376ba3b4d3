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

import java.util.List;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.spring.cache.AtomixCacheManager;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizers;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.cache.transaction.AbstractTransactionSupportingCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link AtomixCacheManager},
 * where {@code atomix.cache.enabled} asks for it and {@code @EnableCaching} is used. It
 * takes the place of that of Spring Boot, as {@code spring.cache.type} cannot name it;
 * where that property is set it wins.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AtomixAutoConfiguration.class,
		beforeName = "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration")
@ConditionalOnClass({ CacheManagerCustomizers.class, AbstractTransactionSupportingCacheManager.class })
@ConditionalOnBooleanProperty("atomix.cache.enabled")
@Conditional(OnAtomixCacheCondition.class)
@ConditionalOnBean({ Atomix.class, CacheAspectSupport.class })
@ConditionalOnMissingBean(value = CacheManager.class, name = "cacheResolver")
@EnableConfigurationProperties(AtomixCacheProperties.class)
public final class AtomixCacheAutoConfiguration {

	@Bean
	AtomixCacheManager atomixCacheManager(Atomix atomix, AtomixCacheProperties properties, Environment environment,
			ResourceLoader resourceLoader, ObjectProvider<AtomixCacheManagerBuilderCustomizer> builderCustomizers,
			ObjectProvider<CacheManagerCustomizer<?>> customizers) {
		AtomixCacheManager.Builder builder = AtomixCacheManager.builder(atomix);
		new CacheSettings(properties, resourceLoader.getClassLoader()).applyTo(builder);
		List<String> names = Binder.get(environment)
			.bind("spring.cache.cache-names", Bindable.listOf(String.class))
			.orElse(List.of());
		builder.cacheNames(names).dynamic(names.isEmpty());
		builderCustomizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return new CacheManagerCustomizers(customizers.orderedStream().toList()).customize(builder.build());
	}

}
