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

package io.github.atomixspring.lock;

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
 * Locks between whose nodes and the cluster all that can go wrong does, in random order,
 * while they are acquired, waited for, given back and given up, and taken by force. Two
 * nodes never hold one unless an operator took it from the first; and once all is quiet
 * the nodes and the cluster agree who does, and it can be freed.
 */
class LockGapTests {

	private static final int RUNS = 1000;

	private static final int STEPS = 60;

	private FakeCluster cluster = new FakeCluster();

	private DistributedLock operator = create(this.cluster.connect("operator"));

	private List<Node> nodes = List.of();

	private DistributedLock create(FakeSession session) {
		LockProxy lock = new LockProxy(session, "l", () -> {
		}, this.cluster::nanoTime);
		lock.start();
		return lock;
	}

	@Test
	void nodesAndClusterAgreeWhoHoldsIt() {
		for (int seed = 0; seed < RUNS; seed++) {
			this.cluster = new FakeCluster();
			this.operator = create(this.cluster.connect("operator"));
			this.nodes = Stream.of("n1", "n2").map((name) -> new Node(this.cluster.connect(name))).toList();
			this.nodes.forEach((node) -> node.shaky.hold());
			Random random = new Random(seed);
			boolean forced = seed % 2 == 0;
			for (int step = 0; step < STEPS; step++) {
				step(random, forced);
				if (!forced) {
					assertThat(held()).as("seed %d, step %d", seed, step).hasSizeLessThanOrEqualTo(1);
				}
			}
			settle();
			assertAgreement(seed);
			free(seed);
		}
	}

	private void step(Random random, boolean forced) {
		Node node = this.nodes.get(random.nextInt(this.nodes.size()));
		switch (random.nextInt(14)) {
			case 0 -> node.claims.request(node.lock::lock);
			case 1 -> node.claims.request(() -> node.lock.lock(Duration.ofSeconds(5)));
			case 2 -> node.claims.request(() -> node.lock.tryLock(Duration.ofSeconds(1)));
			case 3 -> node.claims.request(node.lock::tryLock);
			case 4, 5 -> node.claims.release();
			case 6 -> node.claims.cancel(random);
			case 7 -> force(random, forced);
			case 8 -> this.cluster.advance(Duration.ofMillis(random.nextInt(2000)));
			default -> node.shaky.shake(random);
		}
	}

	private void force(Random random, boolean forced) {
		if (!forced) {
			return;
		}
		if (random.nextInt(3) == 0) {
			this.operator.destroy();
		}
		else {
			this.operator.holder().ifPresent((holder) -> this.operator.forceUnlock(holder.fencingToken()));
		}
	}

	private void settle() {
		ShakyNode.settle(this.cluster, this.nodes.stream().map((node) -> node.shaky).toList());
	}

	private List<LockHandle> held() {
		return this.nodes.stream().flatMap((node) -> node.claims.held()).toList();
	}

	private void assertAgreement(int seed) {
		List<Long> tokens = held().stream().map(LockHandle::fencingToken).toList();
		assertThat(tokens).as("seed %d", seed)
			.isEqualTo(this.operator.holder().map(LockHolder::fencingToken).stream().toList());
	}

	private void free(int seed) {
		while (!held().isEmpty()) {
			this.nodes.forEach((node) -> node.claims.release());
			settle();
			assertAgreement(seed);
		}
		assertThat(this.nodes).as("seed %d", seed).allMatch((node) -> node.claims.isDone());
		assertThat(this.operator.tryLock()).as("seed %d", seed).isTrue();
	}

	/**
	 * A node with its acquisitions.
	 */
	private final class Node {

		private final ShakyNode shaky;

		private final AsyncDistributedLock lock;

		private final ShakyClaims<LockHandle> claims;

		Node(FakeSession session) {
			this.shaky = new ShakyNode(session);
			this.lock = create(session).async();
			this.claims = new ShakyClaims<>(this.shaky, LockHandle.class, LockHandle::isHeld, LockHandle::unlock);
		}

	}

}
