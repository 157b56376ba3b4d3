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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait at a primitive, first in, first out.
 *
 * @param <W> what is kept of a request
 */
final class Waiters<W> {

	/**
	 * The greatest number of waiters of a primitive.
	 */
	static final int LIMIT = 100_000;

	private final Map<Request, W> waiting = new LinkedHashMap<>();

	/**
	 * The number of waiters by session: asked for with every command, so that it must not
	 * be counted each time.
	 */
	private final TreeMap<Long, Integer> counts = new TreeMap<>();

	void add(Request request, W what) {
		if (this.waiting.put(request, what) == null) {
			this.counts.merge(request.session(), 1, Integer::sum);
		}
	}

	/**
	 * Returns the one who has waited longest.
	 * @return the request and what is kept of it, or null if nobody waits
	 */
	Map.@Nullable Entry<Request, W> first() {
		return this.waiting.isEmpty() ? null : this.waiting.entrySet().iterator().next();
	}

	@Nullable W get(Request request) {
		return this.waiting.get(request);
	}

	/**
	 * Removes a request.
	 * @param request the request
	 * @return what was kept of it, or null if it does not wait
	 */
	@Nullable W remove(Request request) {
		W removed = this.waiting.remove(request);
		if (removed != null) {
			this.counts.computeIfPresent(request.session(), (session, count) -> (count > 1) ? count - 1 : null);
		}
		return removed;
	}

	/**
	 * Removes all requests of a session.
	 * @param session the session
	 */
	void removeAll(long session) {
		if (this.counts.remove(session) != null) {
			this.waiting.keySet().removeIf((request) -> request.session() == session);
		}
	}

	void clear() {
		this.waiting.clear();
		this.counts.clear();
	}

	boolean contains(Request request) {
		return this.waiting.containsKey(request);
	}

	boolean hasSession(long session) {
		return this.counts.containsKey(session);
	}

	NavigableSet<Long> sessions() {
		return this.counts.navigableKeySet();
	}

	void forEach(BiConsumer<Request, W> action) {
		this.waiting.forEach(action);
	}

	boolean isFull() {
		return this.waiting.size() >= LIMIT;
	}

	boolean isEmpty() {
		return this.waiting.isEmpty();
	}

	int size() {
		return this.waiting.size();
	}

	/**
	 * A request of a session.
	 *
	 * @param session the session
	 * @param number the number of the request, unique in the session
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record Request(long session, long number) {

	}

}
