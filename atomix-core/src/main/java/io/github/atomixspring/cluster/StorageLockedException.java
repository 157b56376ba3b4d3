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

import org.jspecify.annotations.Nullable;

/**
 * Another node uses the directory of this one. That node is not disturbed.
 *
 * @since 0.1.0
 */
public class StorageLockedException extends StorageException {

	/**
	 * Creates an exception.
	 * @param path the directory
	 * @param holder who holds it
	 * @param cause the cause, or null
	 */
	public StorageLockedException(Path path, String holder, @Nullable Throwable cause) {
		super(path, "is in use by " + holder, "Stop it first, or give each node a directory of its own", cause);
	}

}
