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

import io.github.atomixspring.collection.AsyncDistributedSet;
import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.linearizability.SetModel.Input;
import io.github.atomixspring.linearizability.SetModel.Kind;
import io.github.atomixspring.linearizability.ValueResult;
import org.jspecify.annotations.Nullable;

/**
 * Adds, removes, and looks whether elements are there; in the end it looks for all of
 * them.
 */
final class SetLoad extends RecordedLoad<Input, ValueResult> {

	static final String KIND = "set";

	static final HistoryFormat<Input, ValueResult> FORMAT = new HistoryFormat<>(Input.class, ValueResult.class);

	private static final long MILLIS = 4_000;

	private static final int ELEMENTS = 4;

	private final AsyncDistributedSet<String> set;

	SetLoad(Surroundings surroundings) {
		super(surroundings, KIND, FORMAT);
		this.set = surroundings.atomix().set(KIND, String.class).async();
	}

	@Override
	public void call(Caller caller) throws Exception {
		String element = element(surroundings().window(MILLIS), caller.random().nextInt(ELEMENTS));
		switch (caller.random().nextInt(4)) {
			case 0, 1 ->
				perform(caller, new Input(Kind.ADD, element), () -> this.set.add(element).thenApply(ValueResult::of));
			case 2 -> perform(caller, new Input(Kind.REMOVE, element),
					() -> this.set.remove(element).thenApply(ValueResult::of));
			default -> contains(caller, element);
		}
	}

	private void contains(Caller caller, String element) throws Exception {
		perform(caller, new Input(Kind.CONTAINS, element), () -> this.set.contains(element).thenApply(ValueResult::of));
	}

	private static String element(long window, int number) {
		return "e" + window + "-" + number;
	}

	@Override
	public @Nullable String finish(Caller caller) throws Exception {
		for (long window = 0; window <= surroundings().window(MILLIS); window++) {
			for (int number = 0; number < ELEMENTS; number++) {
				contains(caller, element(window, number));
			}
		}
		return null;
	}

}
