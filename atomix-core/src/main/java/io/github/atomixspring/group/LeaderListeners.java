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

package io.github.atomixspring.group;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.proxy.ListenerSet;
import org.jspecify.annotations.Nullable;

/**
 * The listeners to the leadership of a group and what each was told last. Touched in the
 * mailbox only.
 */
final class LeaderListeners {

	private final ListenerSet<Told> listeners;

	/**
	 * Creates an empty set.
	 * @param executors returns a new serial executor
	 * @param group the name of the group
	 */
	LeaderListeners(Supplier<Executor> executors, String group) {
		this.listeners = new ListenerSet<>(executors, "group '" + group + "'");
	}

	Registration add(GroupLeaderListener listener, GroupLeadership present) {
		ListenerSet.Entry<Told> entry = this.listeners.add(new Told(listener));
		tell(entry, present);
		return entry;
	}

	void publish(GroupLeadership leadership) {
		this.listeners.entries().forEach((entry) -> tell(entry, leadership));
	}

	private static void tell(ListenerSet.Entry<Told> entry, GroupLeadership leadership) {
		if (entry.listener().differs(leadership)) {
			entry.call((told) -> told.listener.onLeadership(leadership));
		}
	}

	void clear() {
		this.listeners.clear();
	}

	/**
	 * A listener and what it was told.
	 */
	private static final class Told {

		private final GroupLeaderListener listener;

		private @Nullable GroupLeadership last;

		Told(GroupLeaderListener listener) {
			this.listener = listener;
		}

		boolean differs(GroupLeadership leadership) {
			GroupLeadership before = this.last;
			if (before != null
					&& (leadership.equals(before) || (leadership.leader() == null && before.leader() == null))) {
				return false;
			}
			this.last = leadership;
			return true;
		}

	}

}
