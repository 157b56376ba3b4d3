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

import java.util.Set;

import io.github.atomixspring.primitive.AtomixException;

/**
 * A message reached no consumer, or not all who got it could do what it asks for.
 *
 * @since 0.1.0
 */
public class MessageFailedException extends AtomixException {

	private final Set<String> failed;

	/**
	 * Creates an exception.
	 * @param message what happened
	 * @param failed the ids of the members that failed or left
	 */
	public MessageFailedException(String message, Set<String> failed) {
		super(message);
		this.failed = Set.copyOf(failed);
	}

	/**
	 * Returns who failed.
	 * @return the ids of the members that failed or left
	 */
	public Set<String> failed() {
		return this.failed;
	}

}
