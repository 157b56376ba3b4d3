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

package io.github.atomixspring.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running {@link WorkerProcess}, as its parent sees it.
 */
final class Worker implements AutoCloseable {

	private static final Duration START = Duration.ofSeconds(60);

	private final String name;

	private final Process process;

	private final BufferedReader reader;

	private final BufferedWriter writer;

	private Worker(String name, Process process) {
		this.name = name;
		this.process = process;
		this.reader = process.inputReader(StandardCharsets.UTF_8);
		this.writer = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
	}

	/**
	 * Starts a process.
	 * @param system the system
	 * @param self the member or {@link WorkerProcess#CLIENT}
	 * @param topology the members
	 * @param directory where it keeps its data and log
	 * @param jvmOptions the options of the virtual machine
	 * @return the process, which may not be ready
	 * @throws IOException if it cannot be started
	 */
	static Worker start(SystemSpec system, String self, Topology topology, Path directory, List<String> jvmOptions)
			throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvmOptions);
		command.addAll(system.jvmOptions());
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), WorkerProcess.class.getName(),
				system.type().name(), self, topology.format(), directory.resolve(self).toString()));
		Process process = new ProcessBuilder(command).redirectError(directory.resolve(self + ".log").toFile()).start();
		return new Worker(system.name() + " " + self, process);
	}

	void awaitReady() throws IOException {
		answer(START);
	}

	boolean isLeader() throws IOException {
		return Boolean.parseBoolean(ask("leader", START));
	}

	StepResult run(Step step, Duration duration) throws IOException {
		return StepResult.parse(ask("run " + step + " " + duration.toMillis(), duration.plusMinutes(2)));
	}

	/**
	 * Returns the processor time used so far.
	 * @return the time
	 */
	Duration processorTime() {
		return this.process.info().totalCpuDuration().orElse(Duration.ZERO);
	}

	long pid() {
		return this.process.pid();
	}

	private String ask(String line, Duration timeout) throws IOException {
		this.writer.write(line);
		this.writer.newLine();
		this.writer.flush();
		return answer(timeout);
	}

	private String answer(Duration timeout) throws IOException {
		CompletableFuture<String> answer = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				answer.complete(readAnswer());
			}
			catch (IOException ex) {
				answer.completeExceptionally(ex);
			}
		}, "answer");
		thread.setDaemon(true);
		thread.start();
		try {
			return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted", ex);
		}
		catch (ExecutionException ex) {
			throw new IOException(ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new IOException("No answer from " + this.name + " within " + timeout, ex);
		}
	}

	private String readAnswer() throws IOException {
		for (String line = this.reader.readLine(); line != null; line = this.reader.readLine()) {
			if (line.startsWith(WorkerProcess.MARK)) {
				return line.substring(WorkerProcess.MARK.length());
			}
		}
		throw new IOException("The process of " + this.name + " has ended, status "
				+ this.process.onExit().thenApply(Process::exitValue).join() + ": see its log");
	}

	/**
	 * Ends the process, by force if it takes long.
	 */
	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			if (this.process.waitFor(10, TimeUnit.SECONDS)) {
				return;
			}
		}
		catch (IOException ex) {
			System.err.println("Could not close the input of " + this.name + ": " + ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.process.destroyForcibly();
	}

}
