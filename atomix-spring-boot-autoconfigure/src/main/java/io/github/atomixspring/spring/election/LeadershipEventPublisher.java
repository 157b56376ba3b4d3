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

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.spring.event.AbstractLeadershipEvent;
import io.github.atomixspring.spring.event.LeadershipGrantedEvent;
import io.github.atomixspring.spring.event.LeadershipRevokedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells listeners and publishes events in order on one thread, so that one that blocks
 * delays the others and not the state.
 */
class LeadershipEventPublisher implements Candidacy.TermListener {

	private static final Log logger = LogFactory.getLog(LeadershipEventPublisher.class);

	private final Object source;

	private final ApplicationEventPublisher publisher;

	private final LeadershipListeners listeners;

	private final ThreadPoolExecutor executor;

	/** What the listeners were told, by election. */
	private final Map<String, Leadership> announced = new ConcurrentHashMap<>();

	private volatile @Nullable Thread thread;

	LeadershipEventPublisher(Object source, ApplicationEventPublisher publisher, LeadershipListeners listeners,
			ThreadFactory threadFactory) {
		this.source = source;
		this.publisher = publisher;
		this.listeners = listeners;
		this.executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), (task) -> {
			Thread created = threadFactory.newThread(task);
			this.thread = created;
			return created;
		});
	}

	@Override
	public void granted(Leadership leadership) {
		logger.info("Leadership of '" + leadership.election() + "' granted, term " + leadership.term());
		this.executor.execute(() -> {
			this.announced.put(leadership.election(), leadership);
			this.listeners.granted(leadership);
			publish(new LeadershipGrantedEvent(this.source, leadership.election(), leadership.candidate(),
					leadership.term()));
		});
	}

	@Override
	public void revoked(Leadership leadership) {
		logger.info("Leadership of '" + leadership.election() + "' revoked, term " + leadership.term());
		this.executor.execute(() -> {
			this.announced.remove(leadership.election());
			this.listeners.revoked(leadership);
			publish(new LeadershipRevokedEvent(this.source, leadership.election(), leadership.candidate(),
					leadership.term()));
		});
	}

	/**
	 * Tells a new listener of a leadership of which the others were told before.
	 * @param added the listener
	 */
	void catchUp(LeadershipListeners.Entry added) {
		try {
			this.executor.execute(() -> {
				Leadership leadership = this.announced.get(added.election());
				if (leadership != null) {
					added.granted(leadership);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			logger.debug("No leadership to tell of: the elections are being stopped");
		}
	}

	/**
	 * Runs a task when the listeners have seen what was announced so far.
	 * @param task the task; must not block
	 */
	void afterListeners(Runnable task) {
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Candidates are being taken out anyway");
		}
	}

	/**
	 * Lets the listeners see what was announced, then ends.
	 * @param timeout the longest wait for listeners that are slow
	 */
	void close(Duration timeout) {
		this.executor.shutdown();
		if (Thread.currentThread() == this.thread) {
			// A listener stops the application: what follows cannot wait for its return.
			drain();
			return;
		}
		try {
			if (!this.executor.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("Listeners of leadership events have not returned after " + timeout.toSeconds()
						+ " seconds; stopping without them");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void drain() {
		Runnable task;
		while ((task = this.executor.getQueue().poll()) != null) {
			task.run();
		}
	}

	private void publish(AbstractLeadershipEvent event) {
		try {
			this.publisher.publishEvent(event);
		}
		catch (RuntimeException | Error ex) {
			logger.error("Listener of " + event + " failed", ex);
		}
	}

}
