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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.collection.DistributedSet;
import io.github.atomixspring.collection.SetEvent;
import io.github.atomixspring.collection.SetOptions;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the contract of {@link DistributedSet}.
 */
class SetContractIntegrationTests extends AbstractContractTests {

	private DistributedSet<Integer> set() {
		return node().set(this.name, Integer.class);
	}

	private DistributedSet<Integer> otherSet() {
		return other().set(this.name, Integer.class);
	}

	@Test
	void changesAreSeenByAll() {
		assertThat(set().add(1)).isTrue();
		assertThat(otherSet().add(1)).isFalse();
		assertThat(otherSet().contains(1)).isTrue();
		assertThat(set().contains(1, ReadConsistency.SEQUENTIAL)).isTrue();
		assertThat(otherSet().remove(1)).isTrue();
		assertThat(set()).isEmpty();
		assertThat(node().primitives()).contains(new PrimitiveInfo(PrimitiveType.SET, this.name));
		set().destroy();
		assertThat(node().primitives()).doesNotContain(new PrimitiveInfo(PrimitiveType.SET, this.name));
	}

	@Test
	void eachElementIsAddedByOneOfMany() throws Exception {
		AtomicInteger added = new AtomicInteger();
		inThreads(4, (thread) -> {
			DistributedSet<Integer> set = (thread % 2 == 0) ? set() : otherSet();
			for (int i = 0; i < 25; i++) {
				if (set.add(i)) {
					added.incrementAndGet();
				}
			}
		});
		assertThat(added).hasValue(25);
		assertThat(set()).hasSize(25);
	}

	@Test
	void manyElementsAreAddedAtOnceAndReadInPages() {
		List<Integer> elements = IntStream.range(0, 1200).boxed().toList();
		assertThat(set().addAll(elements)).isTrue();
		assertThat(otherSet()).containsExactlyInAnyOrderElementsOf(elements);
		assertThat(otherSet().containsAll(elements)).isTrue();
		assertThat(otherSet().retainAll(elements.subList(0, 600))).isTrue();
		assertThat(set().removeAll(elements.subList(0, 500))).isTrue();
		assertThat(set()).hasSize(100);
		otherSet().clear();
		assertThat(set()).isEmpty();
	}

	@Test
	void eventsComeInOrder() {
		List<SetEvent<Integer>> here = new CopyOnWriteArrayList<>();
		List<SetEvent<Integer>> there = new CopyOnWriteArrayList<>();
		set().addListener(here::add);
		otherSet().addListener(there::add);
		CompletableFuture<?> last = CompletableFuture.completedFuture(null);
		for (int i = 0; i < 50; i++) {
			last = ((i % 2 == 0) ? set() : otherSet()).async().add(i);
		}
		last.join();
		set().clear();
		await().until(() -> here.size() == 100 && there.size() == 100);
		assertThat(here).isEqualTo(there);
		assertThat(here.subList(50, 100)).allMatch((event) -> event.type() == SetEvent.Type.REMOVED);
	}

	@Test
	void elementsExpireNeverEarlyAndSoon() {
		List<SetEvent<Integer>> events = new CopyOnWriteArrayList<>();
		otherSet().addListener(events::add);
		long before = System.nanoTime();
		set().add(1, Duration.ofSeconds(1));
		await().until(() -> events.size() == 2);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofSeconds(1),
				Duration.ofSeconds(20));
		assertThat(events.get(1)).isEqualTo(new SetEvent<>(this.name, SetEvent.Type.EXPIRED, 1));
		assertThat(set()).isEmpty();
	}

	@Test
	void firstCreatorFixesTheTimeToLive() {
		SetOptions<Integer> options = SetOptions.of(Codecs.ints());
		DistributedSet<Integer> expiring = node().set(this.name, options.withTimeToLive(Duration.ofMillis(200)));
		expiring.add(1);
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> otherSet().add(2));
		await().until(expiring::isEmpty);
	}

	@Test
	void elementsThatAreTooLargeAreRefused() {
		DistributedSet<byte[]> blobs = node().set(this.name, byte[].class);
		assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> blobs.add(new byte[2 << 20]));
		assertThat(blobs.add(new byte[1 << 20])).isTrue();
		assertThat(blobs.iterator().next()).hasSize(1 << 20);
		blobs.clear();
	}

}
