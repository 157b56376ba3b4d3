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

import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GroupIds}. The values are those of data that exists: they must never
 * change.
 */
class GroupIdsTests {

	private static final String CLUSTER = "6a3f5c0e-8a52-4a86-9c0b-0d6b6ad0a001";

	@Test
	void idsAreDerivedFromThatOfTheCluster() {
		assertThat(GroupIds.of(CLUSTER, 0)).hasToString(CLUSTER);
		assertThat(GroupIds.of(CLUSTER, 1)).hasToString("e37efcb1-b21e-3a9c-bf73-ed4f697beb35");
		assertThat(GroupIds.of(CLUSTER, 2)).hasToString("127ddca4-fab3-3a11-9a7e-8043fcebd678");
		assertThat(GroupIds.of(CLUSTER, 3)).hasToString("81bc9008-6908-369e-8d43-6dc65e096314");
	}

	@Test
	void groupsOfOthersAreOfNoPartition() {
		assertThat(GroupIds.partitionOf(CLUSTER, 4, GroupIds.of(CLUSTER, 3))).isEqualTo(3);
		assertThat(GroupIds.partitionOf(CLUSTER, 3, GroupIds.of(CLUSTER, 3))).isEqualTo(-1);
		assertThat(GroupIds.partitionOf(CLUSTER, 4, UUID.fromString("6a3f5c0e-8a52-4a86-9c0b-0d6b6ad0a002")))
			.isEqualTo(-1);
	}

}
