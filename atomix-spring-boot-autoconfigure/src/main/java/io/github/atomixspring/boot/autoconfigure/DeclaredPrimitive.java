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

import io.github.atomixspring.collection.ValueOrder;
import io.github.atomixspring.primitive.ReadConsistency;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Properties of a primitive that is a bean. They also hold for
 * {@link io.github.atomixspring.spring.annotation.Primitive @Primitive} with its name.
 *
 * @since 0.1.0
 */
public abstract class DeclaredPrimitive {

	/**
	 * Name of the primitive in the cluster. By default the name of the bean.
	 */
	private @Nullable String name;

	public @Nullable String getName() {
		return this.name;
	}

	public void setName(@Nullable String name) {
		this.name = name;
	}

	/**
	 * Returns the name of the primitive in the cluster.
	 * @param beanName the name of the bean
	 * @return the name
	 */
	String nameOr(String beanName) {
		return (this.name != null) ? this.name : beanName;
	}

	// YAML has an empty text for a bean without properties, such as "jobs: {}".
	private static <T extends DeclaredPrimitive> T empty(String text, T properties) {
		Assert.isTrue(text.isBlank(), () -> "expected properties, not '" + text + "'");
		return properties;
	}

	/**
	 * A primitive of which nothing but its name can be set.
	 */
	public static class Named extends DeclaredPrimitive {

		/**
		 * Makes properties of which none is set.
		 * @param text the empty text
		 * @return the properties
		 */
		public static Named valueOf(String text) {
			return empty(text, new Named());
		}

	}

	/**
	 * A primitive that keeps or carries objects of one type.
	 */
	public static class Single extends DeclaredPrimitive {

		/**
		 * Class of what it keeps or carries; to be set.
		 */
		private @Nullable String type;

		/**
		 * Makes properties of which none is set.
		 * @param text the empty text
		 * @return the properties
		 */
		public static Single valueOf(String text) {
			return empty(text, new Single());
		}

		public @Nullable String getType() {
			return this.type;
		}

		public void setType(@Nullable String type) {
			this.type = type;
		}

	}

	/**
	 * A primitive that keeps objects of one type, of which reads can choose how fresh
	 * they are.
	 */
	public static class Readable extends Single {

		/**
		 * Consistency of reads that do not choose one. By default linearizable.
		 */
		private @Nullable ReadConsistency readConsistency;

		/**
		 * Makes properties of which none is set.
		 * @param text the empty text
		 * @return the properties
		 */
		public static Readable valueOf(String text) {
			return empty(text, new Readable());
		}

		public @Nullable ReadConsistency getReadConsistency() {
			return this.readConsistency;
		}

		public void setReadConsistency(@Nullable ReadConsistency readConsistency) {
			this.readConsistency = readConsistency;
		}

	}

	/**
	 * A number.
	 */
	public static class Number extends DeclaredPrimitive {

		/**
		 * Consistency of reads that do not choose one. By default linearizable.
		 */
		private @Nullable ReadConsistency readConsistency;

		/**
		 * Makes properties of which none is set.
		 * @param text the empty text
		 * @return the properties
		 */
		public static Number valueOf(String text) {
			return empty(text, new Number());
		}

		public @Nullable ReadConsistency getReadConsistency() {
			return this.readConsistency;
		}

		public void setReadConsistency(@Nullable ReadConsistency readConsistency) {
			this.readConsistency = readConsistency;
		}

	}

	/**
	 * A map, navigable or not.
	 */
	public static class Map extends DeclaredPrimitive {

		/**
		 * Class of the keys. Those of a navigable map need an order.
		 */
		private String keyType = "java.lang.String";

		/**
		 * Class of the values; to be set.
		 */
		private @Nullable String valueType;

		/**
		 * Time to live of entries that are put without one. By default they stay.
		 */
		private @Nullable Duration timeToLive;

		/**
		 * Greatest number of entries that this node keeps in its process for sequential
		 * reads. By default there is no near cache.
		 */
		private @Nullable Integer nearCacheEntries;

		/**
		 * Consistency of reads that do not choose one. By default linearizable, with a
		 * near cache sequential.
		 */
		private @Nullable ReadConsistency readConsistency;

		/**
		 * Makes properties of which none is set.
		 * @param text the empty text
		 * @return the properties
		 */
		public static Map valueOf(String text) {
			return empty(text, new Map());
		}

