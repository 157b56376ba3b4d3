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

package io.github.atomixspring.spring.lock;

import io.github.atomixspring.primitive.AtomixException;
import org.jspecify.annotations.Nullable;

/**
 * A method that runs only under a lock was called and the lock was not acquired in time.
 * The method was not called.
 *
 * @since 0.1.0
 */
public class LockNotAcquiredException extends AtomixException {

	/**
	 * Creates an exception.
	 * @param message the method, the lock and how long it waited
	 */
	public LockNotAcquiredException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message the method, the lock and how long it waited
	 * @param cause what ended the wait
	 */
	public LockNotAcquiredException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
