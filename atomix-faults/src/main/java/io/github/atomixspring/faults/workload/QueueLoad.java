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

import java.util.concurrent.atomic.AtomicLong;

import io.github.atomixspring.collection.AsyncDistributedQueue;
import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.linearizability.QueueModel.Input;
import io.github.atomixspring.linearizability.ValueResult;
import org.jspecify.annotations.Nullable;

/**
 * Offers and polls; in the end all queues are emptied.
 */
final class QueueLoad extends RecordedLoad<Input, ValueResult> {

	static final String KIND = "queue";

	static final HistoryFormat<Input, ValueResult> FORMAT = new HistoryFormat<>(Input.class, ValueResult.class);

	private static final long MILLIS = 1_500;

	private static final int ATTEMPTS = 10;

	private final AtomicLong values = new AtomicLong();

	QueueLoad(Surroundings surroundings) {
		super(surroundings, KIND, FORMAT);
	}

	@Override
	public void call(Caller caller) throws Exception {
		String name = name(surroundings().window(MILLIS), caller.index());
		if (caller.random().nextInt(9) < 4) {
			String value = surroundings().process() + "-" + this.values.incrementAndGet();
			perform(caller, Input.offer(name, value), () -> queue(name).offer(value).thenApply(ValueResult::of));
		}
		else {
			poll(caller, name);
		}
	}

	private @Nullable ValueResult poll(Caller caller, String name) throws Exception {
		return perform(caller, Input.poll(name), () -> queue(name).poll().thenApply(ValueResult::of));
	}

	private AsyncDistributedQueue<String> queue(String name) {
		return surroundings().atomix().queue(name, String.class).async();
	}

	// Of the callers of a node each has queues of its own: the orders of what many offer
	// at the same time are too many to be tried.
	private static String name(long window, int index) {
		return KIND + window + "-" + index;
	}

	@Override
	public @Nullable String finish(Caller caller) throws Exception {
		for (long window = 0; window <= surroundings().window(MILLIS); window++) {
			for (int index = 0; index < Loads.CALLERS; index++) {
				empty(caller, name(window, index));
			}
		}
		return null;
	}

	private void empty(Caller caller, String name) throws Exception {
		int attempts = 0;
		ValueResult polled;
		do {
			polled = poll(caller, name);
			if (polled == null && ++attempts == ATTEMPTS) {
				throw new IllegalStateException("The queue %s cannot be emptied".formatted(name));
			}
		}
		while (polled == null || polled.value() != null);
	}

}
