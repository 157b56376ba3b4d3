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

package io.github.atomixspring.boot.autoconfigure.actuate;

import java.nio.file.Path;
import java.time.Duration;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.AtomixProperties;
import io.github.atomixspring.spring.actuate.AtomixEndpoint;
import io.github.atomixspring.spring.actuate.AtomixEndpointWebExtension;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link AtomixEndpoint}. Its
 * operations need {@code management.endpoint.atomix.access=unrestricted}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AtomixAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(Atomix.class)
@ConditionalOnAvailableEndpoint(AtomixEndpoint.class)
public final class AtomixEndpointAutoConfiguration {

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	@Bean
	@ConditionalOnMissingBean
	AtomixEndpoint atomixEndpoint(Atomix atomix, AtomixProperties properties) {
		Path backups = properties.getStorage().getBackupDirectory();
		if (atomix instanceof AtomixReplica replica) {
			return new AtomixEndpoint(atomix, replica::status, replica::clusterReport, backups, TIMEOUT);
		}
		return new AtomixEndpoint(atomix, null, null, backups, TIMEOUT);
	}

	@Bean
	@ConditionalOnMissingBean
	AtomixEndpointWebExtension atomixEndpointWebExtension(AtomixEndpoint endpoint) {
		return new AtomixEndpointWebExtension(endpoint);
	}

}
