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

package io.github.atomixspring.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A system to measure, perhaps with other settings than by default.
 *
 * @param name the name in the report
 * @param type the kind of system
 * @param jvmOptions more options for its processes
 */
record SystemSpec(String name, SystemType type, List<String> jvmOptions) {

	private static final int PARTS = 3;

	/**
	 * Parses {@code type} or {@code type:name:option;option}.
	 * @param text the text
	 * @return the system
	 */
	static SystemSpec parse(String text) {
		String[] parts = text.split(":", PARTS);
		SystemType type = SystemType.valueOf(parts[0].toUpperCase(Locale.ROOT));
		String name = (parts.length > 1) ? parts[1] : parts[0];
		List<String> options = (parts.length > 2) ? Arrays.asList(parts[2].split(";")) : List.of();
		return new SystemSpec(name, type, options);
	}

}
