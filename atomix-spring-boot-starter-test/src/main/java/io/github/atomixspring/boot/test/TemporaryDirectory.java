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

package io.github.atomixspring.boot.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.FileSystemUtils;

/**
 * A directory that is deleted in the end.
 *
 * @param path where it is
 */
record TemporaryDirectory(Path path) implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(TemporaryDirectory.class);

	/**
	 * Creates a directory.
	 * @return the directory, empty
	 */
	static TemporaryDirectory create() {
		try {
			return new TemporaryDirectory(Files.createTempDirectory("atomix-test-"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Deletes the directory and all that is in it.
	 */
	@Override
	public void close() {
		try {
			FileSystemUtils.deleteRecursively(this.path);
		}
		catch (IOException ex) {
			// A test that has passed must not fail for it.
			logger.warn("Directory " + this.path + " of a test is left behind: " + ex);
		}
	}

}
