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

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.github.atomixspring.cluster.ClusterConfigurationException;
import io.github.atomixspring.cluster.Member;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link StorageGuard}.
 */
class StorageGuardTests {

	private static final Path DIRECTORY = Path.of("data").toAbsolutePath();

	private long free = 1000;

	private boolean broken;

	private final StorageGuard guard = guard(100);

	private StorageGuard guard(long required) {
		ServerConfig config = ServerConfig.of("c", "n1", List.of(new Member("n1", "127.0.0.1", 5001)), Path.of("data"))
			.withMinFreeSpace(required);
		return new StorageGuard(config, (directory) -> {
			assertThat(directory).isEqualTo(DIRECTORY);
			if (this.broken) {
				throw new IOException("broken");
			}
			return this.free;
		});
	}

	private Admission.Level levelAt(long bytes) {
		this.free = bytes;
		this.guard.measure();
		return this.guard.admission().level();
	}

	@Test
	void everythingIsTakenWhileThereIsRoom() {
		assertThat(levelAt(100)).isEqualTo(Admission.Level.ALL);
		assertThat(this.guard.status().shortage()).isNull();
		assertThat(this.guard.status().free()).isEqualTo(100);
		assertThat(this.guard.status().required()).isEqualTo(100);
		assertThat(this.guard.status().hasRoom()).isTrue();
	}

	@Test
	void aShortageNamesNodeDirectoryBytesAndProperty() {
		assertThat(levelAt(99)).isEqualTo(Admission.Level.RELEASES);
		String shortage = this.guard.status().shortage();
		assertThat(shortage).contains("Node 'n1'")
			.contains("99 bytes")
			.contains(DIRECTORY.toString())
			.contains("atomix.storage.min-free-space");
		assertThat(this.guard.admission().reason()).contains("takes no writes").contains(shortage);
		assertThat(this.guard.status().hasRoom()).isFalse();
	}

	@Test
	void levelsDoNotComeAndGo() {
		assertThat(levelAt(99)).isEqualTo(Admission.Level.RELEASES);
		assertThat(levelAt(124)).isEqualTo(Admission.Level.RELEASES);
		assertThat(levelAt(125)).isEqualTo(Admission.Level.ALL);
		assertThat(levelAt(100)).isEqualTo(Admission.Level.ALL);
		assertThat(levelAt(24)).isEqualTo(Admission.Level.NONE);
		assertThat(levelAt(49)).isEqualTo(Admission.Level.NONE);
		assertThat(levelAt(50)).isEqualTo(Admission.Level.RELEASES);
		assertThat(levelAt(25)).isEqualTo(Admission.Level.RELEASES);
		assertThat(levelAt(0)).isEqualTo(Admission.Level.NONE);
		assertThat(levelAt(125)).isEqualTo(Admission.Level.ALL);
		assertThat(this.guard.status().shortage()).isNull();
	}

	@Test
	void whatIsNotKnownChangesNothing() {
		this.broken = true;
		assertThat(levelAt(0)).isEqualTo(Admission.Level.ALL);
		assertThat(this.guard.status().free()).isEqualTo(-1);
		this.broken = false;
		levelAt(99);
		this.broken = true;
		assertThat(levelAt(1000)).isEqualTo(Admission.Level.RELEASES);
		assertThat(this.guard.status().free()).isEqualTo(-1);
		assertThat(this.guard.status().hasRoom()).isFalse();
	}

	@Test
	void aSnapshotLeavesHalfOfWhatIsRequired() throws IOException {
		this.free = 150;
		this.guard.require(100);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.guard.require(101))
			.withMessageContaining(DIRECTORY.toString());
	}

	@Test
	void nothingIsWatchedWithoutALimit() throws IOException {
		StorageGuard unlimited = guard(0);
		this.free = 0;
		unlimited.measure();
		assertThat(unlimited.admission()).isEqualTo(Admission.ALL);
		assertThat(unlimited.status().shortage()).isNull();
		unlimited.require(0);
	}

	@Test
	void aNegativeLimitIsRefused() {
		assertThatExceptionOfType(ClusterConfigurationException.class).isThrownBy(() -> guard(-1))
			.withMessageContaining("free space");
	}

}
