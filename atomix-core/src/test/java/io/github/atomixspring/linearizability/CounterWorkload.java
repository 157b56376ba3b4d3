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

package io.github.atomixspring.linearizability;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One counter with additions of one or two.
 */
class CounterWorkload implements Workload<CounterModel.Input, Long> {

	private final AtomicLong counter = new AtomicLong();

	@Override
	public CounterModel.Input next(int process, Random random) {
		return CounterModel.Input.addAndGet("k", random.nextInt(3));
	}

	@Override
	public Long apply(CounterModel.Input input) {
		return this.counter.addAndGet(input.delta());
	}

	@Override
	public Long mutate(CounterModel.Input input, Long output, Random random) {
		return output + ((random.nextBoolean()) ? 1 : -1);
	}

}
