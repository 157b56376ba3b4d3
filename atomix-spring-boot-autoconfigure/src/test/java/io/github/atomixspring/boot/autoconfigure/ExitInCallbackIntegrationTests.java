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

package io.github.atomixspring.boot.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an application can end its process wherever the library calls it: the hook
 * that closes the context must not wait for the callback, which waits for the hook.
 */
class ExitInCallbackIntegrationTests {

	private final Map<String, Process> processes = new LinkedHashMap<>();

	@TempDir
	private Path directory;

	@AfterEach
	void end() {
		this.processes.values().forEach(Process::destroyForcibly);
	}

	@Test
	void processEndsInOrderInEachKindOfCallback() throws Exception {
		for (String where : List.of("stage", "topic", "leadership")) {
			this.processes.put(where, start(where));
		}
		for (Map.Entry<String, Process> entry : this.processes.entrySet()) {
			String where = entry.getKey();
			assertThat(entry.getValue().waitFor(3, TimeUnit.MINUTES)).as(where + " ends").isTrue();
			String output = Files.readString(output(where));
			assertThat(output).as(where).contains("Ending in the callback of " + where);
			assertThat(entry.getValue().exitValue()).as(where).isEqualTo(ExitingApplication.CODE);
		}
	}

	private Process start(String where) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
						"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
						ExitingApplication.class.getName(), "--exit=" + where, "--spring.main.banner-mode=off",
						"--atomix.node.address=127.0.0.1:" + FreePort.find(),
						"--atomix.storage.directory=" + this.directory.resolve(where)));
		File output = output(where).toFile();
		return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
	}

	private Path output(String where) {
		return this.directory.resolve(where + ".txt");
	}

}
