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

import java.util.Comparator;

import io.github.atomixspring.protocol.PrimitiveId;
import org.jspecify.annotations.Nullable;

/**
 * Something that falls due in replicated time. The order is one of content, not of
 * creation, so that a member restored from a snapshot fires in the same order as one that
 * replayed the log.
 *
 * @param deadline the replicated time in milliseconds
 * @param primitive the primitive that set it, or null for a session
 * @param session the session, or zero
 * @param key what falls due in the primitive
 */
record Timer(long deadline, @Nullable PrimitiveId primitive, long session, Bytes key) implements Comparable<Timer> {

	private static final Comparator<Timer> ORDER = Comparator.comparingLong(Timer::deadline)
		.thenComparingLong(Timer::session)
		.thenComparing(Timer::primitive, Comparator.nullsFirst(Comparator.naturalOrder()))
		.thenComparing(Timer::key);

	static Timer ofSession(long session, long deadline) {
		return new Timer(deadline, null, session, Bytes.EMPTY);
	}

	static Timer of(PrimitiveId primitive, Bytes key, long deadline) {
		return new Timer(deadline, primitive, 0, key);
	}

	@Override
	public int compareTo(Timer other) {
		return ORDER.compare(this, other);
	}

}
