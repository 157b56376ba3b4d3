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

package io.github.atomixspring.boot.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * A free port of the loopback interface for a server that must know its port before it
 * starts. Until it is given back no other test of this user gets it, in no process: a
 * locked file stands for it.
 */
final class ReservedPort implements AutoCloseable {

	// Below the range from which systems take ports for outgoing connections.
	private static final int MIN = 15_000;

	private static final int MAX = 32_000;

	private static final int ATTEMPTS = 1_000;

	private final int port;

	private final Path file;

	private final FileChannel channel;

	private ReservedPort(int port, Path file, FileChannel channel) {
		this.port = port;
		this.file = file;
		this.channel = channel;
	}

	/**
	 * Reserves a port.
	 * @return the port
	 */
	static ReservedPort reserve() {
		try {
			Path directory = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"),
					"atomix-test-ports-" + System.getProperty("user.name")));
			for (int i = 0; i < ATTEMPTS; i++) {
				ReservedPort reserved = reserve(ThreadLocalRandom.current().nextInt(MIN, MAX), directory);
				if (reserved != null) {
					return reserved;
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		throw new IllegalStateException(
				"No free port between " + MIN + " and " + MAX + " of the loopback interface was found");
	}

	/**
	 * Reserves a port if it is free.
	 * @param port the port
	 * @param directory the directory of the files that are locked
	 * @return the port, or null if it is in use or reserved by another test
	 * @throws IOException if the file cannot be opened
	 */
	static @Nullable ReservedPort reserve(int port, Path directory) throws IOException {
		if (!isFree(port)) {
			return null;
		}
		Path file = directory.resolve(port + ".lock");
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		// Somebody may have opened the port between the first look and the lock.
		if (lock(channel) && isFree(port)) {
			return new ReservedPort(port, file, channel);
		}
		channel.close();
		return null;
	}

	private static boolean lock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock() != null;
		}
		catch (OverlappingFileLockException ex) {
			// Reserved in this process.
			return false;
		}
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Returns the number of the port.
	 * @return the number
	 */
	int number() {
		return this.port;
	}

	/**
	 * Gives the port back.
	 */
	@Override
	public void close() {
		try {
			Files.deleteIfExists(this.file);
			this.channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
