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

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Configures a node without state that uses the cluster of others.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "atomix.mode", havingValue = "client")
@ConditionalOnMissingBean(Atomix.class)
class ClientConfiguration {

	@Bean(destroyMethod = "close")
	AtomixClient atomix(AtomixProperties properties, AtomixConnectionDetails connectionDetails, NodeTls tls,
			AtomixThreads threads, Environment environment, ObjectProvider<AtomixClientCustomizer> customizers) {
		NodeSettings settings = NodeSettings.forClient(properties, connectionDetails.getMembers(),
				ClientSettings.uniqueName(environment.getProperty("spring.application.name")));
		AtomixClient.Builder builder = ClientSettings.builder(properties, settings)
			.callbackExecutor(threads.callbackExecutor())
			.tls(tls.create(connectionDetails));
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

}
