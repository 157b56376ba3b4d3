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

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listeners, each of which is called in order and by one thread at a time, on an executor
 * of its own: one that blocks or fails harms no other.
 *
 * @param <L> the type of the listeners
 */
public final class ListenerSet<L> {

	private static final Logger logger = LoggerFactory.getLogger(ListenerSet.class);

	private final Supplier<Executor> executors;

	private final String source;

	private final List<Entry<L>> entries = new CopyOnWriteArrayList<>();

	/**
	 * Creates an empty set.
	 * @param executors returns a new serial executor
	 * @param source what the listeners listen to, for the log
	 */
	public ListenerSet(Supplier<Executor> executors, String source) {
		this.executors = executors;
		this.source = source;
	}

	/**
	 * Adds a listener.
	 * @param listener the listener
	 * @return the registration; after it was closed no further call begins
	 */
	public Entry<L> add(L listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		Entry<L> entry = new Entry<>(this, listener, this.executors.get());
		this.entries.add(entry);
		return entry;
	}

	/**
	 * Calls all listeners.
	 * @param call calls one
	 */
	public void forEach(Consumer<L> call) {
		this.entries.forEach((entry) -> entry.call(call));
	}

	/**
	 * Returns the registrations.
	 * @return the registrations
	 */
	public Iterable<Entry<L>> entries() {
		return this.entries;
	}

	/**
	 * Returns whether there is no listener.
	 * @return whether it is empty
	 */
	public boolean isEmpty() {
		return this.entries.isEmpty();
	}

	/**
	 * Removes all listeners.
	 */
	public void clear() {
		this.entries.forEach(Entry::close);
	}

	/**
	 * A listener in the set.
	 *
	 * @param <L> the type of the listener
	 */
	public static final class Entry<L> implements Registration {

		private final ListenerSet<L> set;

		private final L listener;

		private final Executor executor;

		private volatile boolean closed;

		private Entry(ListenerSet<L> set, L listener, Executor executor) {
			this.set = set;
			this.listener = listener;
			this.executor = executor;
		}

		/**
		 * Returns the listener.
		 * @return the listener
		 */
		public L listener() {
			return this.listener;
		}

		/**
		 * Calls the listener after the calls before.
		 * @param call calls it
		 */
		public void call(Consumer<L> call) {
			this.executor.execute(() -> {
				if (!this.closed) {
					invoke(call);
				}
			});
		}

		private void invoke(Consumer<L> call) {
			try {
				call.accept(this.listener);
			}
			catch (RuntimeException ex) {
				logger.warn("Listener of {} failed", this.set.source, ex);
			}
		}

		@Override
		public void close() {
			this.closed = true;
			this.set.entries.remove(this);
		}

	}

}
