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

package io.github.atomixspring.cluster;

import io.github.atomixspring.primitive.AtomixException;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a node is wrong. The node was not started.
 *
 * @since 0.1.0
 */
public class ClusterConfigurationException extends AtomixException {

	/**
	 * Creates an exception.
	 * @param message what is wrong and what to do
	 */
	public ClusterConfigurationException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what is wrong and what to do
	 * @param cause the cause
	 */
	public ClusterConfigurationException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
