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
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.StorageException;

/**
 * Sees to it that the directory of a member is one, and nobody else's.
 */
final class StorageAccess {

	/**
	 * What may be in the directory before it is that of a member: what a start leaves
	 * that was cut short, and what file systems have by themselves.
	 */
	private static final Pattern HARMLESS = Pattern.compile("\\..*|lost\\+found|atomix\\..*|probe.*\\.tmp");

	private StorageAccess() {
	}

	/**
	 * Makes the directory if it is not there.
	 * @param directory the directory
	 * @throws IOException if it is not accessible
	 * @throws StorageException if it must not be used
	 */
	static void prepare(Path directory) throws IOException {
		try {
			DurableFiles.createDirectories(directory);
		}
		catch (FileAlreadyExistsException ex) {
			throw new StorageException(directory, "is not a directory", "Remove the file or choose another directory",
					ex);
		}
		Path probe = Files.createTempFile(directory, "probe", ".tmp");
		try {
			if (DurableFiles.isPosix(directory)) {
				checkOwner(directory, Files.getOwner(probe));
			}
		}
		finally {
			Files.delete(probe);
		}
		checkContent(directory);
		if (DurableFiles.isPosix(directory)) {
			tighten(directory);
		}
	}

	private static void checkOwner(Path directory, UserPrincipal user) throws IOException {
		UserPrincipal owner = Files.getOwner(directory);
		if (!owner.equals(user)) {
			throw new StorageException(directory,
					"belongs to user '" + owner.getName() + "', but the node runs as '" + user.getName() + "'",
					"Let the node make a directory in it, or change its owner", null);
		}
	}

	/**
	 * Checks that a directory that is used for the first time has nothing of others:
	 * their files would be shut away.
	 * @param directory the directory
	 * @throws IOException if it cannot be read
	 */
	private static void checkContent(Path directory) throws IOException {
		if (Files.exists(directory.resolve(StorageDirectory.METADATA_FILE))
				|| Files.exists(directory.resolve(RaftSettings.RAFT_DIRECTORY))) {
			return;
		}
		List<String> foreign;
		try (Stream<Path> files = Files.list(directory)) {
			foreign = files.map((file) -> file.getFileName().toString())
				.filter((name) -> !HARMLESS.matcher(name).matches())
				.sorted()
				.limit(3)
				.toList();
		}
		if (!foreign.isEmpty()) {
			throw new StorageException(directory, "has files that are not those of a node, such as " + foreign,
					"Use a directory of its own, which the node makes if it is not there", null);
		}
	}

	private static void tighten(Path directory) throws IOException {
		Files.setPosixFilePermissions(directory, DurableFiles.DIRECTORY);
		for (String own : List.of(StorageDirectory.METADATA_FILE, StorageDirectory.LOCK_FILE,
				RaftSettings.RAFT_DIRECTORY, RaftSettings.REMOVED_DIRECTORY)) {
			Path path = directory.resolve(own);
			if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
				Files.walkFileTree(path, new Tightening());
			}
		}
	}

	/**
	 * Leaves files and directories to their owner. Links are not followed.
	 */
	private static final class Tightening extends SimpleFileVisitor<Path> {

		@Override
		public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
			Files.setPosixFilePermissions(directory, DurableFiles.DIRECTORY);
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
			if (attributes.isRegularFile()) {
				Files.setPosixFilePermissions(file, DurableFiles.FILE);
			}
			return FileVisitResult.CONTINUE;
		}

	}

}
