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
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.ClusterMismatchException;
import io.github.atomixspring.cluster.StorageException;
import io.github.atomixspring.cluster.StorageLockedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The directory of a member, locked for as long as it is open.
 */
final class StorageDirectory implements AutoCloseable {

	/**
	 * The file that says to whom the directory belongs.
	 */
	static final String METADATA_FILE = "atomix.json";

	/**
	 * The file that is locked while the directory is in use.
	 */
	static final String LOCK_FILE = "atomix.lock";

	private static final int INCARNATION_DIGITS = 8;

	private static final Pattern SEGMENT = Pattern.compile("log_(?:inprogress_)?(\\d{1,18})(?:-\\d+)?");

	private static final Pattern SNAPSHOT = Pattern.compile("snapshot\\.\\d+_(\\d{1,18})");

	private static final Logger logger = LoggerFactory.getLogger(StorageDirectory.class);

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(SerializationFeature.INDENT_OUTPUT)
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	private final Path path;

	private final FileChannel lockChannel;

	private volatile NodeMetadata metadata;

	private StorageDirectory(Path path, FileChannel lockChannel, NodeMetadata metadata) {
		this.path = path;
		this.lockChannel = lockChannel;
		this.metadata = metadata;
	}

	/**
	 * Opens the directory of a member and creates it if needed.
	 * @param path the directory
	 * @param cluster the name of the cluster
	 * @param node the id of the node
	 * @param partitions the number of partitions of the cluster
	 * @return the open directory
	 * @throws StorageException if it cannot be used
	 * @throws ClusterMismatchException if it belongs to another cluster or node, or has
	 * another number of partitions
	 */
	static StorageDirectory open(Path path, String cluster, String node, int partitions) {
		Path directory = path.toAbsolutePath().normalize();
		FileChannel channel = null;
		try {
			StorageAccess.prepare(directory);
			channel = lock(directory);
			NodeMetadata metadata = read(directory);
			if (metadata == null) {
				checkEmpty(directory);
				metadata = NodeMetadata.create(cluster, node, PeerInfo.idOf(node, newIncarnation()), partitions);
				write(directory, metadata);
			}
			check(directory, metadata, cluster, node);
			if (metadata.phase() == NodeMetadata.Phase.NEW && metadata.partitions() != partitions) {
				metadata = metadata.withPartitions(partitions);
				write(directory, metadata);
			}
			check(directory, metadata, partitions);
			StorageDirectory result = new StorageDirectory(directory, channel, metadata);
			channel = null;
			return result;
		}
		catch (IOException ex) {
			throw new StorageException(directory,
					"is not accessible to user '" + System.getProperty("user.name") + "' (" + ex + ")",
					"Make it a directory on a local disk that this user can write", ex);
		}
		finally {
			closeQuietly(channel);
		}
	}

	/**
	 * Returns the metadata.
	 * @return the metadata
	 */
	NodeMetadata metadata() {
		return this.metadata;
	}

	/**
	 * Replaces the metadata durably. The feature level never falls.
	 * @param newMetadata the metadata
	 * @throws StorageException if it cannot be written
	 */
	synchronized void update(NodeMetadata newMetadata) {
		NodeMetadata next = (newMetadata.level() < this.metadata.level()) ? newMetadata.withLevel(this.metadata.level())
				: newMetadata;
		try {
			write(this.path, next);
			this.metadata = next;
		}
		catch (IOException ex) {
			throw unusable(this.path, ex);
		}
	}

	/**
	 * Marks the directory durably: software that does not know this level refuses it from
	 * then on.
	 * @param level the feature level
	 * @throws StorageException if it cannot be written
	 */
	synchronized void raise(int level) {
		if (level > this.metadata.level()) {
			update(this.metadata.withLevel(level));
		}
	}

	/**
	 * Checks that the Raft log is still there if it was opened before. Ratis would make a
	 * new one: a voter that forgot its votes and what it acknowledged.
	 * @throws StorageException if it is not there
	 */
	void checkLog() {
		NodeMetadata current = this.metadata;
		if (current.started() && current.clusterId() != null) {
			for (int partition = 0; partition < current.partitions(); partition++) {
				Path group = groupDirectory(current, partition);
				Path meta = group.resolve("current").resolve(LastVotes.FILE);
				if (!Files.exists(meta)) {
					throw new StorageException(this.path, "has lost its Raft log: " + meta + " is missing",
							"Restore the whole directory, or delete all of it: the member comes back as a replacement",
							null);
				}
				checkTerm(meta);
				checkBegin(group);
			}
		}
	}

