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

package io.github.atomixspring.faults.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.atomixspring.faulttolerance.SmallDisk;

/**
 * A small disk of its own, which can fill up, break, and lose what was not forced to it
 * when the power fails.
 */
public final class MountedDisk implements Disk {

	/**
	 * Enough for the free space that members want by default and for what a round writes.
	 */
	private static final int MEGABYTES = 192;

	private final SmallDisk disk;

	private int generation;

	private boolean closed;

	/**
	 * Makes a disk and mounts it.
	 * @param directory where it is mounted, created if it is not there; beside it is the
	 * file that holds what is on the disk
	 * @throws IOException if it cannot be made
	 */
	public MountedDisk(Path directory) throws IOException {
		this.disk = SmallDisk.ofImage(directory, MEGABYTES);
	}

	/**
	 * Returns why there cannot be such disks here.
	 * @return the reason, or an empty text if there can be
	 */
	public static String obstacle() {
		return SmallDisk.obstacle();
	}

	@Override
	public Path directory() {
		return this.disk.directory().resolve("data-" + this.generation);
	}

	/**
	 * Deletes the data before: there is not much room.
	 */
	@Override
	public void wipe() throws IOException {
		Shell.run("rm", "-rf", directory().toString());
		this.generation++;
	}

	/**
	 * Returns how much room is left.
	 * @return the bytes
	 * @throws IOException if the disk is broken
	 */
	public long free() throws IOException {
		return this.disk.free();
	}

	/**
	 * Fills the disk.
	 * @param left how many bytes to leave
	 * @throws IOException if it cannot be written
	 */
	public void fill(long left) throws IOException {
		this.disk.fill(left);
	}

	/**
	 * Takes away what it was filled with.
	 * @throws IOException if that fails
	 */
	public void clear() throws IOException {
		this.disk.clear();
	}

	/**
	 * Cuts the power of disks at the same time. Each access fails from then on. A file
	 * that is written before and not forced proves that what was not is lost.
	 * @param disks the disks
	 * @throws IOException if that fails
	 */
	public static void cut(List<MountedDisk> disks) throws IOException {
		SmallDisk.cut(disks.stream().map((disk) -> disk.disk).toList());
	}

	/**
	 * Tries what an access ends with.
	 * @return what the system says, or an empty text if the disk can be written
	 */
	public String problem() {
		try {
			Files.writeString(this.disk.directory().resolve("probe"), "");
			return "";
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	/**
	 * Puts a disk with what was forced in the place of one whose power was cut. Only
	 * while no process uses it.
	 * @return whether what was written before and not forced is lost
	 * @throws IOException if it cannot be made
	 */
	public boolean restore() throws IOException {
		return this.disk.restore();
	}

	@Override
	public void close() throws IOException {
		if (!this.closed) {
			this.closed = true;
			this.disk.close();
		}
	}

	/**
	 * Unmounts the disks that were left behind.
	 * @param directory the directory below which they are mounted
	 * @throws IOException if one cannot be unmounted
	 */
	public static void unmount(Path directory) throws IOException {
		for (Path mounted : mounted(directory)) {
			// Lazily: a process that was killed may not have ended yet.
			Shell.Result result = Shell.call(List.of("umount", "-l", mounted.toString()));
			// Others may have done it by now: a suite that ends closes its disks, too.
			if (result.code() != 0 && mounted(directory).contains(mounted)) {
				throw new IOException("%s cannot be unmounted: %s".formatted(mounted, result.text().strip()));
			}
		}
	}

	private static List<Path> mounted(Path directory) throws IOException {
		Path mounts = Path.of("/proc/mounts");
		if (!Files.exists(mounts)) {
			return List.of();
		}
		return Files.readAllLines(mounts)
			.stream()
			.map((line) -> Path.of(line.split(" ")[1]))
			.filter((mounted) -> mounted.startsWith(directory))
			.toList();
	}

}
