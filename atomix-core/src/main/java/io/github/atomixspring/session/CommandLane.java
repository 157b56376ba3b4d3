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

package io.github.atomixspring.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.Sequenced;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a session: their numbers, what waits, what is unanswered, and what must
 * be sent again on a new link. Guarded by the lock of the session.
 * <p>
 * A command gets its number when it leaves for the first time. One that is given up
 * before simply is no more; one that is given up later keeps its place, because the
 * numbers have no gaps, and is sent until the cluster answers it.
 */
final class CommandLane {

	private static final int MAX_BATCH_BYTES = 256 * 1024;

	private static final int COMMAND_OVERHEAD = 16;

	private final int maxBatches;

	/**
	 * Submitted, without a number.
	 */
	private final Deque<PendingCommand> queued = new ArrayDeque<>();

	/**
	 * With a number, from the first that is not answered.
	 */
	private final Deque<PendingCommand> sent = new ArrayDeque<>();

	/**
	 * The part of {@link #sent} that the current link has not seen.
	 */
	private final Deque<PendingCommand> resend = new ArrayDeque<>();

	/**
	 * The last number of each batch on the current link.
	 */
	private final Deque<Long> batches = new ArrayDeque<>();

	private long lastSequence;

	private long acknowledged;

	private long bytes;

	CommandLane(int maxBatches) {
		this.maxBatches = maxBatches;
	}

	/**
	 * Adds a command.
	 * @param command the command
	 */
	void add(PendingCommand command) {
		this.queued.add(command);
		this.bytes += size(command);
	}

	/**
	 * Returns the next batch to send on the current link.
	 * @return the commands, with consecutive numbers, or null if nothing may leave now
	 */
	@Nullable List<Sequenced> nextBatch() {
		if (this.batches.size() >= this.maxBatches) {
			return null;
		}
		while (!this.resend.isEmpty() && this.resend.element().sequence <= this.acknowledged) {
			this.resend.remove();
		}
		if (this.resend.isEmpty() && this.queued.isEmpty()) {
			return null;
		}
		List<Sequenced> batch = new ArrayList<>();
		long size = 0;
		PendingCommand command;
		while ((command = (!this.resend.isEmpty()) ? this.resend.peek() : this.queued.peek()) != null) {
			size += size(command);
			if (size > MAX_BATCH_BYTES && !batch.isEmpty()) {
				break;
			}
			if (!this.resend.isEmpty()) {
				this.resend.remove();
			}
			else {
				this.queued.remove();
				command.sequence = ++this.lastSequence;
				this.sent.add(command);
			}
			batch.add(new Sequenced(command.sequence, command.bytes));
		}
		this.batches.add(batch.get(batch.size() - 1).sequence());
		return batch;
	}

	/**
	 * Takes answers.
	 * @param index the log index at which they were made
	 * @param results the answers
	 * @return the commands whose answers can be given out now, in order
	 */
	List<PendingCommand> answered(long index, List<NumberedResult> results) {
		Iterator<PendingCommand> cursor = this.sent.iterator();
		long last = 0;
		for (NumberedResult result : results) {
			if (result.sequence() <= last) {
				cursor = this.sent.iterator();
			}
			last = result.sequence();
			while (last > this.acknowledged && cursor.hasNext()) {
				PendingCommand command = cursor.next();
				if (command.sequence == last) {
					if (command.result == null) {
						command.result = result.result();
						command.index = index;
					}
					break;
				}
			}
		}
		return takeAnswered();
	}

	private List<PendingCommand> takeAnswered() {
		List<PendingCommand> answered = new ArrayList<>();
		PendingCommand head;
		while ((head = this.sent.peek()) != null && head.result != null) {
			this.sent.remove();
			this.bytes -= size(head);
			this.acknowledged = head.sequence;
			if (!head.settled) {
				head.settled = true;
				answered.add(head);
			}
		}
		while (!this.batches.isEmpty() && this.batches.element() <= this.acknowledged) {
			this.batches.remove();
		}
		return answered;
	}

	/**
	 * Settles what was not answered in time.
	 * @param now the monotonic time
	 * @return the commands; those without a number never left
	 */
	List<PendingCommand> timedOut(long now) {
		List<PendingCommand> timedOut = new ArrayList<>();
		for (PendingCommand command : this.sent) {
			if (now - command.deadline < 0) {
				break;
			}
			if (!command.settled) {
				command.settled = true;
				timedOut.add(command);
			}
		}
		PendingCommand head;
		while ((head = this.queued.peek()) != null && now - head.deadline >= 0) {
			settleQueued(this.queued.remove(), timedOut);
		}
		return timedOut;
	}

	/**
	 * Returns the command that times out next.
	 * @return the command, or null if none waits
	 */
	@Nullable PendingCommand oldest() {
		for (PendingCommand command : this.sent) {
			if (!command.settled) {
				return command;
			}
		}
		return this.queued.peek();
	}

	/**
	 * The link was lost: everything unanswered must be sent again on the next one.
	 */
	void linkLost() {
		this.batches.clear();
		this.resend.clear();
		this.resend.addAll(this.sent);
	}

	/**
	 * The session has ended: numbers start again. What never left stays.
	 * @return the commands that left and were not settled
	 */
	List<PendingCommand> sessionEnded() {
		List<PendingCommand> lost = new ArrayList<>();
		for (PendingCommand command : this.sent) {
			this.bytes -= size(command);
			if (!command.settled) {
				command.settled = true;
				lost.add(command);
			}
		}
		this.sent.clear();
		this.resend.clear();
		this.batches.clear();
		this.lastSequence = 0;
		this.acknowledged = 0;
		return lost;
	}

	/**
	 * Gives up what never left.
	 * @return the commands
	 */
	List<PendingCommand> clearQueued() {
		List<PendingCommand> cleared = new ArrayList<>();
		while (!this.queued.isEmpty()) {
			settleQueued(this.queued.remove(), cleared);
		}
		return cleared;
	}

	private void settleQueued(PendingCommand command, List<PendingCommand> settled) {
		this.bytes -= size(command);
		command.settled = true;
		settled.add(command);
	}

	/**
	 * Returns the command submitted last, if its effect cannot be seen yet.
	 * @return the command, or null
	 */
	@Nullable PendingCommand last() {
		return (!this.queued.isEmpty()) ? this.queued.peekLast() : this.sent.peekLast();
	}

	/**
	 * Returns the number up to which all answers are here.
	 * @return the number
	 */
	long acknowledged() {
		return this.acknowledged;
	}

	/**
	 * Returns whether commands wait for answers on the current link.
	 * @return whether they do
	 */
	boolean isBusy() {
		return !this.batches.isEmpty();
	}

	/**
	 * Returns the size of all commands that are kept.
	 * @return the bytes
	 */
	long bytes() {
		return this.bytes;
	}

	private static long size(PendingCommand command) {
		return (long) command.bytes.length + COMMAND_OVERHEAD;
	}

}
