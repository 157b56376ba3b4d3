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

package io.github.atomixspring.statemachine;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.PrimitiveId;

/**
 * Makes the service of a primitive.
 */
final class Services {

	private Services() {
	}

	static Service create(PrimitiveId id) {
		return switch (PrimitiveType.ofCode(id.type())) {
			case LOCK -> new LockService(id);
			case ELECTION -> new ElectionService(id);
			case MAP -> new MapService(id);
			case VALUE -> new ValueService(id);
			case LONG -> new LongService(id);
			case SEMAPHORE -> new SemaphoreService(id);
			case ID_GENERATOR -> new IdService(id);
			case TOPIC -> new TopicService(id);
			case TASK_QUEUE -> new TaskService(id);
			case MESSAGE_BUS -> new BusService(id);
			case COUNT_DOWN_LATCH -> new LatchService(id);
			case CYCLIC_BARRIER -> new BarrierService(id);
			case MULTIMAP -> new MultimapService(id);
			case SET -> new SetService(id);
			case QUEUE -> new QueueService(id);
			case NAVIGABLE_MAP -> new NavigableMapService(id);
			case COUNTER_MAP -> new CounterMapService(id);
			case TREE -> new TreeService(id);
			case GROUP -> new GroupService(id);
		};
	}

}
