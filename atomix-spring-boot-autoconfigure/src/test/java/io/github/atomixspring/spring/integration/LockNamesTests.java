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

package io.github.atomixspring.spring.integration;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LockNames}.
 */
class LockNamesTests {

	@Test
	void nameIsPrefixAndKey() {
		assertThat(LockNames.of("orders:", "7")).isEqualTo("orders:7");
		assertThat(LockNames.of("orders:", "")).isEqualTo("orders:");
		assertThat(LockNames.of("", "k".repeat(256))).isEqualTo("k".repeat(256));
	}

	@Test
	void longKeysEndWithTheirDigest() {
		String one = LockNames.of("files:", "/data/" + "d".repeat(300) + "/one");
		String other = LockNames.of("files:", "/data/" + "d".repeat(300) + "/other");
		assertThat(one).hasSize(256).startsWith("files:/data/ddd").matches(".*#[0-9a-f]{64}");
		assertThat(other).isNotEqualTo(one);
		assertThat(LockNames.of("files:", "/data/" + "d".repeat(300) + "/one")).isEqualTo(one);
	}

	@Test
	void longKeysAreNotCutWithinACharacter() {
		String smile = "\uD83D\uDE00";
		for (String begin : new String[] { "", "x" }) {
			String name = LockNames.of("p", begin + smile.repeat(200));
			String kept = name.substring(1, name.indexOf('#'));
			assertThat(kept.substring(begin.length())).hasSizeGreaterThan(180).matches("(" + smile + ")+");
		}
	}

	@Test
	void keyThatIsNoStringIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> LockNames.of("p", new UUID(1, 2)))
			.withMessage("'lockKey' must be a string, not java.util.UUID: all nodes must know it by the same name");
		assertThatIllegalArgumentException().isThrownBy(() -> LockNames.of("p", null))
			.withMessageContaining("'lockKey' must be a string, not null");
	}

}
