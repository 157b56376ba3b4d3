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

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.github.atomixspring.codec.CodecException;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.spring.testing.OneMember;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.type.TypeFactory;

import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.cache.Cache.ValueWrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AtomixCache}: the contract of {@link Cache}.
 */
class AtomixCacheTests {

	private static OneMember cluster;

	private final String name = UUID.randomUUID().toString();

	@BeforeAll
	static void start() {
		cluster = OneMember.start();
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	private AtomixCache cache(AtomixCacheOptions options) {
		AtomixCacheManager manager = AtomixCacheManager.builder(cluster.node()).cache(this.name, options).build();
		Cache cache = manager.getCache(this.name);
		assertThat(cache).isInstanceOf(AtomixCache.class);
		return (AtomixCache) cache;
	}

	private AtomixCache cache() {
		return cache(AtomixCacheOptions.defaults());
	}

	@Test
	void putIsSeenUntilEvicted() {
		AtomixCache cache = cache();
		assertThat(cache.getName()).isEqualTo(this.name);
		assertThat(cache.getNativeCache().name()).isEqualTo("cache:" + this.name);
		assertThat(cache.get("tea")).isNull();
		assertThat(cache.get("tea", Integer.class)).isNull();
		cache.put("tea", 3);
		assertValue(cache.get("tea"), 3);
		assertThat(cache.get("tea", Integer.class)).isEqualTo(3);
		assertThat(cache.get("tea", (Class<Integer>) null)).isEqualTo(3);
		cache.put("tea", 4);
		assertValue(cache.get("tea"), 4);
		cache.evict("tea");
		assertThat(cache.get("tea")).isNull();
		cache.evict("tea");
	}

	@Test
	void valueOfAnotherTypeIsToldWhenOneIsAskedFor() {
		AtomixCache cache = cache();
		cache.put("tea", 3);
		assertThatIllegalStateException().isThrownBy(() -> cache.get("tea", String.class))
			.withMessageContaining("java.lang.String");
	}

	@Test
	void nullIsCached() throws Exception {
		AtomixCache cache = cache();
		cache.put("tea", null);
		assertValue(cache.get("tea"), null);
		assertThat(cache.get("tea", Integer.class)).isNull();
		assertThat(cache.get("tea", () -> "not called")).isNull();
		assertValue(cache.putIfAbsent("tea", 3), null);
		assertValue((ValueWrapper) cache.retrieve("tea").get(), null);
		assertThat(cache.evictIfPresent("tea")).isTrue();
		assertThat(cache.get("tea")).isNull();
	}

	@Test
	void nullIsRefusedWhenItIsNotAllowed() throws Exception {
		AtomixCache cache = cache(AtomixCacheOptions.defaults().withNullValues(false));
		assertThatIllegalArgumentException().isThrownBy(() -> cache.put("tea", null)).withMessageContaining(this.name);
		assertThatExceptionOfType(ValueRetrievalException.class).isThrownBy(() -> cache.get("tea", () -> null))
			.withCauseInstanceOf(IllegalArgumentException.class);
		cache.put("tea", 3);
		assertThat(cache.retrieve("tea").get()).isEqualTo(3);
		assertThat(cache.retrieve("coffee").get()).isNull();
	}

	@Test
	void putIfAbsentKeepsWhatIsThere() {
		AtomixCache cache = cache();
		assertThat(cache.putIfAbsent("tea", 3)).isNull();
		assertValue(cache.putIfAbsent("tea", 4), 3);
		assertValue(cache.get("tea"), 3);
	}

	@Test
	void evictIfPresentTellsWhetherThereWasAValue() {
		AtomixCache cache = cache();
		assertThat(cache.evictIfPresent("tea")).isFalse();
		cache.put("tea", 3);
		assertThat(cache.evictIfPresent("tea")).isTrue();
		assertThat(cache.evictIfPresent("tea")).isFalse();
	}

	@Test
	void clearAndInvalidateRemoveAll() {
		AtomixCache cache = cache();
		assertThat(cache.invalidate()).isFalse();
		cache.put("tea", 3);
		cache.put("coffee", 4);
		assertThat(cache.invalidate()).isTrue();
		assertThat(cache.get("tea")).isNull();
		cache.put("tea", 3);
		cache.clear();
		assertThat(cache.get("tea")).isNull();
	}

	@Test
	void valueIsGoneAfterItsTimeToLive() {
		AtomixCache cache = cache(AtomixCacheOptions.defaults().withTimeToLive(Duration.ofMillis(300)));
		cache.put("put", 3);
		cache.putIfAbsent("absent", 3);
		cache.get("loaded", () -> 3);
		for (String key : List.of("put", "absent", "loaded")) {
			await().until(() -> cache.get(key) == null);
		}
	}

	@Test
	void timeToLiveMayBeChanged() {
		cache(AtomixCacheOptions.defaults().withTimeToLive(Duration.ofHours(1))).put("tea", 3);
		AtomixCache cache = cache(AtomixCacheOptions.defaults().withTimeToLive(Duration.ofMillis(100)));
		assertValue(cache.get("tea"), 3);
		cache.put("tea", 4);
		await().until(() -> cache.get("tea") == null);
	}

	@Test
	void valueIsLoadedOnce() {
		AtomixCache cache = cache();
		assertThat(cache.<Integer>get("tea", () -> 3)).isEqualTo(3);
		assertThat(cache.<Integer>get("tea", () -> 4)).isEqualTo(3);
		assertThat(cache.<@Nullable Integer>get("nothing", () -> null)).isNull();
		assertValue(cache.get("nothing"), null);
	}

	@Test
	void failureOfTheLoaderIsWrappedAndNothingStays() {
		AtomixCache cache = cache();
		Exception failure = new Exception("no tea");
		assertThatExceptionOfType(ValueRetrievalException.class).isThrownBy(() -> cache.get("tea", () -> {
			throw failure;
		})).withCause(failure).satisfies((ex) -> assertThat(ex.getKey()).isEqualTo("tea"));
		assertThat(cache.get("tea")).isNull();
		await().until(() -> cache.getNativeCache().isEmpty());
		assertThat(cache.<Integer>get("tea", () -> 3)).isEqualTo(3);
	}

	@Test
	void retrieveFindsValuesWithoutBlocking() throws Exception {
		AtomixCache cache = cache();
		assertThat(cache.retrieve("tea").get()).isNull();
		cache.put("tea", 3);
		assertValue((ValueWrapper) cache.retrieve("tea").get(), 3);
	}

	@Test
	void retrieveLoadsWithoutBlocking() throws Exception {
		AtomixCache cache = cache();
		CompletableFuture<Integer> loaded = new CompletableFuture<>();
		CompletableFuture<Void> loading = new CompletableFuture<>();
		CompletableFuture<Integer> one = cache.retrieve("tea", () -> {
			loading.complete(null);
			return loaded;
		});
		// Otherwise the other could be the first.
		loading.get();
		CompletableFuture<Integer> other = cache.retrieve("tea", () -> CompletableFuture.completedFuture(4));
		loaded.complete(3);
		assertThat(one.get()).isEqualTo(3);
		assertThat(other.get()).isEqualTo(3);
		assertValue(cache.get("tea"), 3);
		assertThat(cache.retrieve("tea", () -> CompletableFuture.completedFuture(4)).get()).isEqualTo(3);
		assertThat(cache.retrieve("nothing", () -> CompletableFuture.completedFuture(null)).get()).isNull();
		assertValue(cache.get("nothing"), null);
	}

	@Test
	void retrieveFailsWithTheExceptionOfTheLoaderAsItIs() {
		AtomixCache cache = cache();
		Exception failure = new Exception("no tea");
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> cache.retrieve("tea", () -> CompletableFuture.failedFuture(failure)).get())
			.withCause(failure);
		IllegalStateException thrown = new IllegalStateException("no tea");
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> cache.retrieve("tea", () -> {
			throw thrown;
		}).get()).withCause(thrown);
		assertThat(cache.get("tea")).isNull();
	}

	@Test
	void valuesOfDeclaredTypesAreKept() {
		AtomixCache cache = cache(AtomixCacheOptions.defaults()
			.withKeyType(Sort.class)
			.withValueType(TypeFactory.createDefaultInstance().constructCollectionType(List.class, Price.class)));
		Price price = new Price(new BigDecimal("1.50"), "EUR");
		cache.put(new Sort("green"), List.of(price));
		assertValue(cache.get(new Sort("green")), List.of(price));
		assertThat(cache.get(new Sort("black"))).isNull();
	}

	@Test
	void mistakesInTypesAreExplained() {
		AtomixCache undeclared = cache();
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> undeclared.put("tea", new Price(BigDecimal.ONE, "EUR")))
			.withMessageContaining(this.name)
			.withMessageContaining(Price.class.getName())
			.withMessageContaining("must be declared");
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> undeclared.get(new Object()))
			.withMessageContaining(this.name)
			.withMessageContaining("'key' attribute");
		AtomixCache declared = cache(
				AtomixCacheOptions.defaults().withKeyType(String.class).withValueType(String.class));
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> declared.put("tea", 3))
			.withMessageContaining("its values are declared as");
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> declared.put(3, "tea"))
			.withMessageContaining("its keys are declared as");
	}

	@Test
	void valueOfAnotherDeclarationFailsAloneAndCanBeEvicted() {
		cache().put("tea", "three");
		AtomixCache cache = cache(AtomixCacheOptions.defaults().withValueType(Price.class));
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> cache.get("tea"))
			.withMessageContaining("evict it");
		assertThat(cache.get("coffee")).isNull();
		assertThat(cache.evictIfPresent("tea")).isTrue();
		assertThat(cache.get("tea")).isNull();
	}

	@Test
	void loadOfWhatCannotBeStoredFails() {
		AtomixCache cache = cache();
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> cache.get("tea", Object::new));
		assertThatExceptionOfType(LimitExceededException.class)
			.isThrownBy(() -> cache.get("tea", () -> "tea".repeat(500_000)));
		assertThat(cache.<String>get("tea", () -> "green")).isEqualTo("green");
	}

	@Test
	void nearCacheSeesWritesOfThisNode() {
		AtomixCache cache = cache(AtomixCacheOptions.defaults().withNearCache(10));
		cache.put("tea", 3);
		assertValue(cache.get("tea"), 3);
		assertThat(cache.<Integer>get("coffee", () -> 4)).isEqualTo(4);
		assertValue(cache.get("coffee"), 4);
		cache.evict("tea");
		assertThat(cache.get("tea")).isNull();
	}

	@Test
	void optionsAreChecked() {
		AtomixCacheOptions options = AtomixCacheOptions.defaults();
		assertThatIllegalArgumentException().isThrownBy(() -> options.withTimeToLive(Duration.ZERO))
			.withMessageContaining("timeToLive");
		assertThatIllegalArgumentException().isThrownBy(() -> options.withLoadTimeout(Duration.ofMillis(-1)))
			.withMessageContaining("loadTimeout");
		assertThatIllegalArgumentException().isThrownBy(() -> options.withNearCache(0))
			.withMessageContaining("maxEntries");
		assertThat(options.withNearCache(3).withoutNearCache()).isEqualTo(options);
		assertThat(options.withNearCache(3).readConsistency()).isEqualTo(ReadConsistency.SEQUENTIAL);
	}

	private static void assertValue(@Nullable ValueWrapper wrapper, @Nullable Object value) {
		assertThat(wrapper).isNotNull();
		assertThat(wrapper.get()).isEqualTo(value);
	}

	record Sort(String name) {

	}

	record Price(BigDecimal amount, String currency) {

	}

}
