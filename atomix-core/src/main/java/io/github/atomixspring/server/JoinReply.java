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

package io.github.atomixspring.server;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Answers a {@link JoinRequest}.
 *
 * @param accepted whether the member is a peer now
 * @param reason why not, or null
 * @param leader the id of the node to ask instead, or null
 */
@JsonFormat(shape = Shape.ARRAY)
record JoinReply(boolean accepted, @Nullable String reason, @Nullable String leader) {

	/**
	 * Returns an answer to one who is a peer.
	 * @return the answer
	 */
	static JoinReply yes() {
		return new JoinReply(true, null, null);
	}

	/**
	 * Returns an answer to one who is no peer.
	 * @param reason why not
	 * @return the answer
	 */
	static JoinReply no(String reason) {
		return new JoinReply(false, reason, null);
	}

}
