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

package io.github.atomixspring.docs;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.Versioned;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/maps.md}.
 */
@ExtendWith(SingleMember.class)
class MapsSnippetsTests {

	private static final Price TEN = new Price(BigDecimal.TEN, "EUR");

	private static final Price ONE = new Price(BigDecimal.ONE, "EUR");

	private final Atomix atomix = SingleMember.atomix();

	@Test
	void basic() {
		Atomix atomix = this.atomix;
		// tag::basic[]
		DistributedMap<String, Price> prices = atomix.map("prices", String.class, Price.class);
		prices.put("tea", new Price(BigDecimal.TEN, "EUR"));
		Price price = prices.get("tea");
		prices.merge("tea", price, Price::plus);
		// end::basic[]
		assertThat(prices.get("tea")).isEqualTo(new Price(BigDecimal.valueOf(20), "EUR"));
	}

	@Test
	void timeToLive() {
		DistributedMap<String, Price> prices = this.atomix.map("ttl", String.class, Price.class);
		// tag::time-to-live[]
		prices.put("tea", new Price(BigDecimal.TEN, "EUR"), Duration.ofMillis(200));
		// end::time-to-live[]
		await().untilAsserted(() -> assertThat(prices).doesNotContainKey("tea"));
	}

	@Test
	void versions() {
		DistributedMap<String, Price> prices = this.atomix.map("versions", String.class, Price.class);
		prices.put("tea", TEN);
		// tag::versions[]
		Optional<Versioned<Price>> read = prices.getVersioned("tea");
		boolean replaced = read.isPresent()
				&& prices.replaceIfVersion("tea", read.get().version(), new Price(BigDecimal.ONE, "EUR"));
		// end::versions[]
		assertThat(replaced).isTrue();
		assertThat(prices.replaceIfVersion("tea", read.orElseThrow().version(), TEN)).isFalse();
		assertThat(prices.get("tea")).isEqualTo(ONE);
	}

	@Test
	void listener() {
		DistributedMap<String, Price> prices = this.atomix.map("listener", String.class, Price.class);
		Cache cache = new Cache();
		// tag::listener[]
		Registration registration = prices.addListener((event) -> {
			switch (event.type()) {
				case ADDED, UPDATED -> cache.put(event.key(), event.newValue());
				case REMOVED, EXPIRED -> cache.remove(event.key());
				case RESYNC -> cache.replaceAll(prices);
			}
		});
		// end::listener[]
		prices.put("tea", TEN);
		prices.put("coffee", TEN);
		prices.remove("coffee");
		await().untilAsserted(() -> assertThat(cache.log).containsExactly("+tea", "+coffee", "-coffee"));
		registration.close();
	}

	@Test
	void options() {
		Atomix atomix = this.atomix;
		// tag::options[]
		MapOptions<String, Price> options = MapOptions.of(Codecs.strings(), Codecs.json(Price.class))
			.withTimeToLive(Duration.ofMinutes(10))
			.withReadConsistency(ReadConsistency.SEQUENTIAL);
		DistributedMap<String, Price> quotes = atomix.map("quotes", options);
		// end::options[]
		quotes.put("tea", TEN);
		assertThat(quotes.get("tea")).isEqualTo(TEN);
	}

	@Test
	void several() {
		DistributedMap<String, Price> prices = this.atomix.map("several", String.class, Price.class);
		// tag::several[]
		prices.putAll(Map.of("tea", TEN, "coffee", ONE));
		Map<String, Price> some = prices.getAll(List.of("tea", "milk"));
		// end::several[]
		assertThat(some).containsOnlyKeys("tea");
	}

	@Test
	void sequential() {
		DistributedMap<String, Price> prices = this.atomix.map("sequential", String.class, Price.class);
		prices.put("tea", TEN);
		// tag::sequential[]
		Price price = prices.get("tea", ReadConsistency.SEQUENTIAL);
		// end::sequential[]
		assertThat(price).isEqualTo(TEN);
	}

	@Test
	void nearCache() {
		Atomix atomix = this.atomix;
		atomix.map("near", MapOptions.of(Codecs.strings(), Codecs.json(Price.class)).withNearCache(5_000))
			.put("tea", TEN);
		// tag::near-cache[]
		MapOptions<String, Price> options = MapOptions.of(Codecs.strings(), Codecs.json(Price.class))
			.withNearCache(5_000);
		DistributedMap<String, Price> quotes = atomix.map("near", options);
		Price quote = quotes.get("tea");
		Price latest = quotes.get("tea", ReadConsistency.LINEARIZABLE);
		// end::near-cache[]
		assertThat(quote).isEqualTo(TEN);
		assertThat(latest).isEqualTo(TEN);
	}

	@Test
	void async() {
		DistributedMap<String, Price> prices = this.atomix.map("async", String.class, Price.class);
		// tag::async[]
		CompletableFuture<Price> price = prices.async()
			.put("tea", new Price(BigDecimal.TEN, "EUR"))
			.thenCompose((old) -> prices.async().get("tea"));
		// end::async[]
		assertThat(price.join()).isEqualTo(TEN);
	}

	/**
	 * A price.
	 *
	 * @param amount the amount
	 * @param currency the currency
	 */
	record Price(BigDecimal amount, String currency) {

		Price plus(Price other) {
			return new Price(this.amount.add(other.amount), this.currency);
		}

	}

	/**
	 * A copy of the map.
	 */
	static class Cache {

		final List<String> log = new CopyOnWriteArrayList<>();

		void put(String key, Price price) {
			this.log.add("+" + key);
		}

		void remove(String key) {
			this.log.add("-" + key);
		}

		void replaceAll(Map<String, Price> all) {
			this.log.add("=" + all.keySet());
		}

	}

}
