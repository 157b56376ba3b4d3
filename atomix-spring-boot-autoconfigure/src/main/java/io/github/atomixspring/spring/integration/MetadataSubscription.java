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

package io.github.atomixspring.spring.integration;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapEvent;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.session.SessionState;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.integration.metadata.MetadataStoreListener;
import org.springframework.util.Assert;

/**
 * One listener of a metadata store.
 */
final class MetadataSubscription {

	private static final Log logger = LogFactory.getLog(MetadataSubscription.class);

	private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

	private final DistributedMap<String, String> map;

	private final MetadataStoreListener listener;

	private final CountDownLatch closed = new CountDownLatch(1);

	private @Nullable Registration registration;

	MetadataSubscription(DistributedMap<String, String> map, MetadataStoreListener listener) {
		this.map = map;
		this.listener = listener;
	}

	/**
	 * Registers the listener: now, or on a thread of its own as soon as the node is
	 * connected. Listeners are added before the node is started, too.
	 * @param session the session of the node
	 */
	void start(Session session) {
		if (session.state() == SessionState.CONNECTED) {
			register();
			return;
		}
		Thread thread = new Thread(this::registerLater, "atomix-metadata-listener");
		thread.setDaemon(true);
		thread.start();
	}

	private void registerLater() {
		while (!isClosed()) {
			try {
				register();
				return;
			}
			catch (PrimitiveClosedException ex) {
				logger.debug("Listener of metadata is not registered: " + ex.getMessage());
				return;
			}
			catch (RuntimeException ex) {
				logger.debug("Listener of metadata is not registered yet: " + ex.getMessage());
			}
			pause();
		}
	}

	private void register() {
		Registration registered = this.map.addListener(this::onEvent);
		synchronized (this) {
			if (!isClosed()) {
				this.registration = registered;
				return;
			}
		}
		registered.close();
	}

	void close() {
		Registration registered;
		synchronized (this) {
			this.closed.countDown();
			registered = this.registration;
		}
		if (registered != null) {
			registered.close();
		}
	}

	private boolean isClosed() {
		return this.closed.getCount() == 0;
	}

	private void pause() {
		try {
			this.closed.await(RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			// Nobody but close() ends this thread.
			Thread.currentThread().interrupt();
		}
	}

	private void onEvent(MapEvent<String, String> event) {
		switch (event.type()) {
			case ADDED -> this.listener.onAdd(requireNonNull(event.key()), requireNonNull(event.newValue()));
			case UPDATED -> this.listener.onUpdate(requireNonNull(event.key()), requireNonNull(event.newValue()));
			case REMOVED, EXPIRED ->
				this.listener.onRemove(requireNonNull(event.key()), requireNonNull(event.oldValue()));
			case RESYNC ->
				logger.warn("Changes of the metadata in " + this.map + " may have been missed by " + this.listener);
		}
	}

	private static String requireNonNull(@Nullable String text) {
		Assert.state(text != null, "A change of metadata without key or value");
		return text;
	}

}
