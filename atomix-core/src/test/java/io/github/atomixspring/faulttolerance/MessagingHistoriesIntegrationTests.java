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

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What subscribers of a topic and consumers of a task queue see on all members and a
 * client while leaders fail and a consumer dies.
 */
@Tag("fault")
class MessagingHistoriesIntegrationTests {

	private int consumers;

	@Test
	void nothingIsLostWhileTheLeaderFailsAndAConsumerDies() throws Exception {
		try (HistoryRun run = HistoryRun.start("messaging", 1, loads("messaging"))) {
			run.strike(Fault.KILL, HistoryRun.SHORT);
			killConsumer(run);
			run.strike(Fault.ISOLATE, HistoryRun.LONG);
			run.strike(Fault.PAUSE, HistoryRun.LONG);
			run.judge(200);
		}
	}

	@Test
	void nothingIsLostAcrossAnInstalledSnapshot() throws Exception {
		String name = "messaging-installed";
		try (HistoryRun run = HistoryRun.startWithSmallLogs(name, 2, loads(name))) {
			run.installSnapshot();
			killConsumer(run);
			run.judge(100);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 11, 12, 13 })
	@Tag("long")
	void nothingIsLostWhileLeadersFailInManyWays(long seed) throws Exception {
		String name = "messaging-" + seed;
		Random random = new Random(seed);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		try (HistoryRun run = HistoryRun.start(name, seed, loads(name))) {
			while (System.nanoTime() - end < 0) {
				run.strikeByChance(random);
				killConsumer(run);
			}
			run.judge(1_000);
		}
	}

	private static Function<Nodes, List<Load>> loads(String name) {
		return (nodes) -> List.of(new TopicLoad(nodes, "topic-" + name), new TaskLoad(nodes, "tasks-" + name));
	}

	/**
	 * Lets a consumer take tasks and die: its process cannot say good-bye.
	 */
	private void killConsumer(HistoryRun run) throws Exception {
		TaskLoad tasks = run.load(TaskLoad.class);
		TestCluster cluster = run.nodes().cluster();
		String node = Nodes.CLIENT + "-" + ++this.consumers;
		// It has to take its tasks before it dies, also on a busy machine.
		SessionClient session = run.nodes().newSession(node, Nodes.SESSION_TIMEOUT.multipliedBy(2));
		Set<Long> taken;
		try {
			taken = tasks.hoard(session);
			cluster.ids().forEach((member) -> cluster.firewall().block(Nodes.sessionName(node), member));
		}
		finally {
			session.close();
		}
		long died = System.nanoTime();
		tasks.awaitDone(taken);
		System.out.printf("%s died with the tasks %s, which were done after %d ms%n", node, taken,
				(System.nanoTime() - died) / 1_000_000);
	}

}
