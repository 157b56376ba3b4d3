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

import java.lang.reflect.Type;
import java.time.Duration;

import io.github.atomixspring.boot.autoconfigure.InvalidConfigurationException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.spring.cache.AtomixCacheManager;
import io.github.atomixspring.spring.cache.AtomixCacheOptions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.type.TypeFactory;

/**
 * Makes options of caches from properties and checks their rules.
 *
 * @param properties the properties
 * @param classLoader finds the declared types
 */
record CacheSettings(AtomixCacheProperties properties, @Nullable ClassLoader classLoader) {

	private static final String ROOT = "atomix.cache";

	void applyTo(AtomixCacheManager.Builder builder) {
		builder.prefix(this.properties.getPrefix()).failFast(this.properties.isFailFast()).defaults(defaults());
		if (this.properties.isTransactionAware()) {
			try {
				builder.transactionAware(true);
			}
			catch (IllegalStateException ex) {
				throw new InvalidConfigurationException(ROOT + ".transaction-aware", true,
						String.valueOf(ex.getMessage()), "Add spring-tx, or leave the property out");
			}
		}
		this.properties.getCaches().forEach((name, cache) -> builder.cache(name, options(name, cache)));
	}

	private AtomixCacheOptions defaults() {
		AtomixCacheProperties all = this.properties;
		AtomixCacheOptions options = AtomixCacheOptions.defaults();
		if (!all.isCacheNullValues()) {
			options = options.withNullValues(false);
		}
		return apply(options, ROOT, all.getTimeToLive(), all.getNearCacheEntries(), all.getReadConsistency(),
				all.getLoadTimeout());
	}

	private AtomixCacheOptions options(String name, AtomixCacheProperties.Cache cache) {
		String path = ROOT + ".caches." + ((name.matches("[\\w-]+")) ? name : "[" + name + "]");
		AtomixCacheOptions options = defaults();
		if (cache.getKeyType() != null) {
			options = options.withKeyType(type(path + ".key-type", cache.getKeyType()));
		}
		if (cache.getValueType() != null) {
			options = options.withValueType(type(path + ".value-type", cache.getValueType()));
		}
		if (cache.getCacheNullValues() != null) {
			options = options.withNullValues(cache.getCacheNullValues());
		}
		ReadConsistency consistency = (cache.getReadConsistency() != null) ? cache.getReadConsistency()
				: this.properties.getReadConsistency();
		return apply(options, path, cache.getTimeToLive(), cache.getNearCacheEntries(), consistency,
				cache.getLoadTimeout());
	}

	private static AtomixCacheOptions apply(AtomixCacheOptions options, String path, @Nullable Duration timeToLive,
			@Nullable Integer nearCacheEntries, @Nullable ReadConsistency readConsistency,
			@Nullable Duration loadTimeout) {
		AtomixCacheOptions applied = options;
		if (timeToLive != null) {
			applied = applied.withTimeToLive(positive(path + ".time-to-live", timeToLive));
		}
		if (nearCacheEntries != null) {
			if (nearCacheEntries < 0) {
				throw new InvalidConfigurationException(path + ".near-cache-entries", nearCacheEntries,
						"it must not be negative", "Use a positive number, or zero for no near cache");
			}
			applied = (nearCacheEntries > 0) ? applied.withNearCache(nearCacheEntries) : applied.withoutNearCache();
		}
		if (readConsistency != null) {
			applied = applied.withReadConsistency(readConsistency);
		}
		return (loadTimeout != null) ? applied.withLoadTimeout(positive(path + ".load-timeout", loadTimeout)) : applied;
	}

	private static Duration positive(String property, Duration value) {
		if (value.isZero() || value.isNegative()) {
			throw new InvalidConfigurationException(property, value, "it must be longer than zero",
					"Use a positive duration with a unit, such as 10m");
		}
		return value;
	}

	private Type type(String property, String name) {
		try {
			return TypeFactory.createDefaultInstance()
				.withClassLoader(this.classLoader)
				.constructFromCanonical(name.trim());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationException(property, name, "there is no such type: " + ex.getMessage(),
					"Use the full name of a class on the class path, such as com.example.Price or "
							+ "java.util.List<com.example.Price>");
		}
	}

}
