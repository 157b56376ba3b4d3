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

package io.github.atomixspring.messaging;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;

import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.DeliveryMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.Mailbox;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * The consumers of one node for one primitive, in its mailbox.
 */
final class Intakes {

	private final PrimitiveSession session;

	private final PrimitiveId id;

	private final Mailbox mailbox;

	private final Function<Command, CompletableFuture<Result>> lane;

	private final Map<Long, Intake> intakes = new LinkedHashMap<>();

	/**
	 * The next number. Numbers must be unique in the session, also among the instances
	 * that this node has of the primitive one after another.
	 */
	private long nextNumber = ThreadLocalRandom.current().nextLong(1L << 32) << 30;

	private @Nullable PrimitiveClosedException closed;

	/**
	 * Creates an empty instance.
	 * @param session the session of the node
	 * @param id the primitive
	 * @param mailbox the mailbox of the primitive
	 * @param lane submits registrations
	 */
	Intakes(PrimitiveSession session, PrimitiveId id, Mailbox mailbox,
			Function<Command, CompletableFuture<Result>> lane) {
		this.session = session;
		this.id = id;
		this.mailbox = mailbox;
		this.lane = lane;
	}

	/**
	 * Adds a consumer.
	 * @param command makes the registration from the number of the consumer
	 * @param executor runs the receiver
	 * @param receiver called for each delivery
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> add(LongFunction<Command> command, Executor executor, Consumer<Delivery> receiver) {
		CompletableFuture<Registration> added = new CompletableFuture<>();
		this.mailbox.execute(() -> {
			PrimitiveClosedException reason = this.closed;
			if (reason != null) {
				added.completeExceptionally(reason);
				return;
			}
			long number = this.nextNumber++;
			Intake intake = new Intake(this.session, this.id, this.mailbox, number,
					() -> this.lane.apply(command.apply(number)), executor, receiver);
			this.intakes.put(number, intake);
			intake.open().whenComplete((result, ex) -> {
				if (ex != null) {
					remove(intake);
					added.completeExceptionally(ex);
				}
				else {
					added.complete(() -> remove(intake));
				}
			});
		});
		return added;
	}

	private void remove(Intake intake) {
		this.mailbox.execute(() -> {
			this.intakes.remove(intake.number());
			intake.close();
		});
	}

	/**
	 * Called in the mailbox for an event that hands something to a consumer.
	 * @param assigned the event
	 */
	void onAssigned(DeliveryMessages.Assigned assigned) {
		Intake intake = this.intakes.get(assigned.consumer());
		if (intake != null) {
			intake.onAssigned(assigned);
		}
	}

	/**
	 * Called in the mailbox when events were missed.
	 */
	void resync() {
		List.copyOf(this.intakes.values()).forEach(Intake::resync);
	}

	/**
	 * Called in the mailbox when the primitive was destroyed.
	 */
	void restart() {
		List.copyOf(this.intakes.values()).forEach(Intake::restart);
	}

	/**
	 * Called in the mailbox for each state of the session.
	 * @param newSession the id of the session
	 * @param state the state
	 */
	void onState(long newSession, SessionState state) {
		List.copyOf(this.intakes.values()).forEach((intake) -> intake.onState(newSession, state));
	}

	/**
	 * Called in the mailbox when the primitive is closed.
	 * @param reason the exception for those who come too late
	 */
	void close(PrimitiveClosedException reason) {
		this.closed = reason;
		this.intakes.values().forEach(Intake::close);
		this.intakes.clear();
	}

}
