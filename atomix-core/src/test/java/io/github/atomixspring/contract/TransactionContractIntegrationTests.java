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

package io.github.atomixspring.contract;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.atomixspring.collection.DistributedSet;
import io.github.atomixspring.collection.SetEvent;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.transaction.Transaction;
import io.github.atomixspring.transaction.TransactionResult;
import io.github.atomixspring.transaction.TransactionResult.Status;
import io.github.atomixspring.transaction.TransactionService;
import io.github.atomixspring.transaction.TransactionalMap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of {@link TransactionService}.
 */
class TransactionContractIntegrationTests extends AbstractContractTests {

	private DistributedMap<String, Integer> left() {
		return node().map(this.name + "-left", String.class, Integer.class);
	}

	private DistributedMap<String, Integer> right() {
		return node().map(this.name + "-right", String.class, Integer.class);
	}

	private DistributedMap<String, Integer> otherLeft() {
		return other().map(this.name + "-left", String.class, Integer.class);
	}

	private DistributedMap<String, Integer> otherRight() {
		return other().map(this.name + "-right", String.class, Integer.class);
	}

	@Test
	void writesOfSeveralPrimitivesAreSeenTogetherElsewhere() {
		TransactionResult<String> result = node().transactions().execute((tx) -> {
			tx.map(left()).put("a", 1);
			tx.map(right()).put("a", 2);
			tx.value(node().value(this.name, String.class)).set("x");
			tx.atomicLong(node().atomicLong(this.name)).add(3);
			return "done";
		});
		assertThat(result.orElseThrow()).isEqualTo("done");
		assertThat(otherLeft().get("a")).isEqualTo(1);
		assertThat(otherRight().get("a")).isEqualTo(2);
		assertThat(other().value(this.name, String.class).get()).isEqualTo("x");
		assertThat(other().atomicLong(this.name).get()).isEqualTo(3);
		assertThat(other().transactions()
			.execute((tx) -> tx.map(otherLeft()).get("a") + tx.map(otherRight()).get("a")
					+ tx.atomicLong(other().atomicLong(this.name)).get())
			.orElseThrow()).isEqualTo(6);
	}

	@Test
	void readsOfMoreThanOneAnswerAreComplete() {
		DistributedMap<String, byte[]> large = node().map(this.name + "-large", String.class, byte[].class);
		List<String> keys = List.of("a", "b", "c", "d", "e");
		keys.forEach((key) -> large.put(key, new byte[400_000]));
		assertThat(node().transactions().execute((tx) -> tx.map(large).getAll(keys).keySet()).orElseThrow())
			.containsExactlyElementsOf(keys);
	}

	@Test
	void anElementMovesFromOneSetToAnother() {
		DistributedSet<String> todo = node().set(this.name + "-todo", String.class);
		DistributedSet<String> done = node().set(this.name + "-done", String.class);
		todo.add("a");
		List<SetEvent<String>> events = new CopyOnWriteArrayList<>();
		other().set(this.name + "-done", String.class).addListener(events::add);
		Function<Transaction, Boolean> move = (tx) -> {
			boolean there = tx.set(todo).contains("a");
			tx.set(todo).remove("a");
			if (there) {
				tx.set(done).add("a");
			}
			assertThat(tx.set(todo).contains("a")).isFalse();
			assertThat(tx.set(done).contains("a")).isEqualTo(there);
			return there;
		};
		assertThat(node().transactions().execute(move).orElseThrow()).isTrue();
		assertThat(todo).isEmpty();
		assertThat(other().set(this.name + "-done", String.class)).containsExactly("a");
		await().until(() -> events.size() == 1);
		assertThat(events.get(0).type()).isEqualTo(SetEvent.Type.ADDED);
		todo.add("a");
		TransactionResult<Boolean> late = node().transactions().execute((tx) -> {
			boolean there = tx.set(todo).contains("a");
			other().set(this.name + "-todo", String.class).remove("a");
			tx.set(done).remove("a");
			return there;
		});
		assertThat(late.status()).isEqualTo(Status.CONFLICT);
		assertThat(late.cause()).isEqualTo(new PrimitiveInfo(PrimitiveType.SET, this.name + "-todo"));
		assertThat(done).containsExactly("a");
	}

