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
 * Messages of multimaps. Their events are {@link Event.EntryChanged} with the value as
 * new or old value and the position of the entry as version.
 */
public final class MultimapMessages {

	private MultimapMessages() {
	}

	/**
	 * Adds values to a key. Those that the key has stay as they are. Answers
	 * {@link Result.Flag}: whether any was added.
	 *
	 * @param target the multimap
	 * @param key the key
	 * @param values the values
	 * @param timeToLive the time to live; zero for none
	 * @param natural whether a multimap that is not created yet has the natural order of
	 * values
	 */
	@JsonTypeName("42")
	public record Put(PrimitiveId target, byte[] key, List<byte[]> values, long timeToLive,
			boolean natural) implements Command {
		public Put {
			Presence.check(target, key);
			values = List.copyOf(values);
		}

	}

	/**
	 * Removes one value of a key. Answers {@link Result.Flag}: whether it was there.
	 *
	 * @param target the multimap
	 * @param key the key
	 * @param value the value
	 */
	@JsonTypeName("43")
	public record Remove(PrimitiveId target, byte[] key, byte[] value) implements Command {
		public Remove {
			Presence.check(target, key, value);
		}

		@Override
		public boolean shrinks() {
			return true;
		}

	}

	/**
	 * Removes all values of a key, and adds others if none is left. Answers
	 * {@link Result.Values} with those that were removed, in their order. If there were
	 * more than fit into the answer, the others are left and nothing is added.
	 *
	 * @param target the multimap
	 * @param key the key
	 * @param values the values to add
	 * @param timeToLive the time to live of the values to add; zero for none
	 * @param natural whether a multimap that is not created yet has the natural order of
	 * values
	 */
	@JsonTypeName("44")
	public record Replace(PrimitiveId target, byte[] key, List<byte[]> values, long timeToLive,
			boolean natural) implements Command {
		public Replace {
			Presence.check(target, key);
			values = List.copyOf(values);
		}

		@Override
		public boolean shrinks() {
			return this.values.isEmpty();
		}

	}

	/**
	 * Removes all entries. Answers {@link Result.Done}.
	 *
	 * @param target the multimap
	 */
	@JsonTypeName("45")
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
	 * Reads the number of entries, of all keys or of one. Answers {@link Result.Number}.
	 *
	 * @param target the multimap
	 * @param key the key, or null for all
	 */
	@JsonTypeName("36")
	public record Size(PrimitiveId target, byte @Nullable [] key) implements Query {
		public Size {
			Presence.check(target);
		}

	}

	/**
	 * Reads whether there is an entry. Answers {@link Result.Flag}.
	 *
	 * @param target the multimap
	 * @param key the key, or null for any
	 * @param value the value, or null for any
	 */
	@JsonTypeName("37")
	public record Contains(PrimitiveId target, byte @Nullable [] key, byte @Nullable [] value) implements Query {
		public Contains {
			Presence.check(target);
		}

	}

	/**
	 * Reads a page of entries in the order of their keys and then of their values.
	 * Answers {@link Result.Entries}; an empty page is the end. A page ends early at a
	 * limit of bytes.
	 *
	 * @param target the multimap
	 * @param after the entry before the page, or null for the first page; with the
	 * version zero the page begins with the first value of the key
	 * @param within whether it ends with the key of that entry
	 * @param limit the largest number of entries
	 */
	@JsonTypeName("38")
	public record Page(PrimitiveId target, @Nullable KeyValue after, boolean within, int limit) implements Query {
		public Page {
			Presence.check(target);
		}

	}

	/**
	 * Reads a page of keys in their order. Answers {@link Result.Entries} with no values
	 * and the numbers of values as versions; an empty page is the end. A page ends early
	 * at a limit of bytes.
	 *
	 * @param target the multimap
	 * @param after the key before the page, or null for the first page
	 * @param limit the largest number of keys
	 */
	@JsonTypeName("39")
	public record Keys(PrimitiveId target, byte @Nullable [] after, int limit) implements Query {
		public Keys {
			Presence.check(target);
		}

	}

}
