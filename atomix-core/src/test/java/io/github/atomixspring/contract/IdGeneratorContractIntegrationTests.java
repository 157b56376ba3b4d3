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

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.value.DistributedIdGenerator;
import io.github.atomixspring.value.IdGeneratorOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of {@link DistributedIdGenerator}.
 */
class IdGeneratorContractIntegrationTests extends AbstractContractTests {

	private static final int IDS = 5_000;

	private final IdGeneratorOptions options = IdGeneratorOptions.defaults().withRangeSize(100);

	private DistributedIdGenerator ids() {
		return node().idGenerator(this.name, this.options);
	}

	private DistributedIdGenerator otherIds() {
		return other().idGenerator(this.name, this.options);
	}

	@Test
	void idsAreUniqueAndGrowInEachThread() throws Exception {
		Set<Long> all = Collections.synchronizedSet(new HashSet<>());
		inThreads(4, (thread) -> {
			DistributedIdGenerator ids = (thread % 2 == 0) ? ids() : otherIds();
			long last = 0;
			for (int i = 0; i < IDS; i++) {
				long id = (i % 10 == 0) ? ids.async().nextId().get() : ids.nextId();
				assertThat(id).isGreaterThan(last);
				assertThat(all.add(id)).isTrue();
				last = id;
			}
		});
		assertThat(all).hasSize(4 * IDS);
	}

	@Test
	void destructionAndClosingRepeatNoId() {
		long first = ids().nextId();
		assertThat(node().primitives()).contains(new PrimitiveInfo(PrimitiveType.ID_GENERATOR, this.name));
		ids().destroy();
		assertThat(node().primitives()).doesNotContain(new PrimitiveInfo(PrimitiveType.ID_GENERATOR, this.name));
		assertThat(otherIds().nextId()).isGreaterThan(first);
		ids().close();
		long later = ids().nextId();
		assertThat(later).isGreaterThan(first + this.options.rangeSize() - 1);
		assertThat(otherIds().nextId()).isNotEqualTo(later);
		assertThat(node().idGenerator(this.name + "-default").nextId()).isGreaterThan(later);
	}

}
