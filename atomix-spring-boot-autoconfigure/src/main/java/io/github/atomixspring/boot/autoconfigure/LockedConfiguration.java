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
import io.github.atomixspring.spring.annotation.LockedBeanPostProcessor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * Configures the advice of methods that run only under a lock.
 */
@Configuration(proxyBeanMethods = false)
class LockedConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LockedBeanPostProcessor atomixLockedBeanPostProcessor(Environment environment, ObjectProvider<Atomix> atomix,
			ObjectProvider<AtomixProperties> properties) {
		LockedBeanPostProcessor postProcessor = new LockedBeanPostProcessor(atomix::getObject,
				() -> properties.getObject().getSession().getOperationTimeout());
		postProcessor.setProxyTargetClass(ProxyKind.isTargetClass(environment));
		return postProcessor;
	}

}
