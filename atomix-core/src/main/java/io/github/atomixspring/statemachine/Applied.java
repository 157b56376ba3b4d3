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

package io.github.atomixspring.statemachine;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.NumberedResult;
import org.jspecify.annotations.Nullable;

/**
 * What one log entry did.
 *
 * @param deliveries events and answers by session, in the order of the sessions
 * @param opened the sessions opened by token
 * @param ended the sessions that ended, or were named but do not exist
 * @param stopped the sessions whose commands were left alone because they have too many
 * answers to acknowledge; they are to send them again
 * @param failure why the whole entry was refused, or null
 * @param expired how many of the sessions ended because their time ran out
 * @param verify whether the digest of the state at this index is to be computed
 */
public record Applied(Map<Long, Delivery> deliveries, Map<String, Long> opened, List<Long> ended, Set<Long> stopped,
		@Nullable String failure, int expired, boolean verify) {

	/**
	 * What a session is to receive.
	 *
	 * @param events the events
	 * @param results the answers
	 */
	public record Delivery(List<NumberedEvent> events, List<NumberedResult> results) {

	}

}
