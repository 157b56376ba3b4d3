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
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.github.atomixspring.cluster.StorageException;

/**
 * A lower bound of what a member had in its log. Ratis takes a log for whole that has
 * lost its end, or all of it: a voter that forgot what it acknowledged. A file beside the
 * log tells. Used by one thread at a time.
 */
final class CommitMark {

	private static final String FILE = "atomix.committed";

	private final Path directory;

	private long index;

	private CommitMark(Path directory, long index) {
		this.directory = directory;
		this.index = index;
	}

	/**
	 * Reads the mark of a log.
	 * @param directory the directory of the group
	 * @return the mark; of no entry if there is no file
	 * @throws StorageException if it cannot be read
	 */
	static CommitMark read(Path directory) {
		Path file = directory.resolve(FILE);
		try {
			return new CommitMark(directory, Long.parseLong(Files.readString(file).trim()));
		}
		catch (NoSuchFileException ex) {
			return new CommitMark(directory, -1);
		}
		catch (IOException | NumberFormatException ex) {
			throw new StorageException(file, "is damaged (" + ex + ")", StartFailures.REPLACE, ex);
		}
	}

	/**
	 * Checks that a log has all it had.
	 * @param last the index of its last entry, or of the snapshot if that is later
	 * @throws StorageException if it has less
	 */
	void check(long last) {
		if (last < this.index) {
			throw new StorageException(this.directory, "has lost the end of its Raft log: it ends at " + last
					+ ", although entry " + this.index + " was committed", StartFailures.REPLACE, null);
		}
	}

	/**
	 * Takes note, durably, of what is committed.
	 * @param committed the index of the last entry that is on the disk of this member and
	 * committed
	 * @throws IOException if it cannot be written
	 */
	void advance(long committed) throws IOException {
		if (committed <= this.index) {
			return;
		}
		Path file = this.directory.resolve(FILE);
		Path temporary = this.directory.resolve(FILE + ".tmp");
		try (FileChannel channel = DurableFiles.create(temporary)) {
			ByteBuffer buffer = StandardCharsets.US_ASCII.encode(Long.toString(committed));
			while (buffer.hasRemaining()) {
				channel.write(buffer);
			}
			channel.force(true);
		}
		DurableFiles.move(temporary, file);
		this.index = committed;
	}

}
