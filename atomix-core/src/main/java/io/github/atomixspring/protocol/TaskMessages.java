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

package io.github.atomixspring.protocol;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Messages of task queues.
 */
public final class TaskMessages {

	/**
	 * The setting of the greatest number of tasks that wait for a consumer.
	 */
	public static final String CAPACITY = "capacity";

	/**
	 * The greatest number of tasks that wait where nothing else is configured.
	 */
	public static final long DEFAULT_CAPACITY = 100_000;

	/**
	 * The greatest number of tasks that a consumer takes at a time.
	 */
	public static final int MAX_PARALLELISM = 1_000;

	private TaskMessages() {
	}

	/**
	 * Submits a task. Answers {@link ReceiptMessages.Receipt} with the id of the task.
	 *
	 * @param target the queue
	 * @param request the number of the request, unique in the session
	 * @param awaited whether to tell when the task is done
	 * @param task the task
	 */
	@JsonTypeName("76")
	public record Submit(PrimitiveId target, long request, boolean awaited, byte[] task) implements Command {
		public Submit {
			Presence.check(target, task);
		}

	}

	/**
	 * Ends an assignment. Answers {@link Result.Flag}: whether it was in force.
	 *
	 * @param target the queue
	 * @param token the token of the assignment
	 * @param done whether the task is done; otherwise it is assigned again
	 */
	@JsonTypeName("77")
	public record Settle(PrimitiveId target, long token, boolean done) implements Command, Releasing {
		public Settle {
			Presence.check(target);
		}

	}

	/**
	 * Counts the tasks. Answers {@link Counts}.
	 *
	 * @param target the queue
	 */
	@JsonTypeName("71")
	public record Count(PrimitiveId target) implements Query {
		public Count {
			Presence.check(target);
		}

	}

	/**
	 * The numbers of tasks and consumers.
	 *
	 * @param pending the tasks that wait
	 * @param running the tasks that are assigned
	 * @param completed the tasks done since the queue was created
	 * @param consumers the consumers
	 */
	@JsonTypeName("72")
	public record Counts(long pending, long running, long completed, int consumers) implements Result {

	}

}
