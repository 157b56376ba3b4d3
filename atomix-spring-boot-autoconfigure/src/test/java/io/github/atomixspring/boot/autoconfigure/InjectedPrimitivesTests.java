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

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.atomixspring.map.DistributedNavigableMap;
import io.github.atomixspring.spring.annotation.InvalidAnnotationException;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.sync.DistributedCountDownLatch;
import io.github.atomixspring.sync.DistributedCyclicBarrier;
import io.github.atomixspring.sync.DistributedSemaphore;
import io.github.atomixspring.transaction.TransactionService;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link InjectedPrimitives}: how injected primitives are configured.
 */
class InjectedPrimitivesTests {

	private final TestAtomix node = TestAtomix.create();

	@Test
	void usesPropertiesOfTheDeclaredPrimitiveOfThatName() {
		this.node.contextRunner()
			.withPropertyValues("atomix.semaphores.other.permits=1", "atomix.semaphores.printers.name=jobs",
					"atomix.semaphores.printers.permits=3", "atomix.semaphores.jobs.name=different",
					"atomix.semaphores.jobs.permits=5")
			.withUserConfiguration(Permits.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(Permits.class);
				then(this.node.atomix()).should().semaphore("other", 1);
				then(this.node.atomix()).should().semaphore("different", 5);
				then(this.node.atomix()).should(times(2)).semaphore("jobs", 3);
			});
	}

	@Test
	void usesPropertiesOfNamesThatStandInBrackets() {
		this.node.contextRunner()
			.withPropertyValues("atomix.semaphores[shop.jobs].permits=3")
			.withUserConfiguration(DottedName.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(DottedName.class);
				then(this.node.atomix()).should(times(2)).semaphore("shop.jobs", 3);
			});
	}

	@Test
	void failsWithPropertyToSetWhenConfigurationIsMissing() {
		assertFails(Permits.class, "atomix.semaphores.jobs.permits", null).hasMessage(
				"'atomix.semaphores.jobs.permits' is not set: the cluster must know how many permits there are");
		assertFails(Latch.class, "atomix.count-down-latches.jobs.count", null);
		assertFails(Barrier.class, "atomix.cyclic-barriers.jobs.parties", null);
		assertFails(DottedName.class, "atomix.semaphores.[shop.jobs].permits", null);
	}

	@Test
	void failsWithPropertyOfTheDeclaredPrimitive() {
		assertFails(Permits.class, "atomix.semaphores.printers.permits", null, "atomix.semaphores.printers.name=jobs");
	}

	@ParameterizedTest
	@CsvSource({ "semaphores, permits, -1", "count-down-latches, count, -1", "cyclic-barriers, parties, 0",
			"id-generators, range-size, 0", "id-generators, range-size, 1000001" })
	void failsWhenDeclaredNumberIsOutOfRange(String group, String key, String value) {
		String property = "atomix." + group + ".jobs." + key;
		assertFails(Object.class, property, value, property + "=" + value);
	}

	@ParameterizedTest
	@CsvSource({ "queues, capacity, 0", "task-queues, capacity, 0", "sets, time-to-live, PT0S",
			"sets, time-to-live, PT-1S" })
	void failsWhenSettingOfDeclaredElementsIsOutOfRange(String group, String key, String value) {
		String property = "atomix." + group + ".jobs." + key;
		assertFails(Object.class, property, value, property + "=" + value,
				"atomix." + group + ".jobs.type=java.lang.String");
	}

	@Test
	void failsWhenKeysOfNavigableMapHaveNoOrder() {
		assertFails(Object.class, "atomix.navigable-maps.jobs.key-type", "java.net.URI",
				"atomix.navigable-maps.jobs.key-type=java.net.URI",
				"atomix.navigable-maps.jobs.value-type=java.lang.String")
			.hasMessageContaining("There is no ordered codec of java.net.URI");
		this.node.contextRunner()
			.withUserConfiguration(WithoutOrder.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidAnnotationException.class)
				.hasMessageContaining("asks for elements of the type 'java.util.List<java.lang.String>'"));
	}

	@Test
	void failsWhenNearCacheHasNoEntries() {
		assertFails(Object.class, "atomix.maps.jobs.near-cache-entries", "0", "atomix.maps.jobs.near-cache-entries=0",
				"atomix.maps.jobs.value-type=java.lang.String");
	}

	@Test
	void namesMissingPropertyWhenNothingIsSet() {
		assertFails(Object.class, "atomix.semaphores.jobs.permits", null, "atomix.semaphores.jobs=");
		assertFails(Object.class, "atomix.topics.jobs.type", null, "atomix.topics.jobs=");
	}

	@Test
	void listsTypesWhenTypeIsNoPrimitive() {
		this.node.contextRunner()
			.withUserConfiguration(NoPrimitive.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.asInstanceOf(InstanceOfAssertFactories.type(InvalidAnnotationException.class))
				.extracting(InvalidAnnotationException::getAction)
				.asString()
				.startsWith("Declare it as DistributedLock, DistributedLeaderElection, ")
				.contains(", DistributedMap<K, V>, ", ", DistributedTaskQueue<T>, ", " or DistributedGroup"));
	}

	@Test
	void injectsTransactions() {
		this.node.contextRunner()
			.withUserConfiguration(Transfer.class)
			.run((context) -> assertThat(context.getBean(Transfer.class).transactions())
				.isSameAs(context.getBean(TransactionService.class)));
	}

	private AbstractThrowableAssert<?, ?> assertFails(Class<?> component, String property, @Nullable String value,
			String... properties) {
		List<Throwable> failures = new ArrayList<>();
		this.node.contextRunner()
			.withPropertyValues(properties)
			.withUserConfiguration(component)
			.run((context) -> failures.add(context.getStartupFailure()));
		InvalidConfigurationException failure = (InvalidConfigurationException) NestedExceptionUtils
			.getMostSpecificCause(failures.get(0));
		assertThat(failure.getProperty()).isEqualTo(property);
		assertThat(Objects.toString(failure.getValue(), null)).isEqualTo(value);
		assertThat(failure.getAction()).isNotBlank();
		return assertThat(failure);
	}

	record Permits(@Primitive("jobs") DistributedSemaphore semaphore) {

	}

	record DottedName(@Primitive("shop.jobs") DistributedSemaphore semaphore) {

	}

	record Latch(@Primitive("jobs") DistributedCountDownLatch latch) {

	}

	record Barrier(@Primitive("jobs") DistributedCyclicBarrier barrier) {

	}

	record WithoutOrder(@Primitive("jobs") DistributedNavigableMap<List<String>, String> map) {

	}

	record NoPrimitive(@Primitive("jobs") Object object) {

	}

	record Transfer(TransactionService transactions) {

	}

}
