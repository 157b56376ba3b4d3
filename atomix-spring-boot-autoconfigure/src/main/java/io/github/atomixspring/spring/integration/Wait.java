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

package io.github.atomixspring.spring.integration;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.github.atomixspring.primitive.AtomixException;
import org.jspecify.annotations.Nullable;

/**
 * A way to wait for an operation of the asynchronous face.
 *
 * @param <E> what ends the wait early
 */
interface Wait<E extends Exception> {

	/**
	 * Goes on when the thread is interrupted and keeps its flag.
	 */
	Wait<RuntimeException> UNINTERRUPTIBLE = Wait::uninterruptibly;

	/**
	 * Ends when the thread is interrupted.
	 */
	Wait<InterruptedException> INTERRUPTIBLE = Wait::interruptibly;

	/**
	 * Waits.
	 * @param <T> the type of the result
	 * @param future the operation
	 * @return its result
	 * @throws E if the wait ended early
	 * @throws RuntimeException the exception of the operation
	 */
	<T extends @Nullable Object> T on(CompletableFuture<T> future) throws E;

	private static <T extends @Nullable Object> T uninterruptibly(CompletableFuture<T> future) {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return interruptibly(future);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static <T extends @Nullable Object> T interruptibly(CompletableFuture<T> future)
			throws InterruptedException {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			if (cause instanceof RuntimeException runtime) {
				throw runtime;
			}
			if (cause instanceof Error error) {
				throw error;
			}
			throw new AtomixException("The operation failed", cause);
		}
	}

}
