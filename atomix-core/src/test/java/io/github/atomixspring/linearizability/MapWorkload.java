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

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A {@link ConcurrentHashMap} with few values.
 */
class MapWorkload implements Workload<MapModel.Input, ValueResult> {

	private final Map<String, String> map = new ConcurrentHashMap<>();

	private final int keys;

	MapWorkload(int keys) {
		this.keys = keys;
	}

	@Override
	public MapModel.Input next(int process, Random random) {
		String key = "k" + random.nextInt(this.keys);
		return switch (random.nextInt(5)) {
			case 0 -> MapModel.Input.get(key);
			case 1 -> MapModel.Input.put(key, value(random));
			case 2 -> MapModel.Input.putIfAbsent(key, value(random));
			case 3 -> MapModel.Input.remove(key);
			default -> MapModel.Input.replace(key, value(random), value(random));
		};
	}

	private static String value(Random random) {
		return "v" + random.nextInt(3);
	}

	@Override
	public ValueResult apply(MapModel.Input input) {
		return switch (input.kind()) {
			case GET -> ValueResult.of(this.map.get(input.key()));
			case PUT -> ValueResult.of(this.map.put(input.key(), input.value()));
			case PUT_IF_ABSENT -> ValueResult.of(this.map.putIfAbsent(input.key(), input.value()));
			case REMOVE -> ValueResult.of(this.map.remove(input.key()));
			case REPLACE -> ValueResult.of(this.map.replace(input.key(), input.expected(), input.value()));
		};
	}

	@Override
	public ValueResult mutate(MapModel.Input input, ValueResult output, Random random) {
		return (input.kind() == MapModel.Kind.REPLACE) ? ValueResult.of(!output.success())
				: ValueResult.of(value(random));
	}

}
