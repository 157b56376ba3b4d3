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
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.NoSuchElementException;

import io.github.atomixspring.protocol.FeatureLevel;
import io.github.atomixspring.protocol.Wire;
import io.github.atomixspring.statemachine.ReplicatedState;
import io.github.atomixspring.statemachine.SnapshotPart;
import org.jspecify.annotations.Nullable;

/**
 * The format of a snapshot: a magic number and the version of the format, the CBOR of
 * each {@link SnapshotPart} after its length, a zero length, and the SHA-256 digest of
 * all before.
 */
final class SnapshotFile {

	/**
	 * The newest version this code reads. The version of a file is the feature level of
	 * the state in it.
	 */
	static final int VERSION = FeatureLevel.LATEST;

	/**
	 * After how many bytes there must be room for as many more.
	 */
	private static final int CHECK_BYTES = 1 << 20;

	private static final int MAGIC = 0x41544d58;

	private static final Wire<SnapshotPart> WIRE = Wire.of(SnapshotPart.class);

	private SnapshotFile() {
	}

	/**
	 * Writes a snapshot so that the file is either whole and durable or not there.
	 * @param target the file
	 * @param level the feature level of the state
	 * @param parts the parts
	 * @throws IOException if it cannot be written
	 */
	static void write(Path target, int level, Iterator<SnapshotPart> parts) throws IOException {
		write(target, level, parts, SnapshotStore.Room.ENOUGH);
	}

	/**
	 * Writes a snapshot so that the file is either whole and durable or not there.
	 * @param target the file
	 * @param level the feature level of the state
	 * @param parts the parts
	 * @param room asked now and then whether there is room to go on
	 * @throws IOException if it cannot be written
	 */
	static void write(Path target, int level, Iterator<SnapshotPart> parts, SnapshotStore.Room room)
			throws IOException {
		replace(target, (stream) -> write(stream, level, parts, room));
	}

	/**
	 * Writes a file so that it is either whole and durable or not there.
	 * @param target the file
	 * @param content writes what is in it
	 * @throws IOException if it cannot be written
	 */
	static void replace(Path target, Content content) throws IOException {
		Path temporary = target.resolveSibling(target.getFileName() + ".part");
		try {
			try (FileChannel channel = DurableFiles.create(temporary)) {
				OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
				content.write(stream);
				stream.flush();
				channel.force(true);
			}
			DurableFiles.move(temporary, target);
		}
		catch (IOException | RuntimeException ex) {
			// What is left of it would take the room from the log.
			delete(temporary, ex);
			throw ex;
		}
	}

	private static void delete(Path file, Exception failure) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
		}
	}

	/**
	 * Writes a snapshot to a stream.
	 * @param stream the stream
	 * @param level the feature level of the state
	 * @param parts the parts
	 * @param room asked now and then whether there is room to go on
	 * @throws IOException if it cannot be written
	 */
	static void write(OutputStream stream, int level, Iterator<SnapshotPart> parts, SnapshotStore.Room room)
			throws IOException {
		DigestOutputStream digesting = new DigestOutputStream(stream, sha256());
		DataOutputStream output = new DataOutputStream(digesting);
		output.writeInt(MAGIC);
		output.writeInt(level);
		long unchecked = 0;
		while (parts.hasNext()) {
			byte[] bytes = WIRE.encode(parts.next());
			output.writeInt(bytes.length);
			output.write(bytes);
			unchecked += bytes.length;
			if (unchecked > CHECK_BYTES) {
				unchecked = 0;
				room.require(CHECK_BYTES);
			}
		}
		output.writeInt(0);
		byte[] digest = digesting.getMessageDigest().digest();
		digesting.on(false);
		output.write(digest);
		output.flush();
	}

	/**
	 * Reads a snapshot.
	 * @param source the file
	 * @param known the greatest feature level that is known
	 * @return the state
	 * @throws IOException if it is damaged or of a newer format
	 */
	static ReplicatedState read(Path source, int known) throws IOException {
		try {
			return load(source, known);
		}
		catch (IOException ex) {
			throw new IOException("The snapshot " + source + " is not usable: " + ex.getMessage()
					+ ". Remove this member's data directory so that it is replaced from the others", ex);
		}
	}

	/**
	 * Reads a snapshot or a backup.
	 * @param source the file
	 * @param known the greatest feature level that is known
	 * @return the state
	 * @throws IOException if it is damaged or of a newer format; the message does not
	 * name the file
	 */
	static ReplicatedState load(Path source, int known) throws IOException {
		try (InputStream stream = new BufferedInputStream(Files.newInputStream(source), 1 << 16)) {
			return read(stream, known);
		}
	}

	/**
	 * Reads a snapshot from a stream, and nothing behind it.
	 * @param stream the stream
	 * @param known the greatest feature level that is known
	 * @return the state
	 * @throws IOException if it is damaged or of a newer format
	 */
	static ReplicatedState read(InputStream stream, int known) throws IOException {
		try {
			DigestInputStream digesting = new DigestInputStream(stream, sha256());
			DataInputStream input = new DataInputStream(digesting);
			if (input.readInt() != MAGIC) {
				throw new IOException("it does not begin like a snapshot");
			}
			int version = input.readInt();
			if (version < 1 || version > known) {
				throw new IOException("it has the format version " + version
						+ ", but this software knows versions up to " + known + "; run the newer software again");
			}
			ReplicatedState state = ReplicatedState.restore(new Parts(input), known);
			byte[] expected = digesting.getMessageDigest().digest();
			digesting.on(false);
			if (!Arrays.equals(expected, input.readNBytes(expected.length))) {
				throw new IOException("its digest does not match");
			}
			return state;
		}
		catch (EOFException ex) {
			throw new IOException("it is cut off", ex);
		}
		catch (RuntimeException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	/**
	 * Encodes a part as it is in a file.
	 * @param part the part
	 * @return its bytes
	 */
	static byte[] encode(SnapshotPart part) {
		return WIRE.encode(part);
	}

	/**
	 * Returns the digest of a state.
	 * @param parts its parts
	 * @return the digest in hexadecimal digits
	 */
	static String digest(Iterator<SnapshotPart> parts) {
		MessageDigest digest = sha256();
		try (DataOutputStream output = new DataOutputStream(
				new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
			while (parts.hasNext()) {
				byte[] bytes = WIRE.encode(parts.next());
				output.writeInt(bytes.length);
				output.write(bytes);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return HexFormat.of().formatHex(digest.digest(), 0, 16);
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Writes what is in a file.
	 */
	interface Content {

		/**
		 * Writes it.
		 * @param stream the stream
		 * @throws IOException if it cannot be written
		 */
		void write(OutputStream stream) throws IOException;

	}

	/**
	 * Reads parts up to the zero length.
	 */
	private static final class Parts implements Iterator<SnapshotPart> {

		private final DataInputStream input;

		private @Nullable SnapshotPart next;

		private boolean ended;

		Parts(DataInputStream input) {
			this.input = input;
		}

		@Override
		public boolean hasNext() {
			if (this.next == null && !this.ended) {
				try {
					int length = this.input.readInt();
					// Not limited otherwise: what was written must be readable, and no
					// more is allocated than the file has.
					if (length < 0) {
						throw new IOException("a part has the length " + length);
					}
					this.ended = length == 0;
					this.next = this.ended ? null : WIRE.decode(this.input.readNBytes(length));
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}
			return this.next != null;
		}

		@Override
		public SnapshotPart next() {
			SnapshotPart part = hasNext() ? this.next : null;
			if (part == null) {
				throw new NoSuchElementException();
			}
			this.next = null;
			return part;
		}

	}

}