	/**
	 * Checks the term and vote: a voter that forgot them could vote twice.
	 * @param meta the file
	 */
	private static void checkTerm(Path meta) {
		boolean whole;
		try {
			whole = LastVotes.isWhole(meta);
		}
		catch (IOException ex) {
			throw unusable(meta, ex);
		}
		if (!whole) {
			throw new StorageException(meta, "is damaged: it has no term", StartFailures.REPLACE, null);
		}
	}

	/**
	 * Checks that the log reaches back to a snapshot or to its very beginning. Ratis
	 * would wait for what is missing for ever.
	 * @param group the directory of the group
	 */
	private static void checkBegin(Path group) {
		Path log = group.resolve("current");
		Path snapshots = group.resolve("sm");
		try {
			SnapshotLeftovers.clear(snapshots);
		}
		catch (IOException ex) {
			throw unusable(snapshots, ex);
		}
		long first = numbers(log, SEGMENT).min().orElse(Long.MAX_VALUE);
		long snapshot = numbers(snapshots, SNAPSHOT).max().orElse(-1);
		if (first != Long.MAX_VALUE && first > snapshot + 1) {
			throw new StorageException(log,
					"has a Raft log that begins at " + first + ", and "
							+ ((snapshot >= 0) ? "the last snapshot is at " + snapshot : "there is no snapshot")
							+ ": what is between is missing",
					StartFailures.REPLACE, null);
		}
	}

	private static LongStream numbers(Path directory, Pattern name) {
		try (Stream<Path> files = Files.list(directory)) {
			return LongStream.of(files.map((file) -> name.matcher(file.getFileName().toString()))
				.filter(Matcher::matches)
				.mapToLong((matcher) -> Long.parseLong(matcher.group(1)))
				.toArray());
		}
		catch (NoSuchFileException ex) {
			return LongStream.empty();
		}
		catch (IOException ex) {
			throw unusable(directory, ex);
		}
	}

	private static StorageException unusable(Path path, IOException cause) {
		return new StorageException(path, "cannot be read or written (" + cause + ")",
				"Make room on the disk, or repair it or the permissions", cause);
	}

	/**
	 * Makes the directories that Ratis has made durable.
	 * @throws StorageException if that fails
	 */
	void forceLogs() {
		NodeMetadata current = this.metadata;
		for (int partition = 0; partition < current.partitions(); partition++) {
			Path group = groupDirectory(current, partition);
			try {
				for (Path directory : List.of(group.resolve("current"), group, group.getParent(), this.path)) {
					DurableFiles.forceDirectory(directory);
				}
			}
			catch (IOException ex) {
				throw unusable(group, ex);
			}
		}
	}

	/**
	 * Returns the directory of the Raft log and the snapshots of a partition.
	 * @param known the metadata, which know the cluster
	 * @param partition the number of the partition
	 * @return the directory
	 */
	Path groupDirectory(NodeMetadata known, int partition) {
		String clusterId = Objects.requireNonNull(known.clusterId());
		return groupDirectory(GroupIds.of(clusterId, partition).toString());
	}

	/**
	 * Returns the directory of the Raft log and the snapshots.
	 * @param group the id of the Raft group, that of the cluster for the first partition
	 * @return the directory
	 */
	Path groupDirectory(String group) {
		return this.path.resolve(RaftSettings.RAFT_DIRECTORY).resolve(group);
	}

	/**
	 * Returns the path.
	 * @return the path
	 */
	Path path() {
		return this.path;
	}

	/**
	 * Unlocks the directory.
	 */
	@Override
	public void close() {
		closeQuietly(this.lockChannel);
	}

