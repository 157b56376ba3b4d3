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

import java.util.concurrent.CompletionStage;

import io.github.atomixspring.messaging.ConsumerOptions;
import io.github.atomixspring.messaging.ConsumerOptions.Acknowledgement;
import io.github.atomixspring.messaging.DistributedTaskQueue;
import io.github.atomixspring.messaging.Task;
import io.github.atomixspring.spring.annotation.InvalidAnnotationException;
import io.github.atomixspring.spring.annotation.TaskListener;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * A method with {@link TaskListener @TaskListener}.
 */
final class TaskListenerMethod implements AnnotatedListener {

	private static final int MAX_CONCURRENCY = 1_000;

	private final TaskListener annotation;

	private final ListenerMethod method;

	private final PayloadType type;

	/** For each parameter whether it takes the task with all that is known of it. */
	private final boolean[] takesTask;

	/**
	 * Creates a listener.
	 * @param annotation the annotation
	 * @param method the method
	 * @throws io.github.atomixspring.spring.annotation.InvalidAnnotationException if it
	 * cannot work
	 */
	TaskListenerMethod(TaskListener annotation, ListenerMethod method) {
		this.annotation = annotation;
		this.method = method;
		if (annotation.queue().isBlank()) {
			throw method.invalid("does not name a task queue", "Name it, as in @TaskListener(\"mails\")");
		}
		this.takesTask = new boolean[method.parameterCount()];
		this.type = findType();
		boolean explicit = annotation.acknowledgement() == Acknowledgement.EXPLICIT;
		if (explicit && !takesTask()) {
			throw method.invalid("acknowledges explicitly and has no parameter by which it could",
					"Add a parameter of the type Task<" + this.type.type().toClass().getSimpleName()
							+ ">, or leave the acknowledgement automatic");
		}
		if (!annotation.deadLetters().isEmpty() && annotation.maxDeliveries().isEmpty()
				&& annotation.errorHandler().isEmpty()) {
			throw method.invalid("has dead letters to which no task would ever go",
					"Set 'maxDeliveries', or an 'errorHandler' that decides for dead letters");
		}
		ReturnTypes.requireStageOrUnused(method);
	}

	private PayloadType findType() {
		PayloadType value = null;
		PayloadType task = null;
		for (int i = 0; i < this.takesTask.length; i++) {
			ResolvableType parameter = this.method.parameterType(i);
			if (parameter.resolve() == Task.class && task == null) {
				this.takesTask[i] = true;
				task = new PayloadType(parameter.getGeneric(), this.method.place());
			}
			else if (value == null) {
				value = new PayloadType(parameter, this.method.place());
			}
			else {
				throw wrongParameters();
			}
		}
		if (task != null && value != null && !task.isSame(value)) {
			throw this.method.invalid("takes both '" + value.type() + "' and '" + task.type() + "'",
					"Declare one type of tasks, as in (Mail mail, Task<Mail> task)");
		}
		PayloadType found = (value != null) ? value : task;
		if (found == null) {
			throw wrongParameters();
		}
		return found;
	}

	private InvalidAnnotationException wrongParameters() {
		return this.method.invalid("has other parameters than a task",
				"Declare a parameter for the task, and perhaps one of the type Task, as in "
						+ "(Mail mail, Task<Mail> task)");
	}

	private boolean takesTask() {
		for (boolean takes : this.takesTask) {
			if (takes) {
				return true;
			}
		}
		return false;
	}

	@Override
	public void register(ListenerFactory factory) {
		String name = factory.text(this.method, "queue", this.annotation.queue());
		DistributedTaskQueue<Object> queue = factory.taskQueue(this.method, name, this.type);
		TaskListenerOptions<Object> options = new TaskListenerOptions<>(
				new ConsumerOptions(
						factory.number(this.method, "concurrency", this.annotation.concurrency(), 1, MAX_CONCURRENCY),
						this.annotation.acknowledgement()),
				maxDeliveries(factory), deadLetters(factory, name),
				factory.errorHandler(this.method, this.annotation.errorHandler(), TaskErrorHandler.class));
		boolean starts = factory.isTrue(this.method, "autoStartup", this.annotation.autoStartup());
		factory.add(this.method, this.annotation.id(),
				(id) -> factory.listeners().addTaskListener(id, queue, options, this::invoke, starts));
	}

	private int maxDeliveries(ListenerFactory factory) {
		String value = this.annotation.maxDeliveries();
		return (value.isEmpty()) ? 0 : factory.number(this.method, "maxDeliveries", value, 1, Integer.MAX_VALUE);
	}

	private @Nullable DistributedTaskQueue<Object> deadLetters(ListenerFactory factory, String queue) {
		if (this.annotation.deadLetters().isEmpty()) {
			return null;
		}
		String name = factory.text(this.method, "deadLetters", this.annotation.deadLetters());
		if (name.equals(queue)) {
			throw this.method.invalid("has the task queue '" + name + "' as its own dead letters",
					"Name another task queue");
		}
		return factory.taskQueue(this.method, name, this.type);
	}

	private @Nullable CompletionStage<?> invoke(Task<Object> task) throws Exception {
		Object[] arguments = new Object[this.takesTask.length];
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = (this.takesTask[i]) ? task : task.value();
		}
		try {
			return (this.method.invoke(arguments) instanceof CompletionStage<?> stage) ? stage : null;
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}
