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
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * A replicated value with the vocabulary of
 * {@link java.util.concurrent.atomic.AtomicReference}. Null means that there is no value.
 * Values are compared by their encoded bytes. Update functions run on the calling thread
 * and are retried until no other write came between, so they must be free of side
 * effects. A value that is written without a time to live stays until it is replaced or
 * removed.
 *
 * @param <V> the type of the value
 * @since 0.1.0
 */
public interface DistributedValue<V> extends DistributedPrimitive {

	/**
	 * Returns the value.
	 * @return the value, or null
	 */
	@Nullable V get();

	/**
	 * Returns the value with an explicit consistency.
	 * @param consistency how fresh the read is
	 * @return the value, or null
	 */
	@Nullable V get(ReadConsistency consistency);

	/**
	 * Returns the value and its version.
	 * @return the value and its version, or empty
	 */
	Optional<Versioned<V>> getVersioned();

	/**
	 * Returns the value and its version with an explicit consistency.
	 * @param consistency how fresh the read is
	 * @return the value and its version, or empty
	 */
	Optional<Versioned<V>> getVersioned(ReadConsistency consistency);

	/**
	 * Sets the value.
	 * @param value the new value; null removes it
	 */
	void set(@Nullable V value);

	/**
	 * Sets a value that is removed after the given time.
	 * @param value the new value
	 * @param timeToLive the time to live, positive: a lower bound in replicated time
	 */
	void set(V value, Duration timeToLive);

	/**
	 * Sets the value and returns the old one.
	 * @param value the new value; null removes it
	 * @return the old value, or null
	 */
	@Nullable V getAndSet(@Nullable V value);

	/**
	 * Sets the value if it is the expected one.
	 * @param expected the expected value; null expects none
	 * @param value the new value; null removes it
	 * @return whether it was set
	 */
	boolean compareAndSet(@Nullable V expected, @Nullable V value);

	/**
	 * Sets the value, with a time to live, if it is the expected one.
	 * @param expected the expected value; null expects none
	 * @param value the new value
	 * @param timeToLive the time to live, positive
	 * @return whether it was set
	 */
	boolean compareAndSet(@Nullable V expected, V value, Duration timeToLive);

	/**
	 * Sets the value if it has the expected version.
	 * @param version the expected version, positive; zero expects no value
	 * @param value the new value; null removes it
	 * @return whether it was set
	 */
	boolean setIfVersion(long version, @Nullable V value);

	/**
	 * Applies a function to the value atomically.
	 * @param function the function
	 * @return the new value
	 */
	@Nullable V updateAndGet(UnaryOperator<@Nullable V> function);

	/**
	 * Applies a function to the value atomically.
	 * @param function the function
	 * @return the old value
	 */
	@Nullable V getAndUpdate(UnaryOperator<@Nullable V> function);

	/**
	 * Combines the value with another atomically.
	 * @param value the second argument of the function
	 * @param function the function
	 * @return the new value
	 */
	@Nullable V accumulateAndGet(V value, BinaryOperator<@Nullable V> function);

	/**
	 * Combines the value with another atomically.
	 * @param value the second argument of the function
	 * @param function the function
	 * @return the old value
	 */
	@Nullable V getAndAccumulate(V value, BinaryOperator<@Nullable V> function);

	/**
	 * Adds a listener for the events of the value. It comes back by itself in a new
	 * session, and is told by {@link ValueEvent.Type#RESYNC} whenever events may have
	 * been missed: then, after an overflow and when the value was destroyed. An event
	 * that cannot be decoded is logged and left out.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	Registration addListener(ValueListener<V> listener);

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncDistributedValue<V> async();

}
