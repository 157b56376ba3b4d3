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

package io.github.atomixspring.primitive;

/**
 * A primitive exists on the cluster with another configuration than the one asked for.
 * What was called did not happen: use the same configuration on all nodes.
 *
 * @since 0.1.0
 */
public class ConfigurationMismatchException extends AtomixException {

	/**
	 * Creates an exception.
	 * @param message the primitive and both configurations
	 */
	public ConfigurationMismatchException(String message) {
		super(message);
	}

}
