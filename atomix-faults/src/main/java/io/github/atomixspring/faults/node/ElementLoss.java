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

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.QueueMessages;
import io.github.atomixspring.protocol.SetMessages;

/**
 * Now and then takes two elements from a queue for a poll of one, and removes an element
 * from a set that was to be added.
 */
final class ElementLoss implements UnaryOperator<Command> {

	private static final int EVERY = 25;

	private final AtomicInteger commands = new AtomicInteger();

	@Override
	public Command apply(Command command) {
		if (command instanceof QueueMessages.Poll poll && isTime()) {
			return new QueueMessages.Poll(poll.target(), 2);
		}
		if (command instanceof SetMessages.Add add && isTime()) {
			return new SetMessages.Remove(add.target(), add.elements());
		}
		return command;
	}

	private boolean isTime() {
		return this.commands.incrementAndGet() % EVERY == 0;
	}

}
