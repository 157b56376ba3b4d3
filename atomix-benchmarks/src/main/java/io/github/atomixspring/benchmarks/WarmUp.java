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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides when a system is warm: when the rate no longer grows, within bounds of time.
 */
final class WarmUp {

	/** How many windows may bring nothing new. */
	private static final int PATIENCE = 3;

	private static final double GROWTH = 1.03;

	private final long start = System.nanoTime();

	private final Duration min;

	private final Duration max;

	private final List<Double> rates = new ArrayList<>();

	WarmUp(Duration min, Duration max) {
		this.min = min;
		this.max = max;
	}

	void add(double rate) {
		this.rates.add(rate);
	}

	boolean goesOn() {
		Duration elapsed = elapsed();
		return elapsed.compareTo(this.max) < 0 && (elapsed.compareTo(this.min) < 0 || grows());
	}

	private boolean grows() {
		int recent = this.rates.size() - PATIENCE;
		return recent <= 0 || max(recent, this.rates.size()) > max(0, recent) * GROWTH;
	}

	private double max(int from, int to) {
		return this.rates.subList(from, to).stream().mapToDouble(Double::doubleValue).max().orElse(0);
	}

	private Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.start);
	}

	String describe() {
		return elapsed().toSeconds() + " s, rate " + (grows() ? "was still growing" : "no longer grew")
				+ " (geometric mean of the steps: " + String.join(" ", this.rates.stream().map(Spread::number).toList())
				+ " /s)";
	}

}
