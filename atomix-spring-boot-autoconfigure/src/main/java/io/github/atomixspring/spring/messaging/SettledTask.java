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

import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.messaging.Task;

/**
 * A task that tells when it was settled.
 *
 * @param <T> the type of the tasks
 */
final class SettledTask<T> implements Task<T> {

	private final Task<T> task;

	private final Runnable onSettled;

	private volatile boolean settled;

	/**
	 * Creates a task.
	 * @param task the task as it was handed over
	 * @param onSettled called each time that it is settled
	 */
	SettledTask(Task<T> task, Runnable onSettled) {
		this.task = task;
		this.onSettled = onSettled;
	}

	boolean isSettled() {
		return this.settled;
	}

	@Override
	public long id() {
		return this.task.id();
	}

	@Override
	public T value() {
		return this.task.value();
	}

	@Override
	public int deliveryCount() {
		return this.task.deliveryCount();
	}

	@Override
	public long fencingToken() {
		return this.task.fencingToken();
	}

	@Override
	public boolean isHeld() {
		return this.task.isHeld();
	}

	@Override
	public CompletableFuture<Boolean> complete() {
		return settled(this.task.complete());
	}

	@Override
	public CompletableFuture<Boolean> fail() {
		return settled(this.task.fail());
	}

	private CompletableFuture<Boolean> settled(CompletableFuture<Boolean> taken) {
		this.settled = true;
		this.onSettled.run();
		return taken;
	}

	@Override
	public String toString() {
		return "Task[id=" + id() + ", deliveryCount=" + deliveryCount() + "]";
	}

}
