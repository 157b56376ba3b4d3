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

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.github.atomixspring.link.Link;
import io.github.atomixspring.link.LinkAcceptor;
import io.github.atomixspring.link.LinkHandler;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * A seeded bug: a gateway that applies the commands of each link in a session of its own,
 * under new numbers. So a command that is sent again on another link is applied again,
 * and what a session has claimed outlives it.
 */
public final class DetachedCommands implements LinkAcceptor {

	private static final long LONG_LIFE = 60_000;

	private final LinkAcceptor gateway;

	public DetachedCommands(LinkAcceptor gateway) {
		this.gateway = gateway;
	}

	@Override
	public Link accept(LinkHandler handler) {
		return new DetachedLink(this.gateway, handler);
	}

	/**
	 * A link with a second one behind it for the commands.
	 */
	private static final class DetachedLink implements Link {

		private final Link link;

		private final Link commands;

		private final LinkHandler handler;

		private final List<Long> numbers = new ArrayList<>();

		private final List<Sequenced> waiting = new ArrayList<>();

		private long session;

		DetachedLink(LinkAcceptor gateway, LinkHandler handler) {
			this.handler = handler;
			this.commands = gateway.accept(new CommandHandler());
			this.link = gateway.accept(handler);
		}

		@Override
		public void send(ClientFrame frame) {
			if (frame instanceof ClientFrame.Submit submit) {
				submit(submit.commands());
				return;
			}
			if (frame instanceof ClientFrame.Hello) {
				this.commands.send(frame);
			}
			this.link.send(frame);
		}

		private synchronized void submit(List<Sequenced> batch) {
			for (Sequenced command : batch) {
				this.numbers.add(command.sequence());
				this.waiting.add(new Sequenced(this.numbers.size(), command.command()));
			}
			flush();
		}

		private synchronized void opened(long id) {
			this.session = id;
			flush();
		}

		private void flush() {
			if (this.session != 0 && !this.waiting.isEmpty()) {
				this.commands.send(new ClientFrame.Submit(this.session, 0, 0, this.waiting));
				this.waiting.clear();
			}
		}

		private synchronized List<NumberedResult> renumber(List<NumberedResult> results) {
			return results.stream()
				.map((result) -> new NumberedResult(this.numbers.get((int) result.sequence() - 1), result.result()))
				.toList();
		}

		@Override
		public void close() {
			this.commands.close();
			this.link.close();
		}

		/**
		 * Receives the frames of the second link.
		 */
		private final class CommandHandler implements LinkHandler {

			@Override
			public void received(ServerFrame frame) {
				if (frame instanceof ServerFrame.Welcome) {
					DetachedLink.this.commands
						.send(new ClientFrame.Open(UUID.randomUUID().toString(), "detached", LONG_LIFE));
				}
				else if (frame instanceof ServerFrame.Opened opened) {
					opened(opened.session());
				}
				else if (frame instanceof ServerFrame.Applied applied) {
					DetachedLink.this.handler.received(
							new ServerFrame.Applied(applied.index(), applied.events(), renumber(applied.results())));
				}
			}

			@Override
			public void closed(@Nullable Throwable cause) {
				// The first link is closed by the same cause.
			}

		}

	}

}
