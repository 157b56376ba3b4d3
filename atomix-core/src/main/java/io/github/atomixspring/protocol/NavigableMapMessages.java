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

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Messages of navigable maps, beside those of maps. Keys are in the order of their bytes,
 * compared as unsigned numbers.
 */
public final class NavigableMapMessages {

	private NavigableMapMessages() {
	}

	/**
	 * Removes the first or the last entry of a range. Answers {@link Result.Entries} with
	 * the entry, or with none if the range was empty.
	 *
	 * @param target the map
	 * @param range the range
	 * @param last whether the last one
	 */
	@JsonTypeName("52")
	public record Poll(PrimitiveId target, Range range, boolean last) implements Command {
		public Poll {
			Presence.check(target, range);
		}

		@Override
		public boolean shrinks() {
			return true;
		}

	}

	/**
	 * Removes all entries of a range. Answers {@link Result.Done}.
	 *
	 * @param target the map
	 * @param range the range
	 */
	@JsonTypeName("53")
	public record ClearRange(PrimitiveId target, Range range) implements Command {
		public ClearRange {
			Presence.check(target, range);
		}

		@Override
		public boolean shrinks() {
			return true;
		}

	}

	/**
	 * Reads the first or last entries of a range. Answers {@link Result.Entries}; an
	 * empty answer is the end. An answer ends early at
	 * {@link MapMessages#MAX_ANSWER_BYTES}.
	 *
	 * @param target the map
	 * @param range the range
	 * @param descending whether to begin with the last entry
	 * @param limit the largest number of entries
	 */
	@JsonTypeName("50")
	public record RangePage(PrimitiveId target, Range range, boolean descending, int limit) implements Query {
		public RangePage {
			Presence.check(target, range);
		}

	}

	/**
	 * Counts the entries of a range. Answers {@link Result.Number}.
	 *
	 * @param target the map
	 * @param range the range
	 */
	@JsonTypeName("51")
	public record RangeSize(PrimitiveId target, Range range) implements Query {
		public RangeSize {
			Presence.check(target, range);
		}

	}

	/**
	 * A range of keys. One that begins after its end is empty.
	 *
	 * @param from the lower bound, or null for none
	 * @param fromInclusive whether the lower bound belongs to it
	 * @param to the upper bound, or null for none
	 * @param toInclusive whether the upper bound belongs to it
	 */
	@JsonFormat(shape = Shape.ARRAY)
	public record Range(byte @Nullable [] from, boolean fromInclusive, byte @Nullable [] to, boolean toInclusive) {

		/**
		 * All keys.
		 */
		public static final Range ALL = new Range(null, false, null, false);

		/**
		 * Returns this range with another lower bound.
		 * @param bound the bound, or null for none
		 * @param inclusive whether it belongs to the range
		 * @return the range
		 */
		public Range startingAt(byte @Nullable [] bound, boolean inclusive) {
			return new Range(bound, inclusive, this.to, this.toInclusive);
		}

		/**
		 * Returns this range with another upper bound.
		 * @param bound the bound, or null for none
		 * @param inclusive whether it belongs to the range
		 * @return the range
		 */
		public Range endingAt(byte @Nullable [] bound, boolean inclusive) {
			return new Range(this.from, this.fromInclusive, bound, inclusive);
		}

	}

}
