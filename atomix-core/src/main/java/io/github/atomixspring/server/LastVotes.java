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
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.server.storage.RaftStorageMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The terms and votes that the servers of a member had on disk in the end. When Ratis
 * cannot write a new one, because the disk is full, it leaves an empty file in the place
 * of the last one. As long as the process lives, that one is known. May be used by any
 * thread.
 */
final class LastVotes {

	/**
	 * The file of Ratis in the directory of the log.
	 */
	static final String FILE = "raft-meta";

	private static final Logger logger = LoggerFactory.getLogger(LastVotes.class);

	private static final String TERM = "term";

	private static final String VOTE = "votedFor";

	private final Map<Path, RaftStorageMetadata> known = new ConcurrentHashMap<>();

	/**
	 * Keeps what divisions have written last.
	 * @param divisions the divisions, which are closed
	 */
	void keep(List<RaftServer.Division> divisions) {
		for (RaftServer.Division division : divisions) {
			try {
				RaftStorage storage = division.getRaftStorage();
				this.known.put(storage.getStorageDir().getCurrentDir().toPath().resolve(FILE),
						storage.getMetadataFile().getMetadata());
			}
			catch (IOException | RuntimeException ex) {
				// What is on disk has to do.
				logger.debug("The last vote of {} is not known", division.getMemberId(), ex);
			}
		}
	}

	/**
	 * Writes what is known in the place of files that are damaged.
	 * @throws IOException if one cannot be written
	 */
	void restore() throws IOException {
		for (Map.Entry<Path, RaftStorageMetadata> entry : this.known.entrySet()) {
			Path file = entry.getKey();
			if (Files.exists(file) && !isWhole(file)) {
				write(file, entry.getValue());
				logger.warn("The term and vote in {} were damaged, and are again {}", file, entry.getValue());
			}
		}
	}

	/**
	 * Returns whether a file has a term.
	 * @param file the file
	 * @return whether it has
	 * @throws IOException if it cannot be read
	 */
	static boolean isWhole(Path file) throws IOException {
		Properties properties = new Properties();
		try (InputStream stream = Files.newInputStream(file)) {
			properties.load(stream);
			Long.parseLong(properties.getProperty(TERM));
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static void write(Path file, RaftStorageMetadata metadata) throws IOException {
		Properties properties = new Properties();
		properties.setProperty(TERM, Long.toString(metadata.getTerm()));
		properties.setProperty(VOTE, metadata.getVotedFor().toString());
		Path temporary = file.resolveSibling(FILE + ".restored");
		try (FileChannel channel = DurableFiles.create(temporary);
				OutputStream stream = Channels.newOutputStream(channel)) {
			properties.store(stream, null);
			channel.force(true);
		}
		DurableFiles.move(temporary, file);
	}

}
