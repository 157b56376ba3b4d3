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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs short tasks in order and never two at once, on the threads that bring them.
 * <p>
 * A primitive keeps its state behind a mailbox instead of a lock: the session calls it
 * from inside its own critical sections, and it calls the session, so that a lock would
 * invite a deadlock. Nobody ever waits for a mailbox; a thread that finds it busy leaves
 * its task to the thread that is in it.
 */
public final class Mailbox implements Executor {

	private static final Logger logger = LoggerFactory.getLogger(Mailbox.class);

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger pending = new AtomicInteger();

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		if (this.pending.getAndIncrement() == 0) {
			do {
				runNext();
			}
			while (this.pending.decrementAndGet() != 0);
		}
	}

	private void runNext() {
		Runnable task = this.tasks.poll();
		try {
			if (task != null) {
				task.run();
			}
		}
		catch (Throwable ex) {
			// Nothing may keep the counter from going down: the mailbox would be deaf.
			logger.error("Unexpected failure in a primitive", ex);
		}
	}

}
