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

package io.github.atomixspring.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.testing.TestCluster;
import org.junit.jupiter.api.Test;

/**
 * Tests for {@link NodeClient}.
 */
class NodeClientIntegrationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	/**
	 * An answer may have to wait until the state of its member can be read. All nodes of
	 * a virtual machine, and Ratis, share the threads of gRPC, which therefore must not
	 * be the ones that wait.
	 */
	@Test
	void anAnswerThatWaitsHoldsUpNoOtherNode() throws Exception {
		CountDownLatch waits = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		List<NodeClient> clients = new ArrayList<>();
		try (TestCluster cluster = TestMembers.counting(1).build().start()) {
			cluster.awaitLeader();
			Member member = cluster.members().get(0);
			DescribeRequest request = new DescribeRequest(NodeDescription.VERSION, "test",
					cluster.status("n1").clusterId(), "n1", List.of(member.toString()));
			NodeClient held = new NodeClient("held", null);
			clients.add(held);
			CompletableFuture<Void> answer = new CompletableFuture<>();
			// Not here: an answer that has come already is taken by the one who asks.
			new Thread(() -> held.describe(member, request, TIMEOUT).whenComplete((description, failure) -> {
				waits.countDown();
				awaitUninterruptibly(released);
				answer.complete(null);
			}), "asks").start();
			waits.await();
			// More than there are threads to share.
			for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
				NodeClient other = new NodeClient("other" + i, null);
				clients.add(other);
				other.describe(member, request, TIMEOUT).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
			}
			released.countDown();
			answer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
		finally {
			released.countDown();
			clients.forEach(NodeClient::close);
		}
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
