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

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * A system of one process, for tests of the harness.
 */
class InMemorySystem implements KeyValueSystem {

	private final Map<String, byte[]> entries = new ConcurrentHashMap<>();

	private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

	@Override
	public void put(String key, byte[] value) {
		this.entries.put(key, value);
	}

	@Override
	public byte @Nullable [] get(String key) {
		return this.entries.get(key);
	}

	@Override
	public CompletableFuture<?> putAsync(String key, byte[] value) {
		return CompletableFuture.runAsync(() -> put(key, value));
	}

	@Override
	public CompletableFuture<?> getAsync(String key) {
		return CompletableFuture.supplyAsync(() -> get(key));
	}

	@Override
	public BenchmarkLock lock(String name) {
		ReentrantLock lock = this.locks.computeIfAbsent(name, (key) -> new ReentrantLock(true));
		return new BenchmarkLock() {

			@Override
			public void lock() {
				lock.lock();
			}

			@Override
			public void unlock() {
				lock.unlock();
			}

		};
	}

	@Override
	public BenchmarkTopic topic(String name, int subscribers) {
		return new BenchmarkTopic() {

			@Override
			public CompletableFuture<?> publish(byte[] message) {
				return CompletableFuture.runAsync(() -> {
				});
			}

			@Override
			public void close() {
			}

		};
	}

	@Override
	public BenchmarkQueues queues(String prefix) {
		SynchronousQueue<byte[]> queue = new SynchronousQueue<>(true);
		ExecutorService takers = Executors.newCachedThreadPool();
		return new BenchmarkQueues() {

			@Override
			public void handOff(int number, byte[] element) throws Exception {
				Future<byte[]> taken = takers.submit(queue::take);
				queue.put(element);
				taken.get();
			}

			@Override
			public void close() {
				takers.shutdownNow();
			}

		};
	}

	@Override
	public boolean isLeader() {
		return false;
	}

	@Override
	public void close() {
	}

}
