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

import java.time.Duration;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.never;
import static org.mockito.BDDMockito.then;

/**
 * Tests for {@link DeclaredPrimitivesRegistrar}.
 */
class DeclaredPrimitivesTests {

	private final TestAtomix node = TestAtomix.create();

	@Test
	void declaresPrimitivesOfYamlAsBeans() {
		this.node.contextRunner()
			.withInitializer(new ConfigDataApplicationContextInitializer())
			.withPropertyValues("spring.config.location=classpath:primitives.yml")
			.run((context) -> {
				assertThat(context.getBean("jobs", DistributedLock.class).name()).isEqualTo("jobs");
				assertThat(context.getBean("nightly", DistributedLock.class).name()).isEqualTo("nightly-run");
				assertThat(context.getBean("orders", DistributedLong.class).name()).isEqualTo("orders");
				assertThat(context).hasBean("prices").hasBean("counts").hasBean("rate").hasBean("main");
				assertThat(context).hasBean("printers").hasBean("tags").hasBean("ids").hasBean("bus");
				then(this.node.atomix()).should()
					.map("prices", MapOptions.of(Codecs.forType(String.class), Codecs.forType(Integer.class))
						.withTimeToLive(Duration.ofMinutes(10)));
				then(this.node.atomix()).should()
					.map("counts", MapOptions.of(Codecs.forType(Long.class), Codecs.forType(String.class)));
			});
	}

	@Test
	void injectsByGenericTypeAndByName() {
		this.node.contextRunner()
			.withPropertyValues("atomix.maps.prices.value-type=java.lang.Integer",
					"atomix.maps.names.value-type=java.lang.String", "atomix.values.rate.type=java.lang.Long",
					"atomix.locks.one=", "atomix.locks.two=")
			.withUserConfiguration(Consumer.class)
			.run((context) -> {
				Consumer consumer = context.getBean(Consumer.class);
				assertThat(consumer.anyName().name()).isEqualTo("prices");
				assertThat(consumer.value().name()).isEqualTo("rate");
				assertThat(consumer.two().name()).isEqualTo("two");
				assertThat(consumer.qualified().name()).isEqualTo("one");
			});
	}

	@Test
	void beanIsNotClosedWithTheContext() {
		DistributedLock[] lock = new DistributedLock[1];
		this.node.contextRunner()
			.withPropertyValues("atomix.locks.jobs=")
			.run((context) -> lock[0] = context.getBean(DistributedLock.class));
		then(lock[0]).should(never()).close();
	}

	@Test
	void failsWhenValueTypeIsMissing() {
		this.node.contextRunner()
			.withPropertyValues("atomix.maps.prices.key-type=java.lang.String")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("'atomix.maps.prices.value-type' is not set"));
	}

	@Test
	void failsWhenClassIsUnknown() {
		this.node.contextRunner()
			.withPropertyValues("atomix.values.rate.type=com.example.Nothing")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidConfigurationException.class)
				.hasMessageContaining("'atomix.values.rate.type' is 'com.example.Nothing'"));
	}

	@Test
	void failsWhenBeanNameIsTaken() {
		this.node.contextRunner()
			.withPropertyValues("atomix.locks.atomix=")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("there is a bean with the name 'atomix' already"));
	}

	record Consumer(DistributedMap<String, Integer> anyName, DistributedValue<Long> value, DistributedLock two,
			@Qualifier("one") DistributedLock qualified) {

	}

}
