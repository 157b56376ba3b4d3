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
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;

/**
 * A replicated number with the vocabulary of
 * {@link java.util.concurrent.atomic.AtomicLong}; it starts at zero and overflows as
 * there. Additions are done by the cluster in one round trip. Update functions run on the
 * calling thread and are retried until no other write came between, so they must be free
 * of side effects. Additions keep the time to live of the number; all other writes
 * without one end it.
 *
 * @since 0.1.0
 */
public interface DistributedLong extends DistributedPrimitive {

	/**
	 * Returns the number.
	 * @return the number
	 */
	long get();

	/**
	 * Returns the number with an explicit consistency.
	 * @param consistency how fresh the read is
	 * @return the number
	 */
	long get(ReadConsistency consistency);

	/**
	 * Sets the number.
	 * @param value the new number
	 */
	void set(long value);

	/**
	 * Sets the number; it becomes zero after the given time.
	 * @param value the new number
	 * @param timeToLive the time to live, positive: a lower bound in replicated time
	 */
	void set(long value, Duration timeToLive);

	/**
	 * Sets the number and returns the old one.
	 * @param value the new number
	 * @return the old number
	 */
	long getAndSet(long value);

	/**
	 * Sets the number if it is the expected one.
	 * @param expected the expected number
	 * @param value the new number
	 * @return whether it was set
	 */
	boolean compareAndSet(long expected, long value);

	/**
	 * Adds to the number.
	 * @param delta what to add
	 * @return the new number
	 */
	long addAndGet(long delta);

	/**
	 * Adds to the number.
	 * @param delta what to add
	 * @return the old number
	 */
	long getAndAdd(long delta);

	/**
	 * Adds one.
	 * @return the new number
	 */
	default long incrementAndGet() {
		return addAndGet(1);
	}

	/**
	 * Subtracts one.
	 * @return the new number
	 */
	default long decrementAndGet() {
		return addAndGet(-1);
	}

	/**
	 * Adds one.
	 * @return the old number
	 */
	default long getAndIncrement() {
		return getAndAdd(1);
	}

	/**
	 * Subtracts one.
	 * @return the old number
	 */
	default long getAndDecrement() {
		return getAndAdd(-1);
	}

	/**
	 * Applies a function to the number atomically.
	 * @param function the function
	 * @return the new number
	 */
	long updateAndGet(LongUnaryOperator function);

	/**
	 * Applies a function to the number atomically.
	 * @param function the function
	 * @return the old number
	 */
	long getAndUpdate(LongUnaryOperator function);

	/**
	 * Combines the number with another atomically.
	 * @param value the second argument of the function
	 * @param function the function
	 * @return the new number
	 */
	long accumulateAndGet(long value, LongBinaryOperator function);

	/**
	 * Combines the number with another atomically.
	 * @param value the second argument of the function
	 * @param function the function
	 * @return the old number
	 */
	long getAndAccumulate(long value, LongBinaryOperator function);

	/**
	 * Adds a listener for the events of the number. It comes back by itself in a new
	 * session, and is told by {@link LongEvent.Type#RESYNC} whenever events may have been
	 * missed: then, after an overflow and when the number was destroyed.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	Registration addListener(LongListener listener);

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncDistributedLong async();

}
