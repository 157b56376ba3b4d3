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

package io.github.atomixspring.value;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.IdMessages;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.Mailbox;
import io.github.atomixspring.session.PrimitiveSession;
import org.jspecify.annotations.Nullable;

/**
 * The ids that a node has fetched. While some are left they are taken without the
 * mailbox; those who find none wait in it, in line.
 * <p>
 * One range is fetched at a time and begins after all that were asked for before, so that
 * ids grow.
 */
final class IdRanges {

	/**
	 * What {@link #take()} returns if no id is left.
	 */
	static final long NONE = 0;

	private final PrimitiveSession session;

	private final Mailbox mailbox;

	private final int size;

	private final String name;

	private final IntFunction<CompletableFuture<Result>> reserve;

	private final Deque<CompletableFuture<Long>> waiting = new ArrayDeque<>();

	private volatile Range current = new Range(1, 1, Long.MAX_VALUE);

	/**
	 * The range after the current one. Only in the mailbox, like all below.
	 */
	private @Nullable Range spare;

	private boolean fetching;

	private @Nullable RuntimeException closed;

	/**
	 * Creates ranges without ids.
	 * @param session the session of the node
	 * @param mailbox the mailbox of the generator
	 * @param size the size of a range
	 * @param name type and name of the generator
	 * @param reserve takes ids from the cluster
	 */
	IdRanges(PrimitiveSession session, Mailbox mailbox, int size, String name,
			IntFunction<CompletableFuture<Result>> reserve) {
		this.session = session;
		this.mailbox = mailbox;
		this.size = size;
		this.name = name;
		this.reserve = reserve;
	}

	/**
	 * Takes an id that is here.
	 * @return the id, or {@link #NONE}
	 */
	long take() {
		Range range = this.current;
		long id = range.take();
		if (id == range.low) {
			this.mailbox.execute(this::fetchAhead);
		}
		return id;
	}

	/**
	 * Takes an id, which may have to be fetched.
	 * @return the id
	 */
	CompletableFuture<Long> next() {
		CompletableFuture<Long> id = new CompletableFuture<>();
		this.mailbox.execute(() -> serve(id));
		return id;
	}

	private void serve(CompletableFuture<Long> wanted) {
		RuntimeException reason = this.closed;
		if (reason != null) {
			wanted.completeExceptionally(reason);
			return;
		}
		// Behind those who wait already there is nothing to be had here.
		long id = takeInTurn();
		if (id != NONE) {
			wanted.complete(id);
			return;
		}
		this.waiting.add(wanted);
		Registration timer = this.session.schedule(this.session.operationTimeout(),
				() -> this.mailbox.execute(() -> timeOut(wanted)));
		wanted.whenComplete((done, ex) -> timer.close());
		fetch();
	}

	private void timeOut(CompletableFuture<Long> wanted) {
		if (this.waiting.remove(wanted)) {
			wanted.completeExceptionally(
					new UnavailableException("No id for " + this.name + " could be fetched in time", null));
		}
	}

	private long takeInTurn() {
		long id = take();
		Range next = this.spare;
		if (id == NONE && next != null) {
			this.spare = null;
			this.current = next;
			id = take();
		}
		return id;
	}

	private void fetchAhead() {
		if (this.spare == null) {
			fetch();
		}
	}

	private void fetch() {
		if (!this.fetching && this.closed == null) {
			this.fetching = true;
			int count = Math.min(Math.max(this.size, this.waiting.size()), IdMessages.Reserve.MAX_COUNT);
			this.reserve.apply(count)
				.whenComplete((first, ex) -> this.mailbox.execute(() -> fetched(first, count, ex)));
		}
	}

	private void fetched(@Nullable Result result, int count, @Nullable Throwable failure) {
		this.fetching = false;
		if (failure == null && result instanceof Result.Number first) {
			this.spare = new Range(first.value(), first.value() + count, first.value() + (count - 1) / 2);
			serveWaiting();
		}
		else {
			Throwable cause = (failure != null) ? AtomixException.unwrap(failure)
					: new IllegalStateException("The answer is no number");
			if (!(cause instanceof UnknownOutcomeException)) {
				failWaiting(cause);
			}
		}
		if (!this.waiting.isEmpty()) {
			fetch();
		}
	}

	private void serveWaiting() {
		CompletableFuture<Long> first = this.waiting.peek();
		while (first != null) {
			if (!first.isDone()) {
				long id = takeInTurn();
				if (id == NONE) {
					return;
				}
				this.waiting.remove();
				first.complete(id);
			}
			else {
				this.waiting.remove();
			}
			first = this.waiting.peek();
		}
	}

	private void failWaiting(Throwable reason) {
		CompletableFuture<Long> first;
		while ((first = this.waiting.poll()) != null) {
			first.completeExceptionally(reason);
		}
	}

	/**
	 * Fails those who wait. Called in the mailbox.
	 * @param reason why
	 */
	void close(RuntimeException reason) {
		this.closed = reason;
		failWaiting(reason);
	}

	/**
	 * Ids that follow each other.
	 */
	private static final class Range {

		private final AtomicLong next;

		private final long end;

		private final long low;

		/**
		 * Creates a range.
		 * @param first the first id
		 * @param end the id after the last
		 * @param low the id with which the next range is fetched
		 */
		Range(long first, long end, long low) {
			this.next = new AtomicLong(first);
			this.end = end;
			this.low = low;
		}

		long take() {
			if (this.next.get() >= this.end) {
				// Not counted beyond the end again and again.
				return NONE;
			}
			long id = this.next.getAndIncrement();
			return (id < this.end) ? id : NONE;
		}

	}

}
