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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import io.github.atomixspring.faults.node.Lines;
import io.github.atomixspring.faults.node.NodeConfig;
import io.github.atomixspring.faults.node.NodeProcess;
import io.github.atomixspring.faults.node.NodeView;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A machine of one node: its place on the network, its disk, and the process that runs on
 * it now. The process can be started, killed, stopped and continued again and again.
 * <p>
 * Not thread-safe but for {@link #ask}, {@link #view()} and {@link #isAlive()}.
 */
public final class Host implements AutoCloseable {

	private static final Duration START = Duration.ofSeconds(60);

	private static final Duration DEATH = Duration.ofSeconds(10);

	private final String id;

	private final Network network;

	private final @Nullable Disk disk;

	private final Path directory;

	private final List<String> javaOptions;

	private final Lines lines = new Lines();

	private final AtomicLong requests = new AtomicLong();

	private @Nullable Running running;

	private int incarnation;

	private boolean paused;

	/**
	 * Creates a host on which nothing runs.
	 * @param id the name of the node
	 * @param network the network it is on
	 * @param disk its disk, or null for a client
	 * @param directory where its processes write their logs
	 * @param javaOptions the options of their Java
	 */
	public Host(String id, Network network, @Nullable Disk disk, Path directory, List<String> javaOptions) {
		this.id = id;
		this.network = network;
		this.disk = disk;
		this.directory = directory;
		this.javaOptions = List.copyOf(javaOptions);
	}

	/**
	 * Returns the name of the node.
	 * @return the name
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Returns whether a member runs here, no client.
	 * @return whether it is a member
	 */
	public boolean isMember() {
		return this.disk != null;
	}

	/**
	 * Returns the disk.
	 * @return the disk
	 * @throws IllegalStateException if it is a client
	 */
	public Disk disk() {
		if (this.disk == null) {
			throw new IllegalStateException(this.id + " has no disk");
		}
		return this.disk;
	}

	/**
	 * Returns how many processes were started here.
	 * @return the number
	 */
	public int incarnation() {
		return this.incarnation;
	}

	/**
	 * Starts a process. Does not wait for it.
	 * @param config what it is to be, but for the number of the process and the data
	 * directory
	 * @throws IOException if it cannot be started
	 */
	public void start(NodeConfig config) throws IOException {
		if (isAlive()) {
			throw new IllegalStateException(this.id + " runs already");
		}
		this.incarnation++;
		this.paused = false;
		List<String> command = new ArrayList<>(this.network.launcher(this.id));
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(this.javaOptions);
		command.add("-cp");
		command.add(System.getProperty("java.class.path"));
		command.add(NodeProcess.class.getName());
		// Tells the process of a killed suite from others.
		command.add(this.directory.toString());
		Path log = this.directory.resolve("%s-%d.log".formatted(this.id, this.incarnation));
		Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
		Running started = new Running(process, log);
		this.running = started;
		String data = (this.disk != null) ? this.disk.directory().toString() : null;
		started.say(this.lines.write(config.of(this.incarnation, data)));
		started.listen();
		Files.writeString(this.directory.resolve("%s-%d.pid".formatted(this.id, this.incarnation)),
				Long.toString(process.pid()));
	}

	/**
	 * Waits until the process runs and knows what it has to lose.
	 * @throws IOException if it does not
	 */
	public void awaitReady() throws IOException {
		await(current().ready, START, "be ready");
		this.network.instruct(this);
	}

	/**
	 * Asks the process.
	 * @param command what it is to do
	 * @param argument the argument, in a form that can be written as JSON, or null
	 * @return its answer; fails with {@link IOException} if it refuses or ends
	 */
	public CompletableFuture<JsonNode> ask(String command, @Nullable Object argument) {
		Running process = this.running;
		if (process == null || !process.process.isAlive()) {
			return CompletableFuture.failedFuture(new IOException(this.id + " does not run"));
		}
		return process.ask(new Lines.Request(this.requests.incrementAndGet(), command, this.lines.tree(argument)));
	}

	/**
	 * Asks the process and waits for the answer.
	 * @param command what it is to do
	 * @param argument the argument, or null
	 * @param timeout how long to wait
	 * @return its answer
	 * @throws IOException if there is none
	 */
	public JsonNode ask(String command, @Nullable Object argument, Duration timeout) throws IOException {
		return await(ask(command, argument), timeout, command);
	}

	private <T> T await(CompletableFuture<T> future, Duration timeout, String what) throws IOException {
		try {
			return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw new IOException("%s failed to %s: %s".formatted(this.id, what, ex.getMessage()), ex);
		}
		catch (TimeoutException ex) {
			throw new IOException("%s did not %s within %s".formatted(this.id, what, timeout), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException(what);
		}
	}

	/**
	 * Returns what the present process said last of itself.
	 * @return its view, or empty if there is none
	 */
	public Optional<NodeView> view() {
		Running process = this.running;
		return Optional.ofNullable((process != null && process.process.isAlive()) ? process.view : null);
	}

	/**
	 * Returns whether there is a process, perhaps a stopped one.
	 * @return whether there is
	 */
	public boolean isAlive() {
		Running process = this.running;
		return process != null && process.process.isAlive();
	}

	/**
	 * Returns whether the process is stopped by a signal.
	 * @return whether it is
	 */
	public boolean isPaused() {
		return this.paused;
	}

	/**
	 * Kills the process, which is not told, and waits for its death.
	 * @return its exit code
	 * @throws IOException if it does not die
	 */
	public int kill() throws IOException {
		Running process = current();
		process.process.destroyForcibly();
		await(process.process.onExit(), DEATH, "die");
		this.paused = false;
		return process.process.exitValue();
	}

	/**
	 * Asks the process to end by itself and waits for that.
	 * @param timeout how long it may take
	 * @return its exit code
	 * @throws IOException if it does not end
	 */
	public int stop(Duration timeout) throws IOException {
		Running process = current();
		process.say(this.lines.write(new Lines.Request(0, "exit", null)));
		await(process.process.onExit(), timeout, "end");
		return process.process.exitValue();
	}

	/**
	 * Stops the process where it is, by SIGSTOP.
	 * @throws IOException if it cannot be stopped
	 */
	public void pause() throws IOException {
		Shell.run("kill", "-STOP", Long.toString(pid()));
		this.paused = true;
	}

	/**
	 * Lets a stopped process go on, by SIGCONT.
	 * @throws IOException if it cannot be told
	 */
	public void resume() throws IOException {
		Shell.run("kill", "-CONT", Long.toString(pid()));
		this.paused = false;
	}

	/**
	 * Returns what the kernel says about the process.
	 * @return the letter of its state, such as {@code T} for a stopped one, or
	 * {@code gone}
	 * @throws IOException if the kernel cannot be asked
	 */
	public String processState() throws IOException {
		Path stat = Path.of("/proc", Long.toString(pid()), "stat");
		if (!isAlive() || !Files.exists(stat)) {
			return "gone";
		}
		String text = Files.readString(stat);
		return text.substring(text.lastIndexOf(')') + 2, text.lastIndexOf(')') + 3);
	}

	/**
	 * Returns the id of the present or last process.
	 * @return the id
	 */
	public long pid() {
		return current().process.pid();
	}

	private Running current() {
		Running process = this.running;
		if (process == null) {
			throw new IllegalStateException(this.id + " was never started");
		}
		return process;
	}

	/**
	 * Kills what runs here and lets the disk go.
	 */
	@Override
	public void close() throws IOException {
		try {
			if (isAlive()) {
				kill();
			}
		}
		finally {
			if (this.disk != null) {
				this.disk.close();
			}
		}
	}

	@Override
	public String toString() {
		return this.id;
	}

	/**
	 * A process.
	 */
	private final class Running {

		private final Process process;

		private final Path log;

		private final PrintStream in;

		private final CompletableFuture<Void> ready = new CompletableFuture<>();

		private final Map<Long, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

		private volatile @Nullable NodeView view;

		Running(Process process, Path log) {
			this.process = process;
			this.log = log;
			this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
		}

		synchronized void say(String line) {
			this.in.println(line);
		}

		CompletableFuture<JsonNode> ask(Lines.Request request) {
			CompletableFuture<JsonNode> answer = new CompletableFuture<>();
			this.answers.put(request.id(), answer);
			say(Host.this.lines.write(request));
			if (!this.process.isAlive()) {
				ended();
			}
			return answer;
		}

		void listen() {
			Thread thread = new Thread(this::read, "listen-" + Host.this.id);
			thread.setDaemon(true);
			thread.start();
		}

		private void read() {
			try (BufferedReader out = new BufferedReader(
					new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
				for (String line = out.readLine(); line != null; line = out.readLine()) {
					accept(Host.this.lines.readMessage(line));
				}
			}
			catch (IOException ex) {
				// The pipe of a killed process breaks.
				this.ready.completeExceptionally(ex);
			}
			ended();
		}

		private void accept(Lines.Message message) {
			if (message.view() != null) {
				this.view = message.view();
				this.ready.complete(null);
				return;
			}
			CompletableFuture<JsonNode> answer = this.answers.remove(message.id());
			if (answer != null && message.failure() != null) {
				answer.completeExceptionally(new IOException(message.failure()));
			}
			else if (answer != null) {
				answer.complete(Host.this.lines.tree(message.answer()));
			}
		}

		private void ended() {
			IOException failure = new IOException("The process of %s ended, see %s".formatted(Host.this.id, this.log));
			this.ready.completeExceptionally(failure);
			this.answers.values().forEach((answer) -> answer.completeExceptionally(failure));
		}

	}

}
