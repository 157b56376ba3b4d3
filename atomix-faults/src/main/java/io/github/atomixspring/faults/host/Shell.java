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
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands of the system and waits for their ends.
 */
public final class Shell {

	private static final long SECONDS = 60;

	private Shell() {
	}

	/**
	 * Runs a command.
	 * @param command the command and its arguments
	 * @return what it said on its output
	 * @throws IOException if it cannot run or fails: with what it said
	 */
	public static String run(String... command) throws IOException {
		Result result = call(List.of(command));
		if (result.code() != 0) {
			throw new IOException("'%s' ended with %d: %s".formatted(String.join(" ", command), result.code(),
					result.text().strip()));
		}
		return result.text();
	}

	/**
	 * Runs a command that may fail.
	 * @param command the command and its arguments
	 * @return how it ended
	 * @throws IOException if it cannot run
	 */
	public static Result call(List<String> command) throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		process.getOutputStream().close();
		try {
			String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
				throw new IOException("'%s' does not end".formatted(String.join(" ", command)));
			}
			return new Result(process.exitValue(), text);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException(String.join(" ", command));
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * How a command ended.
	 *
	 * @param code its exit code
	 * @param text what it said
	 */
	public record Result(int code, String text) {

	}

}
