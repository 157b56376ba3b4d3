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

package io.github.atomixspring.faults;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.faults.workload.Completion;
import io.github.atomixspring.faults.workload.Outcome;

/**
 * A picture of a round: faults as bands, changes of the leader as lines, and for each
 * workload how many calls succeeded in each half second, and how many ended without
 * anybody knowing how.
 */
final class Timeline {

	private static final int LEFT = 90;

	private static final int WIDTH = 900;

	private static final int TOP = 34;

	private static final int ROW = 34;

	private static final long BUCKET = TimeUnit.MILLISECONDS.toNanos(500);

	private final RoundResult result;

	private final StringBuilder svg = new StringBuilder();

	Timeline(RoundResult result) {
		this.result = result;
	}

	/**
	 * Draws the picture.
	 * @return an element {@code svg}
	 */
	String draw() {
		int height = TOP + ROW * this.result.cells().size() + 24;
		add("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Timeline of %s\">", LEFT + WIDTH + 10, height,
				HtmlReport.escape(this.result.name()));
		for (Band band : this.result.bands()) {
			double from = x(band.begin());
			add("<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>%s</title></rect>",
					(band.majority()) ? "band" : "band none", from, TOP - 14, Math.max(2, x(band.end()) - from),
					height - TOP - 10, HtmlReport.escape(band.fault() + " " + band.victims() + ": " + band.evidence()));
			add("<text x=\"%.1f\" y=\"%d\" class=\"fault\">%s</text>", from + 2, TOP - 4,
					HtmlReport.escape(band.fault().id()));
		}
		int row = 0;
		for (Cell cell : this.result.cells()) {
			draw(cell, TOP + ROW * row++);
		}
		for (LeaderChange change : this.result.leaders()) {
			double at = x(Math.max(change.time(), this.result.begin()));
			add("<line class=\"leader\" x1=\"%.1f\" x2=\"%.1f\" y1=\"12\" y2=\"%d\"/>", at, at, height - 22);
			add("<text x=\"%.1f\" y=\"10\" class=\"leader\">%s</text>", at + 2, HtmlReport.escape(change.node()));
		}
		axis(height);
		return this.svg.append("</svg>\n").toString();
	}

	private void draw(Cell cell, int top) {
		int buckets = (int) ((this.result.end() - this.result.begin()) / BUCKET) + 1;
		int[] successes = count(cell.judgement().completions(), Outcome.OK, buckets);
		int[] unknown = count(cell.judgement().completions(), Outcome.UNKNOWN, buckets);
		int most = 1;
		for (int count : successes) {
			most = Math.max(most, count);
		}
		add("<text x=\"4\" y=\"%d\">%s</text>", top + 20, cell.workload().id());
		add("<text x=\"%d\" y=\"%d\" class=\"scale\">%d/s</text>", LEFT - 4, top + 12, 2 * most);
		int bottom = top + ROW - 4;
		StringBuilder bars = new StringBuilder();
		for (int i = 0; i < buckets; i++) {
			if (successes[i] > 0) {
				bars.append(String.format(Locale.ROOT, "M%.1f,%dV%.1fH%.1fV%d", bucket(i), bottom,
						bottom - (ROW - 8.0) * successes[i] / most, bucket(i + 1), bottom));
			}
		}
		add("<path class=\"ok\" d=\"%s\"/>", bars);
		for (int i = 0; i < buckets; i++) {
			if (unknown[i] > 0) {
				add("<circle class=\"unknown\" cx=\"%.1f\" cy=\"%d\" r=\"2.5\"><title>%d unknown</title></circle>",
						(bucket(i) + bucket(i + 1)) / 2, bottom, unknown[i]);
			}
		}
	}

	private double bucket(int number) {
		return x(this.result.begin() + number * BUCKET);
	}

	private int[] count(List<Completion> completions, Outcome outcome, int buckets) {
		int[] counts = new int[buckets];
		for (Completion completion : completions) {
			long bucket = Math.floorDiv(completion.ended() - this.result.begin(), BUCKET);
			if (completion.outcome() == outcome && bucket >= 0 && bucket < buckets) {
				counts[(int) bucket]++;
			}
		}
		return counts;
	}

	private void axis(int height) {
		long seconds = TimeUnit.NANOSECONDS.toSeconds(this.result.end() - this.result.begin());
		for (long second = 0; second <= seconds; second += 10) {
			add("<text x=\"%.1f\" y=\"%d\" class=\"scale mid\">%d s</text>",
					x(this.result.begin() + TimeUnit.SECONDS.toNanos(second)), height - 6, second);
		}
	}

	private double x(long time) {
		double part = (double) (time - this.result.begin()) / Math.max(1, this.result.end() - this.result.begin());
		return LEFT + WIDTH * Math.min(1, Math.max(0, part));
	}

	private void add(String format, Object... values) {
		this.svg.append(String.format(Locale.ROOT, format, values)).append('\n');
	}

}
