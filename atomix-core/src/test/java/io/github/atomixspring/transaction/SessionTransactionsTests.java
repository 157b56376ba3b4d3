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

package io.github.atomixspring.transaction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.election.Elections;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.lock.Locks;
import io.github.atomixspring.lock.NotLockOwnerException;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.map.Maps;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.TransactionMessages.Commit;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import io.github.atomixspring.session.Sessions;
import io.github.atomixspring.transaction.TransactionResult.Status;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;
import io.github.atomixspring.value.LongOptions;
import io.github.atomixspring.value.ValueOptions;
import io.github.atomixspring.value.Values;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link SessionTransactions}.
 */
class SessionTransactionsTests {

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final TransactionService transactions = Transactions.create(Sessions.single(this.session));

	private final DistributedMap<String, Integer> stock = map(this.session, "stock");

	private final DistributedMap<String, Integer> otherStock = map(this.otherSession, "stock");

	private final DistributedMap<String, Integer> sold = map(this.session, "sold");

	private final DistributedValue<String> last = Values.createValue(this.session, "last",
			ValueOptions.of(Codecs.strings()), () -> {
			});

	private final DistributedLong count = Values.createLong(this.session, "count", LongOptions.defaults(), () -> {
	});

	private final DistributedLong otherCount = Values.createLong(this.otherSession, "count", LongOptions.defaults(),
			() -> {
			});

	private static DistributedMap<String, Integer> map(FakeSession session, String name) {
		return Maps.create(session, name, MapOptions.of(Codecs.strings(), Codecs.ints()), () -> {
		});
	}

	private int commits() {
		return this.session.submitted(Commit.class).size();
	}

	@Test
	void readsAndWritesOfSeveralPrimitivesAreCommittedTogether() {
		this.stock.put("tea", 5);
		TransactionResult<Integer> result = this.transactions.execute((tx) -> {
			Integer left = tx.map(this.stock).get("tea");
			assertThat(left).isEqualTo(5);
			tx.map(this.stock).put("tea", left - 2);
			tx.map(this.sold).put("tea", 2);
			tx.value(this.last).set("tea");
			tx.atomicLong(this.count).add(2);
			assertThat(this.otherStock.get("tea")).isEqualTo(5);
			return left;
		});
		assertThat(result).isEqualTo(new TransactionResult<>(Status.COMMITTED, 5, null));
		assertThat(result.orElseThrow()).isEqualTo(5);
		assertThat(this.stock.get("tea")).isEqualTo(3);
		assertThat(this.sold.get("tea")).isEqualTo(2);
		assertThat(this.last.get()).isEqualTo("tea");
		assertThat(this.count.get()).isEqualTo(2);
		assertThat(commits()).isEqualTo(1);
	}

