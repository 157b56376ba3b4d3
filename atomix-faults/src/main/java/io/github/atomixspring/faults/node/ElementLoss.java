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

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.link.Link;
import io.github.atomixspring.link.LinkAcceptor;
import io.github.atomixspring.link.LinkHandler;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.QueueMessages;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.SetMessages;
import io.github.atomixspring.protocol.Wire;

/**
 * A seeded bug: a gateway that now and then takes two elements from a queue for a poll of
 * one, and removes an element from a set that was to be added.
 *
 * @param gateway the gateway behind it
 */
record ElementLoss(LinkAcceptor gateway, AtomicInteger commands) implements LinkAcceptor {

	private static final int EVERY = 25;

	ElementLoss(LinkAcceptor gateway) {
		this(gateway, new AtomicInteger());
	}

	@Override
	public Link accept(LinkHandler handler) {
		Link link = this.gateway.accept(handler);
		return new Link() {

			@Override
			public void send(ClientFrame frame) {
				link.send((frame instanceof ClientFrame.Submit submit) ? spoil(submit) : frame);
			}

			@Override
			public void close() {
				link.close();
			}

		};
	}

	private ClientFrame spoil(ClientFrame.Submit submit) {
		List<Sequenced> commands = submit.commands()
			.stream()
			.map((command) -> new Sequenced(command.sequence(), spoil(command.command())))
			.toList();
		return new ClientFrame.Submit(submit.session(), submit.acknowledged(), submit.eventsSeen(), commands);
	}

	private byte[] spoil(byte[] encoded) {
		Command command = Wire.COMMAND.decode(encoded);
		boolean elements = command instanceof QueueMessages.Poll || command instanceof SetMessages.Add;
		if (!elements || this.commands.incrementAndGet() % EVERY != 0) {
			return encoded;
		}
		return Wire.COMMAND.encode((command instanceof SetMessages.Add add)
				? new SetMessages.Remove(add.target(), add.elements()) : new QueueMessages.Poll(command.target(), 2));
	}

}
