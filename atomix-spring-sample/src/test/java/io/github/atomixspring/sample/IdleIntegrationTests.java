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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for a cluster that is left alone.
 */
@Tag("long")
class IdleIntegrationTests {

	private static final Duration WARM_UP = Duration.ofMinutes(1);

	private static final Duration CALM = Duration.ofSeconds(10);

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private static final int INTERVALS = 10;

	private static final int THREADS = 5;

	private static final long HEAP = 10 * 1024 * 1024;

	private static final long DISK = 10 * 1024 * 1024;

	@TempDir
	private Path root;

	@Test
	void nothingChangesAndNothingGrows() {
		try (SampleCluster cluster = new SampleCluster(this.root, "localhost")) {
			cluster.startAll();
			cluster.processes().awaitElections(1);
			pause(WARM_UP);
			List<Long> heaps = heaps(cluster);
			// To look at the heap stops a process for a while, which may cost it its
			// lead.
			pause(CALM);
			String leader = cluster.raftLeader().name();
			long term = SampleCluster.health(cluster.process(leader)).path("term").asLong();
			List<Usage> usages = usages(cluster);
			for (int i = 0; i < INTERVALS; i++) {
				pause(INTERVAL);
				System.out.println("MEASURED idle: " + usages(cluster));
			}
			assertThat(cluster.processes().elections()).isEqualTo(1);
			assertThat(cluster.raftLeader().name()).isEqualTo(leader);
			assertThat(SampleCluster.health(cluster.process(leader)).path("term").asLong()).isEqualTo(term);
			List<Usage> lastUsages = usages(cluster);
			List<Long> lastHeaps = heaps(cluster);
			System.out.println(
					"MEASURED idle from " + usages + " to " + lastUsages + ", heap from " + heaps + " to " + lastHeaps);
			for (int i = 0; i < cluster.members().size(); i++) {
				assertThat(lastUsages.get(i).threads()).isLessThanOrEqualTo(usages.get(i).threads() + THREADS);
				assertThat(lastUsages.get(i).disk() - usages.get(i).disk()).isLessThan(DISK);
				assertThat(lastHeaps.get(i) - heaps.get(i)).isLessThan(HEAP);
			}
		}
	}

	private static void pause(Duration duration) {
		Awaitility.await().pollDelay(duration).atMost(duration.plusSeconds(10)).until(() -> true);
	}

	private static List<Usage> usages(SampleCluster cluster) {
		return cluster.members()
			.stream()
			.map((member) -> Usage.of(cluster.process(member), cluster.directory(member)))
			.toList();
	}

	private static List<Long> heaps(SampleCluster cluster) {
		return cluster.members().stream().map((member) -> heap(cluster.process(member).pid())).toList();
	}

	/**
	 * Returns what is reachable on the heap of a process.
	 */
	private static long heap(long pid) {
		String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
		try {
			Process process = new ProcessBuilder(jcmd, String.valueOf(pid), "GC.class_histogram").start();
			String total = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> line.startsWith("Total"))
				.findFirst()
				.orElseThrow();
			return Long.parseLong(total.trim().split("\\s+")[2]);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What a process uses.
	 *
	 * @param threads the number of threads
	 * @param disk the size of the files in its directory, in bytes
	 */
	private record Usage(int threads, long disk) {

		static Usage of(SampleProcess process, Path directory) {
			try {
				int threads = Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"))
					.stream()
					.filter((line) -> line.startsWith("Threads:"))
					.mapToInt((line) -> Integer.parseInt(line.substring("Threads:".length()).trim()))
					.sum();
				return new Usage(threads, size(directory));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static long size(Path directory) throws IOException {
			try (Stream<Path> files = Files.walk(directory)) {
				return files.filter(Files::isRegularFile).mapToLong((file) -> file.toFile().length()).sum();
			}
		}

	}

}
