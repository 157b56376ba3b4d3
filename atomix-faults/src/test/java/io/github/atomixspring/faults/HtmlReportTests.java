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

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.xml.parsers.DocumentBuilderFactory;

import io.github.atomixspring.faults.workload.Completion;
import io.github.atomixspring.faults.workload.Judgement;
import io.github.atomixspring.faults.workload.Outcome;
import io.github.atomixspring.faults.workload.Workload;
import io.github.atomixspring.linearizability.Verdict;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

class HtmlReportTests {

	private static final ReportHead HEAD = new ReportHead("2026-01-02 03:04 UTC", "java -jar faults.jar --seed 7",
			"abc123", "2 processors", "a network");

	@Test
	void saysHowItCameAboutAndWhatWasSeen() {
		String html = new HtmlReport(HEAD, List.of(result(Verdict.Status.VALID))).render();
		assertThat(html).contains("1 of 1 cells passed", "2026-01-02 03:04 UTC", "abc123", "faults.jar --seed 7",
				"<td>register</td><td class=\"passed\">VALID</td><td>60</td><td>1</td><td>2</td>");
		assertThat(html).contains("hit: kill-leader n1", "equal</span> 1200 ms", "<td>400 ms</td>");
		assertThat(html).doesNotContain("http", "<script");
	}

	@Test
	void showsWhyACellFailedAndEscapesIt() {
		String html = new HtmlReport(HEAD, List.of(result(Verdict.Status.INVALID))).render();
		assertThat(html).contains("0 of 1 cells passed", "class=\"failed\">failed</td>", "no &lt;order&gt; is legal");
	}

	@Test
	void drawsFaultsLeadersAndOperations() throws Exception {
		String svg = new Timeline(result(Verdict.Status.VALID)).draw();
		DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
		assertThat(svg).containsOnlyOnce("class=\"band\"").contains("class=\"ok\"");
		assertThat(svg).containsOnlyOnce("<line class=\"leader\"").contains(">n2</text>");
		assertThat(svg).containsOnlyOnce("2 unknown");
	}

	@Test
	void showsARoundThatWasBrokenOff() {
		Round round = new Round("kill-all", List.of(Workload.SET), List.of(Fault.KILL_ALL), 3, Duration.ZERO, 1, null,
				1);
		String html = new HtmlReport(HEAD, List.of(RoundResult.brokenOff(round, "n1 does not start"))).render();
		assertThat(html).contains("0 of 1 cells passed", "<td>kill-all</td><td class=\"failed\">failed</td>",
				"n1 does not start", "<td>never</td>");
	}

	@Test
	void doesNotCountARowThatCannotBePlayedAsPassed() {
		Round round = new Round("power-cut", List.of(Workload.SET), List.of(Fault.POWER_CUT), 3, Duration.ZERO, 1, null,
				1);
		RoundResult notPlayed = RoundResult.notPlayed(round, "nobody is root");
		assertThat(notPlayed.passed()).isFalse();
		String html = new HtmlReport(HEAD, List.of(result(Verdict.Status.VALID), notPlayed)).render();
		assertThat(html).contains("<p class=\"failed\">1 of 1 cells passed", "power-cut was not played: nobody is root",
				"<td>power-cut</td><td colspan=\"1\">not played</td>");
	}

	private static RoundResult result(Verdict.Status status) {
		Completion ok = new Completion(seconds(1), seconds(1) + 1, Outcome.OK);
		Completion recovered = new Completion(seconds(3), seconds(3) + 400_000_000, Outcome.OK);
		Completion failed = new Completion(seconds(3), seconds(3), Outcome.FAILED);
		Completion unknown = new Completion(seconds(3), seconds(3), Outcome.UNKNOWN);
		List<Completion> completions = new ArrayList<>(Collections.nCopies(59, ok));
		completions.addAll(List.of(recovered, failed, unknown, unknown));
		Band band = new Band(Fault.KILL_LEADER, seconds(3), seconds(3), seconds(5), List.of("n1"), true, true, true,
				"gone & dead");
		List<Band> bands = List.of(band);
		Judgement judgement = new Judgement(new Verdict(status, 60, 100, "no <order> is legal"), completions);
		Liveness liveness = Liveness.measure(completions, bands, 0, seconds(10));
		return new RoundResult("kill-leader", 3, 0, seconds(10), bands, List.of(new LeaderChange(seconds(4), "n2", 2)),
				new Digests(true, 1200, "[12ab] at 7"),
				List.of(Cell.of(Workload.REGISTER, judgement, liveness, List.of(), 1)), "");
	}

	private static long seconds(long seconds) {
		return TimeUnit.SECONDS.toNanos(seconds);
	}

}
