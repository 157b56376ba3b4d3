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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * The queries of a session that wait for an answer. Guarded by the lock of the session.
 */
final class QueryLane {

	private static final int QUERY_OVERHEAD = 64;

	/**
	 * All that wait, oldest first.
	 */
	private final Map<Long, PendingQuery> pending = new LinkedHashMap<>();

	/**
	 * Those to be sent on the current link, oldest first.
	 */
	private final Deque<PendingQuery> unsent = new ArrayDeque<>();

	private long lastId;

	private long bytes;

	/**
	 * Adds a query.
	 * @param bytes the encoded query
	 * @param linearizable whether the answer must be fresh
	 * @param after the command before it, or null
	 * @param deadline when it times out
	 * @param future takes the answer
	 * @return the query
	 */
	PendingQuery add(byte[] bytes, boolean linearizable, @Nullable PendingCommand after, long deadline,
			CompletableFuture<Result> future) {
		PendingQuery query = new PendingQuery(++this.lastId, bytes, linearizable, after, deadline, future);
		this.pending.put(query.id, query);
		this.bytes += size(query);
		return query;
	}

	/**
	 * Has a query asked on the link.
	 * @param query the query
	 */
	void ask(PendingQuery query) {
		if (this.pending.containsKey(query.id)) {
			query.local = false;
			this.unsent.add(query);
		}
	}

	/**
	 * Returns the next query to send on the current link.
	 * @return the query, or null if none may leave now
	 */
	@Nullable PendingQuery next() {
		PendingQuery head;
		while ((head = this.unsent.peek()) != null) {
			if (!this.pending.containsKey(head.id)) {
				this.unsent.remove();
			}
			else if (!head.mayLeave()) {
				return null;
			}
			else {
				return this.unsent.remove();
			}
		}
		return null;
	}

	/**
	 * Takes an answer.
	 * @param answer the answer
	 * @return the query it is for, or null if it is not good for any
	 */
	@Nullable PendingQuery answered(ServerFrame.Answer answer) {
		PendingQuery query = this.pending.get(answer.id());
		if (query == null) {
			return null;
		}
		if (query.after != null && !query.after.isSeenAt(answer.index())) {
			query.early = true;
			this.unsent.addFirst(query);
			return null;
		}
		remove(query);
		return query;
	}

	/**
	 * Takes a query out.
	 * @param query the query
	 * @return whether it waited
	 */
	boolean remove(PendingQuery query) {
		if (this.pending.remove(query.id) == null) {
			return false;
		}
		this.bytes -= size(query);
		return true;
	}

	/**
	 * The link was lost: everything unanswered must be asked again on the next one.
	 */
	void linkLost() {
		this.unsent.clear();
		for (PendingQuery query : this.pending.values()) {
			if (!query.local) {
				this.unsent.add(query);
			}
		}
	}

	/**
	 * Takes out what was not answered in time.
	 * @param now the monotonic time
	 * @return the queries
	 */
	List<PendingQuery> timedOut(long now) {
		List<PendingQuery> timedOut = new ArrayList<>();
		Iterator<PendingQuery> queries = this.pending.values().iterator();
		while (queries.hasNext()) {
			PendingQuery query = queries.next();
			if (now - query.deadline < 0) {
				break;
			}
			queries.remove();
			this.bytes -= size(query);
			timedOut.add(query);
		}
		return timedOut;
	}

	/**
	 * Takes out everything.
	 * @return the queries
	 */
	List<PendingQuery> clear() {
		List<PendingQuery> all = new ArrayList<>(this.pending.values());
		this.pending.clear();
		this.unsent.clear();
		this.bytes = 0;
		return all;
	}

	/**
	 * Returns the query that times out next.
	 * @return the query, or null if none waits
	 */
	@Nullable PendingQuery oldest() {
		Iterator<PendingQuery> queries = this.pending.values().iterator();
		return (queries.hasNext()) ? queries.next() : null;
	}

	/**
	 * Returns the size of all queries that wait.
	 * @return the bytes
	 */
	long bytes() {
		return this.bytes;
	}

	private static long size(PendingQuery query) {
		return (long) query.bytes.length + QUERY_OVERHEAD;
	}

}
