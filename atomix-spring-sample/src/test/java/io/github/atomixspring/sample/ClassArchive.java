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
import java.util.List;

/**
 * The built jar taken apart, with an archive of the classes that a start of the sample
 * needs. The processes of the tests start with it in about half of the processor time.
 * Made once for all JVMs of the tests.
 */
final class ClassArchive {

	private static final String JVM_OPTIONS = "-XX:+UseSerialGC";

	private ClassArchive() {
	}

	/**
	 * Returns how the JVM is told to use the archive.
	 * @param jar the built jar
	 * @return the options
	 */
	static List<String> options(Path jar) {
		return List.of("-XX:SharedArchiveFile=" + archive(directory(jar)), "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
	}

	/**
	 * Returns the jar of the sample alone, which finds its dependencies beside it. Makes
	 * the archive if that has not been done.
	 * @param jar the built jar
	 * @return the jar to start
	 */
	static Path jar(Path jar) {
		Path directory = directory(jar);
		try (FileChannel channel = FileChannel.open(jar.resolveSibling("class-archive.lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
			if (!lock.isValid()) {
				throw new IllegalStateException("The lock of " + directory + " is gone");
			}
			Path archive = archive(directory);
			if (!Files.exists(archive)
					|| Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
				make(jar, directory);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return directory.resolve(jar.getFileName());
	}

	private static Path directory(Path jar) {
		return jar.resolveSibling("class-archive");
	}

	private static Path archive(Path directory) {
		return directory.resolve("sample.jsa");
	}

	private static void make(Path jar, Path directory) throws IOException {
		try (SampleProcess extraction = SampleProcess.start("extraction", jar.getParent(), List.of(),
				List.of("-Djarmode=tools", "-jar", jar.toString()),
				List.of("extract", "--force", "--destination", directory.toString()))) {
			require(extraction.awaitExit() == 0, extraction);
		}
		Path unfinished = directory.resolve("unfinished.jsa");
		Path data = Files.createTempDirectory(directory, "data");
		try (SampleProcess training = SampleProcess.start("training", data,
				List.of(JVM_OPTIONS, "-XX:ArchiveClassesAtExit=" + unfinished),
				List.of("-jar", directory.resolve(jar.getFileName()).toString()),
				List.of("--server.port=0", "--atomix.node.address=127.0.0.1:" + SampleProcesses.freePort()))) {
			training.awaitHealthy(Limits.PATIENCE);
			training.stop();
			require(Files.exists(unfinished), training);
		}
		Files.move(unfinished, archive(directory), StandardCopyOption.ATOMIC_MOVE);
	}

	private static void require(boolean made, SampleProcess process) {
		if (!made) {
			throw new IllegalStateException("There is no archive of classes: " + process.output());
		}
	}

}
