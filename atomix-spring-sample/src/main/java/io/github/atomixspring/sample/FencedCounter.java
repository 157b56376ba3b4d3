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

package io.github.atomixspring.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * A counter in a file: a resource outside of the cluster that no two writers may change
 * at the same time.
 * <p>
 * It remembers the greatest fencing token it has seen and rejects smaller ones. So a
 * process that was stopped while it held the lock, and goes on after another one got it,
 * does no harm. Reading counts as seeing: from then on nobody with a smaller token can
 * change what was read.
 */
class FencedCounter {

	private final Path file;

	// The lock of the file is between processes, this one between threads.
	private final ReentrantLock threads = new ReentrantLock();

	FencedCounter(Path file) {
		this.file = file.toAbsolutePath();
	}

	/**
	 * Reads the number.
	 * @param token the fencing token of the reader
	 * @return the number
	 * @throws StaleTokenException if a greater token was seen
	 */
	long read(long token) {
		return change(token, (state) -> new State(token, state.number())).number();
	}

	/**
	 * Writes the number.
	 * @param token the fencing token of the writer
	 * @param number the number
	 * @throws StaleTokenException if a greater token was seen
	 */
	void write(long token, long number) {
		change(token, (state) -> new State(token, number));
	}

	private State change(long token, UnaryOperator<State> change) {
		this.threads.lock();
		try {
			Files.createDirectories(this.file.getParent());
			try (FileChannel guard = FileChannel.open(sibling(".lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE); FileLock lock = guard.lock()) {
				State state = load();
				if (token < state.token()) {
					throw new StaleTokenException(token, state.token());
				}
				State changed = change.apply(state);
				store(changed);
				return changed;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.threads.unlock();
		}
	}

	private State load() throws IOException {
		if (!Files.exists(this.file)) {
			return new State(0, 0);
		}
		String[] parts = Files.readString(this.file).trim().split(" ");
		return new State(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
	}

	private void store(State state) throws IOException {
		Path temporary = Files.writeString(sibling(".tmp"), state.token() + " " + state.number());
		Files.move(temporary, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private Path sibling(String suffix) {
		return this.file.resolveSibling(this.file.getFileName() + suffix);
	}

	/**
	 * The content of the file.
	 *
	 * @param token the greatest token seen
	 * @param number the number
	 */
	private record State(long token, long number) {

	}

}
