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

package io.github.atomixspring.faulttolerance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.linearizability.Verdict;
import io.github.atomixspring.messaging.ConsumerOptions;
import io.github.atomixspring.messaging.ConsumerOptions.Acknowledgement;
import io.github.atomixspring.messaging.DistributedTaskQueue;
import io.github.atomixspring.messaging.Messaging;
import io.github.atomixspring.messaging.Task;
import io.github.atomixspring.messaging.TaskQueueOptions;
import io.github.atomixspring.messaging.TaskQueueStatistics;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;

/**
 * Submits tasks and does them on all nodes.
 */
final class TaskLoad extends Load {

	private static final ConsumerOptions OPTIONS = ConsumerOptions.parallel(3)
		.withAcknowledgement(Acknowledgement.EXPLICIT);

	private final String name;

	private final Map<SessionClient, Member> members = new ConcurrentHashMap<>();

	private final ConcurrentLinkedQueue<Work> works = new ConcurrentLinkedQueue<>();

	private final Set<Long> submitted = ConcurrentHashMap.newKeySet();

	/**
	 * When the wait for a task ended that was said to be done.
	 */
	private final Map<Long, Long> awaited = new ConcurrentHashMap<>();

	private final AtomicLong tasks = new AtomicLong();

	TaskLoad(Nodes nodes, String name) {
		super(nodes, name);
		this.name = name;
	}

	@Override
	void call(Caller caller, SessionClient session) throws Exception {
		Member member = this.members.computeIfAbsent(session, Member::new);
		try {
			member.consume();
			long task = this.tasks.incrementAndGet();
			if (caller.random().nextInt(4) == 0) {
				member.queue.async().submitAndAwait(task).get(2 * CALL_SECONDS, TimeUnit.SECONDS);
				this.awaited.put(task, System.nanoTime());
			}
			else {
				member.queue.async().submit(task).get(CALL_SECONDS, TimeUnit.SECONDS);
			}
			this.submitted.add(task);
			progress().ok();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof UnknownOutcomeException) {
				progress().unknown();
			}
			else if (ex.getCause() instanceof AtomixException) {
				progress().failed();
			}
			else {
				throw ex;
			}
		}
	}

	/**
	 * Consumes on a session that dies with tasks unfinished.
	 * @param session the session
	 * @return the number of tasks that it has
	 * @throws Exception if it cannot consume
	 */
	Set<Long> hoard(SessionClient session) throws Exception {
		Set<Long> taken = ConcurrentHashMap.newKeySet();
		createQueue(session).async().consume(OPTIONS, (task) -> {
			this.works.add(new Work(task));
			taken.add(task.value());
		}).get(CALL_SECONDS, TimeUnit.SECONDS);
		Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> taken.size() >= OPTIONS.parallelism());
		return taken;
	}

	/**
	 * Waits until tasks were done.
	 * @param wanted the tasks
	 */
	void awaitDone(Set<Long> wanted) {
		Awaitility.await()
			.alias("the tasks " + wanted + " are done")
			.atMost(TestCluster.PATIENCE)
			.until(() -> this.works.stream()
				.filter(Work::isDone)
				.map((work) -> work.task.value())
				.collect(Collectors.toSet())
				.containsAll(wanted));
	}

	private DistributedTaskQueue<Long> createQueue(SessionClient session) {
		return Messaging.createTaskQueue(session, this.name, TaskQueueOptions.of(Codecs.longs()), () -> {
		});
	}

	private void work(Task<Long> task) {
		Work work = new Work(task);
		this.works.add(work);
		// Other than an exception, an early settlement is not always the last word.
		if (ThreadLocalRandom.current().nextInt(20) == 0) {
			work.end();
			task.fail();
			return;
		}
		LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(ThreadLocalRandom.current().nextInt(3_000)));
		work.end();
		work.completed = task.complete();
	}

	private TaskQueueStatistics drain() {
		DistributedTaskQueue<Long> queue = this.members.get(nodes().session(Nodes.CLIENT)).queue;
		return Awaitility.await()
			.alias("all tasks are done")
			.atMost(TestCluster.PATIENCE)
			.ignoreExceptionsInstanceOf(AtomixException.class)
			.until(queue::statistics, (statistics) -> statistics.pending() == 0 && statistics.running() == 0);
	}

	@Override
	Verdict judge() {
		TaskQueueStatistics statistics = drain();
		Map<Long, List<Work>> byTask = this.works.stream().collect(Collectors.groupingBy((work) -> work.task.value()));
		List<String> problems = new ArrayList<>();
		Set<Long> missing = new HashSet<>(this.submitted);
		missing.removeAll(byTask.keySet());
		missing.forEach((task) -> problems.add("Task " + task + " was submitted and not done"));
		byTask.forEach((task, list) -> judge(task, list, problems));
		if (statistics.completed() != byTask.size()) {
			problems.add("The cluster counts " + statistics.completed() + " tasks of " + byTask.size());
		}
		long again = byTask.values().stream().filter((list) -> list.size() > 1).count();
		System.out.printf("%s: %d tasks, %d submitted for sure, %d delivered more than once, %d problems%n", this.name,
				byTask.size(), this.submitted.size(), again, problems.size());
		return new Verdict(problems.isEmpty() ? Verdict.Status.VALID : Verdict.Status.INVALID, byTask.size(), 0,
				String.join("\n", problems));
	}

	private void judge(long task, List<Work> works, List<String> problems) {
		List<Work> ordered = works.stream()
			.sorted(Comparator.comparingLong((work) -> work.task.fencingToken()))
			.toList();
		if (task > this.tasks.get()) {
			problems.add("Nobody submitted " + task);
		}
		if (works.stream().filter(Work::isDone).count() > 1) {
			problems.add("Task " + task + " was taken as done twice");
		}
		Long end = this.awaited.get(task);
		if (end != null && works.stream().noneMatch((work) -> work.heldUntil - end < 0)) {
			problems.add("Task " + task + " was said to be done before it was");
		}
		for (int i = 1; i < ordered.size(); i++) {
			Work before = ordered.get(i - 1);
			Work after = ordered.get(i);
			if (before.task.fencingToken() == after.task.fencingToken()
					|| before.task.deliveryCount() >= after.task.deliveryCount()) {
				problems.add("Task " + task + " was delivered twice as " + before.task.deliveryCount());
			}
			if (before.held && before.heldUntil - after.began > 0) {
				problems.add("Task " + task + " was held by two consumers at once");
			}
		}
	}

	/**
	 * The queue on a session.
	 */
	private final class Member {

		private final DistributedTaskQueue<Long> queue;

		private boolean consumes;

		Member(SessionClient session) {
			this.queue = createQueue(session);
		}

		void consume() throws Exception {
			if (!this.consumes) {
				this.queue.async().consume(OPTIONS, TaskLoad.this::work).get(CALL_SECONDS, TimeUnit.SECONDS);
				this.consumes = true;
			}
		}

	}

	/**
	 * The work on a task.
	 */
	private static final class Work {

		private final Task<Long> task;

		private final long began = System.nanoTime();

		private volatile long heldUntil = this.began;

		private volatile boolean held;

		private volatile CompletableFuture<Boolean> completed = new CompletableFuture<>();

		Work(Task<Long> task) {
			this.task = task;
		}

		/**
		 * Notes the end of the work, if the task was held until then.
		 */
		void end() {
			long now = System.nanoTime();
			if (this.task.isHeld()) {
				this.held = true;
				this.heldUntil = now;
			}
		}

		boolean isDone() {
			return this.completed.isDone() && !this.completed.isCompletedExceptionally() && this.completed.join();
		}

	}

}
