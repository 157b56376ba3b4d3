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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of a {@link DistributedValue}, with the same operations under the
 * same names.
 *
 * @param <V> the type of the value
 * @since 0.1.0
 */
public interface AsyncDistributedValue<V> {

	/**
	 * See {@link DistributedValue#get()}.
	 * @return the value, or null
	 */
	CompletableFuture<@Nullable V> get();

	/**
	 * See {@link DistributedValue#get(ReadConsistency)}.
	 * @param consistency how fresh the read is
	 * @return the value, or null
	 */
	CompletableFuture<@Nullable V> get(ReadConsistency consistency);

	/**
	 * See {@link DistributedValue#getVersioned()}.
	 * @return the value and its version, or empty
	 */
	CompletableFuture<Optional<Versioned<V>>> getVersioned();

	/**
	 * See {@link DistributedValue#getVersioned(ReadConsistency)}.
	 * @param consistency how fresh the read is
	 * @return the value and its version, or empty
	 */
	CompletableFuture<Optional<Versioned<V>>> getVersioned(ReadConsistency consistency);

	/**
	 * See {@link DistributedValue#set(Object)}.
	 * @param value the new value; null removes it
	 * @return completes when the value is set
	 */
	CompletableFuture<Void> set(@Nullable V value);

	/**
	 * See {@link DistributedValue#set(Object, Duration)}.
	 * @param value the new value
	 * @param timeToLive the time to live
	 * @return completes when the value is set
	 */
	CompletableFuture<Void> set(V value, Duration timeToLive);

	/**
	 * See {@link DistributedValue#getAndSet(Object)}.
	 * @param value the new value; null removes it
	 * @return the old value, or null
	 */
	CompletableFuture<@Nullable V> getAndSet(@Nullable V value);

	/**
	 * See {@link DistributedValue#compareAndSet(Object, Object)}.
	 * @param expected the expected value; null expects none
	 * @param value the new value; null removes it
	 * @return whether it was set
	 */
	CompletableFuture<Boolean> compareAndSet(@Nullable V expected, @Nullable V value);

	/**
	 * See {@link DistributedValue#compareAndSet(Object, Object, Duration)}.
	 * @param expected the expected value; null expects none
	 * @param value the new value
	 * @param timeToLive the time to live
	 * @return whether it was set
	 */
	CompletableFuture<Boolean> compareAndSet(@Nullable V expected, V value, Duration timeToLive);

	/**
	 * See {@link DistributedValue#setIfVersion(long, Object)}.
	 * @param version the expected version, positive; zero expects no value
	 * @param value the new value; null removes it
	 * @return whether it was set
	 */
	CompletableFuture<Boolean> setIfVersion(long version, @Nullable V value);

	/**
	 * See {@link DistributedValue#updateAndGet(UnaryOperator)}.
	 * @param function the function, run on the callback executor
	 * @return the new value
	 */
	CompletableFuture<@Nullable V> updateAndGet(UnaryOperator<@Nullable V> function);

	/**
	 * See {@link DistributedValue#getAndUpdate(UnaryOperator)}.
	 * @param function the function, run on the callback executor
	 * @return the old value
	 */
	CompletableFuture<@Nullable V> getAndUpdate(UnaryOperator<@Nullable V> function);

	/**
	 * See {@link DistributedValue#accumulateAndGet(Object, BinaryOperator)}.
	 * @param value the second argument of the function
	 * @param function the function, run on the callback executor
	 * @return the new value
	 */
	CompletableFuture<@Nullable V> accumulateAndGet(V value, BinaryOperator<@Nullable V> function);

	/**
	 * See {@link DistributedValue#getAndAccumulate(Object, BinaryOperator)}.
	 * @param value the second argument of the function
	 * @param function the function, run on the callback executor
	 * @return the old value
	 */
	CompletableFuture<@Nullable V> getAndAccumulate(V value, BinaryOperator<@Nullable V> function);

	/**
	 * See {@link DistributedValue#addListener(ValueListener)}.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> addListener(ValueListener<V> listener);

}
