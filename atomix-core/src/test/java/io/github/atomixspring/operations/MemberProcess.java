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

package io.github.atomixspring.operations;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * One process of a member with the library of one release.
 */
final class MemberProcess {

	private static final long ANSWER_SECONDS = 90;

	private final String id;

	private final Process process;

	private final Writer input;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final Ledger ledger;

	private volatile String view = "";

	private volatile @Nullable String refusal;

	private MemberProcess(String id, Process process, Ledger ledger) {
		this.id = id;
		this.process = process;
		this.ledger = ledger;
		this.input = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
		Thread reader = new Thread(this::read, "reader-" + id);
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Starts a process.
	 * @param id the id of the node
	 * @param classpath the class path
	 * @param directory the directory of the node; what it logs goes beside it
	 * @param members the members
	 * @param ledger takes what the load has done
	 * @param options options for its JVM
	 * @return the process
	 * @throws IOException if it cannot be started
	 */
	static MemberProcess start(String id, String classpath, Path directory, String members, Ledger ledger,
			String... options) throws IOException {
		Path log = directory.resolveSibling(id + ".log");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						"-XX:TieredStopAtLevel=1"));
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", classpath, OperatedMember.class.getName(), id, directory.toString(), members));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
		return new MemberProcess(id, process, ledger);
	}

	private void read() {
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				String[] words = line.split(" ", 2);
				switch (words[0]) {
					case "view" -> this.view = words[1];
					case "answer" -> this.answers.add(words[1]);
					case "refused" -> this.refusal = words[1];
					default -> this.ledger.note(this.id, words[0], words[1]);
				}
			}
		}
		catch (IOException ex) {
			this.answers.add("failed: " + ex);
		}
	}

	/**
	 * Gives a command.
	 * @param command the command
	 * @return the answer
	 * @throws IOException if the process does not hear or does not answer
	 */
	String ask(String command) throws IOException {
		tell(command);
		try {
			String answer = this.answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
			if (answer == null) {
				throw new IOException("Node '" + this.id + "' does not answer to '" + command + "'");
			}
			return answer;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private void tell(String command) throws IOException {
		this.input.write(command + "\n");
		this.input.flush();
	}

	/**
	 * Stops the process in order.
	 * @throws IOException if it does not end
	 */
	void stop() throws IOException {
		tell("stop");
		awaitExit();
	}

	/**
	 * Waits for the end of the process.
	 * @return its exit code
	 * @throws IOException if it does not end
	 */
	int awaitExit() throws IOException {
		try {
			if (!this.process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
				throw new IOException("Node '" + this.id + "' does not end");
			}
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	void kill() {
		this.process.destroyForcibly();
	}

	String id() {
		return this.id;
	}

	/**
	 * Returns how the member is: state, role, leader and problem.
	 * @return the text, empty until it is known
	 */
	String view() {
		return this.view;
	}

	boolean leads() {
		return this.view.startsWith("RUNNING LEADER");
	}

	boolean takesPart() {
		return this.view.startsWith("RUNNING") && !this.view.split(" ")[2].equals("null");
	}

	/**
	 * Returns why the member did not start.
	 * @return the text, or null
	 */
	@Nullable String refusal() {
		return this.refusal;
	}

}