	@Test
	void conflictIsAnOutcomeThatNamesItsCause() throws Exception {
		left().put("a", 1);
		TransactionResult<Integer> result = node().transactions().execute((tx) -> {
			Integer read = tx.map(left()).get("a");
			otherLeft().put("a", 7);
			tx.map(right()).put("a", read);
			return read;
		});
		assertThat(result.status()).isEqualTo(Status.CONFLICT);
		assertThat(result.cause()).isEqualTo(new PrimitiveInfo(PrimitiveType.MAP, this.name + "-left"));
		assertThat(otherRight()).isEmpty();
		assertThat(node().transactions()
			.async()
			.execute(3, (tx) -> tx.map(left()).get("a"))
			.get(20, TimeUnit.SECONDS)
			.orElseThrow()).isEqualTo(7);
	}

	@Test
	void eventsOfTheWritesFollowInTheirOrder() {
		List<String> events = new CopyOnWriteArrayList<>();
		otherLeft().addListener((event) -> events.add(event.key() + event.newValue()));
		node().transactions().execute((tx) -> {
			TransactionalMap<String, Integer> map = tx.map(left());
			map.put("b", 1);
			map.put("a", 2);
			map.put("c", 3);
			map.put("b", 4);
			return "";
		}).orElseThrow();
		await().until(() -> events.size() == 3);
		assertThat(events).containsExactly("a2", "c3", "b4");
	}

	@Test
	void claimsGuardTheCommit() throws Exception {
		DistributedLock lock = node().lock(this.name);
		DistributedLeaderElection election = other().election(this.name);
		lock.lock();
		long token = lock.fencingToken();
		long term = election.campaign("c").term();
		assertThat(guarded(token, term)).isEqualTo(Status.COMMITTED);
		election.resign("c");
		assertThat(guarded(token, term)).isEqualTo(Status.STALE_GUARD);
		long next = election.campaign("c").term();
		assertThat(guarded(token, next)).isEqualTo(Status.COMMITTED);
		lock.unlock();
		assertThat(guarded(token, next)).isEqualTo(Status.STALE_GUARD);
		assertThat(other().lock(this.name).tryLock()).isTrue();
		assertThat(guarded(token, next)).isEqualTo(Status.STALE_GUARD);
		assertThat(node().atomicLong(this.name).get()).isEqualTo(2);
		other().lock(this.name).unlock();
		election.resign("c");
	}

	private Status guarded(long token, long term) {
		return node().transactions().execute((tx) -> {
			tx.requireLock(node().lock(this.name), token);
			tx.requireLeadership(node().election(this.name), term);
			tx.atomicLong(node().atomicLong(this.name)).add(1);
			return "";
		}).status();
	}

	@Test
	void sumStaysTheSameWhileManyMoveThings() throws Exception {
		left().putAll(Map.of("a", 100, "b", 100));
		inThreads(4, (thread) -> {
			boolean here = thread % 2 == 0;
			TransactionService transactions = (here ? node() : other()).transactions();
			DistributedMap<String, Integer> left = here ? left() : otherLeft();
			DistributedMap<String, Integer> right = here ? right() : otherRight();
			for (int i = 0; i < 20; i++) {
				String key = (i % 2 == 0) ? "a" : "b";
				transactions.execute(1000, (tx) -> {
					tx.map(left).put(key, tx.map(left).get(key) - 1);
					Integer there = tx.map(right).get(key);
					tx.map(right).put(key, (there != null) ? there + 1 : 1);
					return "";
				}).orElseThrow();
				assertThat(transactions.execute(1000, (tx) -> {
					Map<String, Integer> all = tx.map(left).getAll(List.of("a", "b"));
					return all.values().stream().mapToInt(Integer::intValue).sum() + tx.map(right)
						.getAll(List.of("a", "b"))
						.values()
						.stream()
						.mapToInt(Integer::intValue)
						.sum();
				}).orElseThrow()).isEqualTo(200);
			}
		});
		assertThat(otherRight().values()).containsExactlyInAnyOrder(40, 40);
	}

}
