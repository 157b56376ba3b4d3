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

package io.github.atomixspring.boot.test;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.atomixspring.spring.event.AbstractLeadershipEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes the events of leaderships and knows when their listeners have returned.
 */
final class AnnouncedEvents implements ApplicationEventPublisher {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final ApplicationEventPublisher publisher;

	private final Map<Key, CompletableFuture<Void>> published = new ConcurrentHashMap<>();

	private volatile @Nullable Thread thread;

	AnnouncedEvents(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void publishEvent(Object event) {
		this.thread = Thread.currentThread();
		try {
			this.publisher.publishEvent(event);
		}
		finally {
			if (event instanceof AbstractLeadershipEvent announced) {
				published(new Key(announced.getClass(), announced.getElection(), announced.getTerm())).complete(null);
			}
		}
	}

	private CompletableFuture<Void> published(Key key) {
		return this.published.computeIfAbsent(key, (added) -> new CompletableFuture<>());
	}

	/**
	 * Waits until the listeners of an event have returned; not if one of them asks.
	 * @param type the type of the event
	 * @param election the name of the election
	 * @param term the term
	 */
	void await(Class<? extends AbstractLeadershipEvent> type, String election, long term) {
		if (Thread.currentThread() == this.thread) {
			return;
		}
		try {
			published(new Key(type, election, term)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException("A listener of " + type.getSimpleName() + " of '" + election
					+ "' has not returned within " + PATIENCE.toSeconds() + " seconds", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while listeners of '" + election + "' were running", ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Tells events apart.
	 *
	 * @param type the type of the event
	 * @param election the name of the election
	 * @param term the term
	 */
	private record Key(Class<?> type, String election, long term) {

	}

}
