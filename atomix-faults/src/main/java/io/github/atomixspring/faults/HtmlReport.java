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

import io.github.atomixspring.faults.workload.Outcome;
import io.github.atomixspring.faults.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * The report as one page of HTML that needs nothing else.
 */
final class HtmlReport {

	private static final String STYLE = """
			body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 66rem; padding: 0 1rem; color: #1c2733; }
			table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
			th, td { border: 1px solid #d4dae1; padding: .2rem .5rem; text-align: right; }
			th:first-child, td:first-child { text-align: left; }
			th { background: #f1f4f7; }
			.passed { color: #14663a; } .failed { color: #a3161a; font-weight: 600; }
			td.passed, td.failed { text-align: center; }
			pre { white-space: pre-wrap; background: #fbf1f1; padding: .6rem; overflow-x: auto; }
			code { overflow-wrap: anywhere; }
			svg { width: 100%; height: auto; font: 11px system-ui, sans-serif; }
			.band { fill: #f3b664; fill-opacity: .4; } .band.none { fill: #d9534f; fill-opacity: .35; }
			.ok { fill: #2f7ebc; } .unknown { fill: #a3161a; }
			line.leader { stroke: #14663a; stroke-dasharray: 3 3; } text.leader { fill: #14663a; }
			text.fault { fill: #7a4a00; font-size: 9px; } text.scale { fill: #66727f; font-size: 9px; text-anchor: end; }
			text.mid { text-anchor: middle; }
			""";

	private final ReportHead head;

	private final List<RoundResult> results;

	private final StringBuilder html = new StringBuilder();

	HtmlReport(ReportHead head, List<RoundResult> results) {
		this.head = head;
		this.results = List.copyOf(results);
	}

	/**
	 * Writes the page.
	 * @return the page
	 */
	String render() {
		add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
		add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Fault suite</title>\n");
		add("<style>\n%s</style>\n</head>\n<body>\n<h1>Fault suite</h1>\n", STYLE);
		boolean passed = this.results.stream().allMatch(RoundResult::passed);
		long cells = this.results.stream().mapToLong((result) -> result.cells().size()).sum();
		long failed = this.results.stream()
			.flatMap((result) -> result.cells().stream())
			.filter((cell) -> !cell.passed())
			.count();
		add("<p class=\"%s\">%d of %d cells passed.</p>\n", (passed) ? "passed" : "failed", cells - failed, cells);
		this.results.stream()
			.filter((result) -> !result.played())
			.forEach((result) -> add("<p class=\"failed\">%s was not played: %s.</p>\n", escape(result.name()),
					escape(result.obstacle())));
		add("<p>%s, commit %s<br>%s<br>%s<br><code>%s</code></p>\n", escape(this.head.date()),
				escape(this.head.commit()), escape(this.head.machine()), escape(this.head.network()),
				escape(this.head.command()));
		matrix();
		this.results.stream().filter(RoundResult::played).forEach(this::round);
		add("</body>\n</html>\n");
		return this.html.toString();
	}

	private void matrix() {
		List<Workload> workloads = this.results.stream()
			.flatMap((result) -> result.cells().stream())
			.map(Cell::workload)
			.distinct()
			.toList();
		add("<h2>Matrix</h2>\n<table>\n<tr><th>Faults</th>");
		workloads.forEach((workload) -> add("<th>%s</th>", workload.id()));
		add("</tr>\n");
		for (RoundResult result : this.results) {
			add("<tr><td>%s</td>", escape(result.name()));
			if (!result.played()) {
				add("<td colspan=\"%d\">not played</td></tr>\n", Math.max(1, workloads.size()));
				continue;
			}
			for (Workload workload : workloads) {
				Cell cell = cell(result, workload);
				if (cell != null) {
					add("<td class=\"%1$s\">%1$s</td>", (cell.passed()) ? "passed" : "failed");
				}
				else {
					add("<td></td>");
				}
			}
			add("</tr>\n");
		}
		add("</table>\n");
	}

	private static @Nullable Cell cell(RoundResult result, Workload workload) {
		return result.cells().stream().filter((cell) -> cell.workload() == workload).findFirst().orElse(null);
	}

	private void round(RoundResult result) {
		add("<h2>%s</h2>\n<p>%d members and a client; faults that hit: %s.<br>", escape(result.name()),
				result.members(), escape(hits(result)));
		add("Leaders: %d changes. Digests: <span class=\"%s\">%s</span> %d ms after the last fault, <code>%s</code>.</p>\n",
				Math.max(0, result.leaders().size() - 1), (result.digests().equal()) ? "passed" : "failed",
				(result.digests().equal()) ? "equal" : "NOT EQUAL", result.digests().millis(),
				escape(result.digests().text()));
		add("%s", new Timeline(result).draw());
		add("<table>\n<tr><th>Workload</th><th>Verdict</th><th>ok</th><th>failed</th><th>unknown</th>");
		add("<th>Longest gap</th><th>First success after the loss of a leader</th></tr>\n");
		for (Cell cell : result.cells()) {
			Long recovery = cell.liveness().slowestRecoveryMillis();
			add("<tr><td>%s</td><td class=\"%s\">%s</td><td>%d</td><td>%d</td><td>%d</td><td>%s</td><td>%s</td></tr>\n",
					cell.workload().id(), (cell.passed()) ? "passed" : "failed", cell.judgement().verdict().status(),
					cell.judgement().count(Outcome.OK), cell.judgement().count(Outcome.FAILED),
					cell.judgement().count(Outcome.UNKNOWN), millis(cell.liveness().longestGapMillis()),
					millis(recovery));
		}
		add("</table>\n");
		result.cells()
			.stream()
			.filter((cell) -> !cell.passed())
			.forEach((cell) -> add("<p class=\"failed\">%s</p>\n<pre>%s</pre>\n", cell.workload().id(),
					escape(String.join("\n", cell.failures()))));
	}

	private static String millis(@Nullable Long millis) {
		if (millis == null) {
			return "";
		}
		return (millis == Liveness.NEVER) ? "never" : millis + " ms";
	}

	private static String hits(RoundResult result) {
		return String.join(", ",
				result.bands()
					.stream()
					.filter(Band::hit)
					.map((band) -> band.fault() + " " + String.join(" ", band.victims()))
					.toList());
	}

	private void add(String format, Object... values) {
		this.html.append(String.format(Locale.ROOT, format, values));
	}

	static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

}
