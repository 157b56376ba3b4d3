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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.atomixspring.primitive.Registration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;
import org.springframework.context.Lifecycle;
import org.springframework.context.Phased;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextStartedEvent;
import org.springframework.util.Assert;

/**
 * Runs others, such as listener containers and pollers, only while this application leads
 * an election, of which it becomes a candidate.
 * <p>
 * They are started in the order of their phases when the leadership is granted, and
 * stopped in the opposite order when it has ended, each within ten seconds. They must not
 * start by themselves. One that fails to start is logged and left until the next term;
 * the others run.
 * <p>
 * A leadership ends before everything it started has stopped, unless the application
 * stops in order: what must never run twice at once checks the {@linkplain Leadership
 * leadership} or a lock for each piece of work.
 *
 * @since 0.1.0
 */
public class LeaderLifecycle implements SmartLifecycle, ApplicationListener<ContextStartedEvent> {

	private static final Log logger = LogFactory.getLog(LeaderLifecycle.class);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

	private final LeaderElections elections;

	private final String election;

	private final List<Lifecycle> lifecycles;

	/**
	 * Keeps starts and stops apart.
	 */
	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean leading;

	private volatile @Nullable Registration registration;

	/**
	 * Creates a lifecycle.
	 * @param elections the elections of this application
	 * @param election the name of the election
	 * @param lifecycles what runs only while this application leads
	 */
	public LeaderLifecycle(LeaderElections elections, String election, Lifecycle... lifecycles) {
		Assert.notNull(elections, "'elections' must not be null");
		Assert.hasText(election, "'election' must not be blank");
		Assert.noNullElements(lifecycles, "'lifecycles' must not have null elements");
		this.elections = elections;
		this.election = election;
		this.lifecycles = Arrays.stream(lifecycles)
			.sorted((one, other) -> Integer.compare(phase(one), phase(other)))
			.toList();
		for (Lifecycle lifecycle : lifecycles) {
			Assert.isTrue(!(lifecycle instanceof SmartLifecycle smart && smart.isAutoStartup()),
					() -> "'" + lifecycle + "' is to run only on the leader of '" + election
							+ "', but starts by itself: set its auto-startup to false");
		}
	}

	@Override
	public void start() {
		if (this.registration == null) {
			this.registration = this.elections.addListener(this.election, new LeadershipListener() {

				@Override
				public void onGranted(Leadership leadership) {
					LeaderLifecycle.this.leading = true;
					withLock(LeaderLifecycle.this::startAll);
				}

				@Override
				public void onRevoked(Leadership leadership) {
					LeaderLifecycle.this.leading = false;
					withLock(LeaderLifecycle.this::stopAll);
				}

				@Override
				public String toString() {
					return LeaderLifecycle.this.toString();
				}

			});
		}
	}

	@Override
	public void stop() {
		Registration registered = this.registration;
		this.registration = null;
		if (registered != null) {
			registered.close();
		}
		this.leading = false;
		withLock(this::stopAll);
	}

	@Override
	public boolean isRunning() {
		return this.registration != null;
	}

	@Override
	public int getPhase() {
		return LeaderElections.PHASE - 1;
	}

	/**
	 * Stops what an explicit start of the context has started: that also starts what does
	 * not start by itself.
	 */
	@Override
	public void onApplicationEvent(ContextStartedEvent event) {
		withLock(() -> {
			if (!this.leading) {
				stopAll();
			}
		});
	}

	private void startAll() {
		for (Lifecycle lifecycle : this.lifecycles) {
			if (this.leading && !lifecycle.isRunning()) {
				try {
					lifecycle.start();
				}
				catch (RuntimeException ex) {
					logger.error("'" + lifecycle + "' could not be started on the leader of '" + this.election + "'",
							ex);
				}
			}
		}
	}

	private void stopAll() {
		List<Lifecycle> reversed = new ArrayList<>(this.lifecycles);
		Collections.reverse(reversed);
		for (Lifecycle lifecycle : reversed) {
			if (lifecycle.isRunning()) {
				try {
					stop(lifecycle);
				}
				catch (RuntimeException ex) {
					logger.error("'" + lifecycle + "' could not be stopped, and '" + this.election
							+ "' is not led here any more", ex);
				}
			}
		}
	}

	private void stop(Lifecycle lifecycle) {
		if (!(lifecycle instanceof SmartLifecycle smart)) {
			lifecycle.stop();
			return;
		}
		CountDownLatch stopped = new CountDownLatch(1);
		smart.stop(stopped::countDown);
		try {
			if (!stopped.await(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("'" + lifecycle + "' has not stopped after " + STOP_TIMEOUT.toSeconds() + " seconds, and '"
						+ this.election + "' is not led here any more");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void withLock(Runnable change) {
		boolean locked = tryLock();
		try {
			change.run();
		}
		finally {
			if (locked) {
				this.lock.unlock();
			}
		}
	}

	/**
	 * Waits for a change that is under way, but not for ever: a lifecycle can hang.
	 * @return whether it has ended
	 */
	private boolean tryLock() {
		try {
			if (this.lock.tryLock(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
				return true;
			}
			logger.warn(this + " is still busy after " + STOP_TIMEOUT.toSeconds() + " seconds");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return false;
	}

	private static int phase(Lifecycle lifecycle) {
		return (lifecycle instanceof Phased phased) ? phased.getPhase() : 0;
	}

	@Override
	public String toString() {
		return "Lifecycle of the leader of '" + this.election + "'";
	}

}
