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

package io.github.atomixspring.spring.cache;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * {@link CacheMeterBinder} for {@link AtomixCache}. It counts what was done on this node,
 * and asks the cluster for nothing: a scrape must not wait.
 *
 * @since 0.1.0
 */
public class AtomixCacheMetrics extends CacheMeterBinder<AtomixCache> {

	private final CacheCounters counters;

	/**
	 * Creates a binder.
	 * @param cache the cache
	 * @param tags additional tags
	 */
	public AtomixCacheMetrics(AtomixCache cache, Iterable<Tag> tags) {
		super(cache, cache.getName(), tags);
		this.counters = cache.counters();
	}

	@Override
	protected @Nullable Long size() {
		return null;
	}

	@Override
	protected long hitCount() {
		return this.counters.hits();
	}

	@Override
	protected Long missCount() {
		return this.counters.misses();
	}

	@Override
	protected @Nullable Long evictionCount() {
		return null;
	}

	@Override
	protected long putCount() {
		return this.counters.puts();
	}

	@Override
	protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
		FunctionCounter.builder("cache.removals", this.counters, CacheCounters::removals)
			.tags(getTagsWithCacheName())
			.description("Entries that were evicted by this node")
			.register(registry);
		FunctionCounter.builder("cache.loads", this.counters, CacheCounters::loads)
			.tags(getTagsWithCacheName())
			.description("Calls of loaders by synchronized look-ups of this node")
			.register(registry);
	}

}
