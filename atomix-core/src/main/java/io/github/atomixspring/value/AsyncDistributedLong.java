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

package io.github.atomixspring.value;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;

/**
 * The asynchronous face of a {@link DistributedLong}, with the same operations under the
 * same names.
 *
 * @since 0.1.0
 */
public interface AsyncDistributedLong {

	/**
	 * See {@link DistributedLong#get()}.
	 * @return the number
	 */
	CompletableFuture<Long> get();

	/**
	 * See {@link DistributedLong#get(ReadConsistency)}.
	 * @param consistency how fresh the read is
	 * @return the number
	 */
	CompletableFuture<Long> get(ReadConsistency consistency);

	/**
	 * See {@link DistributedLong#set(long)}.
	 * @param value the new number
	 * @return completes when the number is set
	 */
	CompletableFuture<Void> set(long value);

	/**
	 * See {@link DistributedLong#set(long, Duration)}.
	 * @param value the new number
	 * @param timeToLive the time to live
	 * @return completes when the number is set
	 */
	CompletableFuture<Void> set(long value, Duration timeToLive);

	/**
	 * See {@link DistributedLong#getAndSet(long)}.
	 * @param value the new number
	 * @return the old number
	 */
	CompletableFuture<Long> getAndSet(long value);

	/**
	 * See {@link DistributedLong#compareAndSet(long, long)}.
	 * @param expected the expected number
	 * @param value the new number
	 * @return whether it was set
	 */
	CompletableFuture<Boolean> compareAndSet(long expected, long value);

	/**
	 * See {@link DistributedLong#addAndGet(long)}.
	 * @param delta what to add
	 * @return the new number
	 */
	CompletableFuture<Long> addAndGet(long delta);

	/**
	 * See {@link DistributedLong#getAndAdd(long)}.
	 * @param delta what to add
	 * @return the old number
	 */
	CompletableFuture<Long> getAndAdd(long delta);

	/**
	 * See {@link DistributedLong#incrementAndGet()}.
	 * @return the new number
	 */
	default CompletableFuture<Long> incrementAndGet() {
		return addAndGet(1);
	}

	/**
	 * See {@link DistributedLong#decrementAndGet()}.
	 * @return the new number
	 */
	default CompletableFuture<Long> decrementAndGet() {
		return addAndGet(-1);
	}

	/**
	 * See {@link DistributedLong#getAndIncrement()}.
	 * @return the old number
	 */
	default CompletableFuture<Long> getAndIncrement() {
		return getAndAdd(1);
	}

	/**
	 * See {@link DistributedLong#getAndDecrement()}.
	 * @return the old number
	 */
	default CompletableFuture<Long> getAndDecrement() {
		return getAndAdd(-1);
	}

	/**
	 * See {@link DistributedLong#updateAndGet(LongUnaryOperator)}.
	 * @param function the function, run on the callback executor
	 * @return the new number
	 */
	CompletableFuture<Long> updateAndGet(LongUnaryOperator function);

	/**
	 * See {@link DistributedLong#getAndUpdate(LongUnaryOperator)}.
	 * @param function the function, run on the callback executor
	 * @return the old number
	 */
	CompletableFuture<Long> getAndUpdate(LongUnaryOperator function);

	/**
	 * See {@link DistributedLong#accumulateAndGet(long, LongBinaryOperator)}.
	 * @param value the second argument of the function
	 * @param function the function, run on the callback executor
	 * @return the new number
	 */
	CompletableFuture<Long> accumulateAndGet(long value, LongBinaryOperator function);

	/**
	 * See {@link DistributedLong#getAndAccumulate(long, LongBinaryOperator)}.
	 * @param value the second argument of the function
	 * @param function the function, run on the callback executor
	 * @return the old number
	 */
	CompletableFuture<Long> getAndAccumulate(long value, LongBinaryOperator function);

	/**
	 * See {@link DistributedLong#addListener(LongListener)}.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> addListener(LongListener listener);

}
