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

package io.github.atomixspring.sync;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous face of a {@link DistributedCountDownLatch}. Whatever ends the future
 * of a wait early, such as {@code cancel} and {@code orTimeout}, withdraws the wait.
 *
 * @since 0.1.0
 */
public interface AsyncDistributedCountDownLatch {

	/**
	 * Waits until the count is zero.
	 * @return completes then
	 */
	CompletableFuture<Void> await();

	/**
	 * Waits until the count is zero, at most the given time.
	 * @param timeout the longest wait; zero or less does not wait
	 * @return whether the count is zero; false if the time ran out
	 */
	CompletableFuture<Boolean> await(Duration timeout);

	/**
	 * Counts down by one. At zero it does nothing.
	 * @return completes when it was counted
	 */
	CompletableFuture<Void> countDown();

	/**
	 * Returns the count, linearizably.
	 * @return what is left to count down
	 */
	CompletableFuture<Long> getCount();

}
