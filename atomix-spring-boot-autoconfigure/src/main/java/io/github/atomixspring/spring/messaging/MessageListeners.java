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

package io.github.atomixspring.spring.messaging;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import io.github.atomixspring.messaging.DistributedTaskQueue;
import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.messaging.TaskHandler;
import io.github.atomixspring.messaging.TopicListener;

import org.springframework.context.SmartLifecycle;
import org.springframework.util.Assert;

/**
 * The listeners of this application: those of annotated methods and those that were added
 * here.
 * <p>
 * They start when everything else has started and stop before anything they may use does:
 * before the leaderships of the application end and before its web server. Neither waits
 * for a quorum. A stop waits for the calls that are running.
 *
 * @since 0.1.0
 */
public class MessageListeners implements SmartLifecycle {

	/**
	 * The phase in which listeners start: after candidates were put up for elections.
	 */
	public static final int PHASE = Integer.MAX_VALUE - 900;

	private final Duration shutdownTimeout;

	private final boolean autoStartup;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile Map<String, AbstractListenerContainer> containers = Map.of();

	private volatile boolean running;

	/**
	 * Creates an empty instance.
	 * @param shutdownTimeout how long a stop waits for running calls
	 * @param autoStartup whether to start with the application
	 */
	public MessageListeners(Duration shutdownTimeout, boolean autoStartup) {
		Assert.notNull(shutdownTimeout, "'shutdownTimeout' must not be null");
		this.shutdownTimeout = shutdownTimeout;
		this.autoStartup = autoStartup;
	}

	/**
	 * Adds a listener of a topic. It starts with the others, at once if they have.
	 * @param <T> the type of the messages
	 * @param id the id, unique in the application
	 * @param topic the topic
	 * @param listener the listener. Other than with the topic itself it is also told of a
	 * gap after it was stopped and started again
	 * @return its container
	 * @throws IllegalStateException if there is a listener with this id
	 */
	public <T> ListenerContainer addTopicListener(String id, DistributedTopic<T> topic, TopicListener<T> listener) {
		Assert.notNull(topic, "'topic' must not be null");
		Assert.notNull(listener, "'listener' must not be null");
		return add(new TopicListenerContainer<>(id, topic, listener, this.shutdownTimeout), true);
	}

	/**
	 * Adds a listener of a task queue. It starts with the others, at once if they have.
	 * @param <T> the type of the tasks
	 * @param id the id, unique in the application
	 * @param queue the task queue
	 * @param options how it does tasks
	 * @param handler does the tasks
	 * @return its container
	 * @throws IllegalStateException if there is a listener with this id
	 */
	public <T> ListenerContainer addTaskListener(String id, DistributedTaskQueue<T> queue,
			TaskListenerOptions<T> options, TaskHandler<T> handler) {
		Assert.notNull(handler, "'handler' must not be null");
		return addTaskListener(id, queue, options, (task) -> {
			handler.handle(task);
			return null;
		}, true);
	}

	<T> ListenerContainer addTaskListener(String id, DistributedTaskQueue<T> queue, TaskListenerOptions<T> options,
			TaskMethod<T> method, boolean starts) {
		Assert.notNull(queue, "'queue' must not be null");
		Assert.notNull(options, "'options' must not be null");
		return add(new TaskListenerContainer<>(id, queue, options, method, this.shutdownTimeout), starts);
	}

	<T> ListenerContainer addTopicListener(String id, DistributedTopic<T> topic, TopicListener<T> listener,
			boolean starts) {
		return add(new TopicListenerContainer<>(id, topic, listener, this.shutdownTimeout), starts);
	}

	private ListenerContainer add(AbstractListenerContainer container, boolean starts) {
		container.want(starts);
		this.lock.lock();
		try {
			Map<String, AbstractListenerContainer> changed = new LinkedHashMap<>(this.containers);
			Assert.state(changed.put(container.id(), container) == null,
					() -> "There is a listener with the id '" + container.id() + "' already");
			this.containers = changed;
			if (this.running) {
				container.resume();
			}
		}
		finally {
			this.lock.unlock();
		}
		return container;
	}

	/**
	 * Returns the container of a listener.
	 * @param id the id of the listener
	 * @return the container, or empty if there is no such listener
	 */
	public Optional<ListenerContainer> container(String id) {
		return Optional.ofNullable(this.containers.get(id));
	}

	/**
	 * Returns the containers of all listeners.
	 * @return the containers, in the order in which they were added
	 */
	public Collection<ListenerContainer> containers() {
		return List.copyOf(this.containers.values());
	}

	@Override
	public void start() {
		this.lock.lock();
		try {
			this.running = true;
			this.containers.values().forEach(AbstractListenerContainer::resume);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void stop() {
		suspend().join();
	}

	@Override
	public void stop(Runnable callback) {
		suspend().thenRun(callback);
	}

	private CompletableFuture<Void> suspend() {
		this.lock.lock();
		try {
			this.running = false;
			return CompletableFuture.allOf(this.containers.values()
				.stream()
				.map(AbstractListenerContainer::suspend)
				.toArray(CompletableFuture[]::new));
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isAutoStartup() {
		return this.autoStartup;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
