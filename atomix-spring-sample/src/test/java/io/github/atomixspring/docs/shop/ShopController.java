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

// tag::controller[]
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The shop over HTTP.
 */
@RestController
class ShopController {

	private final PriceList prices;

	private final Catalogue catalogue;

	ShopController(PriceList prices, Catalogue catalogue) {
		this.prices = prices;
		this.catalogue = catalogue;
	}

	@GetMapping("/prices/{article}")
	Price price(@PathVariable String article) {
		return this.prices.price(article);
	}

	@PostMapping("/prices/{article}/raise")
	Price raise(@PathVariable String article, @RequestParam int cents) {
		return this.prices.raise(article, cents);
	}

	@GetMapping("/descriptions/{article}")
	String describe(@PathVariable String article) {
		return this.catalogue.describe(article);
	}

}
// end::controller[]
