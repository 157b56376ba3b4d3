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

package io.github.atomixspring.protocol;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Messages of queues. Their events for listeners are {@link Event.EntryChanged} with the
 * element as value and its position as version.
 * <p>
 * {@link Put} and {@link Take} wait where they have to and are granted by
 * {@link Granted}. What was granted is kept under the number of the request until
 * {@link Settle} or {@link Withdraw}, so that a repeated request is answered as it
 * stands.
 */
public final class QueueMessages {

	private QueueMessages() {
	}

	/**
	 * Appends elements, all of them or none. Answers {@link Result.Flag}.
	 *
	 * @param target the queue
	 * @param elements the elements
	 * @param settings the configuration of a queue that is not created yet
	 */
	@JsonTypeName("33")
	public record Offer(PrimitiveId target, List<byte[]> elements, List<Setting> settings) implements Command {
		public Offer {
			Presence.check(target);
			elements = List.copyOf(elements);
			settings = List.copyOf(settings);
		}

	}

	/**
	 * Appends an element as soon as there is room. Answers {@link Reply}.
	 *
	 * @param target the queue
	 * @param number the number of the request, unique in the session
	 * @param element the element
	 * @param settings the configuration of a queue that is not created yet
	 */
	@JsonTypeName("34")
	public record Put(PrimitiveId target, long number, byte[] element, List<Setting> settings) implements Command {
		public Put {
			Presence.check(target, element);
			settings = List.copyOf(settings);
		}

	}

	/**
	 * Removes elements from the head, without waiting. Answers {@link Result.Values}.
	 *
	 * @param target the queue
	 * @param limit the largest number of elements
	 */
	@JsonTypeName("35")
	public record Poll(PrimitiveId target, int limit) implements Command {
		public Poll {
			Presence.check(target);
		}

		@Override
		public boolean shrinks() {
			return true;
		}

	}

	/**
	 * Takes the head as soon as there is one. Answers {@link Reply}.
	 *
	 * @param target the queue
	 * @param number the number of the request, unique in the session
	 */
	@JsonTypeName("36")
	public record Take(PrimitiveId target, long number) implements Command {
		public Take {
			Presence.check(target);
		}

		@Override
		public boolean shrinks() {
			return true;
		}

	}

	/**
	 * Says that the caller has what was granted. Answers {@link Result.Done}.
	 *
	 * @param target the queue
	 * @param number the number of the request
	 */
	@JsonTypeName("37")
	public record Settle(PrimitiveId target, long number) implements Command, Releasing {
		public Settle {
			Presence.check(target);
		}

	}

	/**
	 * Ends a wait. An element that was granted to a {@link Take} goes back to its place.
	 * An accepted {@link Put} stays so and is told. Answers {@link Reply}.
	 *
	 * @param target the queue
	 * @param number the number of the request
	 */
	@JsonTypeName("38")
	public record Withdraw(PrimitiveId target, long number) implements Command, Releasing {
		public Withdraw {
			Presence.check(target);
		}

	}

	/**
	 * Removes the first element that equals another. Answers {@link Result.Flag}.
	 *
	 * @param target the queue
	 * @param element the element
	 */
	@JsonTypeName("39")
	public record RemoveFirst(PrimitiveId target, byte[] element) implements Command {
		public RemoveFirst {
			Presence.check(target, element);
		}

		@Override
		public boolean shrinks() {
			return true;
		}

	}

	/**
	 * Removes the elements at some positions. Answers {@link Result.Flag}: whether any
	 * was there.
	 *
	 * @param target the queue
	 * @param positions the positions
	 */
	@JsonTypeName("40")
	public record RemoveAt(PrimitiveId target, List<Long> positions) implements Command {
		public RemoveAt {
			Presence.check(target);
			positions = List.copyOf(positions);
		}

		@Override
		public boolean shrinks() {
			return true;
		}

	}

	/**
	 * Removes all elements. Answers {@link Result.Done}.
	 *
	 * @param target the queue
	 */
	@JsonTypeName("41")
	public record Clear(PrimitiveId target) implements Command {
		public Clear {
			Presence.check(target);
		}

		@Override
		public boolean shrinks() {
			return true;
		}

	}

	/**
	 * Reads the number of elements. Answers {@link Result.Number}.
	 *
	 * @param target the queue
	 */
	@JsonTypeName("33")
	public record Size(PrimitiveId target) implements Query {
		public Size {
			Presence.check(target);
		}

	}

	/**
	 * Reads whether all of some elements are there. Answers {@link Result.Flag}.
	 *
	 * @param target the queue
	 * @param elements the elements
	 */
	@JsonTypeName("34")
	public record Contains(PrimitiveId target, List<byte[]> elements) implements Query {
		public Contains {
			Presence.check(target);
			elements = List.copyOf(elements);
		}

	}

	/**
	 * Reads a page of elements from head to tail. Answers {@link Result.Entries} with the
	 * elements as values and their positions as versions; an empty page is the end. A
	 * page ends early at a limit of bytes.
	 *
	 * @param target the queue
	 * @param after the position before the page, or zero for the first page
	 * @param limit the largest number of elements
	 */
	@JsonTypeName("35")
	public record Page(PrimitiveId target, long after, int limit) implements Query {
		public Page {
			Presence.check(target);
		}

	}

	/**
	 * A request that waited was granted.
	 *
	 * @param source the queue
	 * @param number the number of the request
	 * @param element the element that was taken, or null if one was put
	 */
	@JsonTypeName("30")
	public record Granted(PrimitiveId source, long number, byte @Nullable [] element) implements Event {
		public Granted {
			Presence.check(source);
		}

		@Override
		public long weight() {
			return (this.element != null) ? this.element.length : 0;
		}

	}

	/**
	 * How a request stands.
	 *
	 * @param status one of the constants
	 * @param element the element that was taken, or null
	 */
	@JsonTypeName("30")
	public record Reply(int status, byte @Nullable [] element) implements Result {

		/**
		 * There is no such request, or not any more.
		 */
		public static final int NONE = 0;

		/**
		 * It was granted.
		 */
		public static final int GRANTED = 1;

		/**
		 * It waits.
		 */
		public static final int QUEUED = 2;

		@Override
		public long weight() {
			return (this.element != null) ? this.element.length : 0;
		}

	}

}
