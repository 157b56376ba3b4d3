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
import org.jspecify.annotations.Nullable;

/**
 * The directory of a node cannot be used.
 *
 * @since 0.1.0
 */
public class StorageException extends AtomixException {

	private final transient Path path;

	private final String reason;

	private final String remedy;

	/**
	 * Creates an exception.
	 * @param path the directory or file
	 * @param reason what is wrong with it
	 * @param remedy what to do
	 * @param cause the cause, or null
	 */
	public StorageException(Path path, String reason, String remedy, @Nullable Throwable cause) {
		super("The directory of the node cannot be used: " + path + " " + reason + ". " + remedy, cause);
		this.path = path;
		this.reason = reason;
		this.remedy = remedy;
	}

	/**
	 * Returns the directory or file.
	 * @return the path
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Returns what is wrong with it.
	 * @return the reason
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Returns what to do.
	 * @return the remedy
	 */
	public String remedy() {
		return this.remedy;
	}

}
