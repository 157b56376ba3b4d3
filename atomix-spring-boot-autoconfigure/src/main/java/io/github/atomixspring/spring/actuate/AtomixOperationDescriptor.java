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

package io.github.atomixspring.spring.actuate;

import java.util.Map;

import io.github.atomixspring.cluster.StateDigest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of what came of an operation.
 *
 * @param operation the operation
 * @param outcome how it ended
 * @param message what was done, or why not and what to do
 * @param digests the digests of the members by node, or null if it was not about them
 * @since 0.1.0
 */
public record AtomixOperationDescriptor(AtomixOperation operation, Outcome outcome, String message,
		@Nullable Map<String, StateDigest> digests) implements OperationResponseBody {

	static AtomixOperationDescriptor of(AtomixOperation operation, Outcome outcome, String message) {
		return new AtomixOperationDescriptor(operation, outcome, message, null);
	}

	/**
	 * How an operation ended.
	 */
	public enum Outcome {

		/**
		 * It was done.
		 */
		DONE,

		/**
		 * It was not done because something is missing or wrong in the request.
		 */
		INVALID,

		/**
		 * It was not done because it does not fit the state of the cluster, or this node.
		 */
		REFUSED,

		/**
		 * It was not done because the cluster cannot be reached.
		 */
		UNAVAILABLE,

		/**
		 * It may have been done, or may be done later.
		 */
		UNKNOWN,

		/**
		 * It failed, or what it found is wrong.
		 */
		FAILED

	}

}
