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

package io.github.atomixspring.sync;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ObjIntConsumer;

/**
 * The permits that the threads of a node acquired and did not release, in the mailbox of
 * their semaphore. Lost ones stay until somebody who meant to release them was told: a
 * thread that lost its permits must not release those that another has acquired since.
 */
final class ThreadPermits {

	private final Map<Thread, Deque<Holding>> holdings = new LinkedHashMap<>();

	private long permits;

	/**
	 * Adds what a thread acquired.
	 * @param holding what it holds
	 */
	void add(Holding holding) {
		Deque<Holding> own = this.holdings.computeIfAbsent(Objects.requireNonNull(holding.owner()),
				(thread) -> new ArrayDeque<>());
		own.addLast(holding);
		this.permits += holding.left();
		if (holding.isLost()) {
			lost(holding);
		}
	}

	/**
	 * Takes note of a loss. Of a thread that never releases only the last loss is kept.
	 * @param holding what was lost
	 */
	void lost(Holding holding) {
		Deque<Holding> own = this.holdings.get(holding.owner());
		if (own != null && own.contains(holding)) {
			for (Iterator<Holding> iterator = own.iterator(); iterator.hasNext();) {
				Holding other = iterator.next();
				if (other != holding && other.isLost()) {
					iterator.remove();
					this.permits -= other.left();
				}
			}
		}
	}

	/**
	 * Returns how many permits there are, lost ones too.
	 * @return the number of permits
	 */
	long permits() {
		return this.permits;
	}

	/**
	 * Takes permits: those that a thread acquired last, then those of others.
	 * @param count how many, at most those that are there
	 * @param thread the thread
	 * @param action called with each holding, from which nothing was taken yet, and how
	 * much to take
	 */
	void take(int count, Thread thread, ObjIntConsumer<Holding> action) {
		Deque<Holding> own = this.holdings.get(thread);
		int rest = (own != null) ? take(own, count, action) : count;
		for (Deque<Holding> others : this.holdings.values()) {
			rest = take(others, rest, action);
		}
		this.holdings.values().removeIf(Deque::isEmpty);
	}

	private int take(Deque<Holding> from, int count, ObjIntConsumer<Holding> action) {
		int rest = count;
		while (rest > 0 && !from.isEmpty()) {
			Holding last = from.getLast();
			int taken = Math.min(rest, last.left());
			action.accept(last, taken);
			this.permits -= taken;
			rest -= taken;
			if (last.left() == 0) {
				from.removeLast();
			}
		}
		return rest;
	}

	void clear() {
		this.holdings.clear();
		this.permits = 0;
	}

}
