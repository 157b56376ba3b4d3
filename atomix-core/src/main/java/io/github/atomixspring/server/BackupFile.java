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

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.atomixspring.protocol.FeatureLevel;
import io.github.atomixspring.statemachine.ReplicatedState;

/**
 * The format of a backup. That of a cluster with one partition is a snapshot. That of
 * others is one file, too, so that it is there as a whole or not at all: a magic number,
 * the version of the format, the number of partitions, and their snapshots one after the
 * other.
 */
final class BackupFile {

	private static final int MAGIC = 0x41544d50;

	private static final int VERSION = 1;

	private BackupFile() {
	}

	/**
	 * Writes a backup so that the file is either whole and durable or not there.
	 * @param target the file
	 * @param partitions the states by partition
	 * @throws IOException if it cannot be written
	 */
	static void write(Path target, List<CapturedState> partitions) throws IOException {
		SnapshotFile.replace(target, (stream) -> {
			if (partitions.size() > 1) {
				DataOutputStream header = new DataOutputStream(stream);
				header.writeInt(MAGIC);
				header.writeInt(VERSION);
				header.writeInt(partitions.size());
				header.flush();
			}
			for (CapturedState state : partitions) {
				SnapshotFile.write(stream, state.level(), state.parts(), SnapshotStore.Room.ENOUGH);
			}
		});
	}

	/**
	 * Reads a backup.
	 * @param source the file
	 * @param partitions how many partitions it must have
	 * @return the states by partition
	 * @throws IOException if it is damaged, of a newer format, or of another number of
	 * partitions; the message does not name the file
	 */
	static List<ReplicatedState> read(Path source, int partitions) throws IOException {
		try (BufferedInputStream stream = new BufferedInputStream(Files.newInputStream(source), 1 << 16)) {
			stream.mark(Integer.BYTES);
			DataInputStream header = new DataInputStream(stream);
			boolean parted = header.readInt() == MAGIC;
			int count = 1;
			if (parted) {
				int version = header.readInt();
				if (version != VERSION) {
					throw new IOException("it has the format version " + version + " of a cluster with partitions, "
							+ "but this software knows " + VERSION + "; run the newer software again");
				}
				count = header.readInt();
			}
			else {
				stream.reset();
			}
			if (count != partitions) {
				// What it is at all comes first.
				if (!parted) {
					SnapshotFile.read(stream, FeatureLevel.LATEST);
				}
				throw new IOException("it is of a cluster with " + count + " partition(s), this one has " + partitions
						+ ": names would be looked for in other partitions. Bring it back into a cluster with "
						+ "atomix.partitions=" + count);
			}
			List<ReplicatedState> states = new ArrayList<>();
			for (int partition = 0; partition < count; partition++) {
				states.add(SnapshotFile.read(stream, FeatureLevel.LATEST));
			}
			if (parted && stream.read() >= 0) {
				throw new IOException("it has more than its " + count + " partitions");
			}
			return states;
		}
		catch (EOFException ex) {
			throw new IOException("it is cut off", ex);
		}
	}

}