		public String getKeyType() {
			return this.keyType;
		}

		public void setKeyType(String keyType) {
			this.keyType = keyType;
		}

		public @Nullable String getValueType() {
			return this.valueType;
		}

		public void setValueType(@Nullable String valueType) {
			this.valueType = valueType;
		}

		public @Nullable Duration getTimeToLive() {
			return this.timeToLive;
		}

		public void setTimeToLive(@Nullable Duration timeToLive) {
			this.timeToLive = timeToLive;
		}

		public @Nullable Integer getNearCacheEntries() {
			return this.nearCacheEntries;
		}

		public void setNearCacheEntries(@Nullable Integer nearCacheEntries) {
			this.nearCacheEntries = nearCacheEntries;
		}

		public @Nullable ReadConsistency getReadConsistency() {
			return this.readConsistency;
		}

		public void setReadConsistency(@Nullable ReadConsistency readConsistency) {
			this.readConsistency = readConsistency;
		}

	}

	/**
	 * A semaphore.
	 */
	public static class Semaphore extends DeclaredPrimitive {

		/**
		 * Number of permits at first, zero or more; to be set.
		 */
		private @Nullable Integer permits;

		/**
		 * Makes properties of which none is set.
		 * @param text the empty text
		 * @return the properties
		 */
		public static Semaphore valueOf(String text) {
			return empty(text, new Semaphore());
		}

		public @Nullable Integer getPermits() {
			return this.permits;
		}

		public void setPermits(@Nullable Integer permits) {
			this.permits = permits;
		}

	}

	/**
	 * A count-down latch.
	 */
	public static class CountDownLatch extends DeclaredPrimitive {

		/**
		 * Number from which the latch is counted down, zero or more; to be set.
		 */
		private @Nullable Long count;

		/**
		 * Makes properties of which none is set.
		 * @param text the empty text
		 * @return the properties
		 */
		public static CountDownLatch valueOf(String text) {
			return empty(text, new CountDownLatch());
		}

		public @Nullable Long getCount() {
			return this.count;
		}

		public void setCount(@Nullable Long count) {
			this.count = count;
		}

	}

	/**
	 * A cyclic barrier.
	 */
	public static class CyclicBarrier extends DeclaredPrimitive {

		/**
		 * Number of parties that must arrive, one or more; to be set.
		 */
		private @Nullable Integer parties;

		/**
		 * Makes properties of which none is set.
		 * @param text the empty text
		 * @return the properties
		 */
		public static CyclicBarrier valueOf(String text) {
			return empty(text, new CyclicBarrier());
		}

		public @Nullable Integer getParties() {
			return this.parties;
		}

		public void setParties(@Nullable Integer parties) {
			this.parties = parties;
		}

	}

	/**
	 * A map of numbers.
	 */
	public static class CounterMap extends DeclaredPrimitive {

		/**
		 * Class of the keys.
		 */
		private String keyType = "java.lang.String";

		/**
		 * Consistency of reads that do not choose one. By default linearizable.
		 */
		private @Nullable ReadConsistency readConsistency;

		/**
		 * Makes properties of which none is set.
		 * @param text the empty text
		 * @return the properties
		 */
		public static CounterMap valueOf(String text) {
			return empty(text, new CounterMap());
		}

		public String getKeyType() {
			return this.keyType;
		}

		public void setKeyType(String keyType) {
			this.keyType = keyType;
		}

		public @Nullable ReadConsistency getReadConsistency() {
			return this.readConsistency;
		}

		public void setReadConsistency(@Nullable ReadConsistency readConsistency) {
			this.readConsistency = readConsistency;
		}

	}

	/**
	 * A set.
	 */
	public static class Set extends Readable {

		/**
		 * Time to live of elements that are added without one. By default they stay.
		 */
		private @Nullable Duration timeToLive;

		/**
		 * Makes properties of which none is set.
		 * @param text the empty text
		 * @return the properties
		 */
		public static Set valueOf(String text) {
			return empty(text, new Set());
		}

		public @Nullable Duration getTimeToLive() {
			return this.timeToLive;
		}

		public void setTimeToLive(@Nullable Duration timeToLive) {
			this.timeToLive = timeToLive;
		}

	}

	/**
	 * A queue.
	 */
	public static class Queue extends Readable {

		/**
		 * Greatest number of elements. By default there is no bound.
		 */
		private @Nullable Integer capacity;

