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

package io.github.atomixspring.sync;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import io.github.atomixspring.proxy.ShakyClaims;
import io.github.atomixspring.proxy.ShakyNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Semaphores between whose nodes and the cluster all that can go wrong does, in random
 * order, while permits are acquired, waited for, given back and given up, and the
 * semaphore is destroyed. Nodes never hold more than there are unless it was destroyed;
 * and once all is quiet the nodes and the cluster agree how many are held, and all can be
 * freed.
 */
class SemaphoreGapTests {

	private static final int RUNS = 3000;

	private static final int STEPS = 60;

	private static final int PERMITS = 2;

	private FakeCluster cluster = new FakeCluster();

	private DistributedSemaphore operator = create(this.cluster.connect("operator"));

	private List<Node> nodes = List.of();

	private static DistributedSemaphore create(FakeSession session) {
		return Synchronisers.createSemaphore(session, "s", PERMITS, () -> {
		});
	}

	@Test
	void nodesAndClusterAgreeHowManyAreHeld() {
		for (int seed = 0; seed < RUNS; seed++) {
			this.cluster = new FakeCluster();
			this.operator = create(this.cluster.connect("operator"));
			this.nodes = Stream.of("n1", "n2").map((name) -> new Node(this.cluster.connect(name))).toList();
			this.nodes.forEach((node) -> node.shaky.hold());
			Random random = new Random(seed);
			boolean destroyed = seed % 2 == 0;
			for (int step = 0; step < STEPS; step++) {
				step(random, destroyed);
				if (!destroyed) {
					assertThat(held()).as("seed %d, step %d", seed, step).isLessThanOrEqualTo(PERMITS);
				}
			}
			settle();
			assertAgreement(seed);
			free(seed);
		}
	}

	private void step(Random random, boolean destroyed) {
		Node node = this.nodes.get(random.nextInt(this.nodes.size()));
		int permits = 1 + random.nextInt(PERMITS);
		switch (random.nextInt(14)) {
			case 0, 1 -> node.claims.request(() -> node.semaphore.acquire(permits));
			case 2 -> node.claims.request(() -> node.semaphore.tryAcquire(permits, Duration.ofSeconds(1)));
			case 3 -> node.claims.request(() -> node.semaphore.tryAcquire(permits));
			case 4, 5 -> node.claims.release();
			case 6 -> node.claims.cancel(random);
			case 7 -> destroy(random, destroyed);
			case 8 -> this.cluster.advance(Duration.ofMillis(random.nextInt(2000)));
			default -> node.shaky.shake(random);
		}
	}

	private void destroy(Random random, boolean destroyed) {
		if (destroyed && random.nextBoolean()) {
			this.operator.destroy();
		}
	}

	private void settle() {
		ShakyNode.settle(this.cluster, this.nodes.stream().map((node) -> node.shaky).toList());
	}

	private int held() {
		return this.nodes.stream().flatMap((node) -> node.claims.held()).mapToInt(PermitHandle::permits).sum();
	}

	private void assertAgreement(int seed) {
		assertThat(held()).as("seed %d", seed).isEqualTo(PERMITS - this.operator.availablePermits());
	}

	private void free(int seed) {
		while (held() > 0) {
			this.nodes.forEach((node) -> node.claims.release());
			settle();
			assertAgreement(seed);
		}
		assertThat(this.nodes).as("seed %d", seed).allMatch((node) -> node.claims.isDone());
	}

	/**
	 * A node with its acquisitions.
	 */
	private static final class Node {

		private final ShakyNode shaky;

		private final AsyncDistributedSemaphore semaphore;

		private final ShakyClaims<PermitHandle> claims;

		Node(FakeSession session) {
			this.shaky = new ShakyNode(session);
			this.semaphore = create(session).async();
			this.claims = new ShakyClaims<>(this.shaky, PermitHandle.class, PermitHandle::isHeld,
					PermitHandle::release);
		}

	}

}
