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

package io.github.atomixspring.faulttolerance;

import java.util.function.UnaryOperator;

import io.github.atomixspring.linearizability.Verdict;
import io.github.atomixspring.link.LinkAcceptor;
import io.github.atomixspring.server.EngineSeams;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands whose answers are lost, and which are therefore sent again.
 */
@Tag("fault")
@Tag("linearizability")
class ExactlyOnceIntegrationTests {

	@Test
	void commandsWithLostAnswersTakeEffectOnce() throws Exception {
		assertThat(loseAnswers(UnaryOperator.identity())).isEqualTo(Verdict.Status.VALID);
	}

	@Test
	void theCheckerNoticesCommandsThatTakeEffectTwice() throws Exception {
		assertThat(loseAnswers(DetachedCommands::new)).isEqualTo(Verdict.Status.INVALID);
	}

	private static Verdict.Status loseAnswers(UnaryOperator<LinkAcceptor> bug) throws Exception {
		FaultyLinks links = new FaultyLinks();
		try (Nodes nodes = Nodes.start(EngineSeams.withLinks((gateway) -> links.apply(bug.apply(gateway))),
				UnaryOperator.identity())) {
			Load load = new CounterLoad(nodes, "counter-answers-lost").start(1);
			load.awaitSuccesses(30);
			links.loseAnswers(20);
			load.awaitSuccesses(400);
			links.loseAnswers(Integer.MAX_VALUE);
			load.awaitSuccesses(30);
			load.stop();
			nodes.awaitEqualDigests();
			Verdict verdict = load.judge();
			System.out.printf("%s; %d answers lost; %s%n", load, links.lost(), verdict);
			assertThat(links.lost()).isGreaterThan(10);
			return verdict.status();
		}
	}

}
