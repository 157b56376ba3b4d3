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

package io.github.atomixspring.boot.autoconfigure.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.spring.registration.StandingRegistration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.bootstrap.BootstrapContext;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Refreshes the application when configuration that it imported has changed in the
 * cluster, from when it is ready until it is closed. What is done in a burst is taken
 * over at once. Listens to the events of the maps and compares what is in them, so that
 * changes between the import and the first event are not missed.
 */
class ConfigRefresher implements ApplicationListener<ApplicationEvent> {

	private static final Log logger = LogFactory.getLog(ConfigRefresher.class);

	private final ConfigurableApplicationContext context;

	private final Atomix atomix;

	private final ContextRefresher refresher;

	private final Supplier<@Nullable BootstrapContext> bootstrap;

	private final Duration delay;

	private final List<StandingRegistration<Registration>> listeners = new CopyOnWriteArrayList<>();

	private final AtomicBoolean due = new AtomicBoolean();

	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean closed;

	/**
	 * Creates a refresher.
	 * @param context the application
	 * @param atomix its node
	 * @param refresher refreshes it
	 * @param bootstrap returns what was there at the import, or null
	 * @param delay the time from a change to the refresh
	 */
	ConfigRefresher(ConfigurableApplicationContext context, Atomix atomix, ContextRefresher refresher,
			Supplier<@Nullable BootstrapContext> bootstrap, Duration delay) {
		this.context = context;
		this.atomix = atomix;
		this.refresher = refresher;
		this.bootstrap = bootstrap;
		this.delay = delay;
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ApplicationReadyEvent ready && ready.getApplicationContext() == this.context) {
			begin();
		}
		else if (event instanceof ContextClosedEvent && event.getSource() == this.context) {
			end();
		}
	}

	private void begin() {
		BootstrapContext registry = this.bootstrap.get();
		if (registry == null || !registry.isRegistered(ImportedMaps.class)) {
			return;
		}
		ImportedMaps maps = ImportedMaps.of(registry);
		maps.names().forEach((name) -> {
			StandingRegistration<Registration> listener = StandingRegistration.ofListener(
					"Listener of the configuration in map '" + name + "'",
					() -> ImportedMaps.map(this.atomix, name).async().addListener((change) -> changed(maps)));
			this.listeners.add(listener);
			listener.registered().thenRun(() -> changed(maps));
			listener.open();
		});
	}

	private void end() {
		this.closed = true;
		this.listeners.forEach(StandingRegistration::close);
	}

	private void changed(ImportedMaps maps) {
		if (this.due.compareAndSet(false, true)) {
			CompletableFuture.delayedExecutor(this.delay.toMillis(), TimeUnit.MILLISECONDS, this::startThread)
				.execute(() -> refresh(maps));
		}
	}

	private void startThread(Runnable task) {
		Thread thread = new Thread(task, "atomix-config-refresh");
		thread.setDaemon(true);
		thread.setContextClassLoader(this.context.getClassLoader());
		thread.start();
	}

	private void refresh(ImportedMaps maps) {
		this.lock.lock();
		try {
			// What changes from here on is due again.
			this.due.set(false);
			if (!this.closed && maps.update(this.atomix)) {
				Set<String> keys = this.refresher.refresh();
				logger.info("Configuration in the cluster has changed. Properties refreshed: " + keys);
			}
		}
		catch (AtomixException ex) {
			if (!this.closed) {
				logger.warn("Configuration in the cluster has changed and cannot be read yet: " + ex.getMessage());
				changed(maps);
			}
		}
		catch (RuntimeException ex) {
			if (!this.closed) {
				logger.error("Configuration in the cluster has changed, and the application could not take it over",
						ex);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
