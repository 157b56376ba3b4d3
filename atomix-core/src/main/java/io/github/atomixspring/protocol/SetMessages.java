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
 * Messages of sets. Their events are {@link Event.EntryChanged} with the element as key.
 */
public final class SetMessages {

	private SetMessages() {
	}

	/**
	 * Adds elements. Those that are there stay as they are. Answers {@link Result.Flag}:
	 * whether any was added.
	 *
	 * @param target the set
	 * @param elements the elements
	 * @param timeToLive the time to live; zero for the default of the set
	 */
	@JsonTypeName("30")
	public record Add(PrimitiveId target, List<byte[]> elements, long timeToLive) implements Command {
		public Add {
			Presence.check(target);
			elements = List.copyOf(elements);
		}

	}

	/**
	 * Removes elements. Answers {@link Result.Flag}: whether any was removed.
	 *
	 * @param target the set
	 * @param elements the elements
	 */
	@JsonTypeName("31")
	public record Remove(PrimitiveId target, List<byte[]> elements) implements Command {
		public Remove {
			Presence.check(target);
			elements = List.copyOf(elements);
		}

		@Override
		public boolean shrinks() {
			return true;
		}

	}

	/**
	 * Removes all other elements. Answers {@link Result.Flag}: whether any was removed.
	 *
	 * @param target the set
	 * @param elements the elements that stay
	 */
	@JsonTypeName("32")
	public record Retain(PrimitiveId target, List<byte[]> elements) implements Command {
		public Retain {
			Presence.check(target);
			elements = List.copyOf(elements);
		}

		@Override
		public boolean shrinks() {
			return true;
		}

	}

	/**
	 * Reads elements for a transaction. Answers {@link Result.Entries} with those that
	 * are there, as keys without values, up to {@link MapMessages#MAX_ANSWER_BYTES} as
	 * {@link MapMessages.Get} does.
	 *
	 * @param target the set
	 * @param elements the elements
	 */
	@JsonTypeName("40")
	public record Get(PrimitiveId target, List<byte[]> elements) implements Query {
		public Get {
			Presence.check(target);
			elements = List.copyOf(elements);
		}

	}

	/**
	 * Reads whether all of some elements are there. Answers {@link Result.Flag}.
	 *
	 * @param target the set
	 * @param elements the elements
	 */
	@JsonTypeName("30")
	public record Contains(PrimitiveId target, List<byte[]> elements) implements Query {
		public Contains {
			Presence.check(target);
			elements = List.copyOf(elements);
		}

	}

	/**
	 * Reads the number of elements. Answers {@link Result.Number}.
	 *
	 * @param target the set
	 */
	@JsonTypeName("31")
	public record Size(PrimitiveId target) implements Query {
		public Size {
			Presence.check(target);
		}

	}

	/**
	 * Reads a page of elements in the order of their bytes. Answers
	 * {@link Result.Entries} with the elements as keys; an empty page is the end. A page
	 * ends early at a limit of bytes.
	 *
	 * @param target the set
	 * @param after the element before the page, or null for the first page
	 * @param limit the largest number of elements
	 */
	@JsonTypeName("32")
	public record Page(PrimitiveId target, byte @Nullable [] after, int limit) implements Query {
		public Page {
			Presence.check(target);
		}

	}

}
