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
 * Messages of maps.
 */
public final class MapMessages {

	/**
	 * The number of bytes of keys and values at which an answer with several entries
	 * ends, although more was asked for.
	 */
	public static final int MAX_ANSWER_BYTES = 1 << 20;

	private MapMessages() {
	}

	/**
	 * Writes one entry of a map under a condition. Answers {@link Result.Updated}.
	 *
	 * @param target the map
	 * @param key the key
	 * @param value the new value, or null to remove the entry
	 * @param timeToLive the time to live; zero for the default of the map
	 * @param condition when to write
	 * @param wantOld whether the old value is part of the answer; it always is when the
	 * condition failed
	 */
	@JsonTypeName("12")
	public record Update(PrimitiveId target, byte[] key, byte @Nullable [] value, long timeToLive, Condition condition,
			boolean wantOld) implements Command {
		public Update {
			Presence.check(target, key, condition);
		}

		@Override
		public boolean shrinks() {
			return this.value == null;
		}

	}

	/**
	 * Writes several entries of a map. Answers {@link Result.Done}.
	 *
	 * @param target the map
	 * @param entries the entries
	 * @param timeToLive the time to live; zero for the default of the map
	 */
	@JsonTypeName("13")
	public record PutAll(PrimitiveId target, List<KeyValue> entries, long timeToLive) implements Command {
		public PutAll {
			Presence.check(target);
			entries = List.copyOf(entries);
		}

	}

	/**
	 * Removes all entries of a map. Answers {@link Result.Done}.
	 *
	 * @param target the map
	 */
	@JsonTypeName("14")
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
	 * Reads entries of a map. Answers {@link Result.Entries} with those that exist, in
	 * the order asked for. Where the entries have {@link #MAX_ANSWER_BYTES} or more the
	 * keys after the last entry were not looked at.
	 *
	 * @param target the map
	 * @param keys the keys
	 */
	@JsonTypeName("3")
	public record Get(PrimitiveId target, List<byte[]> keys) implements Query {
		public Get {
			Presence.check(target);
			keys = List.copyOf(keys);
		}

	}

	/**
	 * Reads the number of entries. Answers {@link Result.Number}.
	 *
	 * @param target the map
	 */
	@JsonTypeName("4")
	public record Size(PrimitiveId target) implements Query {
		public Size {
			Presence.check(target);
		}

	}

	/**
	 * Reads whether an entry has a value. Answers {@link Result.Flag}.
	 *
	 * @param target the map
	 * @param value the value
	 */
	@JsonTypeName("5")
	public record ContainsValue(PrimitiveId target, byte[] value) implements Query {
		public ContainsValue {
			Presence.check(target, value);
		}

	}

	/**
	 * Reads a page of entries in the order of their keys. Answers {@link Result.Entries};
	 * an empty page is the end. A page ends early at {@link #MAX_ANSWER_BYTES}.
	 *
	 * @param target the map
	 * @param after the key before the page, or null for the first page
	 * @param limit the largest number of entries
	 */
	@JsonTypeName("6")
	public record Page(PrimitiveId target, byte @Nullable [] after, int limit) implements Query {
		public Page {
			Presence.check(target);
		}

	}

}
