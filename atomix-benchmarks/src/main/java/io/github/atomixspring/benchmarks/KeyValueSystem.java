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

package io.github.atomixspring.benchmarks;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A replicated map, locks and topics, as the load steps see them. Used by many threads at
 * once.
 */
interface KeyValueSystem extends AutoCloseable {

	/**
	 * Puts a value and waits until it is committed.
	 * @param key the key
	 * @param value the value
	 * @throws Exception if that is not known to have happened
	 */
	void put(String key, byte[] value) throws Exception;

	/**
	 * Reads a value linearizably.
	 * @param key the key
	 * @return the value, or null
	 * @throws Exception if it could not be read
	 */
	byte @Nullable [] get(String key) throws Exception;

	/**
	 * Puts a value.
	 * @param key the key
	 * @param value the value
	 * @return completes when it is committed
	 */
	CompletableFuture<?> putAsync(String key, byte[] value);

	/**
	 * Reads a value linearizably.
	 * @param key the key
	 * @return the value, or null
	 */
	CompletableFuture<?> getAsync(String key);

	/**
	 * Returns a lock for use by one thread at a time.
	 * @param name the name, the same for all contenders
	 * @return the lock
	 */
	BenchmarkLock lock(String name);

	/**
	 * Returns a topic and makes subscribers, each with a session of its own.
	 * @param name the name
	 * @param subscribers the number of subscribers
	 * @return the topic
	 * @throws Exception if they cannot subscribe
	 */
	default BenchmarkTopic topic(String name, int subscribers) throws Exception {
		throw new UnsupportedOperationException("There are no topics");
	}

	/**
	 * Returns queues from which another node takes.
	 * @param prefix how their names begin
	 * @return the queues
	 */
	default BenchmarkQueues queues(String prefix) {
		throw new UnsupportedOperationException("There are no queues");
	}

	/**
	 * Returns whether this node leads the consensus.
	 * @return whether it leads; false for a client
	 */
	boolean isLeader();

	/**
	 * One contender's access to a lock.
	 */
	interface BenchmarkLock {

		/**
		 * Waits until the lock is granted.
		 * @throws Exception if that is not known to have happened
		 */
		void lock() throws Exception;

		/**
		 * Releases the lock and waits until that is committed.
		 * @throws Exception if that is not known to have happened
		 */
		void unlock() throws Exception;

	}

	/**
	 * A topic. Closing it ends its subscribers.
	 */
	interface BenchmarkTopic extends AutoCloseable {

		/**
		 * Publishes a message.
		 * @param message the message
		 * @return completes when all subscribers have received it
		 */
		CompletableFuture<?> publish(byte[] message);

		@Override
		void close();

	}

	/**
	 * Queues from which another node takes. Closing it ends that node.
	 */
	interface BenchmarkQueues extends AutoCloseable {

		/**
		 * Puts an element for a waiting taker.
		 * @param queue the number of the queue
		 * @param element the element
		 * @throws Exception if the taker did not get it
		 */
		void handOff(int queue, byte[] element) throws Exception;

		@Override
		void close();

	}

}
