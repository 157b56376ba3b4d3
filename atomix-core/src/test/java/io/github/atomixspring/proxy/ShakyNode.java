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

package io.github.atomixspring.proxy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A node with which all that can go wrong between it and the cluster does: its answers,
 * events and states come late, events are dropped, its session is suspended and ends.
 */
public final class ShakyNode {

	private final FakeSession session;

	private final Deque<Runnable> deliveries = new ArrayDeque<>();

	private boolean gap;

	private boolean suspended;

	private boolean expired;

	/**
	 * Creates a node that is well until {@link #hold()}.
	 * @param session its session
	 */
	public ShakyNode(FakeSession session) {
		this.session = session;
	}

	/**
	 * Returns the session.
	 * @return the session
	 */
	public FakeSession session() {
		return this.session;
	}

	/**
	 * Keeps deliveries until they are let through.
	 */
	public void hold() {
		this.session.withTransport(this.deliveries::add);
	}

	/**
	 * Delivers what was kept, and all else at once again.
	 */
	public void release() {
		this.session.withTransport(Runnable::run);
		while (!this.deliveries.isEmpty()) {
			this.deliveries.remove().run();
		}
	}

	/**
	 * Lets something go wrong, or right again.
	 * @param random decides what
	 */
	public void shake(Random random) {
		switch (random.nextInt(6)) {
			case 0, 1 -> toggleGap();
			case 2 -> toggleSuspension();
			case 3 -> toggleSession();
			default -> deliver(random.nextInt(10));
		}
	}

	private void toggleGap() {
		if (this.gap) {
			endGap();
		}
		else if (!this.expired) {
			this.gap = true;
			this.session.dropEvents();
		}
	}

	/**
	 * Announces the gap if events are dropped. To be called before the node asks for
	 * something: answers come after the events that belong to them, or after the end of a
	 * gap.
	 */
	public void endGap() {
		if (this.gap) {
			this.gap = false;
			this.session.resync();
		}
	}

	private void toggleSuspension() {
		if (this.expired) {
			return;
		}
		if (this.suspended) {
			this.session.resume();
		}
		else {
			this.session.suspend();
		}
		this.suspended = !this.suspended;
	}

	/**
	 * Ends the session, or opens the next one.
	 */
	public void toggleSession() {
		endGap();
		if (this.expired) {
			this.session.connect();
		}
		else {
			this.session.expire();
		}
		this.expired = !this.expired;
		this.suspended = false;
	}

	private void deliver(int count) {
		endGap();
		for (int i = 0; i < count && !this.deliveries.isEmpty(); i++) {
			this.deliveries.remove().run();
		}
	}

	private void heal() {
		endGap();
		if (this.expired) {
			toggleSession();
		}
		if (this.suspended) {
			toggleSuspension();
		}
	}

	/**
	 * Lets all be well until all is quiet.
	 * @param cluster the cluster
	 * @param nodes the nodes
	 */
	public static void settle(FakeCluster cluster, Collection<ShakyNode> nodes) {
		nodes.forEach(ShakyNode::heal);
		// Longer than an operation waits, and all pauses after it.
		for (int i = 0; i < 20; i++) {
			cluster.advance(Duration.ofSeconds(1));
			while (nodes.stream().anyMatch((node) -> !node.deliveries.isEmpty())) {
				List.copyOf(nodes).forEach((node) -> node.deliver(Integer.MAX_VALUE));
			}
		}
	}

}
