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

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Configuration properties of the primitives that are beans.
 *
 * @since 0.1.0
 */
public class PrimitivesProperties {

	/**
	 * Locks to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.Named> locks = new LinkedHashMap<>();

	/**
	 * Leader elections to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.Named> elections = new LinkedHashMap<>();

	/**
	 * Semaphores to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.Semaphore> semaphores = new LinkedHashMap<>();

	/**
	 * Count-down latches to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.CountDownLatch> countDownLatches = new LinkedHashMap<>();

	/**
	 * Cyclic barriers to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.CyclicBarrier> cyclicBarriers = new LinkedHashMap<>();

	/**
	 * Maps to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.Map> maps = new LinkedHashMap<>();

	/**
	 * Maps in the order of their keys to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.Map> navigableMaps = new LinkedHashMap<>();

	/**
	 * Maps of numbers to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.CounterMap> counterMaps = new LinkedHashMap<>();

	/**
	 * Trees to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.Readable> trees = new LinkedHashMap<>();

	/**
	 * Values to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.Readable> values = new LinkedHashMap<>();

	/**
	 * Numbers to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.Number> longs = new LinkedHashMap<>();

	/**
	 * Sets to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.Set> sets = new LinkedHashMap<>();

	/**
	 * Queues to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.Queue> queues = new LinkedHashMap<>();

	/**
	 * Multimaps to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.Multimap> multimaps = new LinkedHashMap<>();

	/**
	 * Generators of ids to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.IdGenerator> idGenerators = new LinkedHashMap<>();

	/**
	 * Topics to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.Single> topics = new LinkedHashMap<>();

	/**
	 * Task queues to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.TaskQueue> taskQueues = new LinkedHashMap<>();

	/**
	 * Message buses to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.Named> messageBuses = new LinkedHashMap<>();

	/**
	 * Groups to declare as beans, by bean name.
	 */
	private final Map<String, DeclaredPrimitive.Group> groups = new LinkedHashMap<>();

	public Map<String, DeclaredPrimitive.Named> getLocks() {
		return this.locks;
	}

	public Map<String, DeclaredPrimitive.Named> getElections() {
		return this.elections;
	}

	public Map<String, DeclaredPrimitive.Semaphore> getSemaphores() {
		return this.semaphores;
	}

	public Map<String, DeclaredPrimitive.CountDownLatch> getCountDownLatches() {
		return this.countDownLatches;
	}

	public Map<String, DeclaredPrimitive.CyclicBarrier> getCyclicBarriers() {
		return this.cyclicBarriers;
	}

	public Map<String, DeclaredPrimitive.Map> getMaps() {
		return this.maps;
	}

	public Map<String, DeclaredPrimitive.Map> getNavigableMaps() {
		return this.navigableMaps;
	}

	public Map<String, DeclaredPrimitive.CounterMap> getCounterMaps() {
		return this.counterMaps;
	}

	public Map<String, DeclaredPrimitive.Readable> getTrees() {
		return this.trees;
	}

	public Map<String, DeclaredPrimitive.Readable> getValues() {
		return this.values;
	}

	public Map<String, DeclaredPrimitive.Number> getLongs() {
		return this.longs;
	}

	public Map<String, DeclaredPrimitive.Set> getSets() {
		return this.sets;
	}

	public Map<String, DeclaredPrimitive.Queue> getQueues() {
		return this.queues;
	}

	public Map<String, DeclaredPrimitive.Multimap> getMultimaps() {
		return this.multimaps;
	}

	public Map<String, DeclaredPrimitive.IdGenerator> getIdGenerators() {
		return this.idGenerators;
	}

	public Map<String, DeclaredPrimitive.Single> getTopics() {
		return this.topics;
	}

	public Map<String, DeclaredPrimitive.TaskQueue> getTaskQueues() {
		return this.taskQueues;
	}

	public Map<String, DeclaredPrimitive.Named> getMessageBuses() {
		return this.messageBuses;
	}

	public Map<String, DeclaredPrimitive.Group> getGroups() {
		return this.groups;
	}

}
