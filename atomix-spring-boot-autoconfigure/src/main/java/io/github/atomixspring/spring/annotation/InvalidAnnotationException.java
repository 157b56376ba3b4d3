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

package io.github.atomixspring.spring.annotation;

import io.github.atomixspring.primitive.AtomixException;
import org.jspecify.annotations.Nullable;

/**
 * An annotation is used where it cannot work.
 *
 * @since 0.1.0
 */
public class InvalidAnnotationException extends AtomixException {

	private final String action;

	/**
	 * Creates an exception.
	 * @param message what is wrong and where
	 * @param action what to do
	 */
	public InvalidAnnotationException(String message, String action) {
		super(message);
		this.action = action;
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what is wrong and where
	 * @param action what to do
	 * @param cause how it was noticed
	 */
	public InvalidAnnotationException(String message, String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = action;
	}

	/**
	 * Returns what to do.
	 * @return the remedy
	 */
	public String getAction() {
		return this.action;
	}

}
