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
import java.util.function.UnaryOperator;

import io.github.atomixspring.link.Link;
import io.github.atomixspring.link.LinkAcceptor;
import io.github.atomixspring.link.LinkHandler;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.Wire;

/**
 * A seeded bug: a gateway that puts others in the place of commands.
 *
 * @param gateway the gateway behind it
 * @param bug returns what takes the place of a command, or the command itself
 */
record SpoiledCommands(LinkAcceptor gateway, UnaryOperator<Command> bug) implements LinkAcceptor {

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
		return Wire.COMMAND.encode(this.bug.apply(Wire.COMMAND.decode(encoded)));
	}

}
