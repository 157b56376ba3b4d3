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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.transaction.TransactionResult;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of {@code docs/transactions.md}.
 */
@ExtendWith(SingleMember.class)
class TransactionsSnippetsTests {

	private final Atomix atomix = SingleMember.atomix();

	@Test
	void basic() {
		Atomix atomix = this.atomix;
		atomix.map("stock", String.class, Integer.class).put("tea", 5);
		// tag::basic[]
		DistributedMap<String, Integer> stock = atomix.map("stock", String.class, Integer.class);
		DistributedMap<String, Integer> reserved = atomix.map("reserved", String.class, Integer.class);
		DistributedLong reservations = atomix.atomicLong("reservations");

		TransactionResult<Boolean> result = atomix.transactions().execute((tx) -> {
			Integer left = tx.map(stock).get("tea");
			if (left == null || left == 0) {
				return false;
			}
			tx.map(stock).put("tea", left - 1);
			tx.map(reserved).put("order-7", 1);
			tx.atomicLong(reservations).add(1);
			return true;
		});
		// end::basic[]
		assertThat(result.orElseThrow()).isTrue();
		assertThat(stock.get("tea")).isEqualTo(4);
		List<String> report = new ArrayList<>();
		// tag::outcomes[]
		switch (result.status()) {
			case COMMITTED -> report.add("done: " + result.value());
			case CONFLICT -> report.add(result.cause() + " was changed by somebody else, nothing was done");
			case STALE_GUARD -> report.add(result.cause() + " is not ours any more, nothing was done");
		}
		// end::outcomes[]
		assertThat(report).containsExactly("done: true");
	}

	@Test
	void retry() {
		Atomix atomix = this.atomix;
		DistributedMap<String, Integer> stock = atomix.map("counted", String.class, Integer.class);
		stock.put("tea", 5);
		// tag::retry[]
		int left = atomix.transactions().execute(10, (tx) -> {
			int before = tx.map(stock).get("tea");
			tx.map(stock).put("tea", before - 1);
			return before - 1;
		}).orElseThrow();
		// end::retry[]
		assertThat(left).isEqualTo(4);
	}

	@Test
	void lock() {
		Atomix atomix = this.atomix;
		DistributedLock lock = atomix.lock("guard");
		DistributedValue<String> state = atomix.value("guarded", String.class);
		// tag::lock[]
		TransactionResult<Void> written;
		try (LockHandle handle = lock.async().lock().join()) {
			written = atomix.transactions().execute(10, (tx) -> {
				tx.requireLock(lock, handle.fencingToken());
				tx.value(state).set("written under " + handle.fencingToken());
				return null;
			});
		}
		// end::lock[]
		assertThat(written.isCommitted()).isTrue();
		assertThat(state.get()).startsWith("written");
	}

	@Test
	void leadership() {
		Atomix atomix = this.atomix;
		DistributedLeaderElection election = atomix.election("guard");
		DistributedValue<String> state = atomix.value("led", String.class);
		// tag::leadership[]
		long term = election.campaign("a").term();
		TransactionResult<Void> written = atomix.transactions().execute(10, (tx) -> {
			tx.requireLeadership(election, term);
			tx.value(state).set("written in term " + term);
			return null;
		});
		// end::leadership[]
		assertThat(written.isCommitted()).isTrue();
	}

	@Test
	void async() {
		Atomix atomix = this.atomix;
		DistributedMap<String, Integer> stock = atomix.map("async-stock", String.class, Integer.class);
		stock.put("tea", 5);
		// tag::async[]
		CompletableFuture<TransactionResult<Integer>> left = atomix.transactions()
			.async()
			.execute(10, (tx) -> tx.map(stock).get("tea"));
		// end::async[]
		assertThat(left.join().orElseThrow()).isEqualTo(5);
	}

}
