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

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The settings of the session of a node. Internal.
 *
 * @param cluster the name of the cluster
 * @param node the id of the node
 * @param timeout after which time without contact the cluster ends the session
 * @param operationTimeout how long an operation waits for its answer
 * @param closeTimeout how long a stop tries to close the session on the cluster
 * @param maxBatchesInFlight how many batches of commands may be unanswered
 * @param maxBytesInFlight the largest sum of the sizes of unanswered commands and queries
 * @param maxCommandBytes the largest size of one encoded command or query
 * @param callbackExecutor runs the callbacks of the user, or null for threads of our own
 * @param partitions the number of partitions of the cluster, each with a session
 */
public record SessionConfig(String cluster, String node, Duration timeout, Duration operationTimeout,
		Duration closeTimeout, int maxBatchesInFlight, int maxBytesInFlight, int maxCommandBytes,
		@Nullable Executor callbackExecutor, int partitions) {

	/**
	 * The shortest timeout of a session: below it the margin of the lease eats it up.
	 */
	public static final Duration MIN_TIMEOUT = Duration.ofMillis(300);

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration DEFAULT_OPERATION_TIMEOUT = Duration.ofSeconds(15);

	private static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(2);

	private static final int KEEP_ALIVES_PER_TIMEOUT = 4;

	/**
	 * However long a session may live without contact, a dead link is noticed soon.
	 */
	private static final long MAX_KEEP_ALIVE_INTERVAL = TimeUnit.SECONDS.toNanos(10);

	private static final Duration MAX_DURATION = Duration.ofDays(365);

	private static final int DEFAULT_MAX_BYTES_IN_FLIGHT = 16 << 20;

	// A value of 1 MiB and what is around it.
	private static final int DEFAULT_MAX_COMMAND_BYTES = (1 << 20) + (8 << 10);

	/**
	 * Checks the components.
	 */
	public SessionConfig {
		Objects.requireNonNull(cluster, "'cluster' must not be null");
		Objects.requireNonNull(node, "'node' must not be null");
		requireBetween("timeout", timeout, MIN_TIMEOUT);
		requireBetween("operationTimeout", operationTimeout, Duration.ofMillis(1));
		requireBetween("closeTimeout", closeTimeout, Duration.ZERO);
		requirePositive("maxBatchesInFlight", maxBatchesInFlight);
		requirePositive("maxBytesInFlight", maxBytesInFlight);
		requirePositive("maxCommandBytes", maxCommandBytes);
		requirePositive("partitions", partitions);
	}

	/**
	 * Returns the default settings.
	 * @param cluster the name of the cluster
	 * @param node the id of the node
	 * @return the settings
	 */
	public static SessionConfig of(String cluster, String node) {
		return new SessionConfig(cluster, node, DEFAULT_TIMEOUT, DEFAULT_OPERATION_TIMEOUT, DEFAULT_CLOSE_TIMEOUT, 2,
				DEFAULT_MAX_BYTES_IN_FLIGHT, DEFAULT_MAX_COMMAND_BYTES, null, 1);
	}

	/**
	 * Returns settings with another timeout of the session.
	 * @param timeout the timeout
	 * @return the settings
	 */
	public SessionConfig withTimeout(Duration timeout) {
		return new SessionConfig(this.cluster, this.node, timeout, this.operationTimeout, this.closeTimeout,
				this.maxBatchesInFlight, this.maxBytesInFlight, this.maxCommandBytes, this.callbackExecutor,
				this.partitions);
	}

	/**
	 * Returns settings with another operation timeout.
	 * @param operationTimeout the timeout
	 * @return the settings
	 */
	public SessionConfig withOperationTimeout(Duration operationTimeout) {
		return new SessionConfig(this.cluster, this.node, this.timeout, operationTimeout, this.closeTimeout,
				this.maxBatchesInFlight, this.maxBytesInFlight, this.maxCommandBytes, this.callbackExecutor,
				this.partitions);
	}

	/**
	 * Returns settings with another close timeout.
	 * @param closeTimeout the timeout
	 * @return the settings
	 */
	public SessionConfig withCloseTimeout(Duration closeTimeout) {
		return new SessionConfig(this.cluster, this.node, this.timeout, this.operationTimeout, closeTimeout,
				this.maxBatchesInFlight, this.maxBytesInFlight, this.maxCommandBytes, this.callbackExecutor,
				this.partitions);
	}

	/**
	 * Returns settings with other limits of what is in flight.
	 * @param maxBatchesInFlight how many batches of commands may be unanswered
	 * @param maxBytesInFlight the largest sum of the sizes of unanswered operations
	 * @param maxCommandBytes the largest size of one encoded operation
	 * @return the settings
	 */
	public SessionConfig withLimits(int maxBatchesInFlight, int maxBytesInFlight, int maxCommandBytes) {
		return new SessionConfig(this.cluster, this.node, this.timeout, this.operationTimeout, this.closeTimeout,
				maxBatchesInFlight, maxBytesInFlight, maxCommandBytes, this.callbackExecutor, this.partitions);
	}

	/**
	 * Returns settings with another executor of callbacks.
	 * @param callbackExecutor the executor, or null for threads of our own
	 * @return the settings
	 */
	public SessionConfig withCallbackExecutor(@Nullable Executor callbackExecutor) {
		return new SessionConfig(this.cluster, this.node, this.timeout, this.operationTimeout, this.closeTimeout,
				this.maxBatchesInFlight, this.maxBytesInFlight, this.maxCommandBytes, callbackExecutor,
				this.partitions);
	}

	/**
	 * Returns settings with another number of partitions.
	 * @param partitions the number
	 * @return the settings
	 */
	public SessionConfig withPartitions(int partitions) {
		return new SessionConfig(this.cluster, this.node, this.timeout, this.operationTimeout, this.closeTimeout,
				this.maxBatchesInFlight, this.maxBytesInFlight, this.maxCommandBytes, this.callbackExecutor,
				partitions);
	}

	/**
	 * Returns the time from one keep-alive to the next.
	 * @return the nanoseconds
	 */
	long keepAliveNanos() {
		return Math.min(MAX_KEEP_ALIVE_INTERVAL, this.timeout.toNanos() / KEEP_ALIVES_PER_TIMEOUT);
	}

	private static void requireBetween(String name, Duration value, Duration min) {
		Objects.requireNonNull(value, () -> "'" + name + "' must not be null");
		if (value.compareTo(min) < 0 || value.compareTo(MAX_DURATION) > 0) {
			throw new IllegalArgumentException(
					"'" + name + "' must be from " + min.toMillis() + " ms to 365 days, not " + value);
		}
	}

	private static void requirePositive(String name, int value) {
		if (value < 1) {
			throw new IllegalArgumentException("'" + name + "' must be positive, not " + value);
		}
	}

}
