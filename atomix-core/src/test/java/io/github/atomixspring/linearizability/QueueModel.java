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

package io.github.atomixspring.linearizability;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Sequential model of queues whose values are unique. A take that was given up after its
 * element had been handed over is two operations: one that reserves the head, and one
 * that puts it back to its place.
 */
public final class QueueModel implements Model<List<QueueModel.Slot>, QueueModel.Input, ValueResult> {

	@Override
	public List<Slot> initialState() {
		return List.of();
	}

	@Override
	public Set<List<Slot>> step(List<Slot> state, Input input, ValueResult output) {
		@Nullable String value = output.value();
		int head = head(state);
		return switch (input.kind()) {
			case OFFER -> stepUnknown(state, input);
			case PUT_BACK -> {
				int index = state.indexOf(new Slot(String.valueOf(input.value()), true));
				yield (index >= 0) ? Set.of(with(state, index, new Slot(state.get(index).value(), false))) : Set.of();
			}
			case POLL, RESERVE -> {
				if (value == null) {
					yield (head < 0) ? Set.of(state) : Set.of();
				}
				if (head < 0 || !state.get(head).value().equals(value)) {
					yield Set.of();
				}
				yield Set.of(with(state, head, (input.kind() == Kind.RESERVE) ? new Slot(value, true) : null));
			}
		};
	}

	@Override
	public Set<List<Slot>> stepUnknown(List<Slot> state, Input input) {
		if (input.kind() == Kind.OFFER) {
			List<Slot> next = new ArrayList<>(state);
			next.add(new Slot(String.valueOf(input.value()), false));
			return Set.of(List.copyOf(next));
		}
		int head = head(state);
		return (input.kind() == Kind.POLL && head >= 0) ? Set.of(with(state, head, null)) : Set.of();
	}

	private static int head(List<Slot> state) {
		int head = 0;
		while (head < state.size() && state.get(head).reserved()) {
			head++;
		}
		return (head < state.size()) ? head : -1;
	}

	private static List<Slot> with(List<Slot> state, int index, @Nullable Slot slot) {
		List<Slot> next = new ArrayList<>(state);
		if (slot != null) {
			next.set(index, slot);
		}
		else {
			next.remove(index);
		}
		return List.copyOf(next);
	}

	@Override
	public boolean isReadOnly(Input input, @Nullable ValueResult output) {
		return input.kind() == Kind.POLL && output != null && output.value() == null;
	}

	@Override
	public Object partition(Input input) {
		return input.queue();
	}

	/**
	 * What may be asked of a queue.
	 */
	public enum Kind {

		/**
		 * Appends a value.
		 */
		OFFER,

		/**
		 * Removes and answers the head, if there is one.
		 */
		POLL,

		/**
		 * Takes and answers the head, which will be put back.
		 */
		RESERVE,

		/**
		 * Puts a value back to where it was.
		 */
		PUT_BACK

	}

	/**
	 * Operation on a queue.
	 *
	 * @param kind what is asked
	 * @param queue the queue
	 * @param value the value that is offered or put back
	 */
	public record Input(Kind kind, String queue, @Nullable String value) {

		public static Input offer(String queue, String value) {
			return new Input(Kind.OFFER, queue, value);
		}

		public static Input poll(String queue) {
			return new Input(Kind.POLL, queue, null);
		}

		public static Input reserve(String queue) {
			return new Input(Kind.RESERVE, queue, null);
		}

		public static Input putBack(String queue, String value) {
			return new Input(Kind.PUT_BACK, queue, value);
		}

	}

	/**
	 * A value in a queue.
	 *
	 * @param value the value
	 * @param reserved whether it was taken and will be put back
	 */
	record Slot(String value, boolean reserved) {
	}

}
