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

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Messages by which work is handed to consumers: tasks, and requests of the message bus.
 */
public final class DeliveryMessages {

	private DeliveryMessages() {
	}

	/**
	 * Registers a consumer. Answers {@link Assignments}: what it has at present, of which
	 * it was told by events before. Repeating the registration changes nothing.
	 *
	 * @param target the primitive
	 * @param consumer the number of the consumer, unique in the session
	 * @param name what it consumes; empty where there is only one
	 * @param parallelism how much it takes at a time; at least one
	 */
	@JsonTypeName("74")
	public record Consume(PrimitiveId target, long consumer, String name, int parallelism) implements Command {
		public Consume {
			Presence.check(target, name);
		}

		@Override
		public boolean shrinks() {
			return true;
		}

	}

	/**
	 * Takes a consumer away. Answers {@link Result.Flag}: whether it was there.
	 *
	 * @param target the primitive
	 * @param consumer the number of the consumer
	 */
	@JsonTypeName("75")
	public record Cancel(PrimitiveId target, long consumer) implements Command, Releasing {
		public Cancel {
			Presence.check(target);
		}

	}

	/**
	 * Reads the content of an assignment. Answers {@link Result.Entries} with one entry,
	 * or none if it is not in force.
	 *
	 * @param target the primitive
	 * @param token the token of the assignment
	 */
	@JsonTypeName("70")
	public record Content(PrimitiveId target, long token) implements Query {
		public Content {
			Presence.check(target);
		}

	}

	/**
	 * Something was handed to a consumer.
	 *
	 * @param source the primitive
	 * @param consumer the number of the consumer
	 * @param assignment the assignment
	 * @param content what was handed over
	 */
	@JsonTypeName("72")
	public record Assigned(PrimitiveId source, long consumer, Assignment assignment, byte[] content) implements Event {
		public Assigned {
			Presence.check(source, assignment, content);
		}

		@Override
		public long weight() {
			return this.content.length;
		}

	}

	/**
	 * What a consumer has.
	 *
	 * @param assignments the assignments
	 */
	@JsonTypeName("71")
	public record Assignments(List<Assignment> assignments) implements Result {
		public Assignments {
			assignments = List.copyOf(assignments);
		}

	}

	/**
	 * That a consumer has something.
	 *
	 * @param token the number of this assignment; it grows for ever
	 * @param id the number of what is assigned, the same each time
	 * @param delivery how often it was assigned, this time included
	 */
	@JsonFormat(shape = Shape.ARRAY)
	public record Assignment(long token, long id, int delivery) {

	}

}
