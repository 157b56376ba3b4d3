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

package io.github.atomixspring.faults.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.link.Link;
import io.github.atomixspring.link.LinkAcceptor;
import io.github.atomixspring.link.LinkHandler;
import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.protocol.TopicMessages;
import org.jspecify.annotations.Nullable;

/**
 * A seeded bug: a gateway that now and then sends the message before once more in the
 * place of a message of a topic.
 *
 * @param gateway the gateway behind it
 */
record EventLoss(LinkAcceptor gateway, AtomicInteger messages) implements LinkAcceptor {

	private static final int EVERY = 25;

	EventLoss(LinkAcceptor gateway) {
		this(gateway, new AtomicInteger());
	}

	@Override
	public Link accept(LinkHandler handler) {
		return this.gateway.accept(new LinkHandler() {

			private TopicMessages.@Nullable Published last;

			@Override
			public void received(ServerFrame frame) {
				handler.received((frame instanceof ServerFrame.Applied applied) ? spoil(applied) : frame);
			}

			private synchronized ServerFrame spoil(ServerFrame.Applied applied) {
				List<NumberedEvent> events = new ArrayList<>();
				for (NumberedEvent event : applied.events()) {
					events.add(spoil(event));
				}
				return new ServerFrame.Applied(applied.index(), events, applied.results());
			}

			private NumberedEvent spoil(NumberedEvent event) {
				if (!(event.event() instanceof TopicMessages.Published published)) {
					return event;
				}
				TopicMessages.Published before = this.last;
				this.last = published;
				return (before != null && EventLoss.this.messages.incrementAndGet() % EVERY == 0)
						? new NumberedEvent(event.number(), before) : event;
			}

			@Override
			public void closed(@Nullable Throwable cause) {
				handler.closed(cause);
			}

		});
	}

}
