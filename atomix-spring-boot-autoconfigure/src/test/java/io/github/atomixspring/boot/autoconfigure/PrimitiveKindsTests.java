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

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.codec.OrderedCodecs;
import io.github.atomixspring.collection.DistributedMultimap;
import io.github.atomixspring.collection.DistributedQueue;
import io.github.atomixspring.collection.DistributedSet;
import io.github.atomixspring.collection.MultimapOptions;
import io.github.atomixspring.collection.QueueOptions;
import io.github.atomixspring.collection.SetOptions;
import io.github.atomixspring.collection.ValueOrder;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.group.DistributedGroup;
import io.github.atomixspring.group.GroupOptions;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.CounterMapOptions;
import io.github.atomixspring.map.DistributedCounterMap;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.DistributedNavigableMap;
import io.github.atomixspring.map.DistributedTree;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.map.TreeOptions;
import io.github.atomixspring.messaging.DistributedMessageBus;
import io.github.atomixspring.messaging.DistributedTaskQueue;
import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.messaging.TaskQueueOptions;
import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.sync.DistributedCountDownLatch;
import io.github.atomixspring.sync.DistributedCyclicBarrier;
import io.github.atomixspring.sync.DistributedSemaphore;
import io.github.atomixspring.value.DistributedIdGenerator;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;
import io.github.atomixspring.value.IdGeneratorOptions;
import io.github.atomixspring.value.LongOptions;
import io.github.atomixspring.value.ValueOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link PrimitiveKinds}: what is injected and what is declared has what the
 * properties say.
 */
class PrimitiveKindsTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final MapOptions<String, Integer> MAP_OPTIONS = MapOptions.of(Codecs.strings(), Codecs.ints());

	private static final MapOptions<Long, Integer> NAVIGABLE_MAP_OPTIONS = MapOptions.of(OrderedCodecs.longs(),
			Codecs.ints());

	private static final MultimapOptions<String, Integer> MULTIMAP_OPTIONS = MultimapOptions.of(Codecs.strings(),
			Codecs.ints());

	private final TestAtomix node = TestAtomix.create();

	@Test
	void eachPrimitiveOfTheNodeHasAKind() {
		Stream<Class<?>> types = Arrays.stream(Atomix.class.getMethods()).<Class<?>>map(Method::getReturnType);
		assertThat(PrimitiveKinds.ALL).<Class<?>>map(PrimitiveKind::type)
			.containsExactlyInAnyOrderElementsOf(
					types.filter(DistributedPrimitive.class::isAssignableFrom).distinct().toList());
	}

	@Test
	void eachKindHasTheGroupAndTheElementsOfItsProperties() {
		assertThat(PrimitiveKinds.ALL).allSatisfy((kind) -> {
			Map<String, String> source = Map.of("atomix." + kind.group() + ".declared.name", "jobs");
			PrimitivesProperties properties = new Binder(new MapConfigurationPropertySource(source))
				.bind("atomix", PrimitivesProperties.class)
				.get();
			assertThat(kind.declared(properties)).as(kind.group()).containsOnlyKeys("declared");
			assertThat(kind.declared(properties).get("declared")).hasSameClassAs(kind.undeclared().get());
			assertThat(kind.elements()).as(kind.group()).hasSize(kind.type().getTypeParameters().length);
		});
	}

	@ParameterizedTest
	@MethodSource
	void injectsWithDefaults(Class<?> component, Expectation expected) {
		this.node.contextRunner().withUserConfiguration(component).run((context) -> {
			assertThat(context).hasSingleBean(component);
			expected.verify(then(this.node.atomix()).should());
		});
	}

	static List<Arguments> injectsWithDefaults() {
		return List.of(with(Lock.class, (atomix) -> atomix.lock("jobs")),
				with(Election.class, (atomix) -> atomix.election("jobs")),
				with(PriceMap.class, (atomix) -> atomix.map("jobs", MAP_OPTIONS)),
				with(NavigableMap.class, (atomix) -> atomix.navigableMap("jobs", NAVIGABLE_MAP_OPTIONS)),
				with(CounterMap.class, (atomix) -> atomix.counterMap("jobs", CounterMapOptions.of(Codecs.strings()))),
				with(Tree.class, (atomix) -> atomix.tree("jobs", TreeOptions.of(Codecs.ints()))),
				with(Group.class, (atomix) -> atomix.group("jobs", GroupOptions.defaults())),
				with(Multimap.class, (atomix) -> atomix.multimap("jobs", MULTIMAP_OPTIONS)),
				with(Value.class, (atomix) -> atomix.value("jobs", ValueOptions.of(Codecs.ints()))),
				with(Number.class, (atomix) -> atomix.atomicLong("jobs", LongOptions.defaults())),
				with(PriceSet.class, (atomix) -> atomix.set("jobs", SetOptions.of(Codecs.ints()))),
				with(Queue.class, (atomix) -> atomix.queue("jobs", QueueOptions.of(Codecs.ints()))),
				with(IdGenerator.class, (atomix) -> atomix.idGenerator("jobs", IdGeneratorOptions.defaults())),
				with(Topic.class, (atomix) -> atomix.topic("jobs", Codecs.ints())),
				with(TaskQueue.class, (atomix) -> atomix.taskQueue("jobs", TaskQueueOptions.of(Codecs.ints()))),
				with(MessageBus.class, (atomix) -> atomix.messageBus("jobs")));
	}

	@ParameterizedTest
	@MethodSource
	void injectsAndDeclaresWithProperties(Class<?> component, Expectation expected, String... properties) {
		this.node.contextRunner().withPropertyValues(properties).withUserConfiguration(component).run((context) -> {
			assertThat(context).hasSingleBean(component);
			assertThat(context.getBean("declared")).isInstanceOf(component.getRecordComponents()[0].getType());
			expected.verify(then(this.node.atomix()).should(times(2)));
		});
	}

	static List<Arguments> injectsAndDeclaresWithProperties() {
		return List.of(with(Lock.class, (atomix) -> atomix.lock("jobs"), "atomix.locks.declared.name=jobs"),
				with(Election.class, (atomix) -> atomix.election("jobs"), "atomix.elections.declared.name=jobs"),
				with(Semaphore.class, (atomix) -> atomix.semaphore("jobs", 3), "atomix.semaphores.declared.name=jobs",
						"atomix.semaphores.declared.permits=3"),
				with(Latch.class, (atomix) -> atomix.countDownLatch("jobs", 4),
						"atomix.count-down-latches.declared.name=jobs", "atomix.count-down-latches.declared.count=4"),
				with(Barrier.class, (atomix) -> atomix.cyclicBarrier("jobs", 5),
						"atomix.cyclic-barriers.declared.name=jobs", "atomix.cyclic-barriers.declared.parties=5"),
				with(PriceMap.class,
						(atomix) -> atomix.map("jobs",
								MAP_OPTIONS.withTimeToLive(MINUTE).withReadConsistency(ReadConsistency.SEQUENTIAL)),
						"atomix.maps.declared.name=jobs", "atomix.maps.declared.value-type=java.lang.Integer",
						"atomix.maps.declared.time-to-live=1m", "atomix.maps.declared.read-consistency=sequential"),
				with(PriceMap.class, (atomix) -> atomix.map("jobs", MAP_OPTIONS.withNearCache(9)),
						"atomix.maps.declared.name=jobs", "atomix.maps.declared.value-type=java.lang.Integer",
						"atomix.maps.declared.near-cache-entries=9"),
				with(PriceMap.class,
						(atomix) -> atomix.map("jobs",
								MAP_OPTIONS.withNearCache(9).withReadConsistency(ReadConsistency.LINEARIZABLE)),
						"atomix.maps.declared.name=jobs", "atomix.maps.declared.value-type=java.lang.Integer",
						"atomix.maps.declared.near-cache-entries=9",
						"atomix.maps.declared.read-consistency=linearizable"),
				with(NavigableMap.class,
						(atomix) -> atomix.navigableMap("jobs", NAVIGABLE_MAP_OPTIONS.withTimeToLive(MINUTE)),
						"atomix.navigable-maps.declared.name=jobs",
						"atomix.navigable-maps.declared.key-type=java.lang.Long",
						"atomix.navigable-maps.declared.value-type=java.lang.Integer",
						"atomix.navigable-maps.declared.time-to-live=1m"),
				with(CounterMap.class,
						(atomix) -> atomix.counterMap("jobs",
								CounterMapOptions.of(Codecs.strings()).withReadConsistency(ReadConsistency.SEQUENTIAL)),
						"atomix.counter-maps.declared.name=jobs",
						"atomix.counter-maps.declared.read-consistency=sequential"),
				with(Tree.class,
						(atomix) -> atomix.tree("jobs",
								TreeOptions.of(Codecs.ints()).withReadConsistency(ReadConsistency.SEQUENTIAL)),
						"atomix.trees.declared.name=jobs", "atomix.trees.declared.type=java.lang.Integer",
						"atomix.trees.declared.read-consistency=sequential"),
				with(Group.class,
						(atomix) -> atomix.group("jobs",
								GroupOptions.defaults()
									.withMemberExpiration(MINUTE)
									.withReadConsistency(ReadConsistency.SEQUENTIAL)),
						"atomix.groups.declared.name=jobs", "atomix.groups.declared.member-expiration=1m",
						"atomix.groups.declared.read-consistency=sequential"),
				with(Multimap.class,
						(atomix) -> atomix.multimap("jobs",
								MULTIMAP_OPTIONS.withValueOrder(ValueOrder.NATURAL)
									.withReadConsistency(ReadConsistency.SEQUENTIAL)),
						"atomix.multimaps.declared.name=jobs", "atomix.multimaps.declared.value-type=java.lang.Integer",
						"atomix.multimaps.declared.value-order=natural",
						"atomix.multimaps.declared.read-consistency=sequential"),
				with(Value.class,
						(atomix) -> atomix.value("jobs",
								ValueOptions.of(Codecs.ints()).withReadConsistency(ReadConsistency.SEQUENTIAL)),
						"atomix.values.declared.name=jobs", "atomix.values.declared.type=java.lang.Integer",
						"atomix.values.declared.read-consistency=sequential"),
				with(Number.class,
						(atomix) -> atomix.atomicLong("jobs",
								LongOptions.defaults().withReadConsistency(ReadConsistency.SEQUENTIAL)),
						"atomix.longs.declared.name=jobs", "atomix.longs.declared.read-consistency=sequential"),
				with(PriceSet.class,
						(atomix) -> atomix.set("jobs",
								SetOptions.of(Codecs.ints())
									.withTimeToLive(MINUTE)
									.withReadConsistency(ReadConsistency.SEQUENTIAL)),
						"atomix.sets.declared.name=jobs", "atomix.sets.declared.type=java.lang.Integer",
						"atomix.sets.declared.time-to-live=1m", "atomix.sets.declared.read-consistency=sequential"),
				with(Queue.class,
						(atomix) -> atomix.queue("jobs",
								QueueOptions.of(Codecs.ints())
									.withCapacity(6)
									.withTimeToLive(MINUTE)
									.withReadConsistency(ReadConsistency.SEQUENTIAL)),
						"atomix.queues.declared.name=jobs", "atomix.queues.declared.type=java.lang.Integer",
						"atomix.queues.declared.capacity=6", "atomix.queues.declared.time-to-live=1m",
						"atomix.queues.declared.read-consistency=sequential"),
				with(IdGenerator.class,
						(atomix) -> atomix.idGenerator("jobs", IdGeneratorOptions.defaults().withRangeSize(7)),
						"atomix.id-generators.declared.name=jobs", "atomix.id-generators.declared.range-size=7"),
				with(Topic.class, (atomix) -> atomix.topic("jobs", Codecs.ints()), "atomix.topics.declared.name=jobs",
						"atomix.topics.declared.type=java.lang.Integer"),
				with(TaskQueue.class,
						(atomix) -> atomix.taskQueue("jobs", TaskQueueOptions.of(Codecs.ints()).withCapacity(8)),
						"atomix.task-queues.declared.name=jobs", "atomix.task-queues.declared.type=java.lang.Integer",
						"atomix.task-queues.declared.capacity=8"),
				with(MessageBus.class, (atomix) -> atomix.messageBus("jobs"),
						"atomix.message-buses.declared.name=jobs"));
	}

	private static Arguments with(Class<?> component, Expectation expected, String... properties) {
		return Arguments.of(component, expected, properties);
	}

	@FunctionalInterface
	interface Expectation {

		Object verify(Atomix atomix);

	}

	record Lock(@Primitive("jobs") DistributedLock primitive) {

	}

	record Election(@Primitive("jobs") DistributedLeaderElection primitive) {

	}

	record Semaphore(@Primitive("jobs") DistributedSemaphore primitive) {

	}

	record Latch(@Primitive("jobs") DistributedCountDownLatch primitive) {

	}

	record Barrier(@Primitive("jobs") DistributedCyclicBarrier primitive) {

	}

	record PriceMap(@Primitive("jobs") DistributedMap<String, Integer> primitive) {

	}

	record NavigableMap(@Primitive("jobs") DistributedNavigableMap<Long, Integer> primitive) {

	}

	record CounterMap(@Primitive("jobs") DistributedCounterMap<String> primitive) {

	}

	record Tree(@Primitive("jobs") DistributedTree<Integer> primitive) {

	}

	record Group(@Primitive("jobs") DistributedGroup primitive) {

	}

	record Multimap(@Primitive("jobs") DistributedMultimap<String, Integer> primitive) {

	}

	record Value(@Primitive("jobs") DistributedValue<Integer> primitive) {

	}

	record Number(@Primitive("jobs") DistributedLong primitive) {

	}

	record PriceSet(@Primitive("jobs") DistributedSet<Integer> primitive) {

	}

	record Queue(@Primitive("jobs") DistributedQueue<Integer> primitive) {

	}

	record IdGenerator(@Primitive("jobs") DistributedIdGenerator primitive) {

	}

	record Topic(@Primitive("jobs") DistributedTopic<Integer> primitive) {

	}

	record TaskQueue(@Primitive("jobs") DistributedTaskQueue<Integer> primitive) {

	}

	record MessageBus(@Primitive("jobs") DistributedMessageBus primitive) {

	}

}
