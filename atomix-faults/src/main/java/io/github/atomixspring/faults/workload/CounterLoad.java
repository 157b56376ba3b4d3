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

package io.github.atomixspring.faults.workload;

import io.github.atomixspring.linearizability.CounterModel.Input;
import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.value.AsyncDistributedLong;

/**
 * Adds and reads.
 */
final class CounterLoad extends RecordedLoad<Input, Long> {

	static final String KIND = "counter";

	static final HistoryFormat<Input, Long> FORMAT = new HistoryFormat<>(Input.class, Long.class);

	private static final long MILLIS = 2_000;

	CounterLoad(Surroundings surroundings) {
		super(surroundings, KIND, FORMAT);
	}

	@Override
	public void call(Caller caller) throws Exception {
		String key = surroundings().key(KIND, MILLIS);
		AsyncDistributedLong counter = surroundings().atomix().atomicLong(key).async();
		if (caller.random().nextInt(3) == 0) {
			perform(caller, Input.get(key), counter::get);
		}
		else {
			long delta = 1 + caller.random().nextInt(3);
			perform(caller, Input.addAndGet(key, delta), () -> counter.addAndGet(delta));
		}
	}

}
