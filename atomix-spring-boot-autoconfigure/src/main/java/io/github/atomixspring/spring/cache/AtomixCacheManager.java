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

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.atomixspring.Atomix;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.transaction.AbstractTransactionSupportingCacheManager;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * {@link CacheManager} whose caches are {@link AtomixCache}s.
 * <p>
 * A node and a prefix have one cache manager. It makes caches of any name when they are
 * asked for, unless it was told that there are no others than those it knows.
 *
 * @since 0.1.0
 */
@ImportRuntimeHints(StableKeyRuntimeHints.class)
public class AtomixCacheManager extends AbstractTransactionSupportingCacheManager {

	/**
	 * What the names of the maps begin with unless another prefix is given.
	 */
	public static final String DEFAULT_PREFIX = "cache:";

	private final Atomix atomix;

	private final String prefix;

	private final AtomixCacheOptions defaults;

	private final Map<String, AtomixCacheOptions> known;

	private final boolean dynamic;

	private final boolean failFast;

	/** One for each name, however often the manager is initialized. */
	private final Map<String, AtomixCache> caches = new ConcurrentHashMap<>();

	AtomixCacheManager(Builder builder) {
		this.atomix = builder.atomix;
		this.prefix = builder.prefix;
		this.defaults = builder.defaults;
		this.known = new LinkedHashMap<>(builder.caches);
		builder.names.forEach((name) -> this.known.putIfAbsent(name, builder.defaults));
		this.dynamic = builder.dynamic;
		this.failFast = builder.failFast;
		setTransactionAware(builder.transactionAware);
	}

	/**
	 * Returns a builder.
	 * @param atomix the node
	 * @return the builder
	 */
	public static Builder builder(Atomix atomix) {
		return new Builder(atomix);
	}

	@Override
	protected Collection<AtomixCache> loadCaches() {
		return this.known.entrySet().stream().map((cache) -> create(cache.getKey(), cache.getValue())).toList();
	}

	@Override
	protected @Nullable Cache getMissingCache(String name) {
		return (this.dynamic) ? create(name, this.defaults) : null;
	}

	private AtomixCache create(String name, AtomixCacheOptions options) {
		return this.caches.computeIfAbsent(name,
				(key) -> new AtomixCache(key, this.atomix, this.prefix + key, options, this.failFast));
	}

	/**
	 * Builds an {@link AtomixCacheManager}.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private static final String TRANSACTIONS = "org.springframework.transaction.support.TransactionSynchronization";

		private final Atomix atomix;

		private final Map<String, AtomixCacheOptions> caches = new LinkedHashMap<>();

		private final Set<String> names = new LinkedHashSet<>();

		private String prefix = DEFAULT_PREFIX;

		private AtomixCacheOptions defaults = AtomixCacheOptions.defaults();

		private boolean dynamic = true;

		private boolean failFast;

		private boolean transactionAware;

		private Builder(Atomix atomix) {
			Assert.notNull(atomix, "'atomix' must not be null");
			this.atomix = atomix;
		}

		/**
		 * Sets what the names of the maps begin with, before the name of the cache.
		 * Applications that share a cluster and not their caches have different prefixes.
		 * @param prefix the prefix
		 * @return this builder
		 */
		public Builder prefix(String prefix) {
			Assert.notNull(prefix, "'prefix' must not be null");
			this.prefix = prefix;
			return this;
		}

		/**
		 * Sets the options of caches that have none of their own.
		 * @param defaults the options
		 * @return this builder
		 */
		public Builder defaults(AtomixCacheOptions defaults) {
			Assert.notNull(defaults, "'defaults' must not be null");
			this.defaults = defaults;
			return this;
		}

		/**
		 * Adds a cache with options of its own.
		 * @param name the name of the cache
		 * @param options the options
		 * @return this builder
		 */
		public Builder cache(String name, AtomixCacheOptions options) {
			Assert.hasText(name, "'name' must not be blank");
			Assert.notNull(options, "'options' must not be null");
			this.caches.put(name, options);
			return this;
		}

		/**
		 * Adds caches with the default options, unless they have options of their own.
		 * @param names the names of the caches
		 * @return this builder
		 */
		public Builder cacheNames(Collection<String> names) {
			names.forEach((name) -> Assert.hasText(name, "'names' must not be blank"));
			this.names.addAll(names);
			return this;
		}

		/**
		 * Sets whether caches of other names are made when they are asked for; so it is
		 * by default.
		 * @param dynamic whether they are made
		 * @return this builder
		 */
		public Builder dynamic(boolean dynamic) {
			this.dynamic = dynamic;
			return this;
		}

		/**
		 * Sets whether operations fail at once while the node has no session with the
		 * cluster, instead of waiting for it; by default they wait.
		 * @param failFast whether they fail at once
		 * @return this builder
		 */
		public Builder failFast(boolean failFast) {
			this.failFast = failFast;
			return this;
		}

		/**
		 * Sets whether puts and evictions wait for the commit of the transaction of their
		 * thread; by default they do not.
		 * @param transactionAware whether they wait
		 * @return this builder
		 */
		public Builder transactionAware(boolean transactionAware) {
			Assert.state(!transactionAware || ClassUtils.isPresent(TRANSACTIONS, null),
					"Caches can wait for transactions only with 'spring-tx' on the class path");
			this.transactionAware = transactionAware;
			return this;
		}

		/**
		 * Builds the cache manager.
		 * @return the cache manager
		 */
		public AtomixCacheManager build() {
			AtomixCacheManager cacheManager = new AtomixCacheManager(this);
			cacheManager.initializeCaches();
			return cacheManager;
		}

	}

}
