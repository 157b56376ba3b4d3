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

package io.github.atomixspring.messaging;

import java.util.Objects;

import io.github.atomixspring.protocol.TaskMessages;

/**
 * How a consumer takes tasks.
 *
 * @param parallelism how many tasks the consumer has at a time, from 1 to 1,000
 * @param acknowledgement how the cluster learns that a task is done
 * @since 0.1.0
 */
public record ConsumerOptions(int parallelism, Acknowledgement acknowledgement) {

	public ConsumerOptions {
		Objects.requireNonNull(acknowledgement, "'acknowledgement' must not be null");
		if (parallelism < 1 || parallelism > TaskMessages.MAX_PARALLELISM) {
			throw new IllegalArgumentException(
					"'parallelism' must be from 1 to " + TaskMessages.MAX_PARALLELISM + ", not " + parallelism);
		}
	}

	/**
	 * Returns options with automatic acknowledgement.
	 * @param parallelism how many tasks the consumer has at a time, from 1 to 1,000
	 * @return the options
	 */
	public static ConsumerOptions parallel(int parallelism) {
		return new ConsumerOptions(parallelism, Acknowledgement.AUTOMATIC);
	}

	/**
	 * Returns these options with another acknowledgement.
	 * @param newAcknowledgement how the cluster learns that a task is done
	 * @return the options
	 */
	public ConsumerOptions withAcknowledgement(Acknowledgement newAcknowledgement) {
		return new ConsumerOptions(this.parallelism, newAcknowledgement);
	}

	/**
	 * How the cluster learns that a task is done.
	 */
	public enum Acknowledgement {

		/**
		 * By the return of the handler.
		 */
		AUTOMATIC,

		/**
		 * By {@link Task#complete()}, called by anyone at any time.
		 */
		EXPLICIT

	}

}
