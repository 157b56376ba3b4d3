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

package io.github.atomixspring.statemachine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.DeliveryMessages;
import io.github.atomixspring.protocol.DeliveryMessages.Assignment;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.ReceiptMessages.Receipt;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.TaskMessages;
import io.github.atomixspring.statemachine.Waiters.Request;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a task queue: tasks that wait, in order, and tasks that are
 * assigned to consumers.
 * <p>
 * A task stays here until a consumer has said that it is done, so that an event that does
 * not arrive loses nothing. What a consumer leaves unfinished goes back to its place in
 * the line; what has failed goes to its end, so that it cannot keep others from their
 * turn.
 */
final class TaskService extends Service {

	private final Receipts receipts = new Receipts(this);

	/**
	 * The tasks that wait, by their places in the line.
	 */
	private final TreeMap<Long, Task> pending = new TreeMap<>();

	/**
	 * The tasks that are assigned, by token.
	 */
	private final TreeMap<Long, Running> running = new TreeMap<>();

	private final Waiters<Consumer> consumers = new Waiters<>();

	/**
	 * The consumers that can take a task, in the order of their turns.
	 */
	private final LinkedHashSet<Request> ready = new LinkedHashSet<>();

	/**
	 * The id of the first task since this queue was created.
	 */
	private long born = Long.MAX_VALUE;

	private long completed;

