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

import io.github.atomixspring.Atomix;
import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.linearizability.RegisterModel.Input;
import io.github.atomixspring.linearizability.ValueResult;
import io.github.atomixspring.value.AsyncDistributedValue;

/**
 * Reads, writes, compares and sets. One caller of each process only reads, in a session
 * in which nobody writes: a leader that is cut off keeps the others waiting with their
 * first write, and could tell old values unnoticed.
 */
final class RegisterLoad extends RecordedLoad<Input, ValueResult> {

	static final String KIND = "register";

	static final HistoryFormat<Input, ValueResult> FORMAT = new HistoryFormat<>(Input.class, ValueResult.class);

	private static final int VALUES = 5;

	private static final long MILLIS = 2_000;

	RegisterLoad(Surroundings surroundings) {
		super(surroundings, KIND, FORMAT);
	}

	@Override
	public void call(Caller caller) throws Exception {
		String key = surroundings().key(KIND, MILLIS);
		boolean reads = caller.index() > 0;
		Atomix node = (reads) ? surroundings().reader() : surroundings().atomix();
		AsyncDistributedValue<String> register = node.value(key, String.class).async();
		String value = value(caller);
		switch ((reads) ? 0 : 1 + caller.random().nextInt(3)) {
			case 0, 1 -> perform(caller, Input.read(key), () -> register.get().thenApply(ValueResult::of));
			case 2 -> perform(caller, Input.write(key, value),
					() -> register.set(value).thenApply((done) -> ValueResult.of((String) null)));
			default -> {
				String expected = value(caller);
				perform(caller, Input.compareAndSet(key, expected, value),
						() -> register.compareAndSet(expected, value).thenApply(ValueResult::of));
			}
		}
	}

	private static String value(Caller caller) {
		return "v" + caller.random().nextInt(VALUES);
	}

}
