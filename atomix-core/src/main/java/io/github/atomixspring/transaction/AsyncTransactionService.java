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

package io.github.atomixspring.transaction;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of a {@link TransactionService}. Functions run on the callback
 * executor and wait there for what they read.
 *
 * @since 0.1.0
 */
public interface AsyncTransactionService {

	/**
	 * See {@link TransactionService#execute(Function)}.
	 * @param <T> the type of what the function returns
	 * @param function the function
	 * @return what became of it: a conflict is an outcome, not an exception
	 */
	<T> CompletableFuture<TransactionResult<T>> execute(Function<? super Transaction, ? extends @Nullable T> function);

	/**
	 * See {@link TransactionService#execute(int, Function)}.
	 * @param <T> the type of what the function returns
	 * @param attempts how often the function is run at most, positive
	 * @param function the function
	 * @return the outcome of the last attempt: a conflict only if all attempts ended with
	 * one
	 */
	<T> CompletableFuture<TransactionResult<T>> execute(int attempts,
			Function<? super Transaction, ? extends @Nullable T> function);

}
