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

/**
 * The session in which an operation ran, or which held a claim, has ended. The operation
 * did not take effect; a held claim is lost. A new session is opened by itself.
 *
 * @since 0.1.0
 */
public class SessionExpiredException extends AtomixException {

	/**
	 * Creates an exception.
	 * @param message which session, and what was lost
	 */
	public SessionExpiredException(String message) {
		super(message);
	}

}
