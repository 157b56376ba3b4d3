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

package io.github.atomixspring.server;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one Raft server. Ratis catches in few of them what it does not expect,
 * for instance that there is no memory: the thread ends, and a leader would go on without
 * ever committing anything, or a follower without ever becoming a candidate.
 */
final class RaftThreads extends ThreadGroup {

	private static final Logger logger = LoggerFactory.getLogger(RaftThreads.class);

	private static final long FAREWELL_MILLIS = 2000;

	private volatile @Nullable String problem;

	/**
	 * Creates a group.
	 * @param peer the id of the peer, with which the names of its threads begin
	 */
	RaftThreads(String peer) {
		super(peer);
	}

	@Override
	public void uncaughtException(Thread thread, Throwable failure) {
		if (isOwn(thread)) {
			this.problem = "The thread " + thread.getName() + " of the Raft server has ended: " + failure;
		}
		super.uncaughtException(thread, failure);
	}

	/**
	 * Returns how a thread has ended that was not to end.
	 * @return the problem, or null
	 */
	@Nullable String problem() {
		return this.problem;
	}

	/**
	 * Ends what a closed server has left. A leader that steps down while Ratis closes it
	 * becomes a follower afterwards, whose thread would wait for a leader for ever and
	 * keep the whole division in memory.
	 */
	void endAll() {
		long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FAREWELL_MILLIS);
		try {
			for (List<Thread> left = alive(); !left.isEmpty(); left = alive()) {
				for (Thread thread : left) {
					thread.interrupt();
				}
				long rest = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
				if (rest <= 0) {
					logger.warn("Threads of the closed Raft server {} go on: {}", getName(), left);
					return;
				}
				left.get(0).join(Math.min(rest, FAREWELL_MILLIS / 10));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private List<Thread> alive() {
		Thread[] found = new Thread[activeCount() + 1];
		int count = enumerate(found);
		return Arrays.stream(found, 0, count).filter(this::isOwn).toList();
	}

	/**
	 * Returns whether a thread is one of the server. The group also has threads of pools
	 * and timers that all servers share and that only were started by one of its own;
	 * those do not have its name.
	 * @param thread the thread
	 * @return whether it is
	 */
	private boolean isOwn(Thread thread) {
		return thread.getName().startsWith(getName() + "@");
	}

}
