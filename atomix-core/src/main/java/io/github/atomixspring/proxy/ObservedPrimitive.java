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

package io.github.atomixspring.proxy;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;

/**
 * What primitives have in common that need not be created and whose only events are
 * changes that they tell their listeners.
 *
 * @param <L> the type of the listeners
 */
public abstract class ObservedPrimitive<L> extends AbstractPrimitive {

	private final EventFeed<L> feed;

	/**
	 * Creates an instance that is not open yet.
	 * @param session the session of the node
	 * @param type the type
	 * @param name the name
	 * @param onClose called once, when the instance is closed
	 */
	protected ObservedPrimitive(PrimitiveSession session, PrimitiveType type, String name, Runnable onClose) {
		super(session, type, name, onClose);
		this.feed = new EventFeed<>(session, id(), mailbox(), this::resync);
	}

	/**
	 * Returns who listens.
	 * @return the feed
	 */
	protected final EventFeed<L> feed() {
		return this.feed;
	}

	/**
	 * Adds a listener.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	protected final CompletableFuture<Registration> listen(L listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		return isClosed() ? CompletableFuture.failedFuture(closedException())
				: this.feed.add(listener, this::closedException);
	}

	/**
	 * Called in the mailbox for each change.
	 * @param event the event
	 */
	protected abstract void changed(Event event);

	/**
	 * Called in the mailbox when events may have been missed: tells the listeners.
	 */
	protected abstract void resync();

	@Override
	protected final void handle(Event event) {
		if (event instanceof Event.Destroyed || event instanceof Event.Resync) {
			this.feed.listenAnew();
		}
		else {
			changed(event);
		}
	}

	@Override
	protected final void handle(long id, SessionState state) {
		this.feed.onState(state);
	}

	@Override
	protected final void release() {
		this.feed.close();
	}

}
