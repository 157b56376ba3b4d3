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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the backups of the endpoint are. Who asks names a file in it, and cannot reach
 * others.
 */
final class BackupDirectory {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

	private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

	private final Path path;

	BackupDirectory(Path path) {
		this.path = path;
	}

	/**
	 * Returns whether a text can be the name of a backup.
	 * @param name the text
	 * @return whether it can: letters, digits, and {@code ._-} behind the first of them
	 */
	static boolean isName(String name) {
		return NAME.matcher(name).matches();
	}

	/**
	 * Returns a backup, which may not be there.
	 * @param name its name
	 * @return the file
	 */
	Path file(String name) {
		return this.path.resolve(name);
	}

	/**
	 * Makes the directory if it is not there.
	 * @throws IOException if it cannot be made
	 */
	void create() throws IOException {
		if (Files.isDirectory(this.path)) {
			return;
		}
		boolean posix = this.path.getFileSystem().supportedFileAttributeViews().contains("posix");
		Files.createDirectories(this.path,
				(posix) ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(OWNER_ONLY) }
						: new FileAttribute<?>[0]);
	}

}
