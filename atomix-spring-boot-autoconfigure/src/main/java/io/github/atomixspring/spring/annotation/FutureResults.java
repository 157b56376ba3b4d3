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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.AtomixException;
import org.jspecify.annotations.Nullable;

/**
 * Futures that end with others.
 */
final class FutureResults {

	private FutureResults() {
	}

	/**
	 * Returns a future that ends as another does.
	 * @param work the other
	 * @return the future
	 */
	static CompletableFuture<@Nullable Object> follow(CompletionStage<?> work) {
		return follow(work, () -> CompletableFuture.completedFuture(null));
	}

	/**
	 * Returns a future that ends as another does, but later, when what follows the other
	 * has ended too. If what follows fails so does the future. To cancel it cancels the
	 * other.
	 * @param work the other
	 * @param ending begins what follows
	 * @return the future
	 */
	static CompletableFuture<@Nullable Object> follow(CompletionStage<?> work,
			Supplier<? extends CompletionStage<?>> ending) {
		CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
		work.whenComplete((value, failure) -> ending.get().whenComplete((ended, ex) -> {
			if (failure != null) {
				result.completeExceptionally(AtomixException.unwrap(failure));
			}
			else if (ex != null) {
				result.completeExceptionally(AtomixException.unwrap(ex));
			}
			else {
				result.complete(value);
			}
		}));
		result.whenComplete((value, ex) -> {
			if (result.isCancelled() && work instanceof Future<?> future) {
				future.cancel(true);
			}
		});
		return result;
	}

}
