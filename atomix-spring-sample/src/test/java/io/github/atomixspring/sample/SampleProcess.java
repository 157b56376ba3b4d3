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

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * An application in a process of its own, by default the sample. What it prints is kept
 * and also written to {@code target/process-logs}.
 */
final class SampleProcess implements AutoCloseable {

	static final String ELECTED = "Elected leader!";

	static final String DEPOSED = "No longer leader";

	private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

	// What the sample says, or what Spring Boot does where nobody told it not to.
	private static final Pattern WEB = Pattern
		.compile("(?:Web: http://localhost:|.* Tomcat started on port )(\\d+)\\b.*");

	private static final AtomicInteger count = new AtomicInteger();

	private static final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final String name;

	private final Process process;

	private final long startedAt = System.nanoTime();

	private final List<Line> lines = new CopyOnWriteArrayList<>();

	private final Thread reader;

	private SampleProcess(String name, Process process) {
		this.name = name;
		this.process = process;
		this.reader = new Thread(this::readOutput, "output of " + name);
		this.reader.setDaemon(true);
		this.reader.start();
	}

	/**
	 * Returns how the JVM is told to run the sample: quickly, from the built jar taken
	 * apart, or the class path where there is no jar.
	 * @return the options
	 */
	static List<String> sample() {
		return builtJar().map((jar) -> fromArchive(jar, "-jar", ClassArchive.jar(jar).toString()))
			.orElseGet(SampleProcess::onClassPath);
	}

	/**
	 * Returns how the JVM is told to run the sample as users do.
	 * @return the options
	 */
	static List<String> asDelivered() {
		return builtJar().map((jar) -> List.of("-jar", jar.toString())).orElseGet(SampleProcess::onClassPath);
	}

	/**
	 * Returns how the JVM is told to run the sample with the class path of the tests.
	 * @return the options
	 */
	static List<String> onClassPath() {
		return List.of("-cp", System.getProperty("java.class.path"), SampleApplication.class.getName());
	}

	/**
	 * Returns how the JVM is told to run the sample with further beans.
	 * @param extension the class of a bean, which may have further ones. Not a component,
	 * which the scan would find in all tests
	 * @return the options
	 */
	static List<String> sampleWith(Class<?> extension) {
		String bean = "--spring.main.sources=" + extension.getName();
		return builtJar()
			.map((jar) -> fromArchive(jar, "-cp", ClassArchive.jar(jar) + File.pathSeparator + otherClassPath(),
					SampleApplication.class.getName(), bean))
			.orElseGet(() -> List.of("-cp", System.getProperty("java.class.path"), SampleApplication.class.getName(),
					bean));
	}

	private static List<String> fromArchive(Path jar, String... program) {
		List<String> options = new ArrayList<>(ClassArchive.options(jar));
		options.addAll(List.of(program));
		return options;
	}

	/**
	 * Returns the class path of the tests without the sample itself: what stands behind
	 * the jar of the archive must not change what comes first.
	 * @return the class path
	 */
	private static String otherClassPath() {
		Path sample = Path
			.of(URI.create(SampleApplication.class.getProtectionDomain().getCodeSource().getLocation().toString()));
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !Path.of(entry).toAbsolutePath().equals(sample))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static Optional<Path> builtJar() {
		return Optional.of(Path.of(System.getProperty("sample.jar", "none")).toAbsolutePath())
			.filter(Files::isRegularFile);
	}

