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

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.linearizability.History;
import io.github.atomixspring.linearizability.Operation;
import io.github.atomixspring.linearizability.RegisterModel;
import io.github.atomixspring.linearizability.ValueResult;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.server.ServerConfig;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The scenario of the old leader: it is cut off from its peers while a client and its own
 * node still reach it, the others write, and everybody reads all the time.
 */
final class OldLeader implements AutoCloseable {

	private static final String REGISTER = "r";

	private static final String OLD = "old";

	private static final String NEW = "new";

	/**
	 * So that readers stay with a leader that does not answer their keep-alives.
	 */
	private static final Duration PATIENT = Duration.ofSeconds(40);

	private final Nodes nodes;

	private final History<RegisterModel.Input, ValueResult> history = new History<>();

	private final Map<String, SessionClient> readers = new LinkedHashMap<>();

	private final Map<String, AtomicInteger> newReads = new LinkedHashMap<>();

	private final Map<String, AtomicInteger> oldReads = new LinkedHashMap<>();

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean stopped;

	private OldLeader(Nodes nodes) {
		this.nodes = nodes;
	}

	/**
	 * Lets the scenario happen.
	 * @param factory makes the members
	 * @return what was seen
	 * @throws Exception if it cannot happen
	 */
	static Outcome play(TestCluster.Factory factory) throws Exception {
		return play(factory, (outcome) -> true);
	}

	/**
	 * Lets the scenario happen, more than once if its moment was too short for what is to
	 * be seen in it.
	 * @param factory makes the members
	 * @param wanted decides whether it was long enough
	 * @return what was seen
	 * @throws Exception if it cannot happen
	 */
	static Outcome play(TestCluster.Factory factory, Predicate<Outcome> wanted) throws Exception {
		Outcome outcome = null;
		for (int attempt = 0; attempt < 4; attempt++) {
			try (Nodes nodes = Nodes.start(factory, OldLeader::withLongReign);
					OldLeader scenario = new OldLeader(nodes)) {
				outcome = scenario.play();
				System.out.println(outcome);
			}
			catch (ExecutionException ex) {
				// The session of the writer does not outlive a machine that stands still.
				assertThat(ex).hasCauseInstanceOf(AtomixException.class);
				continue;
			}
			if (outcome.ledOn() && wanted.test(outcome)) {
				return outcome;
			}
		}
		if (outcome != null && outcome.ledOn()) {
			return outcome;
		}
		throw new IllegalStateException("The old leader never outlived the write: " + outcome);
	}

	/**
	 * Lets a leader without followers go on for long, while some follower is soon tired
	 * of waiting.
	 * @param config the configuration
	 * @return the changed configuration
	 */
	private static ServerConfig withLongReign(ServerConfig config) {
		return config.withRaftProperties(
				Map.of("raft.server.rpc.timeout.min", "300ms", "raft.server.rpc.timeout.max", "2500ms"));
	}

	private Outcome play() throws Exception {
		TestCluster cluster = this.nodes.cluster();
		String leader = cluster.awaitLeader();
		SessionClient writer = this.nodes.session(this.nodes.others(leader).get(0));
		write(writer, OLD);
		for (String node : this.nodes.all()) {
			SessionClient session = this.nodes.newSession(node, PATIENT);
			this.readers.put(node, session);
			this.newReads.put(node, new AtomicInteger());
			this.oldReads.put(node, new AtomicInteger());
			Thread thread = new Thread(() -> readOn(node, session), "reader-" + node);
			thread.start();
			this.threads.add(thread);
		}
		Awaitility.await()
			.atMost(TestCluster.PATIENCE)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> this.oldReads.values().stream().allMatch((count) -> count.get() >= 20));
		long cut = System.nanoTime();
		this.nodes.isolate(leader);
		write(writer, NEW);
		long written = System.nanoTime();
		boolean ledOn = cluster.status(leader).role() == Role.LEADER;
		Awaitility.await()
			.atMost(TestCluster.PATIENCE)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> cluster.status(leader).role() != Role.LEADER);
		long fell = System.nanoTime();
		this.nodes.heal(leader);
		Awaitility.await()
			.atMost(TestCluster.PATIENCE)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> this.newReads.values().stream().allMatch((count) -> count.get() >= 20));
		close();
		List<Operation<RegisterModel.Input, ValueResult>> asked = this.history.operations()
			.stream()
			.filter((operation) -> operation.invoked() > written)
			.toList();
		return new Outcome(ledOn, TimeUnit.NANOSECONDS.toMillis(written - cut),
				TimeUnit.NANOSECONDS.toMillis(fell - written), asked.size(),
				asked.stream().filter((operation) -> operation.output().equals(ValueResult.of(OLD))).count(),
				this.history);
	}

	private void write(SessionClient session, String value) throws Exception {
		History<RegisterModel.Input, ValueResult>.Invocation invocation = this.history.invoke("writer",
				RegisterModel.Input.write(REGISTER, value));
		invocation.ok(Operations.write(session, REGISTER, value).get(60, TimeUnit.SECONDS));
	}

	private void readOn(String node, SessionClient session) {
		while (!this.stopped) {
			History<RegisterModel.Input, ValueResult>.Invocation invocation = this.history.invoke(node,
					RegisterModel.Input.read(REGISTER));
			try {
				ValueResult result = Operations.read(session, REGISTER).get(60, TimeUnit.SECONDS);
				invocation.ok(result);
				(NEW.equals(result.value()) ? this.newReads : this.oldReads).get(node).incrementAndGet();
				TimeUnit.MILLISECONDS.sleep(2);
			}
			catch (ExecutionException ex) {
				invocation.fail();
				if (!this.stopped && !(ex.getCause() instanceof UnavailableException)) {
					throw new IllegalStateException(ex);
				}
			}
			catch (TimeoutException | InterruptedException ex) {
				invocation.fail();
				throw new IllegalStateException(ex);
			}
		}
	}

	@Override
	public void close() throws InterruptedException {
		this.stopped = true;
		for (Thread thread : this.threads) {
			thread.join(TimeUnit.SECONDS.toMillis(65));
		}
		this.readers.values().forEach(SessionClient::close);
	}

	/**
	 * What was seen.
	 *
	 * @param ledOn whether the old leader believed to lead when the others had written
	 * @param millisToWrite how long after the cut the others had written
	 * @param millisToFall how long after that the old leader gave up
	 * @param reads how many reads began after the write was acknowledged
	 * @param stale how many of them returned the old value
	 * @param history all operations
	 */
	record Outcome(boolean ledOn, long millisToWrite, long millisToFall, int reads, long stale,
			History<RegisterModel.Input, ValueResult> history) {

		@Override
		public String toString() {
			return "Old leader: led on %s, others wrote after %d ms, it fell %d ms later, %d reads since, %d stale"
				.formatted(this.ledOn, this.millisToWrite, this.millisToFall, this.reads, this.stale);
		}

	}

}
