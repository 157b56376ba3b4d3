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

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.primitive.InsufficientMemoryException;
import io.github.atomixspring.primitive.InsufficientStorageException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Headroom}.
 */
class HeadroomTests {

	private long free = 1000;

	private long used;

	private final Headroom headroom = new Headroom(
			ServerConfig.of("c", "n1", List.of(new Member("n1", "127.0.0.1", 5001)), Path.of("data"))
				.withMinFreeSpace(100),
			(directory) -> this.free, new HeapProbe() {

				@Override
				public HeapUse use() {
					return new HeapUse(HeadroomTests.this.used, HeadroomTests.this.used, 100);
				}

				@Override
				public void collect() {
				}

			});

	private Admission.Level levelAt(long bytes, long percent) {
		this.free = bytes;
		this.used = percent;
		this.headroom.measure();
		return this.headroom.admission().level();
	}

	@Test
	void theGreaterShortageCounts() {
		assertThat(levelAt(100, 80)).isEqualTo(Admission.Level.ALL);
		assertThat(this.headroom.problem()).isNull();
		assertThat(levelAt(100, 81)).isEqualTo(Admission.Level.REMOVALS);
		assertThat(this.headroom.admission().toException()).isInstanceOf(InsufficientMemoryException.class);
		assertThat(levelAt(99, 81)).isEqualTo(Admission.Level.RELEASES);
		assertThat(this.headroom.admission().toException()).isInstanceOf(InsufficientStorageException.class);
		assertThat(this.headroom.problem()).contains("atomix.storage.min-free-space")
			.contains("; ")
			.contains("atomix.memory.max-heap-use");
		assertThat(levelAt(0, 81)).isEqualTo(Admission.Level.NONE);
	}

	@Test
	void theShortageOfOthersIsOneOfTheCluster() {
		levelAt(1000, 0);
		Admission shortage = Admission.during(Admission.Level.RELEASES, "Node 'n2' has nothing");
		this.headroom.others(shortage);
		assertThat(this.headroom.admission()).isEqualTo(shortage);
		assertThat(this.headroom.problem()).contains("takes no writes").contains("Node 'n2' has nothing");
		assertThat(this.headroom.storage().hasRoom()).isTrue();
		assertThat(this.headroom.shortage()).isNull();
		assertThat(levelAt(1000, 81)).isEqualTo(Admission.Level.RELEASES);
		assertThat(this.headroom.problem()).isEqualTo(this.headroom.memory().shortage());
		this.headroom.others(Admission.ALL);
		assertThat(this.headroom.admission().level()).isEqualTo(Admission.Level.REMOVALS);
		assertThat(levelAt(1000, 0)).isEqualTo(Admission.Level.ALL);
	}

}
