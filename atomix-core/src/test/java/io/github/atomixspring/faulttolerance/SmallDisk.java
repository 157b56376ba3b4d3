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

package io.github.atomixspring.faulttolerance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A small disk of its own that can be filled up, or taken the power from. Only root can
 * make one, on Linux.
 */
public final class SmallDisk implements AutoCloseable {

	private static final long COMMAND_SECONDS = 30;

	private static final int BLOCK = 4096;

	private static final String UNFORCED = "unforced";

	/**
	 * EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: from now on each access fails,
	 * and what was not forced to disk never gets there.
	 */
	private static final String CUT = "for (@ARGV) { open(my $d, '<', $_) or die $!; "
			+ "my $f = pack('L', 2); ioctl($d, 0x8004587d, $f) or die $!; }";

	private final Path directory;

	private final int megabytes;

	private @Nullable Path image;

	private int copies;

	private int cuts;

	private SmallDisk(Path directory, @Nullable Path image, int megabytes) {
		this.directory = directory;
		this.image = image;
		this.megabytes = megabytes;
	}

	/**
	 * Returns why disks cannot be made here.
	 * @return the reason, or an empty text if they can be
	 */
	public static String obstacle() {
		if (!"root".equals(System.getProperty("user.name")) || !Files.exists(Path.of("/proc/mounts"))) {
			return "only root on Linux can mount a small disk";
		}
		return List.of("mount", "umount", "mkfs.ext4", "perl")
			.stream()
			.filter((command) -> !isThere(command))
			.findFirst()
			.map((command) -> "there is no command '" + command + "'")
			.orElse("");
	}

	private static boolean isThere(String command) {
		return List.of(System.getenv("PATH").split(":"))
			.stream()
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, command)));
	}

	/**
	 * Makes a disk in memory.
	 * @param directory where it is mounted
	 * @param megabytes its size
	 * @return the disk
	 */
	static SmallDisk inMemory(Path directory, int megabytes) throws IOException {
		SmallDisk disk = new SmallDisk(Files.createDirectories(directory), null, megabytes);
		disk.mount();
		return disk;
	}

	/**
	 * Makes a disk with the file system ext4.
	 * @param directory where it is mounted
	 * @param megabytes its size
	 * @return the disk
	 */
	public static SmallDisk ofImage(Path directory, int megabytes) throws IOException {
		Path image = directory.resolveSibling(directory.getFileName() + ".img");
		try (FileChannel channel = FileChannel.open(image, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			channel.write(ByteBuffer.allocate(1), ((long) megabytes << 20) - 1);
		}
		// No room is kept for root, who could write on when the disk is full.
		run("mkfs.ext4", "-q", "-F", "-m", "0", "-b", Integer.toString(BLOCK), image.toString());
		SmallDisk disk = new SmallDisk(Files.createDirectories(directory), image, megabytes);
		disk.mount();
		return disk;
	}

	private void mount() throws IOException {
		if (this.image != null) {
			run("mount", "-o", "loop", this.image.toString(), this.directory.toString());
		}
		else {
			run("mount", "-t", "tmpfs", "-o", "size=" + this.megabytes + "m", "none", this.directory.toString());
		}
	}

	/**
	 * Returns where it is mounted.
	 * @return the directory
	 */
	public Path directory() {
		return this.directory;
	}

	/**
	 * Returns how much room is left.
	 * @return the bytes
	 * @throws IOException if the disk is broken
	 */
	public long free() throws IOException {
		return Files.getFileStore(this.directory).getUsableSpace();
	}

	/**
	 * Fills the disk.
	 * @param left how many bytes to leave
	 * @throws IOException if it cannot be written
	 */
	public void fill(long left) throws IOException {
		FileStore store = Files.getFileStore(this.directory);
		try (FileChannel channel = FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
			ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
			while (store.getUsableSpace() > left) {
				block.clear();
				channel.write(block);
			}
		}
		catch (IOException ex) {
			if (!String.valueOf(ex.getMessage()).contains("No space left")) {
				throw ex;
			}
		}
	}

	/**
	 * Makes the room free again.
	 * @throws IOException if that fails
	 */
	public void clear() throws IOException {
		Files.deleteIfExists(filler());
	}

	private Path filler() {
		return this.directory.resolve(".filler");
	}

	/**
	 * Makes the disk one that cannot be written, or one that can. No file of it may be
	 * open.
	 * @param readOnly whether it cannot be written
	 */
	void setReadOnly(boolean readOnly) throws IOException {
		run("mount", "-o", (readOnly) ? "remount,ro" : "remount,rw", this.directory.toString());
	}

	/**
	 * Makes a disk of an image one that cannot be written, as the system does after an
	 * error of a disk, while files are open. Only {@link #restore()} makes it whole.
	 */
	void turnReadOnly() throws IOException {
		run("mount", "-o", "remount,abort", this.directory.toString());
	}

	/**
	 * Cuts the power of disks at the same time. Each access fails from then on. A file
	 * that is written before and not forced proves that what was not is lost.
	 * @param disks the disks, of images
	 * @throws IOException if that fails
	 */
	public static void cut(List<SmallDisk> disks) throws IOException {
		for (SmallDisk disk : disks) {
			// Each time another file: ext4 forces one that was emptied when it is closed.
			disk.cuts++;
			Files.writeString(disk.unforced(), UNFORCED, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		}
		List<String> command = new ArrayList<>(List.of("perl", "-e", CUT));
		disks.forEach((disk) -> command.add(disk.directory.toString()));
		run(command.toArray(new String[0]));
	}

	/**
	 * Puts another disk in the place of one whose power was cut, with what was forced to
	 * that. Files of the old one may be open: as long as they are it cannot be mounted
	 * anew.
	 * @return whether what was written before and not forced is lost
	 * @throws IOException if it cannot be made
	 */
	public boolean restore() throws IOException {
		Path old = Objects.requireNonNull(this.image, "A disk in memory has lost all");
		Path copy = this.directory.resolveSibling(this.directory.getFileName() + "-" + ++this.copies + ".img");
		run("umount", "-l", this.directory.toString());
		run("cp", "--sparse=always", old.toString(), copy.toString());
		Files.delete(old);
		this.image = copy;
		mount();
		return !Files.exists(unforced()) || !Files.readString(unforced()).equals(UNFORCED);
	}

	private Path unforced() {
		return this.directory.resolve(UNFORCED + "-" + this.cuts);
	}

	private static String run(String... command) throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try {
			String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IOException(String.join(" ", command) + ": " + text.strip());
			}
			return text.strip();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Override
	public void close() throws IOException {
		// A test that failed may have files open.
		run("umount", "-l", this.directory.toString());
		if (this.image != null) {
			Files.deleteIfExists(this.image);
		}
	}

}
