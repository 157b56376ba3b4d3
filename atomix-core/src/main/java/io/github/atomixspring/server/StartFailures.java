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

import java.net.BindException;
import java.nio.file.Path;
import java.util.Arrays;

import io.github.atomixspring.cluster.ClusterConfigurationException;
import io.github.atomixspring.cluster.PortInUseException;
import io.github.atomixspring.cluster.StorageException;
import io.github.atomixspring.cluster.StorageLockedException;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.protocol.ProtocolException;
import org.apache.ratis.protocol.exceptions.ChecksumException;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.jspecify.annotations.Nullable;

/**
 * Turns what Ratis throws at its start into exceptions that say what to do.
 */
final class StartFailures {

	/**
	 * What to do about a damaged directory.
	 */
	static final String REPLACE = "Delete the whole directory of this node: it comes back as a replacement"
			+ " while a majority of the members has its data. Otherwise restore the directory";

	private StartFailures() {
	}

	/**
	 * Translates a failure.
	 * @param failure the failure
	 * @param config the configuration of the member
	 * @param reported what the state machine said before, or null
	 * @return the exception
	 */
	static AtomixException translate(Throwable failure, ServerConfig config, @Nullable String reported) {
		Path directory = config.directory().toAbsolutePath();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			String text = String.valueOf(cause.getMessage());
			if (cause instanceof AtomixException known && !(cause instanceof ProtocolException)) {
				return known;
			}
			if (text.contains("assign requested address")) {
				return new ClusterConfigurationException("The host '" + config.bindHost()
						+ "' is no address of this machine: correct the host of member '" + config.self().id()
						+ "' or its bind host", failure);
			}
			if (cause instanceof BindException || text.contains("Address already in use")) {
				return new PortInUseException(config.bindHost(), config.self().port(), failure);
			}
			if (text.contains("already locked")) {
				return new StorageLockedException(directory, "another node", failure);
			}
			if (text.contains("NO_SPACE") || text.contains("No space left")) {
				return new StorageException(directory, "has no room left on its disk", "Make room", failure);
			}
			if (text.contains("Read-only file system")) {
				return new StorageException(directory, "is on a disk that is read-only",
						"Make the disk writable again; it may be read-only since it has an error", failure);
			}
			if (isDamage(cause, text)) {
				return new StorageException(directory, "has a damaged Raft log or snapshot (" + root(failure) + ")",
						REPLACE, failure);
			}
		}
		if (reported != null) {
			return new StorageException(directory, "has data that cannot be used (" + reported + ")", REPLACE, failure);
		}
		return new AtomixException("The Raft server of node '" + config.self().id() + "' did not start in " + directory
				+ ": " + root(failure), failure);
	}

	private static boolean isDamage(Throwable cause, String text) {
		return cause instanceof ChecksumException || text.contains("Failed to initRaftLog")
				|| (text.contains("Failed to load") && text.contains(RaftStorage.class.getSimpleName()))
				|| (cause instanceof IllegalStateException && Arrays.stream(cause.getStackTrace())
					.anyMatch((frame) -> frame.getClassName().startsWith(RaftLog.class.getPackageName())));
	}

	/**
	 * Returns what is behind a failure.
	 * @param failure the failure
	 * @return its first cause
	 */
	static String root(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause.toString();
	}

}
