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

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Messages of numbers.
 */
public final class LongMessages {

	private LongMessages() {
	}

	/**
	 * Adds to a number. Answers {@link Updated}.
	 *
	 * @param target the number
	 * @param delta what to add
	 */
	@JsonTypeName("16")
	public record Add(PrimitiveId target, long delta) implements Command {
		public Add {
			Presence.check(target);
		}

	}

	/**
	 * Sets a number. Answers {@link Updated}.
	 *
	 * @param target the number
	 * @param value the new number
	 * @param timeToLive the time to live; zero for none
	 */
	@JsonTypeName("17")
	public record Set(PrimitiveId target, long value, long timeToLive) implements Command {
		public Set {
			Presence.check(target);
		}

	}

	/**
	 * Sets a number if it is the expected one. Answers {@link Updated}.
	 *
	 * @param target the number
	 * @param expected the expected number
	 * @param value the new number
	 */
	@JsonTypeName("18")
	public record CompareAndSet(PrimitiveId target, long expected, long value) implements Command {
		public CompareAndSet {
			Presence.check(target);
		}

	}

	/**
	 * Reads a number. Answers {@link Result.Number}.
	 *
	 * @param target the number
	 */
	@JsonTypeName("8")
	public record Get(PrimitiveId target) implements Query {
		public Get {
			Presence.check(target);
		}

	}

	/**
	 * Reads a number and its version. Answers {@link Versioned}.
	 *
	 * @param target the number
	 */
	@JsonTypeName("110")
	public record GetVersioned(PrimitiveId target) implements Query {
		public GetVersioned {
			Presence.check(target);
		}

	}

	/**
	 * A number changed.
	 *
	 * @param source the number
	 * @param reset whether it became zero by its time to live
	 * @param old the number before
	 * @param value the number after
	 * @param version the version
	 */
	@JsonTypeName("7")
	public record Changed(PrimitiveId source, boolean reset, long old, long value, long version) implements Event {
		public Changed {
			Presence.check(source);
		}

	}

	/**
	 * The outcome of a write of a number.
	 *
	 * @param updated whether it was written
	 * @param old the number before
	 * @param value the number after
	 */
	@JsonTypeName("6")
	public record Updated(boolean updated, long old, long value) implements Result {

	}

	/**
	 * A number and its version.
	 *
	 * @param value the number
	 * @param version the version, or zero if it was never written since it exists
	 */
	@JsonTypeName("110")
	public record Versioned(long value, long version) implements Result {

	}

}