	@Test
	void ownWritesAreReadBackAndReadsAreRepeatable() {
		this.stock.putAll(Map.of("tea", 5, "milk", 1));
		this.count.set(10);
		TransactionResult<Void> result = this.transactions.execute((tx) -> {
			TransactionalMap<String, Integer> map = tx.map(this.stock);
			assertThat(map.getAll(List.of("tea", "coffee", "tea"))).isEqualTo(Map.of("tea", 5));
			this.otherStock.put("coffee", 8);
			assertThat(map.containsKey("coffee")).isFalse();
			map.put("coffee", 1);
			assertThat(tx.map(this.stock).get("coffee")).isEqualTo(1);
			map.remove("tea");
			assertThat(map.get("tea")).isNull();
			assertThat(map.getAll(List.of("milk", "tea", "coffee"))).isEqualTo(Map.of("milk", 1, "coffee", 1));
			TransactionalValue<String> value = tx.value(this.last);
			assertThat(value.get()).isNull();
			value.set("a");
			assertThat(value.get()).isEqualTo("a");
			value.set(null);
			assertThat(value.get()).isNull();
			TransactionalLong number = tx.atomicLong(this.count);
			number.add(1);
			number.add(2);
			assertThat(number.addAndGet(4)).isEqualTo(17);
			number.set(3);
			assertThat(number.addAndGet(4)).isEqualTo(7);
			return null;
		});
		assertThat(result.status()).isEqualTo(Status.CONFLICT);
		assertThat(result.cause()).isEqualTo(new PrimitiveInfo(PrimitiveType.MAP, "stock"));
		assertThat(result.value()).isNull();
		assertThatExceptionOfType(TransactionNotCommittedException.class).isThrownBy(result::orElseThrow)
			.withMessageContaining("stock")
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(Status.CONFLICT));
		assertThat(this.stock.get("tea")).isEqualTo(5);
		assertThat(this.count.get()).isEqualTo(10);
	}

	@Test
	void changedNumberIsAConflictAndBlindAdditionIsNone() {
		assertThat(this.transactions.execute((tx) -> {
			long read = tx.atomicLong(this.count).get();
			this.otherCount.incrementAndGet();
			tx.atomicLong(this.count).set(read + 1);
			return read;
		}).status()).isEqualTo(Status.CONFLICT);
		assertThat(this.transactions.execute((tx) -> {
			tx.atomicLong(this.count).add(10);
			this.otherCount.incrementAndGet();
			return "";
		}).isCommitted()).isTrue();
		assertThat(this.count.get()).isEqualTo(12);
	}

	@Test
	void numberThatBecameTheSameAgainIsAConflictOrTheSame() {
		this.count.set(4);
		assertThat(this.transactions.execute((tx) -> {
			tx.atomicLong(this.count).get();
			this.otherCount.set(5);
			this.otherCount.set(4);
			tx.value(this.last).set("x");
			return "";
		}).status()).isEqualTo(Status.CONFLICT);
	}

	@Test
	void retryGoesOnUntilItCommitsWithABound() {
		AtomicInteger runs = new AtomicInteger();
		TransactionResult<Integer> result = this.transactions.execute(5, (tx) -> {
			Integer read = tx.map(this.stock).get("tea");
			if (runs.incrementAndGet() < 4) {
				this.otherStock.merge("tea", 1, Integer::sum);
			}
			tx.map(this.sold).put("tea", (read != null) ? read : 0);
			return read;
		});
		assertThat(result.orElseThrow()).isEqualTo(3);
		assertThat(runs).hasValue(4);
		runs.set(0);
		assertThat(this.transactions.execute(3, (tx) -> {
			tx.map(this.stock).get("tea");
			tx.map(this.sold).put("tea", 9);
			return this.otherStock.put("tea", runs.incrementAndGet());
		}).status()).isEqualTo(Status.CONFLICT);
		assertThat(runs).hasValue(3);
		assertThat(this.sold.get("tea")).isEqualTo(3);
	}

	@Test
	void readOnlyTransactionShowsOneMoment() {
		this.stock.put("tea", 1);
		assertThat(this.transactions.execute((tx) -> {
			Integer tea = tx.map(this.stock).get("tea");
			this.otherStock.put("tea", 2);
			tx.map(this.stock).get("milk");
			return tea;
		}).status()).isEqualTo(Status.CONFLICT);
		assertThat(this.transactions.execute((tx) -> tx.map(this.stock).get("tea")).orElseThrow()).isEqualTo(2);
		assertThat(this.transactions.execute((tx) -> tx.map(this.stock).getAll(List.of("tea", "milk"))).orElseThrow())
			.isEqualTo(Map.of("tea", 2));
		assertThat(this.transactions.execute((tx) -> "nothing").orElseThrow()).isEqualTo("nothing");
		// One answer shows one moment by itself.
		assertThat(commits()).isEqualTo(1);
	}

	@Test
	void exceptionWritesNothingAndPasses() {
		assertThatIllegalStateException().isThrownBy(() -> this.transactions.execute((tx) -> {
			tx.map(this.stock).put("tea", 1);
			throw new IllegalStateException("no");
		})).withMessage("no");
		assertThat(this.stock).isEmpty();
		assertThat(commits()).isZero();
	}

	@Test
	void exceptionThatMayComeOfAnInconsistentViewIsAConflict() {
		this.stock.put("a", 1);
		this.stock.put("b", 1);
		AtomicInteger runs = new AtomicInteger();
		TransactionResult<String> result = this.transactions.execute(2, (tx) -> {
			Integer a = tx.map(this.stock).get("a");
			if (runs.incrementAndGet() == 1) {
				this.otherStock.putAll(Map.of("a", 2, "b", 2));
			}
			Integer b = tx.map(this.stock).get("b");
			if (!a.equals(b)) {
				throw new IllegalStateException("never true");
			}
			return "same";
		});
		assertThat(result.orElseThrow()).isEqualTo("same");
		assertThatIllegalStateException().isThrownBy(() -> this.transactions.execute(2, (tx) -> {
			tx.map(this.stock).get("a");
			tx.map(this.stock).get("b");
			throw new IllegalStateException("true");
		})).withMessage("true");
	}

	@Test
	void lockMustBeHeldByTheGrant() {
		DistributedLock lock = Locks.create(this.session, "lock", () -> {
		});
		assertThatExceptionOfType(NotLockOwnerException.class).isThrownBy(() -> this.transactions.execute((tx) -> {
			tx.requireLock(lock);
			return "";
		}));
		lock.lock();
		long token = lock.fencingToken();
		assertThat(this.transactions.execute((tx) -> {
			tx.requireLock(lock);
			tx.atomicLong(this.count).add(1);
			return "";
		}).isCommitted()).isTrue();
		lock.unlock();
		LockHandle handle = lock.async().lock().join();
		TransactionResult<String> stale = this.transactions.execute(5, (tx) -> {
			tx.requireLock(lock, token);
			tx.atomicLong(this.count).add(1);
			return "";
		});
		assertThat(stale.status()).isEqualTo(Status.STALE_GUARD);
		assertThat(stale.cause()).isEqualTo(new PrimitiveInfo(PrimitiveType.LOCK, "lock"));
		assertThat(commits()).isEqualTo(2);
		assertThat(this.transactions.async().execute((tx) -> {
			tx.requireLock(lock, handle.fencingToken());
			return "";
		}).join().isCommitted()).isTrue();
		assertThat(this.count.get()).isEqualTo(1);
	}

	@Test
	void leadershipMustBeInItsTerm() {
		DistributedLeaderElection election = Elections.create(this.session, "election", () -> {
		});
		long term = election.campaign("a").term();
		assertThat(guarded(election, term)).isEqualTo(Status.COMMITTED);
		election.campaign("b");
		election.anoint("b");
		assertThat(guarded(election, term)).isEqualTo(Status.STALE_GUARD);
		long second = election.leadership().term();
		assertThat(guarded(election, second)).isEqualTo(Status.COMMITTED);
		election.resign("a");
		election.resign("b");
		assertThat(guarded(election, second)).isEqualTo(Status.STALE_GUARD);
	}

	private Status guarded(DistributedLeaderElection election, long term) {
		return this.transactions.execute((tx) -> {
			tx.requireLeadership(election, term);
			tx.value(this.last).set("led in " + term);
			return "";
		}).status();
	}

	@Test
	void lostAnswerIsUnknownOnlyIfSomethingWasWritten() {
		this.session.loseAnswer(Commit.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.transactions.execute((tx) -> {
			tx.atomicLong(this.count).add(1);
			return "";
		}));
		assertThat(this.count.get()).isEqualTo(1);
		this.session.loseAnswer(Commit.class);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> this.transactions.execute((tx) -> {
			tx.map(this.stock).get("tea");
			return tx.atomicLong(this.count).get();
		}));
		this.session.refuse(Commit.class);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> this.transactions.execute((tx) -> {
			tx.atomicLong(this.count).add(1);
			return "";
		}));
		assertThat(this.count.get()).isEqualTo(1);
	}

	@Test
	void configurationOfAMapIsCheckedAndUsed() {
		MapOptions<String, Integer> options = MapOptions.of(Codecs.strings(), Codecs.ints());
		DistributedMap<String, Integer> shortLived = Maps.create(this.session, "short",
				options.withTimeToLive(Duration.ofSeconds(1)), () -> {
				});
		this.transactions.execute((tx) -> {
			tx.map(shortLived).put("a", 1);
			tx.map(shortLived).put("b", 2, Duration.ofSeconds(5));
			tx.value(this.last).set("x", Duration.ofSeconds(5));
			tx.atomicLong(this.count).set(1, Duration.ofSeconds(5));
			return "";
		}).orElseThrow();
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(shortLived.keySet()).containsExactly("b");
		this.cluster.advance(Duration.ofSeconds(4));
		assertThat(shortLived).isEmpty();
		assertThat(this.last.get()).isNull();
		assertThat(this.count.get()).isZero();
		TransactionService others = Transactions.create(Sessions.single(this.otherSession));
		DistributedMap<String, Integer> other = map(this.otherSession, "short");
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> others.execute((tx) -> {
			tx.map(other).put("a", 1);
			return "";
		}));
	}

	@Test
	void limitsAreToldBeforeTheCommit() {
		assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> this.transactions.execute((tx) -> {
			for (int i = 0; i <= Commit.MAX_OPERATIONS; i++) {
				tx.map(this.stock).put("k" + i, i);
			}
			return "";
		}));
		DistributedMap<String, byte[]> blobs = Maps.create(this.session, "blobs",
				MapOptions.of(Codecs.strings(), Codecs.bytes()), () -> {
				});
		assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> this.transactions.execute((tx) -> {
			tx.map(blobs).put("a", new byte[600_000]);
			tx.map(blobs).put("b", new byte[600_000]);
			return "";
		}));
		assertThat(commits()).isZero();
		assertThat(this.transactions.execute((tx) -> {
			for (int i = 0; i < 10; i++) {
				tx.map(blobs).put("a", new byte[600_000]);
			}
			for (int i = 0; i < Commit.MAX_OPERATIONS - 1; i++) {
				tx.map(this.stock).put("k" + i, i);
			}
			return "";
		}).isCommitted()).isTrue();
	}

	@Test
	void useAfterTheEndIsRefused() {
		AtomicReference<Transaction> ended = new AtomicReference<>();
		AtomicReference<TransactionalMap<String, Integer>> map = new AtomicReference<>();
		AtomicReference<TransactionalLong> number = new AtomicReference<>();
		this.transactions.execute((tx) -> {
			ended.set(tx);
			map.set(tx.map(this.stock));
			number.set(tx.atomicLong(this.count));
			map.get().put("a", 1);
			number.get().set(1);
			return "";
		});
		assertThatIllegalStateException().isThrownBy(() -> ended.get().map(this.stock));
		assertThatIllegalStateException().isThrownBy(() -> map.get().get("a"));
		assertThatIllegalStateException().isThrownBy(() -> map.get().put("a", 2));
		assertThatIllegalStateException().isThrownBy(() -> number.get().get());
		assertThatIllegalStateException().isThrownBy(() -> number.get().add(1));
		assertThatIllegalStateException()
			.isThrownBy(() -> ended.get().requireLock(Locks.create(this.session, "l", () -> {
			}), 1));
	}

	@Test
	void argumentsAreChecked() {
		assertThatNullPointerException().isThrownBy(() -> this.transactions.execute(nothing()))
			.withMessageContaining("function");
		assertThatIllegalArgumentException().isThrownBy(() -> this.transactions.execute(0, (tx) -> ""))
			.withMessageContaining("attempts");
		assertThatIllegalArgumentException().isThrownBy(() -> this.transactions.async().execute(-1, (tx) -> ""));
		this.transactions.execute((tx) -> {
			assertThatNullPointerException().isThrownBy(() -> tx.map(nothing())).withMessageContaining("map");
			assertThatNullPointerException().isThrownBy(() -> tx.value(nothing())).withMessageContaining("value");
			assertThatNullPointerException().isThrownBy(() -> tx.atomicLong(nothing())).withMessageContaining("number");
			assertThatNullPointerException().isThrownBy(() -> tx.requireLock(nothing())).withMessageContaining("lock");
			assertThatNullPointerException().isThrownBy(() -> tx.map(this.stock).get(nothing()))
				.withMessageContaining("key");
			assertThatNullPointerException().isThrownBy(() -> tx.map(this.stock).put("a", nothing()))
				.withMessageContaining("value");
			assertThatNullPointerException().isThrownBy(() -> tx.map(this.stock).remove(nothing()))
				.withMessageContaining("key");
			assertThatIllegalArgumentException().isThrownBy(() -> tx.map(this.stock).put("a", 1, Duration.ZERO));
			assertThatIllegalArgumentException().isThrownBy(() -> tx.map(this.otherStock)).withMessageContaining("n2");
			return "";
		});
		this.stock.close();
		assertThatExceptionOfType(PrimitiveClosedException.class)
			.isThrownBy(() -> this.transactions.execute((tx) -> tx.map(this.stock).get("a")));
		this.count.close();
		assertThatExceptionOfType(PrimitiveClosedException.class)
			.isThrownBy(() -> this.transactions.execute((tx) -> tx.atomicLong(this.count).get()));
	}

	@Test
	void asynchronousFaceRunsOnTheCallbackExecutor() throws Exception {
		ExecutorService callbacks = Executors.newSingleThreadExecutor((task) -> new Thread(task, "callback"));
		try {
			this.session.withCallbackExecutor(callbacks);
			CompletableFuture<TransactionResult<String>> future = this.transactions.async().execute(3, (tx) -> {
				tx.map(this.stock).put("tea", 1);
				return Thread.currentThread().getName();
			});
			assertThat(future.get(1, TimeUnit.MINUTES).orElseThrow()).isEqualTo("callback");
		}
		finally {
			callbacks.shutdownNow();
		}
	}

	@Test
	void sumStaysTheSameWhenThreadsMoveThings() throws Exception {
		this.stock.putAll(Map.of("a", 100, "b", 100, "c", 100));
		ExecutorService pool = Executors.newFixedThreadPool(4);
		try {
			List<Future<?>> futures = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				int thread = i;
				futures.add(pool.submit(() -> {
					for (int j = 0; j < 500; j++) {
						String from = "abc".substring((thread + j) % 3, (thread + j) % 3 + 1);
						String to = "abc".substring((thread + j + 1) % 3, (thread + j + 1) % 3 + 1);
						this.transactions.execute(1000, (tx) -> {
							TransactionalMap<String, Integer> map = tx.map(this.stock);
							map.put(from, map.get(from) - 1);
							map.put(to, map.get(to) + 1);
							return "";
						}).orElseThrow();
						assertThat(this.transactions
							.execute(1000,
									(tx) -> tx.map(this.stock).get("a") + tx.map(this.stock).get("b")
											+ tx.map(this.stock).get("c"))
							.orElseThrow()).isEqualTo(300);
					}
				}));
			}
			for (Future<?> future : futures) {
				future.get(2, TimeUnit.MINUTES);
			}
		}
		finally {
			pool.shutdownNow();
		}
	}

	@SuppressWarnings("NullAway")
	private static <T> T nothing() {
		return null;
	}

}
