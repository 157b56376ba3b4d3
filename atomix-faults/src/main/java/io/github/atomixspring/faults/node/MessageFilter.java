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

package io.github.atomixspring.faults.node;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.github.atomixspring.cluster.NetworkFilter;
import io.github.atomixspring.faults.host.Direction;

/**
 * Loses messages in some directions, and counts them.
 */
final class MessageFilter implements NetworkFilter {

	private final AtomicLong lost = new AtomicLong();

	private volatile Set<Direction> blocked = Set.of();

	void block(Set<Direction> directions) {
		this.blocked = Set.copyOf(directions);
	}

	long lost() {
		return this.lost.get();
	}

	@Override
	public boolean passes(String from, String to) {
		Set<Direction> directions = this.blocked;
		if (directions.isEmpty() || !directions.contains(new Direction(from, to))) {
			return true;
		}
		this.lost.incrementAndGet();
		return false;
	}

}
