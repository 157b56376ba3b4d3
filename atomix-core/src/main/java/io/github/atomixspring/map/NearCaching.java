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

package io.github.atomixspring.map;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.session.SessionState;

/**
 * Keeps a near cache fed: what is missed empties it at once, and it is loaded again when
 * events come again.
 */
final class NearCaching {

	private final NearCache<?> cache;

	private final CacheLoader loader;

	private final Function<Runnable, CompletableFuture<Void>> feed;

	private final AtomicBoolean started = new AtomicBoolean();

	/**
	 * Creates it.
	 * @param cache the cache
	 * @param loader loads it
	 * @param feed has the events sent once the map was created, and calls back in the
	 * mailbox each time that they begin to come
	 */
	NearCaching(NearCache<?> cache, CacheLoader loader, Function<Runnable, CompletableFuture<Void>> feed) {
		this.cache = cache;
		this.loader = loader;
		this.feed = feed;
	}

	/**
	 * Asks for events, unless it has done so with success.
	 */
	void start() {
		if (this.started.compareAndSet(false, true)) {
			this.feed.apply(this.loader::load).whenComplete((done, ex) -> {
				if (ex != null) {
					this.started.set(false);
				}
			});
		}
	}

	/**
	 * Called for each event before anything completes that it could belong to.
	 * @param event the event
	 */
	void observe(Event event) {
		if (event instanceof Event.EntryChanged changed) {
			this.cache.changed(changed);
		}
		else if (isLoss(event)) {
			this.cache.drop();
		}
	}

	/**
	 * Called for each state of the session, in order with the events.
	 * @param state the state
	 */
	void observe(SessionState state) {
		if (isLoss(state)) {
			this.cache.drop();
		}
	}

	/**
	 * Called in the mailbox for each event.
	 * @param event the event
	 */
	void handle(Event event) {
		if (isLoss(event)) {
			this.cache.settle();
		}
	}

	/**
	 * Called in the mailbox for each state of the session.
	 * @param state the state
	 */
	void handle(SessionState state) {
		if (isLoss(state)) {
			this.cache.settle();
		}
		else if (state == SessionState.CONNECTED) {
			start();
		}
	}

	private static boolean isLoss(Event event) {
		return event instanceof Event.Resync || event instanceof Event.Destroyed;
	}

	private static boolean isLoss(SessionState state) {
		return state == SessionState.EXPIRED || state == SessionState.CLOSED;
	}

	/**
	 * Called in the mailbox when the map is closed.
	 */
	void close() {
		this.cache.close();
	}

}
