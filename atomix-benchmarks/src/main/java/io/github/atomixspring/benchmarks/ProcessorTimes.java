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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * What the processors of the machine did, as far as the system tells.
 */
final class ProcessorTimes {

	private static final Path SOURCE = Path.of("/proc/stat");

	private static final int IDLE = 3;

	private static final int WAITING = 4;

	private static final int STOLEN = 7;

	private static final int FIELDS = 8;

	private ProcessorTimes() {
	}

	static long[] read() throws IOException {
		if (!Files.isReadable(SOURCE)) {
			return new long[FIELDS];
		}
		String[] words = Files.readAllLines(SOURCE).get(0).trim().split("\\s+");
		return Arrays.stream(words).skip(1).limit(FIELDS).mapToLong(Long::parseLong).toArray();
	}

	static String describe(long[] before, long[] after) {
		long total = 0;
		for (int i = 0; i < FIELDS; i++) {
			total += after[i] - before[i];
		}
		if (total == 0) {
			return "unknown";
		}
		long idle = after[IDLE] - before[IDLE] + after[WAITING] - before[WAITING];
		return String.format(Locale.ROOT, "%.0f %% idle, %.1f %% stolen", 100.0 * idle / total,
				100.0 * (after[STOLEN] - before[STOLEN]) / total);
	}

}
