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

package io.github.atomixspring.group;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How a producer sends.
 *
 * @param delivery to whom
 * @param member the id of the member for {@link Delivery#DIRECT}, else null
 * @param execution what the sender waits for
 * @param timeout how long it waits, or null for the operation timeout of the node
 * @since 0.1.0
 */
public record ProducerOptions(Delivery delivery, @Nullable String member, Execution execution,
		@Nullable Duration timeout) {

	public ProducerOptions {
		Objects.requireNonNull(delivery, "'delivery' must not be null");
		Objects.requireNonNull(execution, "'execution' must not be null");
		if ((delivery == Delivery.DIRECT) != (member != null)) {
			throw new IllegalArgumentException("'member' must be set for DIRECT, and only then");
		}
		if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
			throw new IllegalArgumentException("'timeout' must be positive, not " + timeout);
		}
	}

	/**
	 * Returns options for messages to one member, that wait until it has acknowledged.
	 * @param member the id of the member
	 * @return the options
	 */
	public static ProducerOptions direct(String member) {
		return new ProducerOptions(Delivery.DIRECT, Members.check(member), Execution.SYNC, null);
	}

	/**
	 * Returns options for messages to one consumer drawn at random, that wait until it
	 * has acknowledged.
	 * @return the options
	 */
	public static ProducerOptions random() {
		return new ProducerOptions(Delivery.RANDOM, null, Execution.SYNC, null);
	}

	/**
	 * Returns options for messages to all consumers, that wait until they have
	 * acknowledged.
	 * @return the options
	 */
	public static ProducerOptions broadcast() {
		return new ProducerOptions(Delivery.BROADCAST, null, Execution.SYNC, null);
	}

	/**
	 * Returns these options with another execution.
	 * @param newExecution what the sender waits for
	 * @return the options
	 */
	public ProducerOptions withExecution(Execution newExecution) {
		return new ProducerOptions(this.delivery, this.member, newExecution, this.timeout);
	}

	/**
	 * Returns these options with another timeout.
	 * @param newTimeout how long the sender waits, positive
	 * @return the options
	 */
	public ProducerOptions withTimeout(Duration newTimeout) {
		return new ProducerOptions(this.delivery, this.member, this.execution, newTimeout);
	}

}