	/**
	 * Starts a process.
	 * @param name the name, for messages
	 * @param directory the working directory
	 * @param jvmOptions options of the JVM
	 * @param program how the JVM is told what to run
	 * @param arguments the arguments of the program
	 * @return the process
	 */
	static SampleProcess start(String name, Path directory, List<String> jvmOptions, List<String> program,
			List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(ProcessHandle.current().info().command().orElse("java"));
		command.add("-Xmx256m");
		command.addAll(jvmOptions);
		command.addAll(program);
		command.addAll(arguments);
		try {
			return new SampleProcess(name,
					new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void readOutput() {
		Path log = Path.of("target", "process-logs",
				String.format("%03d-%s.log", count.incrementAndGet(), this.name.replace(':', '-')));
		try {
			Files.createDirectories(log.getParent());
			try (BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8);
					PrintWriter copy = new PrintWriter(Files.newBufferedWriter(log), true)) {
				String text;
				while ((text = output.readLine()) != null) {
					this.lines.add(new Line(System.nanoTime(), text));
					copy.println(text);
				}
			}
		}
		catch (IOException ex) {
			// A killed process may leave a broken pipe.
			this.lines.add(new Line(System.nanoTime(), ex.toString()));
		}
	}

	String name() {
		return this.name;
	}

	long pid() {
		return this.process.pid();
	}

	long startedAt() {
		return this.startedAt;
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	String output() {
		return String.join("\n", this.lines.stream().map(Line::text).toList());
	}

	/**
	 * Returns when this process was elected.
	 * @return the times in nanoseconds
	 */
	List<Long> elections() {
		return this.lines.stream().filter((line) -> line.text().equals(ELECTED)).map(Line::nanos).toList();
	}

	/**
	 * Returns where a text was printed.
	 * @param pattern a part of the line
	 * @return the match in each line that has one, and when the line was read
	 */
	List<Printed> printed(Pattern pattern) {
		return this.lines.stream().flatMap((line) -> {
			Matcher matcher = pattern.matcher(line.text());
			return (matcher.find()) ? Stream.of(new Printed(this, matcher.toMatchResult(), line.nanos()))
					: Stream.empty();
		}).toList();
	}

	/**
	 * Waits until the application has started.
	 * @return when it had, in nanoseconds
	 */
	long awaitReady() {
		return Awaitility.await("start of " + this.name)
			.atMost(Limits.PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.until(this::webLine, (line) -> line.isPresent() || !isAlive())
			.orElseThrow(() -> new AssertionError(this.name + " has ended: " + output()))
			.nanos();
	}

	boolean isReady() {
		return webLine().isPresent();
	}

	/**
	 * Returns when this process printed a line.
	 * @param text the line
	 * @return the times in nanoseconds
	 */
	List<Long> times(String text) {
		return this.lines.stream().filter((line) -> line.text().equals(text)).map(Line::nanos).toList();
	}

	private Optional<Line> webLine() {
		return this.lines.stream().filter((line) -> WEB.matcher(line.text()).matches()).findFirst();
	}

	/**
	 * Waits until the health of the node is up.
	 * @param timeout the longest wait
	 * @return when it was, in nanoseconds
	 */
	long awaitHealthy(Duration timeout) {
		awaitReady();
		Awaitility.await("health of " + this.name)
			.atMost(timeout)
			.pollInterval(Duration.ofMillis(50))
			.untilAsserted(() -> {
				Reply reply = get("/actuator/health");
				if (!reply.isOk()) {
					throw new AssertionError(reply + "\n" + output());
				}
			});
		return System.nanoTime();
	}

	private int webPort() {
		Matcher matcher = WEB.matcher(webLine().map(Line::text).orElse(""));
		if (!matcher.matches()) {
			throw new IllegalStateException(this.name + " has not started: " + output());
		}
		return Integer.parseInt(matcher.group(1));
	}

	Reply get(String path) {
		return send(request(path).GET(), REQUEST_TIMEOUT).join();
	}

	Reply put(String path, String body) {
		return send(request(path).header("Content-Type", "text/plain").PUT(HttpRequest.BodyPublishers.ofString(body)),
				REQUEST_TIMEOUT)
			.join();
	}

	/**
	 * Gets until there is something.
	 * @param path the path
	 * @return the answer
	 */
	Reply awaitOk(String path) {
		return Awaitility.await(path).atMost(Limits.PATIENCE).until(() -> get(path), Reply::isOk);
	}

	Reply post(String path, String json) {
		return send(request(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json)), REQUEST_TIMEOUT).join();
	}

	Reply post(String path) {
		return postAsync(path, REQUEST_TIMEOUT).join();
	}

	CompletableFuture<Reply> postAsync(String path, Duration timeout) {
		return send(request(path).POST(HttpRequest.BodyPublishers.noBody()), timeout);
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webPort() + path));
	}

	private static CompletableFuture<Reply> send(HttpRequest.Builder request, Duration timeout) {
		return http
			.sendAsync(request.timeout(timeout).header("Accept", "application/json, text/plain, */*").build(),
					HttpResponse.BodyHandlers.ofString())
			.handle((response, ex) -> (ex != null) ? failure(ex) : new Reply(response.statusCode(), response.body()));
	}

	private static Reply failure(Throwable ex) {
		boolean nobody = ex instanceof ConnectException || ex.getCause() instanceof ConnectException;
		return new Reply((nobody) ? Reply.NOBODY : Reply.NO_ANSWER, ex.toString());
	}

	/**
	 * Waits for the end of the process.
	 * @return its exit code
	 */
	int awaitExit() {
		try {
			if (!this.process.waitFor(Limits.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				throw new AssertionError(this.name + " does not end: " + output());
			}
			this.reader.join(Limits.PATIENCE.toMillis());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return this.process.exitValue();
	}

	/**
	 * Ends the process in order (SIGTERM).
	 * @return its exit code
	 */
	int stop() {
		// Process.destroy() would also close the output, which is still to be read.
		this.process.toHandle().destroy();
		return awaitExit();
	}

	/**
	 * Ends the process without a word (SIGKILL).
	 */
	void kill() {
		killSoon();
		awaitExit();
	}

	/**
	 * Ends the process without a word and does not wait for its end.
	 */
	void killSoon() {
		this.process.toHandle().destroyForcibly();
	}

	/**
	 * Stops the process in its tracks (SIGSTOP).
	 */
	void freeze() {
		signal("STOP");
	}

	/**
	 * Lets a frozen process go on (SIGCONT).
	 */
	void resume() {
		signal("CONT");
	}

	private void signal(String signal) {
		try {
			int exit = new ProcessBuilder("kill", "-" + signal, String.valueOf(pid())).inheritIO().start().waitFor();
			if (exit != 0) {
				throw new IllegalStateException("kill -" + signal + " " + pid() + " failed");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		kill();
	}

	/**
	 * Something that a process printed.
	 *
	 * @param process the process
	 * @param match what was looked for
	 * @param nanos when it was read, in nanoseconds
	 */
	record Printed(SampleProcess process, MatchResult match, long nanos) {

	}

	/**
	 * A line that the process printed.
	 *
	 * @param nanos when it was read
	 * @param text the line
	 */
	private record Line(long nanos, String text) {

	}

}
