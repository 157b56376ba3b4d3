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

import java.util.List;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Asks a member to describe itself. It says who asks, so that both sides can warn of a
 * wrong configuration.
 *
 * @param version the version of the protocol
 * @param cluster the name of the cluster of the one who asks
 * @param clusterId the id of its cluster, or null if it has none yet
 * @param node its id
 * @param members its configured members in the {@linkplain NodeDescription#describe(List)
 * form in which they are compared}; none if they are not to be compared
 */
@JsonFormat(shape = Shape.ARRAY)
record DescribeRequest(int version, String cluster, @Nullable String clusterId, String node, List<String> members) {

	static final int MAX_TEXT = 1024;

	/**
	 * Checks the texts: they come from anyone and go to the log.
	 */
	DescribeRequest {
		checkText(cluster);
		checkText(node);
		members = List.copyOf(members);
		members.forEach(DescribeRequest::checkText);
	}

	/**
	 * Checks a text of another member.
	 * @param text the text
	 * @throws IllegalArgumentException if it is missing, too long or not printable
	 */
	static void checkText(@Nullable String text) {
		if (text == null || text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
			throw new IllegalArgumentException("not a printable text of up to " + MAX_TEXT + " characters");
		}
	}

}
