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

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for an Atomix node.
 * <p>
 * The threads of a node are daemons: an application without a web server or anything else
 * that keeps it alive sets {@code spring.main.keep-alive=true}.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass(Atomix.class)
@ConditionalOnBooleanProperty(name = "atomix.enabled", matchIfMissing = true)
@EnableConfigurationProperties(AtomixProperties.class)
@Import({ ThreadingConfiguration.class, ReplicaConfiguration.class, ClientConfiguration.class,
		LeaderElectionConfiguration.class, LockedConfiguration.class, PrimitiveInjectionConfiguration.class,
		ListenerConfiguration.class })
@ImportRuntimeHints(AtomixRuntimeHints.class)
public final class AtomixAutoConfiguration {

	@Bean
	NodeTls atomixTls(AtomixProperties properties, ObjectProvider<SslBundles> bundles) {
		return new NodeTls(properties, bundles.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean(AtomixConnectionDetails.class)
	PropertiesAtomixConnectionDetails atomixConnectionDetails(AtomixProperties properties, NodeTls tls) {
		return new PropertiesAtomixConnectionDetails(properties, tls);
	}

	@Bean
	@ConditionalOnMissingBean
	AtomixLifecycle atomixLifecycle(Atomix atomix) {
		return new AtomixLifecycle(atomix);
	}

}
