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

package io.github.atomixspring.primitive;

/**
 * The types of primitives.
 *
 * @since 0.1.0
 */
public enum PrimitiveType {

	/**
	 * A mutual exclusion lock with fencing tokens.
	 */
	LOCK(1),

	/**
	 * A leader election.
	 */
	ELECTION(2),

	/**
	 * A map.
	 */
	MAP(3),

	/**
	 * A single value.
	 */
	VALUE(4),

	/**
	 * A single number.
	 */
	LONG(5),

	/**
	 * A semaphore.
	 */
	SEMAPHORE(6),

	/**
	 * A count-down latch.
	 */
	COUNT_DOWN_LATCH(7),

	/**
	 * A cyclic barrier.
	 */
	CYCLIC_BARRIER(8),

	/**
	 * A group of members.
	 */
	GROUP(9),

	/**
	 * A map in the order of its keys.
	 */
	NAVIGABLE_MAP(10),

	/**
	 * A map of numbers.
	 */
	COUNTER_MAP(11),

	/**
	 * A tree of values.
	 */
	TREE(12),

	/**
	 * A multimap.
	 */
	MULTIMAP(13),

	/**
	 * A set.
	 */
	SET(14),

	/**
	 * A queue.
	 */
	QUEUE(15),

	/**
	 * A generator of unique ids.
	 */
	ID_GENERATOR(16),

	/**
	 * A topic to which messages are published.
	 */
	TOPIC(17),

	/**
	 * A queue of tasks that consumers work off.
	 */
	TASK_QUEUE(18),

	/**
	 * A bus on which messages are sent to consumers, who reply.
	 */
	MESSAGE_BUS(19);

	// Looked through for each operation: values() would copy them each time.
	private static final PrimitiveType[] TYPES = values();

	private final int code;

	PrimitiveType(int code) {
		this.code = code;
	}

	/**
	 * Returns the number that stands for this type in the replicated log.
	 * @return the code, which never changes
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Returns the type with the given code.
	 * @param code the code
	 * @return the type
	 * @throws IllegalArgumentException if there is none
	 */
	public static PrimitiveType ofCode(int code) {
		for (PrimitiveType type : TYPES) {
			if (type.code == code) {
				return type;
			}
		}
		throw new IllegalArgumentException("Unknown primitive type " + code);
	}

}
