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
 * A query. Its answer is a {@link Result}.
 */
@JsonFormat(shape = Shape.ARRAY)
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
public sealed interface Query extends Operation permits Query.ListPrimitives, Query.ListSessions, LockMessages.Info,
		ElectionMessages.Info, MapMessages.Get, MapMessages.Size, MapMessages.ContainsValue, MapMessages.Page,
		ValueMessages.Get, LongMessages.Get, SemaphoreMessages.Info, LongMessages.GetVersioned,
		DeliveryMessages.Content, TaskMessages.Count, LatchMessages.Get, BarrierMessages.Info, SetMessages.Get,
		SetMessages.Contains, SetMessages.Size, SetMessages.Page, QueueMessages.Size, QueueMessages.Contains,
		QueueMessages.Page, NavigableMapMessages.RangePage, NavigableMapMessages.RangeSize, TreeMessages.Get,
		TreeMessages.Children, GroupMessages.Info, MultimapMessages.Size, MultimapMessages.Contains,
		MultimapMessages.Page, MultimapMessages.Keys {

	/**
	 * Returns the primitive the query is for, or null if it is for the whole state.
	 * @return the id
	 */
	@Nullable PrimitiveId target();

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
