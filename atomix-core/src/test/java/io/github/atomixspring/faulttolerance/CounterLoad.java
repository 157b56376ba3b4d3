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

package io.github.atomixspring.faulttolerance;

import io.github.atomixspring.linearizability.CounterModel;
import io.github.atomixspring.linearizability.CounterModel.Input;
import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.session.SessionClient;

/**
 * Adds to counters and reads them.
 */
final class CounterLoad extends RecordedLoad<Input, Long> {

	CounterLoad(Nodes nodes, String name) {
		super(nodes, name, new CounterModel(), new HistoryFormat<>(Input.class, Long.class));
	}

	@Override
	void call(Caller caller, SessionClient session) throws Exception {
		String counter = key("c", 300);
		if (caller.random().nextInt(4) == 0) {
			perform(caller, Input.get(counter), () -> Operations.get(session, counter));
		}
		else {
			long delta = 1 + caller.random().nextInt(3);
			perform(caller, Input.addAndGet(counter, delta), () -> Operations.addAndGet(session, counter, delta));
		}
	}

}
