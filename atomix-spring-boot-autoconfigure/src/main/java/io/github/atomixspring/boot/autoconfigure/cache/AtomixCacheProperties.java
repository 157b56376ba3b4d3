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

package io.github.atomixspring.boot.autoconfigure.cache;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.atomixspring.primitive.ReadConsistency;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.Assert;

/**
 * Configuration properties of the caches.
 *
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "atomix.cache", ignoreUnknownFields = false)
public class AtomixCacheProperties {

	/**
	 * Whether caches are kept in the cluster, unless spring.cache.type chooses otherwise.
	 */
	private boolean enabled = false;

	/**
	 * What the names of the maps begin with, before the name of the cache. Applications
	 * that share a cluster and not their caches have different ones.
	 */
	private String prefix = "cache:";

	/**
	 * Time to live of entries. By default they stay.
	 */
	private @Nullable Duration timeToLive;

	/**
	 * Whether null is cached. If not, a method that returns null fails.
	 */
	private boolean cacheNullValues = true;

	/**
	 * Consistency of look-ups. By default linearizable, with a near cache sequential.
	 */
	private @Nullable ReadConsistency readConsistency;

	/**
	 * Greatest number of entries of a near cache. By default there is none.
	 */
	private @Nullable Integer nearCacheEntries;

	/**
	 * Longest wait for a value that another thread or node loads.
	 */
	private Duration loadTimeout = Duration.ofMinutes(1);

	/**
	 * Whether operations fail at once while the node has no session with the cluster,
	 * instead of waiting for it.
	 */
	private boolean failFast = false;

	/**
	 * Whether puts and evictions wait for the commit of the transaction of their thread.
	 */
	private boolean transactionAware = false;

	/**
	 * Caches with settings of their own, by name.
	 */
	private final Map<String, Cache> caches = new LinkedHashMap<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public String getPrefix() {
		return this.prefix;
	}

	public void setPrefix(String prefix) {
		this.prefix = prefix;
	}

	public @Nullable Duration getTimeToLive() {
		return this.timeToLive;
	}

	public void setTimeToLive(@Nullable Duration timeToLive) {
		this.timeToLive = timeToLive;
	}

	public boolean isCacheNullValues() {
		return this.cacheNullValues;
	}

	public void setCacheNullValues(boolean cacheNullValues) {
		this.cacheNullValues = cacheNullValues;
	}

	public @Nullable ReadConsistency getReadConsistency() {
		return this.readConsistency;
	}

	public void setReadConsistency(@Nullable ReadConsistency readConsistency) {
		this.readConsistency = readConsistency;
	}

	public @Nullable Integer getNearCacheEntries() {
		return this.nearCacheEntries;
	}

	public void setNearCacheEntries(@Nullable Integer nearCacheEntries) {
		this.nearCacheEntries = nearCacheEntries;
	}

	public Duration getLoadTimeout() {
		return this.loadTimeout;
	}

	public void setLoadTimeout(Duration loadTimeout) {
		this.loadTimeout = loadTimeout;
	}

	public boolean isFailFast() {
		return this.failFast;
	}

	public void setFailFast(boolean failFast) {
		this.failFast = failFast;
	}

	public boolean isTransactionAware() {
		return this.transactionAware;
	}

	public void setTransactionAware(boolean transactionAware) {
		this.transactionAware = transactionAware;
	}

	public Map<String, Cache> getCaches() {
		return this.caches;
	}

	/**
	 * A cache with settings of its own. What is not set is that of all caches.
	 */
	public static class Cache {

		/**
		 * Type of the keys, by default any of those that need no declaration.
		 */
		private @Nullable String keyType;

		/**
		 * Type of the values, such as com.example.Price or
		 * java.util.List&lt;com.example.Price&gt;. By default any simple type.
		 */
		private @Nullable String valueType;

		/**
		 * Time to live of entries. By default that of all caches.
		 */
		private @Nullable Duration timeToLive;

		/**
		 * Whether null is cached. By default as for all caches.
		 */
		private @Nullable Boolean cacheNullValues;

		/**
		 * Consistency of look-ups. By default that of all caches.
		 */
		private @Nullable ReadConsistency readConsistency;

		/**
		 * Greatest number of entries of a near cache, zero for none. By default that of
		 * all caches.
		 */
		private @Nullable Integer nearCacheEntries;

		/**
		 * Longest wait for a value that another thread or node loads. By default that of
		 * all caches.
		 */
		private @Nullable Duration loadTimeout;

		/**
		 * Makes properties of which none is set.
		 * @param text the empty text
		 * @return the properties
		 */
		public static Cache valueOf(String text) {
			Assert.isTrue(text.isEmpty(), () -> "'" + text + "' is no group of properties");
			return new Cache();
		}

		public @Nullable String getKeyType() {
			return this.keyType;
		}

		public void setKeyType(@Nullable String keyType) {
			this.keyType = keyType;
		}

		public @Nullable String getValueType() {
			return this.valueType;
		}

		public void setValueType(@Nullable String valueType) {
			this.valueType = valueType;
		}

		public @Nullable Duration getTimeToLive() {
			return this.timeToLive;
		}

		public void setTimeToLive(@Nullable Duration timeToLive) {
			this.timeToLive = timeToLive;
		}

		public @Nullable Boolean getCacheNullValues() {
			return this.cacheNullValues;
		}

		public void setCacheNullValues(@Nullable Boolean cacheNullValues) {
			this.cacheNullValues = cacheNullValues;
		}

		public @Nullable ReadConsistency getReadConsistency() {
			return this.readConsistency;
		}

		public void setReadConsistency(@Nullable ReadConsistency readConsistency) {
			this.readConsistency = readConsistency;
		}

		public @Nullable Integer getNearCacheEntries() {
			return this.nearCacheEntries;
		}

		public void setNearCacheEntries(@Nullable Integer nearCacheEntries) {
			this.nearCacheEntries = nearCacheEntries;
		}

		public @Nullable Duration getLoadTimeout() {
			return this.loadTimeout;
		}

		public void setLoadTimeout(@Nullable Duration loadTimeout) {
			this.loadTimeout = loadTimeout;
		}

	}

}
