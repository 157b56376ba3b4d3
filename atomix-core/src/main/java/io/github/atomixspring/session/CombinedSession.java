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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

import io.github.atomixspring.metrics.OperationObserver;
import io.github.atomixspring.primitive.Registration;

/**
 * What stands for the sessions of a node with several partitions: its state is the worst
 * of theirs, and its id that of the session with the first partition.
 */
final class CombinedSession implements Session {

	private final List<SessionClient> sessions;

	/**
	 * Creates what stands for sessions.
	 * @param sessions the sessions by partition, at least one
	 */
	CombinedSession(List<SessionClient> sessions) {
		this.sessions = List.copyOf(sessions);
	}

	private SessionClient first() {
		return this.sessions.get(0);
	}

	@Override
	public long id() {
		return first().id();
	}

	@Override
	public String node() {
		return first().node();
	}

	@Override
	public SessionState state() {
		SessionState worst = SessionState.CONNECTED;
		for (SessionClient session : this.sessions) {
			worst = worse(worst, session.state());
		}
		return worst;
	}

	private static SessionState worse(SessionState one, SessionState other) {
		return (one.compareTo(other) >= 0) ? one : other;
	}

	@Override
	public Duration timeout() {
		return first().timeout();
	}

	@Override
	public Registration addListener(SessionListener listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		Announcements announcements = new Announcements(listener, first().newSerialExecutor(), this.sessions.size());
		List<Registration> registrations = new ArrayList<>();
		for (int i = 0; i < this.sessions.size(); i++) {
			int partition = i;
			registrations.add(this.sessions.get(i)
				.addInternalListener((session, state) -> announcements.entered(partition, session, state)));
		}
		// After that, so that no change is missed.
		for (int i = 0; i < this.sessions.size(); i++) {
			SessionView view = this.sessions.get(i).announced();
			announcements.begin(i, view.session(), view.state());
		}
		return closeAll(registrations);
	}

	@Override
	public Registration addObserver(OperationObserver observer) {
		return closeAll(this.sessions.stream().map((session) -> session.addObserver(observer)).toList());
	}

	private static Registration closeAll(List<Registration> registrations) {
		return () -> registrations.forEach(Registration::close);
	}

	/**
	 * Tells a listener of the changes of the worst state.
	 */
	private static final class Announcements {

		private final SessionListener listener;

		private final Executor executor;

		/**
		 * The state of the session with each partition, null until it is known.
		 */
		private final SessionState[] states;

		/**
		 * The worst state as it was announced last, null until all are known.
		 */
		private SessionState announced = SessionState.CONNECTED;

		private int known;

		private long id;

		Announcements(SessionListener listener, Executor executor, int partitions) {
			this.listener = listener;
			this.executor = executor;
			this.states = new SessionState[partitions];
		}

		synchronized void begin(int partition, long session, SessionState state) {
			if (this.states[partition] == null) {
				this.states[partition] = state;
				this.known++;
				if (partition == 0) {
					this.id = session;
				}
				if (this.known == this.states.length) {
					// What was so before is no change.
					this.announced = worst();
				}
			}
		}

		synchronized void entered(int partition, long session, SessionState state) {
			boolean complete = this.known == this.states.length;
			if (this.states[partition] == null) {
				begin(partition, session, state);
			}
			this.states[partition] = state;
			if (partition == 0) {
				this.id = session;
			}
			SessionState worst = worst();
			if (complete && worst != this.announced) {
				this.announced = worst;
				long told = this.id;
				this.executor.execute(() -> this.listener.onState(told, worst));
			}
		}

		private SessionState worst() {
			SessionState worst = SessionState.CONNECTED;
			for (SessionState state : this.states) {
				worst = (state != null) ? worse(worst, state) : worst;
			}
			return worst;
		}

	}

}
