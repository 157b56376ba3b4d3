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

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.atomixspring.protocol.FeatureLevel;
import org.apache.ratis.util.MD5FileUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away what a process that ended in the middle of a snapshot has left.
 * <p>
 * A snapshot consists of two files, of which Ratis needs both: the second is a digest of
 * the first. Where it is missing or damaged, the first has a digest of its own and tells
 * whether it is whole.
 */
final class SnapshotLeftovers {

	private static final Logger logger = LoggerFactory.getLogger(SnapshotLeftovers.class);

	private static final Pattern SNAPSHOT = Pattern.compile("snapshot\\.\\d+_\\d+");

	private static final Pattern UNFINISHED = Pattern.compile("snapshot\\..*\\.(part|tmp)");

	private static final String UNUSABLE = ".corrupt";

	private SnapshotLeftovers() {
	}

	/**
	 * Clears the directory of snapshots. Must not be called while snapshots are written.
	 * @param directory the directory, which need not exist
	 * @throws IOException if that fails
	 */
	static void clear(Path directory) throws IOException {
		for (Path file : list(directory)) {
			String name = file.getFileName().toString();
			if (UNFINISHED.matcher(name).matches()) {
				// A digest that is made anew takes the place of one that was not
				// finished.
				Files.deleteIfExists(file);
			}
			else if (SNAPSHOT.matcher(name).matches() && !hasDigest(file.toFile())) {
				complete(file);
			}
		}
	}

	private static List<Path> list(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.sorted().toList();
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
	}

	private static boolean hasDigest(File snapshot) {
		try {
			return MD5FileUtil.readStoredMd5ForFile(snapshot) != null;
		}
		catch (IOException | RuntimeException ex) {
			logger.warn("The digest of {} is damaged: {}", snapshot, ex.toString());
			return false;
		}
	}

	private static void complete(Path snapshot) throws IOException {
		try {
			SnapshotFile.load(snapshot, FeatureLevel.LATEST);
		}
		catch (IOException ex) {
			Path unusable = snapshot.resolveSibling(snapshot.getFileName() + UNUSABLE);
			DurableFiles.move(snapshot, unusable);
			logger.warn("A snapshot that was not finished is not used, and is now {}: {}", unusable, ex.getMessage());
			return;
		}
		MD5FileUtil.computeAndSaveMd5ForFile(snapshot.toFile());
		DurableFiles.forceDirectoryOf(snapshot);
		logger.info("The snapshot {} had lost its digest and has it again", snapshot);
	}

}