	TaskService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof TaskMessages.Submit submit) {
			return submit(submit, new Request(session, submit.request()), context);
		}
		if (command instanceof TaskMessages.Settle settle) {
			return new Result.Flag(settle(session, settle.token(), settle.done(), context));
		}
		if (command instanceof DeliveryMessages.Consume consume) {
			return consume(new Request(session, consume.consumer()), consume.parallelism(), context);
		}
		if (command instanceof DeliveryMessages.Cancel cancel) {
			boolean known = cancel(new Request(session, cancel.consumer()));
			assign(context);
			return new Result.Flag(known);
		}
		Result result = this.receipts.apply(command, session, this.born);
		return (result != null) ? result : misfit(command);
	}

	private Result submit(TaskMessages.Submit submit, Request request, Context context) {
		Receipt awaited = submit.awaited() ? this.receipts.find(request) : null;
		if (awaited != null) {
			return awaited;
		}
		long capacity = setting(TaskMessages.CAPACITY, TaskMessages.DEFAULT_CAPACITY);
		if (this.pending.size() >= capacity) {
			return ErrorCode.LIMIT.failure("The task queue '" + id().name() + "' has " + capacity + " pending tasks");
		}
		if (submit.awaited() && this.receipts.isFull()) {
			return ErrorCode.LIMIT
				.failure("The task queue '" + id().name() + "' has " + Waiters.LIMIT + " tasks that are awaited");
		}
		long id = context.nextNumber();
		this.born = Math.min(this.born, id);
		this.pending.put(id, new Task(id, id, 0, submit.awaited() ? request : null, submit.task()));
		if (submit.awaited()) {
			this.receipts.await(request, id);
		}
		assign(context);
		return new Receipt(id, submit.awaited() ? Receipt.AWAITED : Receipt.DONE);
	}

	private Result consume(Request request, int parallelism, Context context) {
		if (parallelism < 1 || parallelism > TaskMessages.MAX_PARALLELISM) {
			return ErrorCode.ILLEGAL.failure("The parallelism must be from 1 to " + TaskMessages.MAX_PARALLELISM);
		}
		if (!this.consumers.contains(request)) {
			if (this.consumers.isFull()) {
				return ErrorCode.LIMIT
					.failure("The task queue '" + id().name() + "' has " + Waiters.LIMIT + " consumers");
			}
			this.consumers.add(request, new Consumer(parallelism));
			this.ready.add(request);
			assign(context);
		}
		List<Assignment> assignments = new ArrayList<>();
		Consumer consumer = this.consumers.get(request);
		if (consumer != null) {
			consumer.tasks.forEach((token, task) -> assignments.add(assignment(token, task)));
		}
		return new DeliveryMessages.Assignments(assignments);
	}

	private static Assignment assignment(long token, Task task) {
		return new Assignment(token, task.id(), task.deliveries());
	}

	private boolean settle(long session, long token, boolean done, Context context) {
		Running assigned = this.running.get(token);
		if (assigned == null || assigned.consumer().session() != session) {
			return false;
		}
		this.running.remove(token);
		Task task = assigned.task();
		if (done) {
			this.completed++;
			this.receipts.done(task.request(), task.id(), context);
		}
		else {
			Task last = task.moved(context.nextNumber());
			this.pending.put(last.position(), last);
		}
		Consumer consumer = this.consumers.get(assigned.consumer());
		if (consumer != null) {
			consumer.tasks.remove(token);
			this.ready.add(assigned.consumer());
		}
		assign(context);
		return true;
	}

	private boolean cancel(Request request) {
		Consumer consumer = this.consumers.remove(request);
		if (consumer == null) {
			return false;
		}
		this.ready.remove(request);
		consumer.tasks.forEach((token, task) -> {
			this.running.remove(token);
			this.pending.put(task.position(), task);
		});
		return true;
	}

	private void assign(Context context) {
		while (!this.pending.isEmpty() && !this.ready.isEmpty()) {
			Request request = this.ready.iterator().next();
			this.ready.remove(request);
			Consumer consumer = this.consumers.get(request);
			if (consumer != null) {
				Task task = this.pending.pollFirstEntry().getValue().delivered();
				long token = context.nextNumber();
				this.running.put(token, new Running(task, request));
				consumer.tasks.put(token, task);
				if (consumer.tasks.size() < consumer.parallelism) {
					this.ready.add(request);
				}
				context.send(request.session(),
						new DeliveryMessages.Assigned(id(), request.number(), assignment(token, task), task.content()));
			}
		}
	}

	@Override
	void release(long session, Context context) {
		this.receipts.release(session);
		if (this.consumers.hasSession(session)) {
			List<Request> left = new ArrayList<>();
			this.consumers.forEach((request, consumer) -> {
				if (request.session() == session) {
					left.add(request);
				}
			});
			left.forEach(this::cancel);
			assign(context);
		}
	}

	@Override
	void destroy(Context context) {
		this.receipts.destroy(Receipt.LOST, context);
		Event destroyed = new Event.Destroyed(id());
		TreeSet<Long> concerned = new TreeSet<>(listeners());
		concerned.addAll(this.consumers.sessions());
		concerned.forEach((session) -> context.send(session, destroyed));
	}

	@Override
	Result read(Query query, Context context) {
		if (query instanceof TaskMessages.Count) {
			return new TaskMessages.Counts(this.pending.size(), this.running.size(), this.completed,
					this.consumers.size());
		}
		if (query instanceof DeliveryMessages.Content content) {
			Running assigned = this.running.get(content.token());
			return new Result.Entries((assigned != null)
					? List.of(new KeyValue(Bytes.EMPTY.content(), assigned.task().content(), content.token()))
					: List.of());
		}
		return misfit(query);
	}

	@Override
	boolean isEmpty() {
		return this.pending.isEmpty() && this.running.isEmpty() && this.consumers.isEmpty();
	}

	@Override
	Collection<Long> holders() {
		TreeSet<Long> sessions = new TreeSet<>(this.receipts.sessions());
		sessions.addAll(this.consumers.sessions());
		return sessions;
	}

	@Override
	boolean isHolder(long session) {
		return this.consumers.hasSession(session) || this.receipts.hasSession(session);
	}

	@Override
	Iterator<SnapshotPart> capture() {
		List<ConsumerEntry> entries = new ArrayList<>(this.consumers.size());
		this.consumers.forEach((request, consumer) -> entries.add(new ConsumerEntry(request, consumer.parallelism)));
		Part head = new Part(this.born, this.completed, entries, List.copyOf(this.ready));
		List<TaskEntry> tasks = new ArrayList<>(this.pending.size() + this.running.size());
		this.running.forEach((token, assigned) -> tasks.add(entry(assigned.task(), token, assigned.consumer())));
		this.pending.values().forEach((task) -> tasks.add(entry(task, 0, null)));
		return new Parts<>(head, tasks, (task) -> task.content().length, Tasks::new);
	}

	private TaskEntry entry(Task task, long token, @Nullable Request consumer) {
		Request request = task.request();
		boolean awaited = this.receipts.isAwaited(request, task.id());
		return new TaskEntry(task.id(), task.position(), task.deliveries(), awaited ? request : null, task.content(),
				token, consumer);
	}

	@Override
	void restore(SnapshotPart part, Context context) {
		if (part instanceof Part head) {
			this.born = head.born();
			this.completed = head.completed();
			head.consumers()
				.forEach((entry) -> this.consumers.add(entry.consumer(), new Consumer(entry.parallelism())));
			this.ready.addAll(head.ready());
			return;
		}
		for (TaskEntry entry : ((Tasks) part).tasks()) {
			Task task = new Task(entry.id(), entry.position(), entry.deliveries(), entry.request(), entry.content());
			if (entry.request() != null) {
				this.receipts.await(entry.request(), entry.id());
			}
			Request owner = entry.consumer();
			Consumer consumer = (owner != null) ? this.consumers.get(owner) : null;
			if (owner != null && consumer != null) {
				this.running.put(entry.token(), new Running(task, owner));
				consumer.tasks.put(entry.token(), task);
			}
			else {
				this.pending.put(task.position(), task);
			}
		}
	}

	/**
	 * A task.
	 *
	 * @param id the id
	 * @param position its place in the line
	 * @param deliveries how often it was assigned
	 * @param request the request of the one who awaits it, or null
	 * @param content the task itself
	 */
	private record Task(long id, long position, int deliveries, @Nullable Request request, byte[] content) {

		Task delivered() {
			return new Task(this.id, this.position,
					(this.deliveries != Integer.MAX_VALUE) ? this.deliveries + 1 : this.deliveries, this.request,
					this.content);
		}

		Task moved(long newPosition) {
			return new Task(this.id, newPosition, this.deliveries, this.request, this.content);
		}

	}

	/**
	 * A task that is assigned.
	 */
	private record Running(Task task, Request consumer) {

	}

	/**
	 * A consumer and what it has, by token.
	 */
	private static final class Consumer {

		private final int parallelism;

		private final TreeMap<Long, Task> tasks = new TreeMap<>();

		Consumer(int parallelism) {
			this.parallelism = parallelism;
		}

	}

	/**
	 * A task queue without its tasks.
	 *
	 * @param born the id of its first task
	 * @param completed how many tasks are done
	 * @param consumers the consumers
	 * @param ready those that can take a task, in the order of their turns
	 */
	@JsonTypeName("71")
	record Part(long born, long completed, List<ConsumerEntry> consumers, List<Request> ready) implements SnapshotPart {

	}

	/**
	 * Tasks of a queue: first those that are assigned, by token, then the others in
	 * order.
	 *
	 * @param tasks the tasks
	 */
	@JsonTypeName("72")
	record Tasks(List<TaskEntry> tasks) implements SnapshotPart {

	}

	/**
	 * A consumer.
	 *
	 * @param consumer its session and number
	 * @param parallelism how many tasks it takes at a time
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record ConsumerEntry(Request consumer, int parallelism) {

	}

	/**
	 * A task.
	 *
	 * @param id the id
	 * @param position its place in the line
	 * @param deliveries how often it was assigned
	 * @param request the request of the one who awaits it, or null
	 * @param content the task itself
	 * @param token the token of the assignment, or zero
	 * @param consumer who has it, or null
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record TaskEntry(long id, long position, int deliveries, @Nullable Request request, byte[] content, long token,
			@Nullable Request consumer) {

	}

}