	private static FileChannel lock(Path directory) throws IOException {
		Path file = directory.resolve(LOCK_FILE);
		FileChannel channel = DurableFiles.open(file,
				Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
		boolean locked = false;
		try {
			FileLock lock = channel.tryLock();
			if (lock == null) {
				throw new StorageLockedException(directory, "the process " + readHolder(channel), null);
			}
			locked = true;
			channel.truncate(0);
			channel
				.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
			return channel;
		}
		catch (OverlappingFileLockException ex) {
			throw new StorageLockedException(directory, "another node in this process", ex);
		}
		finally {
			if (!locked) {
				closeQuietly(channel);
			}
		}
	}

	private static String readHolder(FileChannel channel) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(20);
		channel.read(buffer, 0);
		String pid = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).trim();
		return (pid.matches("\\d+")) ? pid : "of another node";
	}

	private static @Nullable NodeMetadata read(Path directory) throws IOException {
		Path file = directory.resolve(METADATA_FILE);
		byte[] bytes;
		try {
			bytes = Files.readAllBytes(file);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
		try {
			JsonNode tree = MAPPER.readTree(bytes);
			int format = tree.path("format").asInt(0);
			if (format > NodeMetadata.FORMAT) {
				throw new StorageException(directory,
						"has the format " + format + " of a newer release; this one knows " + NodeMetadata.FORMAT,
						"Use the newer release", null);
			}
			NodeMetadata metadata = MAPPER.treeToValue(tree, NodeMetadata.class);
			if (format < 1 || metadata.cluster() == null || metadata.node() == null || metadata.peer() == null
					|| metadata.phase() == null
					|| (metadata.clusterId() == null && metadata.phase() != NodeMetadata.Phase.NEW)) {
				throw damaged(file, null);
			}
			return metadata;
		}
		catch (JacksonException | IllegalArgumentException | NullPointerException ex) {
			throw damaged(file, ex);
		}
	}

	private static StorageException damaged(Path file, @Nullable Exception cause) {
		return new StorageException(file, "is damaged",
				"Restore it, or delete the whole directory: the member comes back as a replacement", cause);
	}

	private static void checkEmpty(Path directory) throws IOException {
		Path raft = directory.resolve(RaftSettings.RAFT_DIRECTORY);
		if (Files.exists(raft)) {
			try (Stream<Path> files = Files.list(raft)) {
				if (files.findAny().isPresent()) {
					throw new StorageException(directory, "has a Raft log but no " + METADATA_FILE,
							"Restore that file, or delete the whole directory: the member comes back as a replacement",
							null);
				}
			}
		}
	}

	private static void check(Path directory, NodeMetadata metadata, String cluster, String node) {
		if (!metadata.cluster().equals(cluster) || !metadata.node().equals(node)) {
			throw new ClusterMismatchException(directory,
					"The directory " + directory + " belongs to cluster '" + metadata.cluster() + "', node '"
							+ metadata.node() + "', not to cluster '" + cluster + "', node '" + node
							+ "': correct the names, or give each node a directory of its own");
		}
	}

	private static void check(Path directory, NodeMetadata metadata, int partitions) {
		if (metadata.partitions() != partitions) {
			throw new ClusterMismatchException(directory,
					"The directory " + directory + " of node '" + metadata.node() + "' has the data of "
							+ metadata.partitions() + " partition(s), the configuration says " + partitions
							+ ": set the number of partitions (atomix.partitions) to " + metadata.partitions()
							+ ". It cannot be changed once a cluster is made");
		}
	}

	private static void write(Path directory, NodeMetadata metadata) throws IOException {
		Path file = directory.resolve(METADATA_FILE);
		Path temporary = directory.resolve(METADATA_FILE + ".tmp");
		try (FileChannel channel = DurableFiles.create(temporary)) {
			ByteBuffer buffer = ByteBuffer.wrap(MAPPER.writeValueAsBytes(metadata));
			while (buffer.hasRemaining()) {
				channel.write(buffer);
			}
			channel.force(true);
		}
		DurableFiles.move(temporary, file);
	}

	private static String newIncarnation() {
		return HexFormat.of().toHexDigits(UUID.randomUUID().getMostSignificantBits()).substring(0, INCARNATION_DIGITS);
	}

	private static void closeQuietly(@Nullable FileChannel channel) {
		if (channel != null) {
			try {
				channel.close();
			}
			catch (IOException ex) {
				logger.warn("Lock of a directory was not closed in order", ex);
			}
		}
	}

}
