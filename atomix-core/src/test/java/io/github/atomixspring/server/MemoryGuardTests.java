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

package io.github.atomixspring.server;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.ClusterConfigurationException;
import io.github.atomixspring.cluster.Member;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link MemoryGuard}.
 */
class MemoryGuardTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final Heap heap = new Heap();

	private long now;

	private final MemoryGuard guard = guard(80);

	private MemoryGuard guard(int percent) {
		ServerConfig config = ServerConfig.of("c", "n1", List.of(new Member("n1", "127.0.0.1", 5001)), Path.of("data"))
			.withMaxHeapUse(percent);
		return new MemoryGuard(config, this.heap, () -> this.now);
	}

	private Admission.Level level() {
		this.guard.measure();
		return this.guard.admission().level();
	}

	private Admission.Level levelAt(long live) {
		this.heap.garbage = 0;
		this.heap.live = live;
		this.heap.collected = live;
		return level();
	}

	@Test
	void everythingIsTakenWhileThereIsMemory() {
		assertThat(levelAt(800)).isEqualTo(Admission.Level.ALL);
		assertThat(this.guard.status().used()).isEqualTo(800);
		assertThat(this.guard.status().limit()).isEqualTo(800);
		assertThat(this.guard.status().hasRoom()).isTrue();
	}

	@Test
	void aShortageNamesNodeUseLimitPropertyAndRemedy() {
		assertThat(levelAt(801)).isEqualTo(Admission.Level.REMOVALS);
		String shortage = this.guard.status().shortage();
		assertThat(shortage).contains("Node 'n1'")
			.contains("801 bytes")
			.contains("80 % of atomix.memory.max-heap-use")
			.contains("remove something")
			.contains("-Xmx");
		assertThat(this.guard.status().hasRoom()).isFalse();
		assertThat(this.guard.admission().reason()).contains("takes no writes but removals").contains(shortage);
	}

	@Test
	void aShortageDoesNotComeAndGo() {
		assertThat(levelAt(801)).isEqualTo(Admission.Level.REMOVALS);
		assertThat(levelAt(721)).isEqualTo(Admission.Level.REMOVALS);
		assertThat(levelAt(720)).isEqualTo(Admission.Level.ALL);
		assertThat(levelAt(800)).isEqualTo(Admission.Level.ALL);
	}

	@Test
	void garbageIsNotCounted() {
		this.heap.live = 300;
		this.heap.garbage = 690;
		assertThat(level()).isEqualTo(Admission.Level.ALL);
		assertThat(this.heap.collections).isOne();
		assertThat(this.guard.status().used()).isEqualTo(300);
	}

	@Test
	void whatGrowsWithoutACollectionIsNoticed() {
		this.heap.live = 851;
		assertThat(level()).isEqualTo(Admission.Level.REMOVALS);
		assertThat(this.heap.collections).isOne();
	}

	@Test
	void garbageIsLeftToTheCollectorUntilLittleIsLeft() {
		levelAt(500);
		this.heap.garbage = 350;
		this.now += 1000 * SECOND;
		assertThat(level()).isEqualTo(Admission.Level.ALL);
		assertThat(this.heap.collections).isZero();
		this.heap.garbage = 351;
		assertThat(level()).isEqualTo(Admission.Level.ALL);
		assertThat(this.heap.collections).isOne();
	}

	@Test
	void theEndOfAShortageIsNoticedWithoutACollectionByItself() {
		assertThat(levelAt(820)).isEqualTo(Admission.Level.REMOVALS);
		this.heap.live = 100;
		this.heap.garbage = 720;
		assertThat(level()).isEqualTo(Admission.Level.REMOVALS);
		this.now += SECOND;
		assertThat(level()).isEqualTo(Admission.Level.ALL);
		assertThat(this.heap.collections).isOne();
	}

	@Test
	void theEndOfAShortageIsNoticedWhenLessIsUsedThanAfterTheLastCollection() {
		assertThat(levelAt(820)).isEqualTo(Admission.Level.REMOVALS);
		this.heap.live = 720;
		assertThat(level()).isEqualTo(Admission.Level.ALL);
		assertThat(this.heap.collections).isZero();
	}

	@Test
	void noCollectionIsAskedForSoonAfterAnother() {
		levelAt(801);
		this.now += SECOND - 1;
		levelAt(802);
		this.now += SECOND - 1;
		level();
		assertThat(this.heap.collections).isZero();
		this.now += 1;
		level();
		assertThat(this.heap.collections).isOne();
	}

	@Test
	void aCollectionIsAskedForAtOnceWhenLittleIsLeft() {
		levelAt(790);
		this.heap.live = 850;
		assertThat(level()).isEqualTo(Admission.Level.ALL);
		this.heap.live = 851;
		assertThat(level()).isEqualTo(Admission.Level.REMOVALS);
		assertThat(this.heap.collections).isOne();
		level();
		assertThat(this.heap.collections).isOne();
	}

	@Test
	void longCollectionsAreAskedForSeldom() {
		levelAt(820);
		this.heap.duration = 3 * SECOND;
		this.now += SECOND;
		level();
		assertThat(this.heap.collections).isOne();
		this.now += 60 * SECOND - 1;
		level();
		assertThat(this.heap.collections).isOne();
		this.now += 1;
		level();
		assertThat(this.heap.collections).isEqualTo(2);
	}

	@Test
	void noCollectionIsAskedForWhereThereIsNoDoubt() {
		levelAt(500);
		this.heap.garbage = 300;
		this.now += 1000 * SECOND;
		level();
		assertThat(this.heap.collections).isZero();
	}

	@Test
	void nothingIsWatchedWithoutALimitOrWithoutAMeasure() {
		for (int percent : new int[] { 0, 100 }) {
			MemoryGuard unlimited = guard(percent);
			this.heap.live = 1000;
			unlimited.measure();
			assertThat(unlimited.admission()).isEqualTo(Admission.ALL);
			assertThat(unlimited.status().limit()).isZero();
		}
		this.heap.max = 0;
		assertThat(level()).isEqualTo(Admission.Level.ALL);
		assertThat(this.heap.collections).isZero();
	}

	@Test
	void aLimitThatIsNoShareIsRefused() {
		assertThatExceptionOfType(ClusterConfigurationException.class).isThrownBy(() -> guard(101))
			.withMessageContaining("percent");
		assertThatExceptionOfType(ClusterConfigurationException.class).isThrownBy(() -> guard(-1))
			.withMessageContaining("percent");
	}

	@Test
	void theHeapOfThisJvmIsMeasured() {
		LongLivedHeap real = new LongLivedHeap();
		byte[][] kept = new byte[64][];
		for (int i = 0; i < kept.length; i++) {
			kept[i] = new byte[1 << 20];
		}
		real.collect();
		HeapUse use = real.use();
		assertThat(kept.length).isEqualTo(64);
		assertThat(use.live()).isBetween(64L << 20, use.max());
		assertThat(use.max()).isLessThanOrEqualTo(Runtime.getRuntime().maxMemory());
	}

	/**
	 * A heap of 1000 bytes.
	 */
	private final class Heap implements HeapProbe {

		private long live;

		private long garbage;

		private long collected;

		private long max = 1000;

		private long duration;

		private int collections;

		@Override
		public HeapUse use() {
			return new HeapUse(this.live + this.garbage, this.collected, this.max);
		}

		@Override
		public void collect() {
			this.collections++;
			this.garbage = 0;
			this.collected = this.live;
			MemoryGuardTests.this.now += this.duration;
		}

	}

}
