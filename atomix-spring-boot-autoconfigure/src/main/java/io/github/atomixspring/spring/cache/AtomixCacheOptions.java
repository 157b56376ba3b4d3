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

import java.lang.reflect.Type;
import java.time.Duration;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.primitive.ReadConsistency;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How a cache works on one node. All nodes must encode keys and values in the same way;
 * everything else is local.
 *
 * @param keyCodec the codec of the keys, or null for keys of the types that have a stable
 * form of their own
 * @param valueCodec the codec of the values, or null for values of such simple types
 * @param timeToLive the time to live of what is written from now on, or null for ever
 * @param allowNullValues whether null is cached
 * @param readConsistency the consistency of look-ups
 * @param nearCacheEntries the greatest number of entries that are kept in this process;
 * zero for no near cache
 * @param loadTimeout the longest wait for a value that another thread or node loads
 * @since 0.1.0
 */
public record AtomixCacheOptions(@Nullable Codec<?> keyCodec, @Nullable Codec<?> valueCodec,
		@Nullable Duration timeToLive, boolean allowNullValues, ReadConsistency readConsistency, int nearCacheEntries,
		Duration loadTimeout) {

	/**
	 * The longest wait for a value that is loaded elsewhere, unless another is given.
	 */
	public static final Duration DEFAULT_LOAD_TIMEOUT = Duration.ofMinutes(1);

	private static final AtomixCacheOptions DEFAULTS = new AtomixCacheOptions(null, null, null, true,
			ReadConsistency.LINEARIZABLE, 0, DEFAULT_LOAD_TIMEOUT);

	public AtomixCacheOptions {
		Assert.notNull(readConsistency, "'readConsistency' must not be null");
		Assert.notNull(loadTimeout, "'loadTimeout' must not be null");
		requirePositive("timeToLive", timeToLive);
		requirePositive("loadTimeout", loadTimeout);
		Assert.isTrue(nearCacheEntries >= 0, () -> "'nearCacheEntries' must not be negative, not " + nearCacheEntries);
	}

	private static void requirePositive(String name, @Nullable Duration duration) {
		Assert.isTrue(duration == null || !(duration.isNegative() || duration.isZero()),
				() -> "'" + name + "' must be positive, not " + duration);
	}

	/**
	 * Returns options for keys and values of simple types that stay for ever, with null
	 * values, linearizable look-ups and no near cache.
	 * @return the options
	 */
	public static AtomixCacheOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Returns these options for keys of one type, in its {@linkplain Codecs#forType(Type)
	 * natural} form.
	 * @param type the type; equal keys must have equal JSON
	 * @return the options
	 */
	public AtomixCacheOptions withKeyType(Type type) {
		return withKeyCodec(Codecs.forType(type));
	}

	/**
	 * Returns these options with another codec of keys.
	 * @param codec the codec
	 * @return the options
	 */
	public AtomixCacheOptions withKeyCodec(Codec<?> codec) {
		return new AtomixCacheOptions(codec, this.valueCodec, this.timeToLive, this.allowNullValues,
				this.readConsistency, this.nearCacheEntries, this.loadTimeout);
	}

	/**
	 * Returns these options for values of one type, which may have parameters, in its
	 * {@linkplain Codecs#forType(Type) natural} form.
	 * @param type the type
	 * @return the options
	 */
	public AtomixCacheOptions withValueType(Type type) {
		return withValueCodec(Codecs.forType(type));
	}

	/**
	 * Returns these options with another codec of values.
	 * @param codec the codec
	 * @return the options
	 */
	public AtomixCacheOptions withValueCodec(Codec<?> codec) {
		return new AtomixCacheOptions(this.keyCodec, codec, this.timeToLive, this.allowNullValues, this.readConsistency,
				this.nearCacheEntries, this.loadTimeout);
	}

	/**
	 * Returns these options with another time to live.
	 * @param newTimeToLive the time to live, positive: a lower bound in replicated time
	 * @return the options
	 */
	public AtomixCacheOptions withTimeToLive(Duration newTimeToLive) {
		return new AtomixCacheOptions(this.keyCodec, this.valueCodec, newTimeToLive, this.allowNullValues,
				this.readConsistency, this.nearCacheEntries, this.loadTimeout);
	}

	/**
	 * Returns these options with null values or without: then to put one is an error.
	 * @param allowed whether null is cached
	 * @return the options
	 */
	public AtomixCacheOptions withNullValues(boolean allowed) {
		return new AtomixCacheOptions(this.keyCodec, this.valueCodec, this.timeToLive, allowed, this.readConsistency,
				this.nearCacheEntries, this.loadTimeout);
	}

	/**
	 * Returns these options with another consistency of look-ups.
	 * @param consistency the consistency
	 * @return the options
	 */
	public AtomixCacheOptions withReadConsistency(ReadConsistency consistency) {
		return new AtomixCacheOptions(this.keyCodec, this.valueCodec, this.timeToLive, this.allowNullValues,
				consistency, this.nearCacheEntries, this.loadTimeout);
	}

	/**
	 * Returns these options with a near cache and, as with
	 * {@link MapOptions#withNearCache(int)}, {@link ReadConsistency#SEQUENTIAL} look-ups.
	 * @param maxEntries the greatest number of entries, positive
	 * @return the options
	 */
	public AtomixCacheOptions withNearCache(int maxEntries) {
		Assert.isTrue(maxEntries > 0, () -> "'maxEntries' must be positive, not " + maxEntries);
		return new AtomixCacheOptions(this.keyCodec, this.valueCodec, this.timeToLive, this.allowNullValues,
				ReadConsistency.SEQUENTIAL, maxEntries, this.loadTimeout);
	}

	/**
	 * Returns these options without a near cache, and with linearizable look-ups.
	 * @return the options
	 */
	public AtomixCacheOptions withoutNearCache() {
		return new AtomixCacheOptions(this.keyCodec, this.valueCodec, this.timeToLive, this.allowNullValues,
				ReadConsistency.LINEARIZABLE, 0, this.loadTimeout);
	}

	/**
	 * Returns these options with another longest wait for a value that is loaded
	 * elsewhere.
	 * @param timeout the longest wait, positive
	 * @return the options
	 */
	public AtomixCacheOptions withLoadTimeout(Duration timeout) {
		return new AtomixCacheOptions(this.keyCodec, this.valueCodec, this.timeToLive, this.allowNullValues,
				this.readConsistency, this.nearCacheEntries, timeout);
	}

	/**
	 * Returns the options of the map. Times to live are given with each entry instead: as
	 * configuration of the map they could never be changed.
	 * @return the options
	 */
	MapOptions<byte[], byte[]> mapOptions() {
		MapOptions<byte[], byte[]> options = MapOptions.of(Codecs.bytes(), Codecs.bytes());
		if (this.nearCacheEntries > 0) {
			options = options.withNearCache(this.nearCacheEntries);
		}
		return options.withReadConsistency(this.readConsistency);
	}

}
