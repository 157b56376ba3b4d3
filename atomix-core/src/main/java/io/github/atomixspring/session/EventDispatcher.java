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

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events and states to those who subscribed. One that throws harms no other.
 */
final class EventDispatcher {

	private static final Logger logger = LoggerFactory.getLogger(EventDispatcher.class);

	private final Map<PrimitiveId, List<EventHandler>> handlers = new ConcurrentHashMap<>();

	private final List<Listener> listeners = new CopyOnWriteArrayList<>();

	/**
	 * Adds a handler of the events of a primitive and of the states.
	 * @param source the primitive
	 * @param handler the handler
	 * @return the registration
	 */
	Registration subscribe(PrimitiveId source, EventHandler handler) {
		Objects.requireNonNull(source, "'source' must not be null");
		Objects.requireNonNull(handler, "'handler' must not be null");
		// A wrapper, so that the same handler can be subscribed twice.
		EventHandler entry = new Subscription(handler);
		this.handlers.compute(source, (id, present) -> {
			List<EventHandler> list = (present != null) ? present : new CopyOnWriteArrayList<>();
			list.add(entry);
			return list;
		});
		return () -> this.handlers.computeIfPresent(source, (id, present) -> {
			present.remove(entry);
			return (present.isEmpty()) ? null : present;
		});
	}

	/**
	 * Adds a listener of the states.
	 * @param listener the listener
	 * @param executor calls it
	 * @return the registration
	 */
	Registration listen(SessionListener listener, Executor executor) {
		Listener entry = new Listener(listener, executor);
		this.listeners.add(entry);
		return () -> this.listeners.remove(entry);
	}

	/**
	 * Hands out an event.
	 * @param event the event
	 */
	void event(Event event) {
		PrimitiveId source = event.source();
		if (source != null) {
			event(this.handlers.getOrDefault(source, List.of()), event);
		}
		else {
			this.handlers.values().forEach((list) -> event(list, event));
		}
	}

	private void event(List<EventHandler> list, Event event) {
		for (EventHandler handler : list) {
			try {
				handler.onEvent(event);
			}
			catch (Throwable ex) {
				logger.error("Handler of the events of {} failed", event.source(), ex);
			}
		}
	}

	/**
	 * Hands out a state.
	 * @param session the id of the session
	 * @param state the state
	 */
	void state(long session, SessionState state) {
		this.handlers.forEach((source, list) -> {
			for (EventHandler handler : list) {
				try {
					handler.onState(session, state);
				}
				catch (Throwable ex) {
					logger.error("Handler of {} failed to enter the state {}", source, state, ex);
				}
			}
		});
		for (Listener entry : this.listeners) {
			entry.executor.execute(() -> entry.listener.onState(session, state));
		}
	}

	/**
	 * A listener and what calls it. Compared by identity: each registration is its own.
	 */
	private static final class Listener {

		private final SessionListener listener;

		private final Executor executor;

		Listener(SessionListener listener, Executor executor) {
			this.listener = listener;
			this.executor = executor;
		}

	}

	/**
	 * One registration of a handler.
	 */
	private static final class Subscription implements EventHandler {

		private final EventHandler handler;

		Subscription(EventHandler handler) {
			this.handler = handler;
		}

		@Override
		public void onEvent(Event event) {
			this.handler.onEvent(event);
		}

		@Override
		public void onState(long session, SessionState state) {
			this.handler.onState(session, state);
		}

	}

}
