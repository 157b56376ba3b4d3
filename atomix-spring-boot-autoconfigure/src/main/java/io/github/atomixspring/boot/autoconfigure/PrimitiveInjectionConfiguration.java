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
import io.github.atomixspring.spring.annotation.PrimitiveInjectionConfigurer;
import io.github.atomixspring.transaction.TransactionService;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Configures the injection of primitives by name, those declared by properties, and
 * transactions.
 */
@Configuration(proxyBeanMethods = false)
class PrimitiveInjectionConfiguration {

	@Bean
	static PrimitiveInjectionConfigurer atomixPrimitiveInjectionConfigurer(Environment environment) {
		PrimitivesProperties properties = bind(environment);
		return new PrimitiveInjectionConfigurer(
				PrimitiveKinds.ALL.stream().map((kind) -> new InjectedPrimitives<>(kind, properties)).toList());
	}

	@Bean
	static DeclaredPrimitivesRegistrar atomixDeclaredPrimitivesRegistrar(Environment environment) {
		return new DeclaredPrimitivesRegistrar(bind(environment));
	}

	// Beans are registered before those of the properties can be made.
	static PrimitivesProperties bind(Environment environment) {
		return Binder.get(environment).bindOrCreate("atomix", PrimitivesProperties.class);
	}

	@Bean
	@ConditionalOnMissingBean
	TransactionService atomixTransactions(Atomix atomix) {
		return atomix.transactions();
	}

}
