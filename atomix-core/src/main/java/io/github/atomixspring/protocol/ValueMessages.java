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
import org.jspecify.annotations.Nullable;

/**
 * Messages of values.
 */
public final class ValueMessages {

	private ValueMessages() {
	}

	/**
	 * Writes a value under a condition. Answers {@link Result.Updated}.
	 *
	 * @param target the value
	 * @param value the new value, or null to remove it
	 * @param timeToLive the time to live; zero for none
	 * @param condition when to write
	 */
	@JsonTypeName("15")
	public record Update(PrimitiveId target, byte @Nullable [] value, long timeToLive,
			Condition condition) implements Command {
		public Update {
			Presence.check(target, condition);
		}

		@Override
		public boolean shrinks() {
			return this.value == null;
		}

	}

	/**
	 * Reads a value. Answers {@link Result.Entries} with one entry or none.
	 *
	 * @param target the value
	 */
	@JsonTypeName("7")
	public record Get(PrimitiveId target) implements Query {
		public Get {
			Presence.check(target);
		}

	}

}
