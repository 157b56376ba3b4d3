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

package io.github.atomixspring.value;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.IdMessages;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link IdGeneratorProxy}.
 */
class IdGeneratorProxyTests {

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedIdGenerator ids = create(this.session, 10);

	private final DistributedIdGenerator others = create(this.otherSession, 10);

	private static DistributedIdGenerator create(FakeSession session, int rangeSize) {
		return Values.createIdGenerator(session, "ids", IdGeneratorOptions.defaults().withRangeSize(rangeSize), () -> {
		});
	}

	private int fetched() {
		return this.session.submitted(IdMessages.Reserve.class).size();
	}

	@Test
	void idsAreUniqueAndGrowOnEachNode() {
		Set<Long> all = new HashSet<>();
		List<Long> own = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			long id = (i % 2 == 0) ? this.ids.nextId() : this.ids.async().nextId().join();
			own.add(id);
			assertThat(all.add(id)).isTrue();
			assertThat(all.add(this.others.nextId())).isTrue();
			if (i % 100 == 0) {
				this.others.destroy();
			}
		}
		assertThat(own).isSorted().doesNotHaveDuplicates().allMatch((id) -> id > 0);
	}

	@Test
	void nextRangeIsFetchedBeforeTheFirstIsUsedUp() {
		this.ids.nextId();
		assertThat(fetched()).isEqualTo(1);
		for (int i = 0; i < 4; i++) {
			this.ids.nextId();
		}
		assertThat(fetched()).isEqualTo(2);
		this.session.unlink();
		for (int i = 0; i < 15; i++) {
			assertThat(this.ids.async().nextId()).isCompleted();
		}
		CompletableFuture<Long> waiting = this.ids.async().nextId();
		assertThat(waiting).isNotDone();
		this.session.link();
		assertThat(waiting).isCompleted();
		assertThat(fetched()).isEqualTo(3);
	}

	@Test
	void manyWhoWaitAreServedByOneRange() {
		this.session.unlink();
		List<CompletableFuture<Long>> waiting = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			waiting.add(this.ids.async().nextId());
		}
		waiting.get(50).cancel(false);
		this.session.link();
		assertThat(waiting).allMatch(CompletableFuture::isDone);
		waiting.remove(50);
		assertThat(waiting.stream().map(CompletableFuture::join).toList()).isSorted().doesNotHaveDuplicates();
		assertThat(fetched()).isLessThan(5);
	}

	@Test
	void rangeOfOneWorks() {
		DistributedIdGenerator single = create(this.session, 1);
		List<Long> own = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			own.add(single.nextId());
			this.others.nextId();
		}
		assertThat(own).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void lostAnswerSkipsARange() {
		this.session.loseAnswer(IdMessages.Reserve.class);
		assertThat(this.ids.nextId()).isEqualTo(11);
		for (int i = 0; i < 3; i++) {
			this.ids.nextId();
		}
		// The range fetched ahead is lost, and nobody waits for it.
		this.session.loseAnswer(IdMessages.Reserve.class);
		for (int i = 0; i < 6; i++) {
			this.ids.nextId();
		}
		assertThat(this.ids.nextId()).isEqualTo(31);
	}

	@Test
	void newSessionGoesOn() {
		this.session.unlink();
		CompletableFuture<Long> waiting = this.ids.async().nextId();
		this.session.expire();
		this.session.connect();
		assertThat(waiting.join()).isPositive();
		assertThat(this.ids.nextId()).isGreaterThan(waiting.join());
	}

	@Test
	void idsThatAreHereAreGivenOutWithoutTheCluster() {
		long first = this.ids.nextId();
		this.session.expire();
		for (int i = 1; i < 10; i++) {
			assertThat(this.ids.nextId()).isEqualTo(first + i);
		}
		CompletableFuture<Long> waiting = this.ids.async().nextId();
		this.cluster.advance(this.session.operationTimeout().minusMillis(1));
		assertThat(waiting).isNotDone();
		this.cluster.advance(Duration.ofMillis(1));
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(waiting::get)
			.withCauseInstanceOf(UnavailableException.class);
		this.session.connect();
		assertThat(this.ids.nextId()).isGreaterThan(first + 9);
	}

	@Test
	void unavailableClusterIsReported() {
		this.session.refuse(IdMessages.Reserve.class);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(this.ids::nextId);
		assertThat(this.ids.nextId()).isEqualTo(1);
	}

	@Test
	void closedInstanceGivesNothing() {
		this.ids.nextId();
		this.session.unlink();
		DistributedIdGenerator second = create(this.session, 5);
		CompletableFuture<Long> waiting = second.async().nextId();
		second.close();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(waiting::get)
			.withCauseInstanceOf(PrimitiveClosedException.class);
		this.ids.close();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.ids::nextId);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> this.ids.async().nextId().get())
			.withCauseInstanceOf(PrimitiveClosedException.class);
	}

	@Test
	void rangeSizeIsChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> IdGeneratorOptions.defaults().withRangeSize(0))
			.withMessageContaining("rangeSize");
		assertThatIllegalArgumentException().isThrownBy(() -> IdGeneratorOptions.defaults().withRangeSize(1_000_001));
		assertThat(IdGeneratorOptions.defaults().rangeSize()).isEqualTo(1000);
	}

	@Test
	void threadsSeeGrowingIds() throws Exception {
		int threads = 8;
		ExecutorService pool = Executors.newFixedThreadPool(threads);
		Set<Long> all = Collections.synchronizedSet(new HashSet<>());
		try {
			List<Future<?>> futures = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				futures.add(pool.submit(() -> {
					long last = 0;
					for (int j = 0; j < 20_000; j++) {
						long id = this.ids.nextId();
						assertThat(id).isGreaterThan(last);
						assertThat(all.add(id)).isTrue();
						last = id;
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
		assertThat(all).hasSize(threads * 20_000);
	}

}
