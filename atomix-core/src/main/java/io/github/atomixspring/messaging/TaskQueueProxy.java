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

package io.github.atomixspring.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

import io.github.atomixspring.messaging.ConsumerOptions.Acknowledgement;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.DeliveryMessages;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.ReceiptMessages;
import io.github.atomixspring.protocol.ReceiptMessages.Receipt;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.protocol.TaskMessages;
import io.github.atomixspring.proxy.AbstractPrimitive;
import io.github.atomixspring.proxy.CreationGate;
import io.github.atomixspring.proxy.Encoding;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link DistributedTaskQueue} over the session of its node.
 *
 * @param <T> the type of the tasks
 */
final class TaskQueueProxy<T> extends AbstractPrimitive implements DistributedTaskQueue<T> {

	private static final Logger logger = LoggerFactory.getLogger(TaskQueueProxy.class);

	private static final ConsumerOptions ONE = ConsumerOptions.parallel(1);

	private final Encoding<T> encoding;

	private final CreationGate gate;

	private final Requests<Integer> requests;

	private final Intakes intakes;

	private final AsyncDistributedTaskQueue<T> async = new AsyncFace();

	/**
	 * Creates a task queue.
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called when the instance is closed
	 */
	TaskQueueProxy(PrimitiveSession session, String name, TaskQueueOptions<T> options, Runnable onClose) {
		super(session, PrimitiveType.TASK_QUEUE, name, onClose);
		this.encoding = new Encoding<>(options.codec(), "a task of the queue '" + name + "'");
		this.gate = new CreationGate(session, id(),
				List.of(new Setting(TaskMessages.CAPACITY, Long.toString(options.capacity()))));
		this.requests = new Requests<>(session, id(), mailbox(), this::pass, Receipt::status);
		this.intakes = new Intakes(session, id(), mailbox(), this::pass);
	}

	/**
	 * Opens the instance.
	 */
	void start() {
		open();
	}

	private CompletableFuture<Result> pass(Command command) {
		return this.gate.pass(() -> session().submit(command));
	}

	@Override
	public void submit(T task) {
		session().await(submitTask(task));
	}

	@Override
	public void submitAndAwait(T task) throws InterruptedException {
		checkOpen();
		this.requests.await(request(task), null).ifPresent(this::requireDone);
	}

	@Override
	public boolean submitAndAwait(T task, Duration timeout) throws InterruptedException {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		checkOpen();
		return this.requests.await(request(task), timeout).map(this::requireDone).orElse(false);
	}

	private boolean requireDone(int status) {
		if (status != Receipt.DONE) {
			throw this.requests.unknown("the queue was destroyed", null);
		}
		return true;
	}

	private CompletableFuture<Receipt> submitTask(T task) {
		byte[] bytes = encode(task);
		return isClosed() ? CompletableFuture.failedFuture(closedException())
				: this.gate.pass(() -> submit(new TaskMessages.Submit(id(), 0, false, bytes), Receipt.class));
	}

	private LongFunction<Command> request(T task) {
		byte[] bytes = encode(task);
		return (number) -> new TaskMessages.Submit(id(), number, true, bytes);
	}

	private byte[] encode(T task) {
		return this.encoding.encode(Objects.requireNonNull(task, "'task' must not be null"));
	}

	@Override
	public Registration consume(TaskHandler<T> handler) {
		return consume(ONE, handler);
	}

	@Override
	public Registration consume(ConsumerOptions options, TaskHandler<T> handler) {
		return session().await(add(options, handler));
	}

	private CompletableFuture<Registration> add(ConsumerOptions options, TaskHandler<T> handler) {
		Objects.requireNonNull(options, "'options' must not be null");
		Objects.requireNonNull(handler, "'handler' must not be null");
		if (isClosed()) {
			return CompletableFuture.failedFuture(closedException());
		}
		return this.intakes.add((number) -> new DeliveryMessages.Consume(id(), number, "", options.parallelism()),
				session().callbackExecutor(), (delivery) -> handle(delivery, options.acknowledgement(), handler));
	}

	private void handle(Delivery delivery, Acknowledgement acknowledgement, TaskHandler<T> handler) {
		boolean failed = true;
		try {
			T value = this.encoding.decode(delivery.content());
			handler.handle(new HandedTask<>(session(), id(), delivery, value));
			failed = false;
		}
		catch (Exception ex) {
			logger.warn("Task {} of {} failed when it was delivered for the {}. time", delivery.assignment().id(), this,
					delivery.assignment().delivery(), ex);
		}
		finally {
			if (failed) {
				HandedTask.fail(delivery, id());
			}
			else if (acknowledgement == Acknowledgement.AUTOMATIC) {
				HandedTask.complete(delivery, id());
			}
		}
	}

	@Override
	public TaskQueueStatistics statistics() {
		return session().await(count());
	}

	private CompletableFuture<TaskQueueStatistics> count() {
		return query(new TaskMessages.Count(id()), ReadConsistency.LINEARIZABLE, TaskMessages.Counts.class)
			.thenApply((counts) -> new TaskQueueStatistics(counts.pending(), counts.running(), counts.completed(),
					counts.consumers()));
	}

	@Override
	public AsyncDistributedTaskQueue<T> async() {
		return this.async;
	}

	@Override
	protected CompletableFuture<Result.Flag> destroyAsync() {
		CompletableFuture<Result.Flag> destroyed = super.destroyAsync();
		this.gate.reset();
		return destroyed;
	}

	@Override
	protected void handle(Event event) {
		if (event instanceof DeliveryMessages.Assigned assigned) {
			this.intakes.onAssigned(assigned);
		}
		else if (event instanceof ReceiptMessages.Ended ended) {
			this.requests.ended(ended.request(), ended.status());
		}
		else if (event instanceof Event.Destroyed) {
			this.gate.reset();
			this.intakes.restart();
		}
		else if (event instanceof Event.Resync) {
			this.gate.reset();
			this.intakes.resync();
			this.requests.resync();
		}
	}

	@Override
	protected void handle(long id, SessionState state) {
		this.requests.onState(state);
		this.intakes.onState(id, state);
	}

	@Override
	protected void release() {
		this.requests.close(closedException());
		this.intakes.close(closedException());
	}

	/**
	 * The asynchronous face.
	 */
	private final class AsyncFace implements AsyncDistributedTaskQueue<T> {

		@Override
		public CompletableFuture<Void> submit(T task) {
			return session().expose(submitTask(task).thenApply((receipt) -> null));
		}

		@Override
		public CompletableFuture<Void> submitAndAwait(T task) {
			LongFunction<Command> request = request(task);
			return isClosed() ? CompletableFuture.failedFuture(closedException())
					: TaskQueueProxy.this.requests.start(request, (status) -> {
						requireDone(status);
						return null;
					});
		}

		@Override
		public CompletableFuture<Boolean> submitAndAwait(T task, Duration timeout) {
			Objects.requireNonNull(timeout, "'timeout' must not be null");
			LongFunction<Command> request = request(task);
			return isClosed() ? CompletableFuture.failedFuture(closedException()) : TaskQueueProxy.this.requests
				.start(request, timeout, (end) -> end.map(TaskQueueProxy.this::requireDone).orElse(false));
		}

		@Override
		public CompletableFuture<Registration> consume(TaskHandler<T> handler) {
			return consume(ONE, handler);
		}

		@Override
		public CompletableFuture<Registration> consume(ConsumerOptions options, TaskHandler<T> handler) {
			return session().expose(add(options, handler));
		}

		@Override
		public CompletableFuture<TaskQueueStatistics> statistics() {
			return session().expose(count());
		}

	}

}
