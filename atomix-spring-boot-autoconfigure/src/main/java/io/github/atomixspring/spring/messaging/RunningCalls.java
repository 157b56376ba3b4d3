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

package io.github.atomixspring.spring.messaging;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of a listener that are running, so that a stop can wait for them.
 */
final class RunningCalls {

	private final ReentrantLock lock = new ReentrantLock();

	private final CompletableFuture<Void> idle = new CompletableFuture<>();

	private final ThreadLocal<@Nullable Call> current = new ThreadLocal<>();

	private int running;

	private volatile boolean closed;

	/**
	 * Begins a call.
	 * @return the call, or null if no more calls may begin
	 */
	@Nullable Call begin() {
		this.lock.lock();
		try {
			if (this.closed) {
				return null;
			}
			this.running++;
			return new Call();
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Lets no more calls begin.
	 * @return completes when those that are running have ended. The one that asks cannot
	 * wait for itself and does not count
	 */
	CompletableFuture<Void> close() {
		Call own = this.current.get();
		boolean empty;
		this.lock.lock();
		try {
			this.closed = true;
			empty = this.running == 0;
		}
		finally {
			this.lock.unlock();
		}
		if (own != null) {
			own.end();
		}
		if (empty) {
			this.idle.complete(null);
		}
		return this.idle;
	}

	/**
	 * A call that is running.
	 */
	final class Call {

		private final AtomicBoolean ended = new AtomicBoolean();

		/**
		 * Runs a part of the call on this thread.
		 * @param part the part
		 */
		void run(Runnable part) {
			Call previous = RunningCalls.this.current.get();
			RunningCalls.this.current.set(this);
			try {
				part.run();
			}
			finally {
				if (previous != null) {
					RunningCalls.this.current.set(previous);
				}
				else {
					RunningCalls.this.current.remove();
				}
			}
		}

		/**
		 * Ends the call. Ending it twice does nothing.
		 */
		void end() {
			if (!this.ended.compareAndSet(false, true)) {
				return;
			}
			boolean last;
			RunningCalls.this.lock.lock();
			try {
				RunningCalls.this.running--;
				last = RunningCalls.this.closed && RunningCalls.this.running == 0;
			}
			finally {
				RunningCalls.this.lock.unlock();
			}
			if (last) {
				RunningCalls.this.idle.complete(null);
			}
		}

	}

}
