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

package io.github.atomixspring.docs.shop;

// tag::prices[]
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.annotation.Locked;
import io.github.atomixspring.spring.annotation.Primitive;

import org.springframework.stereotype.Service;

/**
 * Prices that all members share.
 */
@Service
class PriceList {

	private static final Price FREE = new Price(0);

	private final DistributedMap<String, Price> prices;

	PriceList(@Primitive("prices") DistributedMap<String, Price> prices) {
		this.prices = prices;
	}

	Price price(String article) {
		return this.prices.getOrDefault(article, FREE);
	}

	@Locked("price-#{#article}")
	Price raise(String article, int cents) {
		Price raised = new Price(price(article).cents() + cents);
		this.prices.put(article, raised);
		return raised;
	}

}
// end::prices[]
