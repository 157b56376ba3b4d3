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

import java.util.List;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.DeclaredPrimitive.CountDownLatch;
import io.github.atomixspring.boot.autoconfigure.DeclaredPrimitive.CounterMap;
import io.github.atomixspring.boot.autoconfigure.DeclaredPrimitive.CyclicBarrier;
import io.github.atomixspring.boot.autoconfigure.DeclaredPrimitive.Group;
import io.github.atomixspring.boot.autoconfigure.DeclaredPrimitive.IdGenerator;
import io.github.atomixspring.boot.autoconfigure.DeclaredPrimitive.Map;
import io.github.atomixspring.boot.autoconfigure.DeclaredPrimitive.Multimap;
import io.github.atomixspring.boot.autoconfigure.DeclaredPrimitive.Named;
import io.github.atomixspring.boot.autoconfigure.DeclaredPrimitive.Number;
import io.github.atomixspring.boot.autoconfigure.DeclaredPrimitive.Queue;
import io.github.atomixspring.boot.autoconfigure.DeclaredPrimitive.Readable;
import io.github.atomixspring.boot.autoconfigure.DeclaredPrimitive.Semaphore;
import io.github.atomixspring.boot.autoconfigure.DeclaredPrimitive.Set;
import io.github.atomixspring.boot.autoconfigure.DeclaredPrimitive.Single;
import io.github.atomixspring.boot.autoconfigure.DeclaredPrimitive.TaskQueue;
import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.collection.DistributedMultimap;
import io.github.atomixspring.collection.DistributedQueue;
import io.github.atomixspring.collection.DistributedSet;
import io.github.atomixspring.collection.MultimapOptions;
import io.github.atomixspring.collection.QueueOptions;
import io.github.atomixspring.collection.SetOptions;
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
import io.github.atomixspring.sync.DistributedCountDownLatch;
import io.github.atomixspring.sync.DistributedCyclicBarrier;
import io.github.atomixspring.sync.DistributedSemaphore;
import io.github.atomixspring.value.DistributedIdGenerator;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;
import io.github.atomixspring.value.IdGeneratorOptions;
import io.github.atomixspring.value.LongOptions;
import io.github.atomixspring.value.ValueOptions;

/**
 * The table of all kinds of primitives that can be injected and declared.
 */
final class PrimitiveKinds {

	static final List<PrimitiveKind<?, ?>> ALL = List.of(
			PrimitiveKind.of(DistributedLock.class, "locks", PrimitivesProperties::getLocks, Named::new)
				.from((atomix) -> atomix::lock),
			PrimitiveKind
				.of(DistributedLeaderElection.class, "elections", PrimitivesProperties::getElections, Named::new)
				.from((atomix) -> atomix::election),
			PrimitiveKind
				.of(DistributedSemaphore.class, "semaphores", PrimitivesProperties::getSemaphores, Semaphore::new)
				.from((spec) -> spec.required("permits", spec.properties().getPermits(), 0,
						"how many permits there are"), Atomix::semaphore),
			PrimitiveKind
				.of(DistributedCountDownLatch.class, "count-down-latches", PrimitivesProperties::getCountDownLatches,
						CountDownLatch::new)
				.from((spec) -> spec.required("count", spec.properties().getCount(), 0,
						"from where it is counted down"), Atomix::countDownLatch),
			PrimitiveKind
				.of(DistributedCyclicBarrier.class, "cyclic-barriers", PrimitivesProperties::getCyclicBarriers,
						CyclicBarrier::new)
				.from((spec) -> spec.required("parties", spec.properties().getParties(), 1,
						"how many parties must arrive"), Atomix::cyclicBarrier),
			PrimitiveKind.of(DistributedMap.class, "maps", PrimitivesProperties::getMaps, Map::new)
				.element("key-type", Map::getKeyType)
				.element("value-type", Map::getValueType)
				.from((spec) -> mapOptions(spec, spec.codec(0)), Atomix::map),
			PrimitiveKind
				.of(DistributedNavigableMap.class, "navigable-maps", PrimitivesProperties::getNavigableMaps, Map::new)
				.element("key-type", Map::getKeyType)
				.element("value-type", Map::getValueType)
				.from((spec) -> mapOptions(spec, spec.orderedCodec(0)), Atomix::navigableMap),
			PrimitiveKind
				.of(DistributedCounterMap.class, "counter-maps", PrimitivesProperties::getCounterMaps, CounterMap::new)
				.element("key-type", CounterMap::getKeyType)
				.from(PrimitiveKinds::counterMapOptions, Atomix::counterMap),
			PrimitiveKind.of(DistributedTree.class, "trees", PrimitivesProperties::getTrees, Readable::new)
				.element("type", Readable::getType)
				.from(PrimitiveKinds::treeOptions, Atomix::tree),
			PrimitiveKind.of(DistributedValue.class, "values", PrimitivesProperties::getValues, Readable::new)
				.element("type", Readable::getType)
				.from(PrimitiveKinds::valueOptions, Atomix::value),
			PrimitiveKind.of(DistributedLong.class, "longs", PrimitivesProperties::getLongs, Number::new)
				.from(PrimitiveKinds::longOptions, Atomix::atomicLong),
			PrimitiveKind.of(DistributedSet.class, "sets", PrimitivesProperties::getSets, Set::new)
				.element("type", Set::getType)
				.from(PrimitiveKinds::setOptions, Atomix::set),
			PrimitiveKind.of(DistributedQueue.class, "queues", PrimitivesProperties::getQueues, Queue::new)
				.element("type", Queue::getType)
				.from(PrimitiveKinds::queueOptions, Atomix::queue),
			PrimitiveKind.of(DistributedMultimap.class, "multimaps", PrimitivesProperties::getMultimaps, Multimap::new)
				.element("key-type", Multimap::getKeyType)
				.element("value-type", Multimap::getValueType)
				.from(PrimitiveKinds::multimapOptions, Atomix::multimap),
			PrimitiveKind
				.of(DistributedIdGenerator.class, "id-generators", PrimitivesProperties::getIdGenerators,
						IdGenerator::new)
				.from(PrimitiveKinds::idGeneratorOptions, Atomix::idGenerator),
			PrimitiveKind.of(DistributedTopic.class, "topics", PrimitivesProperties::getTopics, Single::new)
				.element("type", Single::getType)
				.from((spec) -> spec.codec(0), Atomix::topic),
			PrimitiveKind
				.of(DistributedTaskQueue.class, "task-queues", PrimitivesProperties::getTaskQueues, TaskQueue::new)
				.element("type", TaskQueue::getType)
				.from(PrimitiveKinds::taskQueueOptions, Atomix::taskQueue),
			PrimitiveKind
				.of(DistributedMessageBus.class, "message-buses", PrimitivesProperties::getMessageBuses, Named::new)
				.from((atomix) -> atomix::messageBus),
			PrimitiveKind.of(DistributedGroup.class, "groups", PrimitivesProperties::getGroups, Group::new)
				.from(PrimitiveKinds::groupOptions, Atomix::group));

