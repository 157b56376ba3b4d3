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

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.election.Leadership;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.value.DistributedLong;

/**
 * The process of a member that writes without end and keeps, in a file elsewhere, what
 * was acknowledged.
 */
public final class WriterProcess {

	static final String CLUSTER = "crash";

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private WriterProcess() {
	}

	/**
	 * Runs the process until it is killed.
	 * @param args the id of the node, the members joined by commas, the directory of the
	 * member, the file of the acknowledgements, and a prefix for keys of this process
	 * @throws IOException if the file cannot be written
	 */
	public static void main(String[] args) throws IOException {
		List<Member> members = Arrays.stream(args[1].split(",")).map(Member::parse).toList();
		try (AtomixReplica replica = AtomixReplica.builder()
			.clusterName(CLUSTER)
			.nodeId(args[0])
			.members(members)
			.storageDirectory(Path.of(args[2]))
			.sessionTimeout(Duration.ofSeconds(3))
			.operationTimeout(PATIENCE)
			.snapshotThreshold(2000)
			.minFreeSpace(1 << 20)
			.build();
				PrintStream out = new PrintStream(
						Files.newOutputStream(Path.of(args[3]), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
						true, StandardCharsets.UTF_8)) {
			replica.start();
			System.out.println("READY");
			Thread claims = new Thread(() -> claim(replica, out, args[4]));
			claims.setDaemon(true);
			claims.start();
			write(replica, out, args[4]);
		}
	}

	private static void write(AtomixReplica replica, PrintStream out, String prefix) {
		DistributedMap<String, Integer> map = replica.map("map", String.class, Integer.class);
		DistributedLong counter = replica.atomicLong("counter");
		for (int i = 0;; i++) {
			String key = prefix + "-" + i;
			int value = i;
			attempt(() -> {
				map.put(key, value);
				out.println("map " + key + " " + value);
			});
			attempt(() -> out.println("counter " + counter.incrementAndGet() + " 0"));
		}
	}

	private static void claim(AtomixReplica replica, PrintStream out, String prefix) {
		DistributedLock lock = replica.lock("lock");
		DistributedLeaderElection election = replica.election("election");
		while (true) {
			attempt(() -> {
				if (lock.tryLock(PATIENCE)) {
					out.println("token " + lock.fencingToken() + " 0");
					lock.unlock();
				}
			});
			attempt(() -> {
				Leadership leadership = election.campaign(prefix);
				if (leadership.isLedBy(prefix)) {
					out.println("term " + leadership.term() + " 0");
				}
				election.resign(prefix);
			});
		}
	}

	private static void attempt(Attempt attempt) {
		try {
			attempt.run();
		}
		catch (AtomixException | IllegalMonitorStateException ex) {
			// Not acknowledged.
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A call that need not succeed.
	 */
	private interface Attempt {

		void run() throws InterruptedException;

	}

}
