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

import java.util.ArrayList;
import java.util.List;

import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.ProtocolException;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.Wire;

/**
 * Tells commands that are taken while there is too little room or memory from those that
 * are not. The latter get an answer through the log, too: the numbers of commands have no
 * gaps, and only the log tells whether one took effect before, over another link.
 */
final class Refusals {

	private final LogEntry.Batch batch;

	private final Admission admission;

	private final List<LogEntry.Item> items = new ArrayList<>();

	private final List<Sequenced> taken = new ArrayList<>();

	private long first;

	private long last;

	private int refused;

	private Refusals(LogEntry.Batch batch, Admission admission) {
		this.batch = batch;
		this.admission = admission;
	}

	/**
	 * Divides a batch.
	 * @param batch the batch
	 * @param admission what of it is taken
	 * @return what is to be appended in its place, and how many commands that refuses
	 */
	static Divided divide(LogEntry.Batch batch, Admission admission) {
		Refusals refusals = new Refusals(batch, admission);
		batch.commands().forEach(refusals::add);
		refusals.endRefusal();
		refusals.endBatch();
		return new Divided(refusals.items, refusals.refused);
	}

	private void add(Sequenced command) {
		if (isTaken(command)) {
			endRefusal();
			this.taken.add(command);
			return;
		}
		endBatch();
		boolean continued = this.first > 0 && command.sequence() == this.last + 1
				&& this.last - this.first + 1 < LogEntry.Refusal.MAX_COMMANDS;
		if (!continued) {
			endRefusal();
			this.first = command.sequence();
		}
		this.last = command.sequence();
		this.refused++;
	}

	private boolean isTaken(Sequenced command) {
		try {
			return this.admission.takes(Wire.COMMAND.decode(command.command()));
		}
		catch (ProtocolException ex) {
			return false;
		}
	}

	private void endRefusal() {
		if (this.first > 0) {
			this.items
				.add(new LogEntry.Refusal(this.batch.session(), this.batch.acknowledged(), this.batch.eventsSeen(),
						this.first, this.last, this.admission.code().code(), this.admission.reason()));
			this.first = 0;
		}
	}

	private void endBatch() {
		if (!this.taken.isEmpty()) {
			this.items.add(new LogEntry.Batch(this.batch.session(), this.batch.acknowledged(), this.batch.eventsSeen(),
					List.copyOf(this.taken)));
			this.taken.clear();
		}
	}

	/**
	 * A divided batch.
	 *
	 * @param items what takes its place, in order
	 * @param refused how many commands are refused
	 */
	record Divided(List<LogEntry.Item> items, int refused) {

	}

}
