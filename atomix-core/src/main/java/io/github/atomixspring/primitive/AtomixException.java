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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

/**
 * The root of the exceptions of this library. Those of locks and permits are
 * {@link IllegalMonitorStateException}s instead, as the contract of
 * {@link java.util.concurrent.locks.Lock} has it.
 *
 * @since 0.1.0
 */
public class AtomixException extends RuntimeException {

	/**
	 * Creates an exception.
	 * @param message what happened and what to do
	 */
	public AtomixException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what happened and what to do
	 * @param cause the cause
	 */
	public AtomixException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Takes off what a {@link CompletableFuture} wraps around the failure of a stage
	 * before.
	 * @param failure what a stage was told or {@link CompletableFuture#join()} has thrown
	 * @return the failure itself, of an operation of this library an
	 * {@link AtomixException} in most cases
	 */
	public static Throwable unwrap(Throwable failure) {
		Throwable current = failure;
		Throwable cause = current.getCause();
		while (current instanceof CompletionException && cause != null) {
			current = cause;
			cause = current.getCause();
		}
		return current;
	}

}
