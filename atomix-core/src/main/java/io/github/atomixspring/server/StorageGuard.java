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
import java.nio.file.Path;
import java.util.Locale;

import io.github.atomixspring.cluster.StorageStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the room on the disk of a member, so that writes are refused before the disk is
 * full: one that could not be written would close the log of the member.
 * <p>
 * Below the required space the member takes no writes; below a quarter of it no commands
 * at all. Both end a good deal above where they began, so that they do not come and go.
 * It is measured again and again by one thread and may be asked by any.
 */
class StorageGuard {

	private static final Logger logger = LoggerFactory.getLogger(StorageGuard.class);

	private static final long UNKNOWN = -1;

	private final String node;

	private final Path directory;

	private final long required;

	private final SpaceProbe probe;

	private volatile StorageStatus status;

	private volatile Admission own = Admission.ALL;

	/**
	 * Creates a guard.
	 * @param config the configuration of the member
	 * @param probe measures
	 */
	StorageGuard(ServerConfig config, SpaceProbe probe) {
		this.node = config.self().id();
		this.directory = config.directory().toAbsolutePath();
		this.required = config.minFreeSpace();
		this.probe = probe;
		this.status = new StorageStatus(UNKNOWN, this.required, null);
	}

	/**
	 * Measures. Used by one thread.
	 */
	void measure() {
		long free;
		try {
			free = this.probe.free(this.directory);
		}
		catch (IOException ex) {
			// It may be gone as a whole, which the log will tell.
			logger.debug("The free space of {} is not known", this.directory, ex);
			this.status = new StorageStatus(UNKNOWN, this.required, this.status.shortage());
			return;
		}
		Admission before = this.own;
		Admission.Level level = level(before.level(), free);
		String shortage = (level != Admission.Level.ALL) ? describe(free) : null;
		this.status = new StorageStatus(free, this.required, shortage);
		this.own = (shortage != null) ? Admission.during(level, shortage) : Admission.ALL;
		if (level != before.level()) {
			report(level, free);
		}
	}

	private Admission.Level level(Admission.Level before, long free) {
		long margin = this.required / 4;
		if (free < ((before == Admission.Level.NONE) ? 2 * margin : margin)) {
			return Admission.Level.NONE;
		}
		return (free < ((before == Admission.Level.ALL) ? this.required : this.required + margin))
				? Admission.Level.RELEASES : Admission.Level.ALL;
	}

	private void report(Admission.Level level, long free) {
		if (level == Admission.Level.ALL) {
			logger.info("Node '{}' has room again: {} are free in {}", this.node, megabytes(free), this.directory);
		}
		else {
			logger.warn("{}: {}", describe(free), (level == Admission.Level.NONE) ? "it takes no commands at all"
					: "it takes no writes until there is more");
		}
	}

	private String describe(long free) {
		return "Node '" + this.node + "' has " + free + " bytes (" + megabytes(free) + ") free in " + this.directory
				+ ", less than the " + megabytes(this.required) + " of atomix.storage.min-free-space";
	}

	/**
	 * Returns a number of bytes for people.
	 * @param bytes the number
	 * @return the text
	 */
	static String megabytes(long bytes) {
		return String.format(Locale.ROOT, "%.1f MB", bytes / (double) (1 << 20));
	}

	/**
	 * Returns what may be taken.
	 * @return what may be taken, as far as is known
	 */
	Admission admission() {
		return this.own;
	}

	/**
	 * Returns the room of this member.
	 * @return the status
	 */
	StorageStatus status() {
		return this.status;
	}

	/**
	 * Checks that there is room for a file that can wait.
	 * @param bytes about how many bytes it still has
	 * @throws IOException if it would take more than half of what is required to be free
	 */
	void require(long bytes) throws IOException {
		long free = this.probe.free(this.directory);
		if (free - bytes < this.required / 2) {
			throw new IOException("only " + megabytes(free) + " are free in " + this.directory);
		}
	}

}
