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

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

import org.jspecify.annotations.Nullable;

import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * How threads are made. Not a bean of the type {@link ThreadFactory} or {@link Executor},
 * so as not to stand in the way of those of the application.
 *
 * @param virtual makes virtual threads, or null for platform threads
 */
record AtomixThreads(@Nullable VirtualThreadTaskExecutor virtual) {

	/**
	 * Returns a factory of threads for short tasks that may wait.
	 * @return the factory
	 */
	ThreadFactory factory() {
		return (this.virtual != null) ? this.virtual.getVirtualThreadFactory() : (task) -> {
			Thread thread = new Thread(task, "atomix-elections");
			thread.setDaemon(true);
			return thread;
		};
	}

	/**
	 * Returns the executor of listeners.
	 * @return the executor, or null for the threads of the node
	 */
	@Nullable Executor callbackExecutor() {
		return this.virtual;
	}

}
