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

package io.github.atomixspring.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.atomixspring.primitive.AtomixException;

/**
 * The future a user gets: completed on the executor of callbacks, so that what depends on
 * it runs there. Cancelling it cancels the source.
 *
 * @param <T> the type of the result
 */
final class ExposedFuture<T> extends CompletableFuture<T> {

	private final CompletableFuture<T> source;

	private final Executor executor;

	ExposedFuture(CompletableFuture<T> source, Executor executor) {
		this.source = source;
		this.executor = executor;
		source.whenCompleteAsync((value, failure) -> {
			if (failure != null) {
				completeExceptionally(AtomixException.unwrap(failure));
			}
			else {
				complete(value);
			}
		}, executor);
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		if (cancelled) {
			this.source.cancel(mayInterruptIfRunning);
		}
		return cancelled;
	}

	@Override
	public Executor defaultExecutor() {
		return this.executor;
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

}
