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
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * An event of a primitive, for the sessions that listen to it or are concerned by it.
 */
@JsonFormat(shape = Shape.ARRAY)
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
public sealed interface Event permits Event.Resync, Event.Destroyed, Event.EntryChanged, LockMessages.Granted,
		LockMessages.Lost, ElectionMessages.Changed, LongMessages.Changed, SemaphoreMessages.Granted,
		ReceiptMessages.Ended, TopicMessages.Published, DeliveryMessages.Assigned, BusMessages.Replied,
		LatchMessages.Opened, BarrierMessages.Ended, QueueMessages.Granted, GroupMessages.Changed,
		GroupMessages.Delivered, GroupMessages.Completed {

	/**
	 * Returns the primitive the event is from, or null if it concerns the whole session.
	 * @return the id
	 */
	@Nullable PrimitiveId source();

	/**
	 * Returns about how many bytes the event takes beside its fixed part.
	 * @return the weight
	 */
	default long weight() {
		return 0;
	}

	/**
	 * Events before this one were dropped: reload everything that was kept by events.
	 */
	@JsonTypeName("1")
	record Resync() implements Event {

		@Override
		public @Nullable PrimitiveId source() {
			return null;
		}

	}

	/**
	 * The primitive was destroyed.
	 *
	 * @param source the primitive
	 */
	@JsonTypeName("2")
	record Destroyed(PrimitiveId source) implements Event {
		public Destroyed {
			Presence.check(source);
		}

	}

	/**
	 * An entry of a map, or a value, changed.
	 *
	 * @param source the map or value
	 * @param kind one of the constants
	 * @param key the key; empty for a value
	 * @param old the value before, or null
	 * @param value the value after, or null
	 * @param version the version
	 */
	@JsonTypeName("6")
	record EntryChanged(PrimitiveId source, int kind, byte[] key, byte @Nullable [] old, byte @Nullable [] value,
			long version) implements Event {

		/**
		 * Added or updated.
		 */
		public static final int WRITTEN = 0;

		/**
		 * Removed.
		 */
		public static final int REMOVED = 1;

		/**
		 * The time to live ran out.
		 */
		public static final int EXPIRED = 2;

		@Override
		public long weight() {
			return this.key.length + length(this.old) + length(this.value);
		}

		private static int length(byte @Nullable [] bytes) {
			return (bytes != null) ? bytes.length : 0;
		}

	}

}
