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
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * What it takes for a file to survive a power cut, and to be nobody else's business.
 */
final class DurableFiles {

	/**
	 * The permissions of files.
	 */
	static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

	/**
	 * The permissions of directories.
	 */
	static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

	private DurableFiles() {
	}

	/**
	 * Returns whether files have owners and permissions, and directories can be forced to
	 * disk.
	 * @param path the file or directory
	 * @return whether it is so
	 */
	static boolean isPosix(Path path) {
		return path.getFileSystem().supportedFileAttributeViews().contains("posix");
	}

	/**
	 * Opens a file to be written anew, which only its owner can read.
	 * @param file the file
	 * @return the channel
	 * @throws IOException if it cannot be opened
	 */
	static FileChannel create(Path file) throws IOException {
		return open(file,
				Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE));
	}

	/**
	 * Opens a file, which only its owner can read if it is made by that.
	 * @param file the file
	 * @param options how to open it
	 * @return the channel
	 * @throws IOException if it cannot be opened
	 */
	static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
		return FileChannel.open(file, options, attributes(file, FILE));
	}

	private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
		return isPosix(path) ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(permissions) }
				: new FileAttribute<?>[0];
	}

	/**
	 * Puts a file that was written and forced to disk in its place, durably.
	 * @param temporary the file
	 * @param target its place, in the same directory
	 * @throws IOException if it fails
	 */
	static void move(Path temporary, Path target) throws IOException {
		Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		forceDirectoryOf(target);
	}

	/**
	 * Makes a directory and those above it, where they are missing, durably. Only their
	 * owner can look inside.
	 * @param directory the directory; a link to one will do
	 * @throws IOException if it cannot be made
	 */
	static void createDirectories(Path directory) throws IOException {
		Path absolute = directory.toAbsolutePath();
		if (Files.isDirectory(absolute)) {
			return;
		}
		Path parent = absolute.getParent();
		if (parent != null) {
			createDirectories(parent);
		}
		try {
			Files.createDirectory(absolute, attributes(absolute, DIRECTORY));
		}
		catch (FileAlreadyExistsException ex) {
			if (!Files.isDirectory(absolute)) {
				throw ex;
			}
		}
		forceDirectoryOf(absolute);
	}

	/**
	 * Forces the entries of the directory of a file to disk, so that a rename to the file
	 * is durable.
	 * @param file the file
	 * @throws IOException if it cannot be forced
	 */
	static void forceDirectoryOf(Path file) throws IOException {
		forceDirectory(Objects.requireNonNull(file.toAbsolutePath().getParent()));
	}

	/**
	 * Forces the entries of a directory to disk, where the system can do that.
	 * @param directory the directory
	 * @throws IOException if they cannot be forced
	 */
	static void forceDirectory(Path directory) throws IOException {
		if (isPosix(directory)) {
			try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
				channel.force(true);
			}
		}
	}

}
