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

package io.github.atomixspring.boot.autoconfigure.shedlock;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.InvalidConfigurationException;
import io.github.atomixspring.spring.shedlock.AtomixLockProvider;
import net.javacrumbs.shedlock.core.LockProvider;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link AtomixLockProvider}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AtomixAutoConfiguration.class)
@ConditionalOnClass(LockProvider.class)
@ConditionalOnBooleanProperty(name = "atomix.shedlock.enabled", matchIfMissing = true)
@ConditionalOnBean(Atomix.class)
@ConditionalOnMissingBean(LockProvider.class)
@EnableConfigurationProperties(AtomixShedLockProperties.class)
public final class AtomixShedLockAutoConfiguration {

	@Bean
	AtomixLockProvider atomixLockProvider(Atomix atomix, AtomixShedLockProperties properties) {
		String map = properties.getMap();
		if (!StringUtils.hasText(map)) {
			throw new InvalidConfigurationException("atomix.shedlock.map", map, "it must not be blank",
					"Set atomix.shedlock.map or leave it out");
		}
		return new AtomixLockProvider(atomix, map);
	}

}
