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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.proxy.Mailbox;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * Fills a near cache with the entries of its map, page by page.
 */
final class CacheLoader {

	private static final Duration PAUSE = Duration.ofMillis(500);

	private final NearCache<?> cache;

	private final Function<byte @Nullable [], CompletableFuture<List<KeyValue>>> pages;

	private final PrimitiveSession session;

	private final Mailbox mailbox;

	/**
	 * Creates a loader.
	 * @param cache the cache
	 * @param pages asks for the page after a key
	 * @param session the session of the node
	 * @param mailbox the mailbox of the map
	 */
	CacheLoader(NearCache<?> cache, Function<byte @Nullable [], CompletableFuture<List<KeyValue>>> pages,
			PrimitiveSession session, Mailbox mailbox) {
		this.cache = cache;
		this.pages = pages;
		this.session = session;
		this.mailbox = mailbox;
	}

	/**
	 * Begins from nothing. Called in the mailbox when events begin to come, and when some
	 * were missed.
	 */
	void load() {
		long loading = this.cache.begin();
		if (loading != 0) {
			next(loading, null);
		}
	}

	private void next(long loading, byte @Nullable [] after) {
		this.pages.apply(after).whenComplete((page, ex) -> {
			if (ex != null) {
				retry(loading);
			}
			else if (this.cache.load(loading, page)) {
				next(loading, page.get(page.size() - 1).key());
			}
		});
	}

	private void retry(long loading) {
		if (this.session.state() != SessionState.CLOSED) {
			this.session.schedule(PAUSE, () -> this.mailbox.execute(() -> {
				if (this.cache.isLoading(loading)) {
					load();
				}
			}));
		}
	}

}
