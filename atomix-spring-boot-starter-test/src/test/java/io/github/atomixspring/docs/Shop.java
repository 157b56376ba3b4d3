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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.spring.election.Leadership;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;

/**
 * The application that the examples test.
 */
@SpringBootApplication
class Shop {

	/**
	 * Prices that all nodes share.
	 */
	@Component
	static class Prices {

		private final DistributedMap<String, Integer> map;

		Prices(@Primitive("prices") DistributedMap<String, Integer> map) {
			this.map = map;
		}

		void set(String item, int price) {
			this.map.put(item, price);
		}

		@Nullable Integer of(String item) {
			return this.map.get(item);
		}

	}

	/**
	 * Work that one node does.
	 */
	@Component
	static class Settlement {

		private final List<Long> terms = new CopyOnWriteArrayList<>();

		@LeaderOnly("settlement")
		void settle() {
			write(Leadership.current().orElseThrow());
		}

		void write(Leadership leadership) {
			leadership.ensureLeader();
			this.terms.add(leadership.term());
		}

		List<Long> terms() {
			return this.terms;
		}

	}

}
