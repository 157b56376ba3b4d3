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
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.annotation.PrimitiveInjection;
import io.github.atomixspring.spring.annotation.PrimitiveInjectionConfigurer;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Environment;

/**
 * Configures the injection of primitives by name, and those declared by properties. What
 * is injected belongs to the node and is not destroyed with a bean.
 */
@Configuration(proxyBeanMethods = false)
class PrimitiveInjectionConfiguration {

	@Bean
	static PrimitiveInjectionConfigurer atomixPrimitiveInjectionConfigurer() {
		return new PrimitiveInjectionConfigurer();
	}

	@Bean
	static DeclaredPrimitivesRegistrar atomixDeclaredPrimitivesRegistrar(Environment environment) {
		return new DeclaredPrimitivesRegistrar(environment);
	}

	@Bean
	PrimitiveInjection atomixPrimitiveInjection(Atomix atomix, ConfigurableListableBeanFactory beanFactory) {
		return new PrimitiveInjection(atomix, beanFactory);
	}

	@Bean(name = PrimitiveInjection.LOCK, autowireCandidate = false, destroyMethod = "")
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	DistributedLock injectedLock(PrimitiveInjection injection, InjectionPoint injectionPoint) {
		return injection.lock(injectionPoint);
	}

	@Bean(name = PrimitiveInjection.ELECTION, autowireCandidate = false, destroyMethod = "")
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	DistributedLeaderElection injectedElection(PrimitiveInjection injection, InjectionPoint injectionPoint) {
		return injection.election(injectionPoint);
	}

	@Bean(name = PrimitiveInjection.MAP, autowireCandidate = false, destroyMethod = "")
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	DistributedMap<?, ?> injectedMap(PrimitiveInjection injection, InjectionPoint injectionPoint) {
		return injection.map(injectionPoint);
	}

	@Bean(name = PrimitiveInjection.VALUE, autowireCandidate = false, destroyMethod = "")
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	DistributedValue<?> injectedValue(PrimitiveInjection injection, InjectionPoint injectionPoint) {
		return injection.value(injectionPoint);
	}

	@Bean(name = PrimitiveInjection.LONG, autowireCandidate = false, destroyMethod = "")
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	DistributedLong injectedLong(PrimitiveInjection injection, InjectionPoint injectionPoint) {
		return injection.atomicLong(injectionPoint);
	}

}
