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

package io.github.atomixspring.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells the free space of disks.
 */
@FunctionalInterface
interface SpaceProbe {

	/**
	 * Asks the file system.
	 */
	SpaceProbe FILE_STORE = (directory) -> Files.getFileStore(directory).getUsableSpace();

	/**
	 * Returns how much this user can still write where a directory is.
	 * @param directory the directory
	 * @return the bytes
	 * @throws IOException if that cannot be told
	 */
	long free(Path directory) throws IOException;

}
