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

import io.github.atomixspring.primitive.AtomixException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes are no message of this protocol.
 */
public class ProtocolException extends AtomixException {

	private final ErrorCode code;

	/**
	 * Creates an exception.
	 * @param code {@link ErrorCode#MALFORMED} or {@link ErrorCode#UNSUPPORTED}
	 * @param message what was wrong
	 * @param cause the cause
	 */
	public ProtocolException(ErrorCode code, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.code = code;
	}

	/**
	 * Returns whether the message is malformed or of an unknown type.
	 * @return the code
	 */
	public ErrorCode code() {
		return this.code;
	}

}
