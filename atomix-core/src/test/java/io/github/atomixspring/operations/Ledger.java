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

package io.github.atomixspring.operations;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the load has done, as far as it was told. Safe for use by several threads.
 */
final class Ledger {

	private final Set<Long> counted = new HashSet<>();

	private final Set<Long> kept = new HashSet<>();

	private int unknown;

	private int failed;

	private String problem = "";

	private long last = System.nanoTime();

	private long gap;

	synchronized void note(String node, String what, String text) {
		switch (what) {
			case "counted" -> count(node, Long.parseLong(text));
			case "kept" -> this.kept.add(Long.parseLong(text));
			case "unknown" -> this.unknown++;
			case "failed" -> this.failed++;
			default -> this.problem = "Node '" + node + "' said: " + what + " " + text;
		}
	}

	private void count(String node, long value) {
		if (!this.counted.add(value)) {
			this.problem = "Node '" + node + "' counted " + value + ", as another did";
		}
		long now = System.nanoTime();
		this.gap = Math.max(this.gap, now - this.last);
		this.last = now;
	}

	/**
	 * Returns how many numbers were counted.
	 * @return the number
	 */
	synchronized int size() {
		return this.counted.size();
	}

	/**
	 * Returns the longest time without a success since the last call.
	 * @return the time in milliseconds
	 */
	synchronized long takeGap() {
		long millis = TimeUnit.NANOSECONDS.toMillis(this.gap);
		this.gap = 0;
		this.last = System.nanoTime();
		return millis;
	}

	/**
	 * Judges what is there in the end.
	 * @param count the value of the counter
	 * @param size the size of the map
	 * @return what is wrong, or an empty text
	 */
	synchronized String judge(long count, long size) {
		if (!this.problem.isEmpty()) {
			return this.problem;
		}
		if (count < this.counted.size() || count > this.counted.size() + this.unknown) {
			return "The counter is " + count + " after " + this.counted.size() + " increments and " + this.unknown
					+ " of unknown outcome";
		}
		if (size < this.kept.size() || size > this.counted.size()) {
			return "The map has " + size + " entries of which " + this.kept.size() + " are confirmed";
		}
		return "";
	}

	@Override
	public synchronized String toString() {
		return this.counted.size() + " increments, " + this.kept.size() + " entries of the map, " + this.unknown
				+ " unknown, " + this.failed + " failed";
	}

}
