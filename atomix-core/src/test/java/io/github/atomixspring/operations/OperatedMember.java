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
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.cluster.ClusterReport;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.value.DistributedLong;

/**
 * The process of a member that is to run with the library of an earlier release as well:
 * it uses only what both have. Reads commands from its input, one in a line, and tells on
 * its output what comes of them and how it is. Ends with its input.
 */
public final class OperatedMember {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final long VIEW_MILLIS = 200;

	private static final long PAUSE_MILLIS = 5;

	private final PrintStream out;

	private final AtomixReplica replica;

	private volatile boolean loaded;

	private OperatedMember(PrintStream out, AtomixReplica replica) {
		this.out = out;
		this.replica = replica;
	}

	/**
	 * Runs the process.
	 * @param args the id of the node, its directory, and the members
	 * @throws IOException if the other side cannot be heard
	 */
	public static void main(String[] args) throws IOException {
		PrintStream out = System.out;
		System.setOut(System.err);
		AtomixReplica replica = AtomixReplica.builder()
			.clusterName("upgrade")
			.nodeId(args[0])
			.members(Arrays.stream(args[2].split(",")).map(Member::parse).toList())
			.storageDirectory(Path.of(args[1]))
			.sessionTimeout(Duration.ofSeconds(5))
			.snapshotThreshold(2000)
			.build();
		try {
			replica.start();
		}
		catch (RuntimeException ex) {
			out.println("refused " + line(ex));
			out.flush();
			Runtime.getRuntime().halt(1);
		}
		new OperatedMember(out, replica).serve();
		// There may be callers that would keep the process.
		Runtime.getRuntime().halt(0);
	}

	private void serve() throws IOException {
		ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
		timer.scheduleWithFixedDelay(this::tellView, 0, VIEW_MILLIS, TimeUnit.MILLISECONDS);
		Thread load = new Thread(this::load, "load");
		load.setDaemon(true);
		load.start();
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			String[] words = line.split(" ", 2);
			if (words[0].equals("stop")) {
				this.loaded = false;
				this.replica.close();
				return;
			}
			try {
				say("answer " + perform(words[0], (words.length > 1) ? words[1] : ""));
			}
			catch (Exception ex) {
				say("answer failed: " + line(ex));
			}
		}
	}

	private String perform(String command, String argument) throws Exception {
		return switch (command) {
			case "load" -> {
				this.loaded = argument.equals("on");
				yield "done";
			}
			case "count" -> this.replica.atomicLong("n").get() + " " + map().size();
			case "verify" -> verify();
			case "transfer" -> await(this.replica.transferLeadership(argument, PATIENCE));
			case "backup" -> await(this.replica.backup(Path.of(argument)));
			case "restore" -> await(this.replica.restore(Path.of(argument)));
			default -> throw new IllegalArgumentException("Unknown command '" + command + "'");
		};
	}

	private static String await(CompletableFuture<?> future) throws Exception {
		return "done " + future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	private String verify() throws Exception {
		long index = this.replica.verifyDigests().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			ClusterReport report = this.replica.clusterReport();
			boolean all = report.members()
				.stream()
				.allMatch((member) -> member.status() != null && member.status().digest() != null
						&& member.status().digest().index() >= index);
			if (report.hasDiverged()) {
				return "different " + report;
			}
			if (all) {
				return "same " + index;
			}
			if (System.nanoTime() - deadline > 0) {
				return "missing " + report;
			}
			TimeUnit.MILLISECONDS.sleep(VIEW_MILLIS);
		}
	}

	private DistributedMap<String, String> map() {
		return this.replica.map("m", String.class, String.class);
	}

	private void load() {
		DistributedLong counter = this.replica.atomicLong("n");
		DistributedMap<String, String> map = map();
		try {
			while (true) {
				TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
				if (this.loaded) {
					step(counter, map);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void step(DistributedLong counter, DistributedMap<String, String> map) {
		try {
			long value = counter.incrementAndGet();
			say("counted " + value);
			map.put("k" + value, "v");
			say("kept " + value);
		}
		catch (UnknownOutcomeException ex) {
			say("unknown " + line(ex));
		}
		catch (RuntimeException ex) {
			say("failed " + line(ex));
		}
	}

	private void tellView() {
		NodeStatus status = this.replica.status();
		say("view " + status.state() + " " + status.role() + " " + status.leader() + " " + status.problem());
	}

	private static String line(Throwable failure) {
		Throwable cause = (failure.getCause() != null && failure instanceof ExecutionException) ? failure.getCause()
				: failure;
		return cause.toString().replaceAll("\\p{Cntrl}+", " ");
	}

	private synchronized void say(String line) {
		this.out.println(line);
		this.out.flush();
	}

}
