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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.atomixspring.messaging.ConsumerOptions;
import io.github.atomixspring.messaging.ConsumerOptions.Acknowledgement;
import io.github.atomixspring.messaging.DistributedTaskQueue;
import io.github.atomixspring.messaging.Task;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.spring.messaging.RunningCalls.Call;
import io.github.atomixspring.spring.messaging.TaskErrorHandler.Decision;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Keeps a listener a consumer of a task queue.
 * <p>
 * To the queue all tasks are acknowledged explicitly: what comes while the container
 * stops is neither done nor acknowledged, and goes to another consumer when this one is
 * taken back.
 *
 * @param <T> the type of the tasks
 */
final class TaskListenerContainer<T> extends AbstractListenerContainer {

	private static final Log logger = LogFactory.getLog(TaskListenerContainer.class);

	private final DistributedTaskQueue<T> queue;

	private final TaskListenerOptions<T> options;

	private final TaskMethod<T> method;

	TaskListenerContainer(String id, DistributedTaskQueue<T> queue, TaskListenerOptions<T> options,
			TaskMethod<T> method, Duration shutdownTimeout) {
		super(id, "task queue '" + queue.name() + "'", shutdownTimeout);
		this.queue = queue;
		this.options = options;
		this.method = method;
	}

	@Override
	CompletableFuture<Registration> register(ListenerRun run) {
		ConsumerOptions consumer = this.options.consumer().withAcknowledgement(Acknowledgement.EXPLICIT);
		return this.queue.async().consume(consumer, (task) -> receive(run, task));
	}

	private void receive(ListenerRun run, Task<T> task) {
		Call call = run.beginCall();
		if (call != null) {
			// With explicit acknowledgement a task runs until somebody settles it.
			SettledTask<T> handed = new SettledTask<>(task, call::end);
			call.run(() -> handle(handed));
		}
	}

	private void handle(SettledTask<T> task) {
		if (this.options.isExhausted(task.deliveryCount())) {
			giveUp(task, "was handed out " + (task.deliveryCount() - 1) + " times before");
			return;
		}
		try {
			CompletionStage<?> result = this.method.handle(task);
			if (result == null) {
				succeeded(task);
				return;
			}
			result.whenComplete((value, failure) -> {
				if (failure == null) {
					succeeded(task);
				}
				else {
					failed(task, AtomixException.unwrap(failure));
				}
			});
		}
		catch (Throwable ex) {
			// Whatever it is, the task has failed and the call has ended.
			failed(task, ex);
		}
	}

	private void succeeded(Task<T> task) {
		if (this.options.isAutomatic()) {
			task.complete();
		}
	}

	private void failed(SettledTask<T> task, Throwable failure) {
		if (task.isSettled()) {
			logger.warn(this + " failed after it had settled task " + task.id(), failure);
			return;
		}
		Decision decision = decide(task, failure);
		if (decision == Decision.DROP) {
			task.complete();
		}
		else if (this.options.isLast(task.deliveryCount())) {
			giveUp(task, "failed when it was handed out for the " + task.deliveryCount() + ". time");
		}
		else if (decision == Decision.DEAD_LETTER && this.options.deadLetters() != null) {
			giveUp(task, "failed");
		}
		else {
			if (decision == Decision.DEAD_LETTER) {
				logger.error(this + " has no dead letters: task " + task.id() + " is delivered again");
			}
			task.fail();
		}
	}

	private Decision decide(Task<T> task, Throwable failure) {
		TaskErrorHandler errorHandler = this.options.errorHandler();
		if (errorHandler != null) {
			try {
				return errorHandler.handle(task, failure);
			}
			catch (RuntimeException ex) {
				ex.addSuppressed(failure);
				logger.error("Error handler of " + this + " failed at task " + task.id(), ex);
				return Decision.RETRY;
			}
		}
		logger.warn(this + " failed at task " + task.id() + ", which was handed out for the " + task.deliveryCount()
				+ ". time", failure);
		return Decision.RETRY;
	}

	private void giveUp(Task<T> task, String reason) {
		DistributedTaskQueue<T> deadLetters = this.options.deadLetters();
		if (deadLetters == null) {
			logger.error(this + " drops task " + task.id() + ", which " + reason + "; there are no dead letters");
			task.complete();
			return;
		}
		String text = this + " gives up task " + task.id() + ", which " + reason + ", to the dead letters '"
				+ deadLetters.name() + "'";
		submit(deadLetters, task.value()).whenComplete((submitted, failure) -> {
			if (failure == null) {
				logger.error(text);
				task.complete();
			}
			else {
				// It stays in its queue, and the next one who gets it tries that again.
				logger.error(text + ": that failed, it is delivered again", failure);
				task.fail();
			}
		});
	}

	private CompletableFuture<Void> submit(DistributedTaskQueue<T> deadLetters, T value) {
		try {
			return deadLetters.async().submit(value);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

}
