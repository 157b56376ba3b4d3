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

import java.nio.file.Path;

import io.github.atomixspring.primitive.AtomixException;

/**
 * The directory of a node belongs to another cluster, another node or another incarnation
 * of the node. Nothing in it was changed.
 *
 * @since 0.1.0
 */
public class ClusterMismatchException extends AtomixException {

	private final transient Path directory;

	/**
	 * Creates an exception.
	 * @param directory the directory
	 * @param message to whom it belongs and what to do
	 */
	public ClusterMismatchException(Path directory, String message) {
		super(message);
		this.directory = directory;
	}

	/**
	 * Returns the directory.
	 * @return the directory
	 */
	public Path directory() {
		return this.directory;
	}

}
