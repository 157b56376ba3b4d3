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

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Registers with few values, so that a wrong answer is often a right one.
 */
class RegisterWorkload implements Workload<RegisterModel.Input, ValueResult> {

	private final Map<String, String> registers = new HashMap<>();

	private final int keys;

	private final int values;

	RegisterWorkload(int keys, int values) {
		this.keys = keys;
		this.values = values;
	}

	@Override
	public RegisterModel.Input next(int process, Random random) {
		String key = "k" + random.nextInt(this.keys);
		return switch (random.nextInt(3)) {
			case 0 -> RegisterModel.Input.read(key);
			case 1 -> RegisterModel.Input.write(key, value(random));
			default -> RegisterModel.Input.compareAndSet(key, value(random), value(random));
		};
	}

	private String value(Random random) {
		return "v" + random.nextInt(this.values);
	}

	@Override
	public ValueResult apply(RegisterModel.Input input) {
		return switch (input.kind()) {
			case READ -> ValueResult.of(this.registers.get(input.key()));
			case WRITE -> {
				this.registers.put(input.key(), input.value());
				yield ValueResult.of((String) null);
			}
			case COMPARE_AND_SET ->
				ValueResult.of(this.registers.replace(input.key(), input.expected(), input.value()));
		};
	}

	@Override
	public ValueResult mutate(RegisterModel.Input input, ValueResult output, Random random) {
		return switch (input.kind()) {
			case READ -> ValueResult.of(value(random));
			case WRITE -> output;
			case COMPARE_AND_SET -> ValueResult.of(!output.success());
		};
	}

}
