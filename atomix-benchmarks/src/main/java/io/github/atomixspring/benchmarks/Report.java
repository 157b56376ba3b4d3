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

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import org.HdrHistogram.Histogram;

/**
 * Makes Markdown of what was measured.
 */
final class Report {

	private final Measurements measurements;

	private final List<Step> steps;

	private final StringBuilder text = new StringBuilder();

	Report(Measurements measurements, List<Step> steps) {
		this.measurements = measurements;
		this.steps = steps;
	}

	/**
	 * Returns the report.
	 * @param environment lines about the machine and the run
	 * @return the Markdown
	 */
	String format(List<String> environment) {
		environment.forEach((line) -> this.text.append("- ").append(line).append('\n'));
		List<Subject> subjects = this.measurements.subjects();
		section("Operations per second (median of the rounds [min..max]) and latency p50 / p99 in ms", subjects,
				this::rateCell);
		section("Processor time per operation in µs, all processes of the system (median [min..max])", subjects,
				(subject, step) -> spread(subject, step, Sample::processorMicrosPerOperation).format());
		if (subjects.size() > 1) {
			compare(subjects.get(0), subjects.subList(1, subjects.size()));
		}
		ownRatios();
		return this.text.toString();
	}

	private void compare(Subject base, List<Subject> others) {
		section("Operations per second as a multiple of " + base.title() + " (median of the rounds' ratios [min..max])",
				others, (subject, step) -> ratio(subject, step, base, step, Sample::rate));
		section("p50 as a multiple of " + base.title() + " (median of the rounds' ratios [min..max])", others,
				(subject, step) -> ratio(subject, step, base, step, Sample::median));
	}

	private void section(String title, List<Subject> subjects, Cell cell) {
		this.text.append("\n### ").append(title).append("\n\n");
		row(heads("", subjects.stream().map(Subject::title).toList()));
		row(heads("---", subjects.stream().map((subject) -> "---").toList()));
		for (Step step : this.steps) {
			row(heads(step.title(), subjects.stream()
				.map((subject) -> this.measurements.of(subject, step).isEmpty() ? "-" : cell.format(subject, step))
				.toList()));
		}
	}

	/**
	 * Compares steps of the same system with each other.
	 */
	private void ownRatios() {
		this.text.append("\n### Steps of one system beside each other (median of the rounds' ratios [min..max])\n\n");
		List<Subject> subjects = this.measurements.subjects();
		row(heads("", subjects.stream().map(Subject::title).toList()));
		row(heads("---", subjects.stream().map((subject) -> "---").toList()));
		row(heads("get / put at 32 threads, rate",
				subjects.stream()
					.map((subject) -> ratio(subject, Step.GET_32, subject, Step.PUT_32, Sample::rate))
					.toList()));
		row(heads("hand-over / put at 1 thread, p50",
				subjects.stream()
					.map((subject) -> ratio(subject, Step.HANDOVER_8, subject, Step.PUT_1, Sample::median))
					.toList()));
	}

	private String rateCell(Subject subject, Step step) {
		List<Sample> samples = this.measurements.of(subject, step);
		Histogram all = samples.get(0).result().latencies().copy();
		samples.stream().skip(1).forEach((sample) -> all.add(sample.result().latencies()));
		String cell = spread(subject, step, Sample::rate).format() + " "
				+ Spread.number(all.getValueAtPercentile(50) / 1e6) + " / "
				+ Spread.number(all.getValueAtPercentile(99) / 1e6);
		long errors = samples.stream().mapToLong((sample) -> sample.result().errors()).sum();
		long violations = samples.stream().mapToLong((sample) -> sample.result().violations()).sum();
		cell += (errors > 0) ? ", " + errors + " errors" : "";
		return cell + ((violations > 0) ? ", " + violations + " times TWO HOLDERS" : "");
	}

	private Spread spread(Subject subject, Step step, ToDoubleFunction<Sample> figure) {
		return Spread.of(this.measurements.of(subject, step).stream().map(figure::applyAsDouble).toList());
	}

	private String ratio(Subject subject, Step step, Subject base, Step baseStep, ToDoubleFunction<Sample> figure) {
		List<Sample> samples = this.measurements.of(subject, step);
		List<Sample> baseSamples = this.measurements.of(base, baseStep);
		int rounds = Math.min(samples.size(), baseSamples.size());
		if (rounds == 0) {
			return "-";
		}
		return Spread
			.of(IntStream.range(0, rounds)
				.mapToObj((round) -> figure.applyAsDouble(samples.get(round))
						/ figure.applyAsDouble(baseSamples.get(round)))
				.toList())
			.format();
	}

	private static List<String> heads(String first, List<String> others) {
		List<String> cells = new ArrayList<>();
		cells.add(first);
		cells.addAll(others);
		return cells;
	}

	private void row(List<String> cells) {
		this.text.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

	/**
	 * Makes the text of a cell.
	 */
	private interface Cell {

		String format(Subject subject, Step step);

	}

}
