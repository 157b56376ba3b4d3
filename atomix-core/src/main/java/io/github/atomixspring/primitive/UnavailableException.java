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

package io.github.atomixspring.primitive;

import org.jspecify.annotations.Nullable;

/**
 * The cluster could not be reached in time: the command was never sent, or the read got
 * no answer; or it takes no commands at the moment. Nothing happened, so it is safe to
 * try again.
 *
 * @since 0.1.0
 */
public class UnavailableException extends AtomixException {

	/**
	 * Creates an exception.
	 * @param message what could not be reached, and for how long
	 * @param cause the cause
	 */
	public UnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
