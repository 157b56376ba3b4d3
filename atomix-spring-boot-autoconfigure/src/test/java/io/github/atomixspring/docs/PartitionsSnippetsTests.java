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

import io.github.atomixspring.Atomix;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of {@code docs/partitions.md}.
 */
@ExtendWith(SingleMember.class)
class PartitionsSnippetsTests {

	@Test
	void tags() {
		Atomix atomix = SingleMember.atomix();
		// tag::tags[]
		DistributedMap<String, Integer> stock = atomix.map("stock{shop-1}", String.class, Integer.class);
		DistributedMap<String, String> orders = atomix.map("orders{shop-1}", String.class, String.class);
		DistributedLock lock = atomix.lock("{shop-1}");

		lock.lock();
		try {
			atomix.transactions().execute(10, (tx) -> {
				tx.requireLock(lock);
				tx.map(stock).put("tea", 4);
				tx.map(orders).put("order-7", "tea");
				return null;
			}).orElseThrow();
		}
		finally {
			lock.unlock();
		}
		// end::tags[]
		assertThat(stock.get("tea")).isEqualTo(4);
	}

}
