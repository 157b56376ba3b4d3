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

package io.github.atomixspring.collection;

import io.github.atomixspring.proxy.TransactionalCells;
import io.github.atomixspring.session.PrimitiveSession;

/**
 * Makes sets, queues and multimaps. Internal: public only for the root package.
 *
 * @since 0.1.0
 */
public final class Collections {

	private Collections() {
	}

	/**
	 * Creates the instance of a set.
	 * @param <E> the type of the elements
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called once, when the instance is closed
	 * @return the set
	 */
	public static <E> DistributedSet<E> createSet(PrimitiveSession session, String name, SetOptions<E> options,
			Runnable onClose) {
		SetProxy<E> set = new SetProxy<>(session, name, options, onClose);
		set.start();
		return set;
	}

	/**
	 * Creates the instance of a queue.
	 * @param <E> the type of the elements
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called once, when the instance is closed
	 * @return the queue
	 */
	public static <E> DistributedQueue<E> createQueue(PrimitiveSession session, String name, QueueOptions<E> options,
			Runnable onClose) {
		QueueProxy<E> queue = new QueueProxy<>(session, name, options, onClose);
		queue.start();
		return queue;
	}

	/**
	 * Creates the instance of a multimap.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called once, when the instance is closed
	 * @return the multimap
	 */
	public static <K, V> DistributedMultimap<K, V> createMultimap(PrimitiveSession session, String name,
			MultimapOptions<K, V> options, Runnable onClose) {
		MultimapProxy<K, V> multimap = new MultimapProxy<>(session, name, options, onClose);
		multimap.start();
		return multimap;
	}

	/**
	 * Returns the elements of a set for transactions.
	 * @param <E> the type of the elements
	 * @param set the set
	 * @return the elements, as cells that only are there
	 * @throws IllegalArgumentException if it is another implementation
	 */
	public static <E> TransactionalCells<E, Boolean> cells(DistributedSet<E> set) {
		if (set instanceof SetProxy<E> proxy) {
			return proxy.cells();
		}
		throw new IllegalArgumentException("'set' must be one that a node returned, not a " + set.getClass());
	}

}
