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

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.DataFormatException;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a load step measured.
 *
 * @param latencies the latencies in nanoseconds of what completed within the time
 * @param elapsed the time
 * @param errors the number of operations that failed
 * @param violations how often a lock had two holders
 * @param problem the first failure, or null
 */
record StepResult(Histogram latencies, Duration elapsed, long errors, long violations, @Nullable String problem) {

	private static final int FIELDS = 5;

	double rate() {
		return this.latencies.getTotalCount() / (this.elapsed.toNanos() / 1e9);
	}

	double millisAt(double percentile) {
		return this.latencies.getValueAtPercentile(percentile) / 1e6;
	}

	/**
	 * Returns a text without line breaks for {@link #parse}.
	 * @return the text
	 */
	String format() {
		ByteBuffer buffer = ByteBuffer.allocate(this.latencies.getNeededByteBufferCapacity());
		int length = this.latencies.encodeIntoCompressedByteBuffer(buffer);
		byte[] bytes = new byte[length];
		buffer.flip();
		buffer.get(bytes);
		String reason = (this.problem != null) ? this.problem.replaceAll("\\s+", " ") : "";
		return this.elapsed.toNanos() + " " + this.errors + " " + this.violations + " "
				+ Base64.getEncoder().encodeToString(bytes) + " " + reason;
	}

	static StepResult parse(String text) {
		String[] fields = text.split(" ", FIELDS);
		try {
			ByteBuffer buffer = ByteBuffer.wrap(Base64.getDecoder().decode(fields[3]));
			Histogram histogram = Histogram.decodeFromCompressedByteBuffer(buffer, 0);
			return new StepResult(histogram, Duration.ofNanos(Long.parseLong(fields[0])), Long.parseLong(fields[1]),
					Long.parseLong(fields[2]), fields[4].isBlank() ? null : fields[4]);
		}
		catch (DataFormatException ex) {
			throw new IllegalArgumentException("Malformed result", ex);
		}
	}

}
