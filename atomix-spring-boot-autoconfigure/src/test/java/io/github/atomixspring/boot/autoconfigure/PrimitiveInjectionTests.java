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

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;
import io.github.atomixspring.value.ValueOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.never;
import static org.mockito.BDDMockito.then;

/**
 * Tests for the injection of primitives by {@link Primitive @Primitive}.
 */
class PrimitiveInjectionTests {

	private static final Type LIST_OF_PRICES = ResolvableType.forClassWithGenerics(List.class, Price.class).getType();

	private final TestAtomix node = TestAtomix.create();

	@Test
	void injectsAllTypesIntoConstructor() {
		this.node.contextRunner().withUserConfiguration(AllTypes.class).run((context) -> {
			AllTypes bean = context.getBean(AllTypes.class);
			assertThat(bean.lock.name()).isEqualTo("jobs");
			assertThat(bean.election.name()).isEqualTo("main");
			assertThat(bean.map.name()).isEqualTo("prices");
			assertThat(bean.value.name()).isEqualTo("setting");
			assertThat(bean.number.name()).isEqualTo("counter");
			then(this.node.atomix()).should()
				.map("prices", MapOptions.of(Codecs.forType(String.class), Codecs.forType(Price.class)));
			then(this.node.atomix()).should().value("setting", ValueOptions.of(Codecs.forType(Price.class)));
		});
	}

	@Test
	void nameDefaultsToNameOfParameterOrField() {
		this.node.contextRunner().withUserConfiguration(DefaultNames.class).run((context) -> {
			DefaultNames bean = context.getBean(DefaultNames.class);
			assertThat(bean.orders.name()).isEqualTo("orders");
			assertThat(bean.fromMethod).isNotNull();
			assertThat(bean.fromMethod.name()).isEqualTo("reports");
		});
	}

	@Test
	void injectsIntoRecordAndBeanMethod() {
		this.node.contextRunner().withUserConfiguration(Methods.class, Component.class).run((context) -> {
			assertThat(context.getBean(Component.class).prices().name()).isEqualTo("prices");
			assertThat(context.getBean("nameOfLock")).isEqualTo("jobs");
		});
	}

	@Test
	void resolvesPlaceholdersAndExpressionsInNames() {
		this.node.contextRunner()
			.withPropertyValues("demo.map=from-property")
			.withUserConfiguration(Placeholders.class)
			.run((context) -> {
				Placeholders bean = context.getBean(Placeholders.class);
				assertThat(bean.placeholder.name()).isEqualTo("from-property");
				assertThat(bean.expression.name()).isEqualTo("lock-3");
			});
	}

	@Test
	void injectsThroughProviderOptionalAndLazily() {
		this.node.contextRunner().withUserConfiguration(Indirect.class).run((context) -> {
			Indirect bean = context.getBean(Indirect.class);
			assertThat(bean.provider.getObject().name()).isEqualTo("prices");
			assertThat(bean.optional).map(DistributedLong::name).hasValue("counter");
			assertThat(bean.lazy.name()).isEqualTo("jobs");
			then(this.node.atomix()).should()
				.map("prices", MapOptions.of(Codecs.forType(String.class), Codecs.forType(Price.class)));
		});
	}

	@Test
	void injectsThroughProviderOptionalAndLazilyIntoBeanMethod() {
		this.node.contextRunner().withUserConfiguration(IndirectMethods.class).run((context) -> {
			assertThat(context.getBean("namesOfPrimitives")).isEqualTo("prices counter jobs");
			then(this.node.atomix()).should()
				.map("prices", MapOptions.of(Codecs.forType(String.class), Codecs.forType(Price.class)));
		});
	}

	@Test
	void injectsThroughProviderOptionalAndLazilyIntoFieldAndSetter() {
		this.node.contextRunner().withUserConfiguration(IndirectMembers.class).run((context) -> {
			IndirectMembers bean = context.getBean(IndirectMembers.class);
			assertThat(bean.provider.getObject().name()).isEqualTo("prices");
			assertThat(bean.optional).map(DistributedLong::name).hasValue("counter");
			assertThat(bean.lazy).isNotNull();
			assertThat(bean.lazy.name()).isEqualTo("jobs");
			then(this.node.atomix()).should()
				.map("prices", MapOptions.of(Codecs.forType(String.class), Codecs.forType(Price.class)));
		});
	}

	@Test
	void lazyPrimitiveIsNotMadeBeforeItIsUsed() {
		this.node.contextRunner().withUserConfiguration(Indirect.class).run((context) -> {
			then(this.node.atomix()).should(never()).lock("jobs");
			assertThat(context.getBean(Indirect.class).lazy.name()).isEqualTo("jobs");
			then(this.node.atomix()).should().lock("jobs");
		});
	}

	@Test
	void optionalIsEmptyWithoutNode() {
		this.node.contextRunner()
			.withPropertyValues("atomix.enabled=false")
			.withUserConfiguration(OnlyOptional.class)
			.run((context) -> assertThat(context.getBean(OnlyOptional.class).lock()).isEmpty());
	}