		/**
		 * Time to live of elements that nobody takes. By default they stay.
		 */
		private @Nullable Duration timeToLive;

		/**
		 * Makes properties of which none is set.
		 * @param text the empty text
		 * @return the properties
		 */
		public static Queue valueOf(String text) {
			return empty(text, new Queue());
		}

		public @Nullable Integer getCapacity() {
			return this.capacity;
		}

		public void setCapacity(@Nullable Integer capacity) {
			this.capacity = capacity;
		}

		public @Nullable Duration getTimeToLive() {
			return this.timeToLive;
		}

		public void setTimeToLive(@Nullable Duration timeToLive) {
			this.timeToLive = timeToLive;
		}

	}

	/**
	 * A multimap.
	 */
	public static class Multimap extends DeclaredPrimitive {

		/**
		 * Class of the keys.
		 */
		private String keyType = "java.lang.String";

		/**
		 * Class of the values; to be set.
		 */
		private @Nullable String valueType;

		/**
		 * Order of the values of a key. By default that in which they were put, insert.
		 */
		private @Nullable ValueOrder valueOrder;

		/**
		 * Consistency of reads that do not choose one. By default linearizable.
		 */
		private @Nullable ReadConsistency readConsistency;

		/**
		 * Makes properties of which none is set.
		 * @param text the empty text
		 * @return the properties
		 */
		public static Multimap valueOf(String text) {
			return empty(text, new Multimap());
		}

		public String getKeyType() {
			return this.keyType;
		}

		public void setKeyType(String keyType) {
			this.keyType = keyType;
		}

		public @Nullable String getValueType() {
			return this.valueType;
		}

		public void setValueType(@Nullable String valueType) {
			this.valueType = valueType;
		}

		public @Nullable ValueOrder getValueOrder() {
			return this.valueOrder;
		}

		public void setValueOrder(@Nullable ValueOrder valueOrder) {
			this.valueOrder = valueOrder;
		}

		public @Nullable ReadConsistency getReadConsistency() {
			return this.readConsistency;
		}

		public void setReadConsistency(@Nullable ReadConsistency readConsistency) {
			this.readConsistency = readConsistency;
		}

	}

	/**
	 * A generator of ids.
	 */
	public static class IdGenerator extends DeclaredPrimitive {

		/**
		 * Number of ids that are fetched at once. By default 1000.
		 */
		private @Nullable Integer rangeSize;

		/**
		 * Makes properties of which none is set.
		 * @param text the empty text
		 * @return the properties
		 */
		public static IdGenerator valueOf(String text) {
			return empty(text, new IdGenerator());
		}

		public @Nullable Integer getRangeSize() {
			return this.rangeSize;
		}

		public void setRangeSize(@Nullable Integer rangeSize) {
			this.rangeSize = rangeSize;
		}

	}

	/**
	 * A task queue.
	 */
	public static class TaskQueue extends Single {

		/**
		 * Greatest number of tasks that wait for a consumer. By default 100000.
		 */
		private @Nullable Long capacity;

		/**
		 * Makes properties of which none is set.
		 * @param text the empty text
		 * @return the properties
		 */
		public static TaskQueue valueOf(String text) {
			return empty(text, new TaskQueue());
		}

		public @Nullable Long getCapacity() {
			return this.capacity;
		}

		public void setCapacity(@Nullable Long capacity) {
			this.capacity = capacity;
		}

	}

	/**
	 * A group.
	 */
	public static class Group extends DeclaredPrimitive {

		/**
		 * Time after which a persistent member that is dead is removed. By default it
		 * stays.
		 */
		private @Nullable Duration memberExpiration;

		/**
		 * Consistency of reads that do not choose one. By default linearizable.
		 */
		private @Nullable ReadConsistency readConsistency;

		/**
		 * Makes properties of which none is set.
		 * @param text the empty text
		 * @return the properties
		 */
		public static Group valueOf(String text) {
			return empty(text, new Group());
		}

		public @Nullable Duration getMemberExpiration() {
			return this.memberExpiration;
		}

		public void setMemberExpiration(@Nullable Duration memberExpiration) {
			this.memberExpiration = memberExpiration;
		}

		public @Nullable ReadConsistency getReadConsistency() {
			return this.readConsistency;
		}

		public void setReadConsistency(@Nullable ReadConsistency readConsistency) {
			this.readConsistency = readConsistency;
		}

	}

}