	private PrimitiveKinds() {
	}

	private static MapOptions<Object, Object> mapOptions(PrimitiveSpec<Map> spec, Codec<Object> keyCodec) {
		Map properties = spec.properties();
		MapOptions<Object, Object> options = MapOptions.of(keyCodec, spec.codec(1));
		options = spec.withDuration(options, "time-to-live", properties.getTimeToLive(), MapOptions::withTimeToLive);
		options = spec.with(options, "near-cache-entries", properties.getNearCacheEntries(), MapOptions::withNearCache);
		return spec.with(options, "read-consistency", properties.getReadConsistency(), MapOptions::withReadConsistency);
	}

	private static CounterMapOptions<Object> counterMapOptions(PrimitiveSpec<CounterMap> spec) {
		return spec.with(CounterMapOptions.of(spec.codec(0)), "read-consistency",
				spec.properties().getReadConsistency(), CounterMapOptions::withReadConsistency);
	}

	private static TreeOptions<Object> treeOptions(PrimitiveSpec<Readable> spec) {
		return spec.with(TreeOptions.of(spec.codec(0)), "read-consistency", spec.properties().getReadConsistency(),
				TreeOptions::withReadConsistency);
	}

	private static ValueOptions<Object> valueOptions(PrimitiveSpec<Readable> spec) {
		return spec.with(ValueOptions.of(spec.codec(0)), "read-consistency", spec.properties().getReadConsistency(),
				ValueOptions::withReadConsistency);
	}

	private static LongOptions longOptions(PrimitiveSpec<Number> spec) {
		return spec.with(LongOptions.defaults(), "read-consistency", spec.properties().getReadConsistency(),
				LongOptions::withReadConsistency);
	}

	private static SetOptions<Object> setOptions(PrimitiveSpec<Set> spec) {
		Set properties = spec.properties();
		SetOptions<Object> options = SetOptions.of(spec.codec(0));
		options = spec.withDuration(options, "time-to-live", properties.getTimeToLive(), SetOptions::withTimeToLive);
		return spec.with(options, "read-consistency", properties.getReadConsistency(), SetOptions::withReadConsistency);
	}

	private static QueueOptions<Object> queueOptions(PrimitiveSpec<Queue> spec) {
		Queue properties = spec.properties();
		QueueOptions<Object> options = QueueOptions.of(spec.codec(0));
		options = spec.with(options, "capacity", properties.getCapacity(), QueueOptions::withCapacity);
		options = spec.withDuration(options, "time-to-live", properties.getTimeToLive(), QueueOptions::withTimeToLive);
		return spec.with(options, "read-consistency", properties.getReadConsistency(),
				QueueOptions::withReadConsistency);
	}

	private static MultimapOptions<Object, Object> multimapOptions(PrimitiveSpec<Multimap> spec) {
		Multimap properties = spec.properties();
		MultimapOptions<Object, Object> options = MultimapOptions.of(spec.codec(0), spec.codec(1));
		options = spec.with(options, "value-order", properties.getValueOrder(), MultimapOptions::withValueOrder);
		return spec.with(options, "read-consistency", properties.getReadConsistency(),
				MultimapOptions::withReadConsistency);
	}

	private static IdGeneratorOptions idGeneratorOptions(PrimitiveSpec<IdGenerator> spec) {
		return spec.with(IdGeneratorOptions.defaults(), "range-size", spec.properties().getRangeSize(),
				IdGeneratorOptions::withRangeSize);
	}

	private static TaskQueueOptions<Object> taskQueueOptions(PrimitiveSpec<TaskQueue> spec) {
		return spec.with(TaskQueueOptions.of(spec.codec(0)), "capacity", spec.properties().getCapacity(),
				TaskQueueOptions::withCapacity);
	}

	private static GroupOptions groupOptions(PrimitiveSpec<Group> spec) {
		Group properties = spec.properties();
		GroupOptions options = GroupOptions.defaults();
		options = spec.withDuration(options, "member-expiration", properties.getMemberExpiration(),
				GroupOptions::withMemberExpiration);
		return spec.with(options, "read-consistency", properties.getReadConsistency(),
				GroupOptions::withReadConsistency);
	}

}
