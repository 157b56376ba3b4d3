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

package io.github.atomixspring.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.atomixspring.faults.host.MountedDisk;
import io.github.atomixspring.faults.node.NodeProcess;

/**
 * The directory into which the processes of a suite write. Its name tells the process of
 * the suite, so that what a killed one left behind can be cleared away: most processes
 * end with it, but not those that are stopped by a signal.
 */
final class WorkDirectory {

	private static final String PREFIX = "atomix-faults-";

	private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)");

	private WorkDirectory() {
	}

	/**
	 * Creates the directory of this process, and clears away those of suites that are
	 * gone.
	 * @param parent the directory below which it is created
	 * @return the directory
	 * @throws IOException if the directories cannot be created or deleted
	 */
	static Path create(Path parent) throws IOException {
		Files.createDirectories(parent);
		for (Path left : list(parent)) {
			Matcher matcher = NAME.matcher(left.getFileName().toString());
			if (matcher.matches() && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
				killProcesses(left);
				MountedDisk.unmount(left);
				delete(left);
			}
		}
		return Files.createDirectory(parent.resolve(PREFIX + ProcessHandle.current().pid()));
	}

	private static void killProcesses(Path directory) {
		ProcessHandle.allProcesses().filter((process) -> belongs(process, directory)).forEach((process) -> {
			process.destroyForcibly();
			process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
		});
	}

	private static boolean belongs(ProcessHandle process, Path directory) {
		List<String> arguments = process.info().arguments().map(List::of).orElse(List.of());
		return arguments.contains(NodeProcess.class.getName())
				&& arguments.stream().anyMatch((argument) -> argument.startsWith(directory.toString()));
	}

	/**
	 * Deletes a directory with all that is in it.
	 * @param directory the directory
	 * @throws IOException if it cannot be deleted
	 */
	static void delete(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

	private static List<Path> list(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.toList();
		}
	}

}
