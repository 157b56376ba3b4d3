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
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A query. Its answer is a {@link Result}.
 */
@JsonFormat(shape = Shape.ARRAY)
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
public sealed interface Query extends Operation {

	/**
	 * Returns the primitive the query is for, or null if it is for the whole state.
	 * @return the id
	 */
	@Nullable PrimitiveId target();

	/**
	 * Reads who holds a lock. Answers {@link Result.LockState}.
	 *
	 * @param target the lock
	 */
	@JsonTypeName("1")
	record LockInfo(PrimitiveId target) implements Query {
		public LockInfo {
			Presence.check(target);
		}

	}

	/**
	 * Reads the leadership. Answers {@link Result.Leadership}.
	 *
	 * @param target the election
	 */
	@JsonTypeName("2")
	record LeadershipInfo(PrimitiveId target) implements Query {
		public LeadershipInfo {
			Presence.check(target);
		}

	}

	/**
	 * Reads entries of a map. Answers {@link Result.Entries} with those that exist, in
	 * the order asked for.
	 *
	 * @param target the map
	 * @param keys the keys
	 */
	@JsonTypeName("3")
	record MapGet(PrimitiveId target, List<byte[]> keys) implements Query {
		public MapGet {
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
	record MapSize(PrimitiveId target) implements Query {
		public MapSize {
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
	record MapContainsValue(PrimitiveId target, byte[] value) implements Query {
		public MapContainsValue {
			Presence.check(target, value);
		}

	}

	/**
	 * Reads a page of entries in the order of their keys. Answers {@link Result.Entries};
	 * an empty page is the end. A page ends early at a limit of bytes.
	 *
	 * @param target the map
	 * @param after the key before the page, or null for the first page
	 * @param limit the largest number of entries
	 */
	@JsonTypeName("6")
	record MapPage(PrimitiveId target, byte @Nullable [] after, int limit) implements Query {
		public MapPage {
			Presence.check(target);
		}

	}

	/**
	 * Reads a value. Answers {@link Result.Entries} with one entry or none.
	 *
	 * @param target the value
	 */
	@JsonTypeName("7")
	record ValueGet(PrimitiveId target) implements Query {
		public ValueGet {
			Presence.check(target);
		}

	}

	/**
	 * Reads a number. Answers {@link Result.Number}.
	 *
	 * @param target the number
	 */
	@JsonTypeName("8")
	record LongGet(PrimitiveId target) implements Query {
		public LongGet {
			Presence.check(target);
		}

	}

	/**
	 * Lists primitives in the order of their ids. Answers {@link Result.Primitives}.
	 *
	 * @param type the code of a type, or zero for all
	 */
	@JsonTypeName("9")
	record ListPrimitives(int type) implements Query {

		@Override
		public @Nullable PrimitiveId target() {
			return null;
		}

	}

	/**
	 * Lists the open sessions. Answers {@link Result.Sessions}.
	 */
	@JsonTypeName("10")
	record ListSessions() implements Query {

		@Override
		public @Nullable PrimitiveId target() {
			return null;
		}

	}

}
