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

import java.time.Duration;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.InvalidConfigurationException;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.bootstrap.BootstrapContext;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the refresh of configuration
 * that was imported by {@code spring.config.import=atomix:}, where Spring Cloud is there
 * to do it.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AtomixAutoConfiguration.class,
		afterName = "org.springframework.cloud.autoconfigure.RefreshAutoConfiguration")
@ConditionalOnClass(ContextRefresher.class)
@ConditionalOnBooleanProperty(name = "atomix.config.refresh.enabled", matchIfMissing = true)
@ConditionalOnBean({ Atomix.class, ContextRefresher.class })
@EnableConfigurationProperties(AtomixConfigProperties.class)
public final class AtomixConfigAutoConfiguration {

	@Bean
	ConfigRefresher atomixConfigRefresher(ConfigurableApplicationContext context, Atomix atomix,
			ContextRefresher refresher, ObjectProvider<BootstrapContext> bootstrap, AtomixConfigProperties properties) {
		Duration delay = properties.getRefresh().getDelay();
		if (delay.isNegative()) {
			throw new InvalidConfigurationException("atomix.config.refresh.delay", delay, "it must not be negative",
					"Use a duration with a unit, such as 500ms");
		}
		return new ConfigRefresher(context, atomix, refresher, bootstrap::getIfAvailable, delay);
	}

}
