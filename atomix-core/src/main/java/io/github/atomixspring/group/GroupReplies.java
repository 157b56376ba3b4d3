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

package io.github.atomixspring.group;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * What came back for a message.
 *
 * @param <R> the type of the replies
 * @param replies the replies, by the id of the member
 * @param acknowledged the ids of the members that acknowledged it without a reply
 * @param failed the ids of the members that failed or left
 * @since 0.1.0
 */
public record GroupReplies<R>(Map<String, R> replies, Set<String> acknowledged, Set<String> failed) {

	public GroupReplies {
		replies = Map.copyOf(replies);
		acknowledged = Set.copyOf(acknowledged);
		failed = Set.copyOf(failed);
	}

	/**
	 * Returns a reply.
	 * @return the only one, or any of several
	 * @throws NoSuchElementException if there is none
	 */
	public R reply() {
		return this.replies.values()
			.stream()
			.findFirst()
			.orElseThrow(() -> new NoSuchElementException("No member has replied"));
	}

}