	@Test
	void resolvesTypeVariablesOnAllLevels() {
		this.node.contextRunner().withUserConfiguration(PriceLists.class).run((context) -> {
			then(this.node.atomix()).should()
				.map("field", MapOptions.of(Codecs.forType(String.class), Codecs.forType(LIST_OF_PRICES)));
			then(this.node.atomix()).should().value("setter", ValueOptions.of(Codecs.forType(LIST_OF_PRICES)));
		});
	}

	@Test
	void supportsMetaAnnotation() {
		this.node.contextRunner()
			.withUserConfiguration(MetaAnnotated.class)
			.run((context) -> assertThat(context.getBean(MetaAnnotated.class).map.name()).isEqualTo("prices"));
	}

	@Test
	void makersOfPrimitivesAreNoCandidatesForOtherInjectionPoints() {
		this.node.contextRunner().withUserConfiguration(WithoutAnnotation.class).run((context) -> {
			assertThat(context.getBean(WithoutAnnotation.class).maps.getIfAvailable()).isNull();
			assertThat(context.getBean(WithoutAnnotation.class).locks).isNull();
		});
	}

	@Test
	void supportsGenericElements() {
		this.node.contextRunner().withUserConfiguration(GenericElements.class).run((context) -> {
			ArgumentCaptor<MapOptions<?, ?>> options = ArgumentCaptor.captor();
			then(this.node.atomix()).should().map(eq("prices"), options.capture());
			assertThat(options.getValue().valueCodec()).isEqualTo(Codecs.forType(LIST_OF_PRICES));
		});
	}

	record Price(long cents) {

	}

	static class AllTypes {

		private final DistributedLock lock;

		private final DistributedLeaderElection election;

		private final DistributedMap<String, Price> map;

		private final DistributedValue<Price> value;

		private final DistributedLong number;

		AllTypes(@Primitive("jobs") DistributedLock lock, @Primitive("main") DistributedLeaderElection election,
				@Primitive("prices") DistributedMap<String, Price> map,
				@Primitive("setting") DistributedValue<Price> value, @Primitive("counter") DistributedLong number) {
			this.lock = lock;
			this.election = election;
			this.map = map;
			this.value = value;
			this.number = number;
		}

	}

	static class DefaultNames {

		@Autowired
		@Primitive
		private DistributedMap<String, Long> orders;

		private @Nullable DistributedLock fromMethod;

		@Autowired
		void setLock(@Primitive DistributedLock reports) {
			this.fromMethod = reports;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Methods {

		@Bean
		String nameOfLock(@Primitive("jobs") DistributedLock lock) {
			return lock.name();
		}

	}

	record Component(@Primitive DistributedMap<String, Price> prices) {

	}

	record Placeholders(@Primitive("${demo.map}") DistributedMap<String, String> placeholder,
			@Primitive("lock-#{1 + 2}") DistributedLock expression) {

	}

	record Indirect(@Primitive("prices") ObjectProvider<DistributedMap<String, Price>> provider,
			@Primitive("counter") Optional<DistributedLong> optional, @Lazy @Primitive("jobs") DistributedLock lazy) {

	}

	@Primitive("prices")
	@Retention(RetentionPolicy.RUNTIME)
	@interface Prices {

	}

	record MetaAnnotated(@Prices DistributedMap<String, Price> map) {

	}

	static class WithoutAnnotation {

		private final ObjectProvider<DistributedMap<String, Price>> maps;

		private final @Nullable DistributedLock locks;

		WithoutAnnotation(ObjectProvider<DistributedMap<String, Price>> maps, ObjectProvider<DistributedLock> locks) {
			this.maps = maps;
			this.locks = locks.getIfAvailable();
		}

	}

	record GenericElements(@Primitive("prices") DistributedMap<String, List<Price>> map) {

	}

	@Configuration(proxyBeanMethods = false)
	static class IndirectMethods {

		@Bean
		String namesOfPrimitives(@Primitive("prices") ObjectProvider<DistributedMap<String, Price>> provider,
				@Primitive("counter") Optional<DistributedLong> optional,
				@Lazy @Primitive("jobs") DistributedLock lazy) {
			return provider.getObject().name() + " " + optional.orElseThrow().name() + " " + lazy.name();
		}

	}

	static class IndirectMembers {

		@Autowired
		@Primitive("prices")
		private ObjectProvider<DistributedMap<String, Price>> provider;

		@Autowired
		@Primitive("counter")
		private Optional<DistributedLong> optional;

		private @Nullable DistributedLock lazy;

		@Autowired
		void setLazy(@Lazy @Primitive("jobs") DistributedLock lazy) {
			this.lazy = lazy;
		}

	}

	record OnlyOptional(@Primitive("jobs") Optional<DistributedLock> lock) {

	}

	abstract static class Lists<T> {

		@Autowired
		@Primitive
		private DistributedMap<String, List<T>> field;

		@Autowired
		void setValue(@Primitive DistributedValue<List<T>> setter) {
			assertThat(setter.name()).isNotEqualTo(this.field.name());
		}

	}

	static class PriceLists extends Lists<Price> {

	}

}
