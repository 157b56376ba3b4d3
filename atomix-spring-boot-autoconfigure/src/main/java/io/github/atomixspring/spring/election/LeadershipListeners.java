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

package io.github.atomixspring.spring.election;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/**
 * The listeners of all elections of an application, in their order.
 */
class LeadershipListeners {

	private static final Log logger = LogFactory.getLog(LeadershipListeners.class);

	private final Map<String, List<Entry>> entries = new ConcurrentHashMap<>();

	Entry add(String election, LeadershipListener listener) {
		Entry entry = new Entry(election, listener);
		this.entries.merge(election, List.of(entry), (present, added) -> {
			List<Entry> changed = new ArrayList<>(present);
			changed.addAll(added);
			changed.sort((one, other) -> AnnotationAwareOrderComparator.INSTANCE.compare(one.listener, other.listener));
			return List.copyOf(changed);
		});
		return entry;
	}

	void remove(Entry entry) {
		entry.removed = true;
		this.entries.computeIfPresent(entry.election, (election, present) -> {
			List<Entry> changed = new ArrayList<>(present);
			changed.remove(entry);
			return (changed.isEmpty()) ? null : List.copyOf(changed);
		});
	}

	void granted(Leadership leadership) {
		of(leadership.election()).forEach((entry) -> entry.granted(leadership));
	}

	void revoked(Leadership leadership) {
		of(leadership.election()).forEach((entry) -> entry.revoked(leadership));
	}

	private List<Entry> of(String election) {
		return this.entries.getOrDefault(election, List.of());
	}

	/**
	 * A listener and what it was told last. It is told by one thread at a time.
	 */
	static final class Entry {

		private final String election;

		private final LeadershipListener listener;

		private volatile @Nullable Leadership told;

		private volatile boolean removed;

		private Entry(String election, LeadershipListener listener) {
			this.election = election;
			this.listener = listener;
		}

		String election() {
			return this.election;
		}

		/**
		 * Tells the listener of a leadership, once.
		 * @param leadership the leadership
		 */
		void granted(Leadership leadership) {
			Leadership before = this.told;
			if (before == null || before.term() != leadership.term()) {
				this.told = leadership;
				call(leadership, this.listener::onGranted);
			}
		}

		private void revoked(Leadership leadership) {
			Leadership before = this.told;
			if (before != null && before.term() == leadership.term()) {
				this.told = null;
				call(leadership, this.listener::onRevoked);
			}
		}

		private void call(Leadership leadership, Consumer<Leadership> method) {
			if (this.removed) {
				return;
			}
			try {
				method.accept(leadership);
			}
			catch (RuntimeException | Error ex) {
				logger.error("Listener of " + leadership + " failed: " + this.listener, ex);
			}
		}

	}

}
