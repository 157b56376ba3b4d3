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

package io.github.atomixspring.faults.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory of the file system that is there.
 */
public final class DirectoryDisk implements Disk {

	private final Path parent;

	private int generation;

	/**
	 * Creates a disk.
	 * @param parent the directory below which the data are kept, created if it is not
	 * there
	 * @throws IOException if it cannot be created
	 */
	public DirectoryDisk(Path parent) throws IOException {
		this.parent = Files.createDirectories(parent);
	}

	@Override
	public Path directory() {
		return this.parent.resolve("data-" + this.generation);
	}

	@Override
	public void wipe() {
		this.generation++;
	}

	@Override
	public void close() {
		// The work directory is deleted as a whole.
	}

}
