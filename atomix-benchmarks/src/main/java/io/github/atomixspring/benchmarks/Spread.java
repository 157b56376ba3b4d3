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

import java.util.List;
import java.util.Locale;

/**
 * The median and the ends of some figures.
 *
 * @param median the median
 * @param min the smallest
 * @param max the largest
 */
record Spread(double median, double min, double max) {

	static Spread of(List<Double> figures) {
		double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		int middle = sorted.length / 2;
		double median = (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
		return new Spread(median, sorted[0], sorted[sorted.length - 1]);
	}

	String format() {
		return "**" + number(this.median) + "** [" + number(this.min) + ".." + number(this.max) + "]";
	}

	static String number(double figure) {
		if (figure >= 100) {
			return String.format(Locale.ROOT, "%,.0f", figure);
		}
		return String.format(Locale.ROOT, (figure >= 10) ? "%.1f" : "%.2f", figure);
	}

}
