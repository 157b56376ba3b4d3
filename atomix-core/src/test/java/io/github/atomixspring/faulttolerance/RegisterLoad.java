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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.linearizability.RegisterModel;
import io.github.atomixspring.linearizability.RegisterModel.Input;
import io.github.atomixspring.linearizability.ValueResult;
import io.github.atomixspring.session.SessionClient;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes registers, with and without a condition.
 */
final class RegisterLoad extends RecordedLoad<Input, ValueResult> {

	private final Map<String, String> lastRead = new ConcurrentHashMap<>();

	private final AtomicInteger values = new AtomicInteger();

	RegisterLoad(Nodes nodes, String name) {
		super(nodes, name, new RegisterModel(), new HistoryFormat<>(Input.class, ValueResult.class));
	}

	@Override
	void call(Caller caller, SessionClient session) throws Exception {
		String register = key("r", 200);
		String value = "v" + this.values.incrementAndGet();
		int choice = caller.random().nextInt(4);
		if (choice == 0) {
			perform(caller, Input.write(register, value), () -> Operations.write(session, register, value));
		}
		else if (choice == 1) {
			String expected = this.lastRead.get(register);
			perform(caller, Input.compareAndSet(register, expected, value),
					() -> Operations.compareAndSet(session, register, expected, value));
		}
		else {
			@Nullable ValueResult read = perform(caller, Input.read(register), () -> Operations.read(session, register));
			if (read != null && read.value() != null) {
				this.lastRead.put(register, read.value());
			}
		}
	}

}
