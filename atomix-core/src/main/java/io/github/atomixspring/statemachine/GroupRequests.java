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

package io.github.atomixspring.statemachine;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.GroupMessages.Outcome;
import io.github.atomixspring.statemachine.GroupQueue.Message;
import io.github.atomixspring.statemachine.Waiters.Request;
import org.jspecify.annotations.Nullable;

/**
 * The sends of a group whose senders wait for an outcome. A request is forgotten with the
 * outcome of its last message.
 */
final class GroupRequests {

	/**
	 * All replies to a request are one event, which must fit into a frame.
	 */
	private static final int MAX_REPLY_BYTES = 2 << 20;

	private final Service service;

	private final Waiters<Pending> pending = new Waiters<>();

	/**
	 * Creates an empty instance.
	 * @param service the service to whose messages they belong
	 */
	GroupRequests(Service service) {
		this.service = service;
	}

	Waiters<Pending> pending() {
		return this.pending;
	}

	/**
	 * Begins to wait.
	 * @param request the request
	 * @param awaited the numbers of the messages whose outcome counts
	 */
	void open(Request request, TreeSet<Long> awaited) {
		this.pending.add(request, new Pending(awaited, new ArrayList<>(), 0));
	}

	/**
	 * Takes note of what became of a message.
	 * @param message the message
	 * @param outcome the outcome, or null if it does not count any more
	 * @param context the rest of the state
	 */
	void settle(Message message, @Nullable Outcome outcome, Context context) {
		Request request = new Request(message.session(), message.number());
		Pending waiting = (message.session() != 0) ? this.pending.get(request) : null;
		if (waiting == null || !waiting.awaited.remove(message.id())) {
			return;
		}
		if (outcome != null) {
			waiting.add(outcome);
		}
		if (waiting.awaited.isEmpty()) {
			this.pending.remove(request);
			complete(request, waiting.outcomes, context);
			context.left(this.service.id(), request.session());
		}
	}

	/**
	 * Tells all who wait that nothing will come any more: the group is destroyed.
	 * @param context the rest of the state
	 */
	void abort(Context context) {
		this.pending.forEach((request, waiting) -> {
			List<Outcome> outcomes = new ArrayList<>(waiting.outcomes);
			outcomes.add(new Outcome("", Outcome.GONE, null));
			complete(request, outcomes, context);
		});
	}

	private void complete(Request request, List<Outcome> outcomes, Context context) {
		context.send(request.session(), new GroupMessages.Completed(this.service.id(), request.number(), outcomes));
	}

	NavigableSet<Long> sessions() {
		return this.pending.sessions();
	}

	List<SnapshotPart> capture() {
		List<SnapshotPart> parts = new ArrayList<>();
		this.pending.forEach((request, waiting) -> parts.add(new Part(request.session(), request.number(),
				List.copyOf(waiting.awaited), List.copyOf(waiting.outcomes))));
		return parts;
	}

	void restore(Part part) {
		Pending restored = new Pending(new TreeSet<>(part.awaited()), new ArrayList<>(), 0);
		part.outcomes().forEach(restored::add);
		this.pending.add(new Request(part.session(), part.number()), restored);
	}

	/**
	 * What a sender waits for.
	 */
	static final class Pending {

		private final TreeSet<Long> awaited;

		private final List<Outcome> outcomes;

		private long bytes;

		private Pending(TreeSet<Long> awaited, List<Outcome> outcomes, long bytes) {
			this.awaited = awaited;
			this.outcomes = outcomes;
			this.bytes = bytes;
		}

		private void add(Outcome outcome) {
			byte[] content = outcome.content();
			int length = (content != null) ? content.length : 0;
			boolean fits = this.bytes + length <= MAX_REPLY_BYTES;
			this.bytes += fits ? length : 0;
			this.outcomes.add(fits ? outcome : new Outcome(outcome.member(), Outcome.FAILED, null));
		}

	}

	/**
	 * A send whose sender waits.
	 *
	 * @param session the session that waits
	 * @param number the number of the request
	 * @param awaited the numbers of the messages without an outcome
	 * @param outcomes the outcomes so far
	 */
	@JsonTypeName("93")
	record Part(long session, long number, List<Long> awaited, List<Outcome> outcomes) implements SnapshotPart {

	}

}
