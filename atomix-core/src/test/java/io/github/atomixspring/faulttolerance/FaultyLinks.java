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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.github.atomixspring.link.Link;
import io.github.atomixspring.link.LinkAcceptor;
import io.github.atomixspring.link.LinkHandler;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong on the links to the gateways of a cluster: answers are lost together
 * with the link, and the cluster hears nothing more of a session without its node being
 * told.
 */
public final class FaultyLinks implements UnaryOperator<LinkAcceptor> {

	private final Set<String> silent = ConcurrentHashMap.newKeySet();

	private final Set<String> unlucky = ConcurrentHashMap.newKeySet();

	private final AtomicInteger answers = new AtomicInteger();

	private final AtomicInteger lost = new AtomicInteger();

	private volatile int loseEvery = Integer.MAX_VALUE;

	/**
	 * Loses answers to commands that have taken effect, and the links on which they were.
	 * @param every which answers are lost
	 */
	public void loseAnswers(int every) {
		this.loseEvery = every;
	}

	/**
	 * Loses all answers to the commands of a session, or none of them any more.
	 * @param session the name of the session
	 * @param lose whether they are lost
	 */
	void loseAnswersOf(String session, boolean lose) {
		if (lose) {
			this.unlucky.add(session);
		}
		else {
			this.unlucky.remove(session);
		}
	}

	/**
	 * Returns how many answers were lost.
	 * @return the number
	 */
	int lost() {
		return this.lost.get();
	}

	/**
	 * Keeps the cluster from hearing that a session lives, and its node from being told
	 * that it has ended.
	 * @param session the name of the session
	 */
	void silence(String session) {
		this.silent.add(session);
	}

	@Override
	public LinkAcceptor apply(LinkAcceptor gateway) {
		return (handler) -> new FaultyLink(gateway, handler);
	}

	/**
	 * A link on which something goes wrong.
	 */
	private final class FaultyLink implements Link, LinkHandler {

		private final LinkHandler handler;

		private volatile String node = "";

		private volatile boolean broken;

		private final Link link;

		FaultyLink(LinkAcceptor gateway, LinkHandler handler) {
			this.handler = handler;
			this.link = gateway.accept(this);
		}

		@Override
		public void send(ClientFrame frame) {
			if (frame instanceof ClientFrame.Hello hello) {
				this.node = hello.node();
			}
			if (frame instanceof ClientFrame.KeepAlive alive && FaultyLinks.this.silent.contains(this.node)) {
				this.handler.received(new ServerFrame.Alive(alive.number(), null));
				return;
			}
			this.link.send(frame);
		}

		@Override
		public void close() {
			this.link.close();
		}

		@Override
		public void received(ServerFrame frame) {
			if (this.broken || (frame instanceof ServerFrame.Expired && FaultyLinks.this.silent.contains(this.node))) {
				return;
			}
			if (frame instanceof ServerFrame.Applied applied && !applied.results().isEmpty() && isLost()) {
				FaultyLinks.this.lost.incrementAndGet();
				this.broken = true;
				this.link.close();
				return;
			}
			this.handler.received(frame);
		}

		private boolean isLost() {
			return FaultyLinks.this.unlucky.contains(this.node)
					|| FaultyLinks.this.answers.incrementAndGet() % FaultyLinks.this.loseEvery == 0;
		}

		@Override
		public void closed(@Nullable Throwable cause) {
			this.handler.closed(cause);
		}

	}

}
