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

import javax.management.ObjectName;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PeerInfo}.
 */
class PeerInfoTests {

	@Test
	void nodeIsFoundInTheIdOfItsPeer() {
		for (String node : new String[] { "n1", "localhost:5000", "[::1]:5000", "a.b-c_d" }) {
			assertThat(PeerInfo.nodeOf(PeerInfo.idOf(node, "0a1b2c3d"))).isEqualTo(node);
		}
	}

	@Test
	void idCanBePartOfTheNameOfAManagementBean() throws Exception {
		String id = PeerInfo.idOf("[::1]:5000", "0a1b2c3d");
		assertThat(new ObjectName("Ratis:service=RaftServer,id=" + id).getKeyProperty("id")).isEqualTo(id);
	}

}
