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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Upgrades a cluster of three processes from one release to another under load, one
 * member at a time, and tries to take it back.
 */
final class RollingUpgrade {

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

	private static final long MAX_GAP_MILLIS = 15_000;

	private static final List<String> NODES = List.of("a", "b", "c");

	private final String oldClasspath;

	private final String newClasspath;

	private final Path directory;

	private final String members;

	private final Ledger ledger = new Ledger();

	private final Map<String, MemberProcess> processes = new LinkedHashMap<>();

	private RollingUpgrade(String oldClasspath, String newClasspath, Path directory) throws IOException {
		this.oldClasspath = oldClasspath;
		this.newClasspath = newClasspath;
		this.directory = directory;
		this.members = members();
	}

	private static String members() throws IOException {
		Map<String, ServerSocket> sockets = new LinkedHashMap<>();
		for (String node : NODES) {
			sockets.put(node, new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
		}
		String text = sockets.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=127.0.0.1:" + entry.getValue().getLocalPort())
			.collect(Collectors.joining(","));
		for (ServerSocket socket : sockets.values()) {
			socket.close();
		}
		return text;
	}

	/**
	 * Runs the upgrade.
	 * @param oldClasspath the class path of the old release
	 * @param newClasspath the class path of the new one; both with this class
	 * @param directory for everything else
	 * @throws IOException if a process does not do what it is told
	 * @throws IllegalStateException if something is not as documented
	 */
	static void run(String oldClasspath, String newClasspath, Path directory) throws IOException {
		RollingUpgrade upgrade = new RollingUpgrade(oldClasspath, newClasspath, directory);
		try {
			upgrade.run();
		}
		finally {
			upgrade.processes.values().forEach(MemberProcess::kill);
		}
	}

	private void run() throws IOException {
		for (String node : NODES) {
			start(node, this.oldClasspath);
		}
		NODES.forEach(this::awaitMember);
		for (MemberProcess process : this.processes.values()) {
			process.ask("load on");
		}
		awaitProgress();
		say("Three members of the old release lead, count and keep");
		this.ledger.takeGap();
		for (String node : NODES) {
			upgrade(node);
			if (!node.equals(NODES.get(NODES.size() - 1))) {
				checkMixed(node);
			}
		}
		checkResult();
		checkDowngrade();
		checkOldNewcomer();
		say("All as documented");
	}

	private void upgrade(String node) throws IOException {
		process(node).stop();
		start(node, this.newClasspath);
		awaitMember(node);
		process(node).ask("load on");
		awaitProgress();
		long gap = this.ledger.takeGap();
		say("Node '" + node + "' has the new release; the longest pause of all loads was " + gap + " ms");
		check(gap <= MAX_GAP_MILLIS, "the loads stood still for " + gap + " ms");
	}

	/**
	 * Lets an upgraded member lead old ones, and an old one upgraded ones.
	 * @param upgraded the node that was upgraded last
	 * @throws IOException if a process does not answer
	 */
	private void checkMixed(String upgraded) throws IOException {
		String old = NODES.get(NODES.size() - 1);
		for (String next : List.of(old, upgraded)) {
			MemberProcess leader = leader();
			if (!leader.id().equals(next)) {
				check(leader.ask("transfer " + next).startsWith("done"),
						"the leadership does not go to '" + next + "'");
			}
			awaitLeader(next);
			awaitProgress();
			String digests = process(next).ask("verify");
			check(digests.startsWith("same"), "under the leader '" + next + "' the states are " + digests);
			say("Leader '" + next + "': all states are the " + digests.replace("same ", "same at "));
		}
		Path backup = this.directory.resolve("backup-" + upgraded);
		check(process(upgraded).ask("backup " + backup).startsWith("done"), "the new leader writes no backup");
		String restored = process(upgraded).ask("restore " + backup);
		check(restored.startsWith("failed") && restored.contains("knows the feature level 1, not 2"),
				"the new leader used what old members do not know: " + restored);
		say("What old members do not know is not used: " + restored);
		this.ledger.takeGap();
	}

	private void checkResult() throws IOException {
		for (MemberProcess process : this.processes.values()) {
			process.ask("load off");
		}
		MemberProcess leader = leader();
		String digests = leader.ask("verify");
		check(digests.startsWith("same"), "the states are " + digests);
		String[] numbers = leader.ask("count").split(" ");
		String wrong = this.ledger.judge(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
		check(wrong.isEmpty(), wrong);
		say("All members have the new release: " + this.ledger + "; counter " + numbers[0] + ", map " + numbers[1]);
	}

	private void checkDowngrade() throws IOException {
		// Before the level is raised an upgrade can be taken back.
		process("c").stop();
		start("c", this.oldClasspath);
		awaitMember("c");
		process("c").stop();
		start("c", this.newClasspath);
		awaitMember("c");
		say("Before the feature level is raised a member can be taken back");
		Path backup = this.directory.resolve("backup");
		MemberProcess leader = leader();
		check(leader.ask("backup " + backup).startsWith("done"), "the leader writes no backup");
		String refused = leader.ask("restore " + backup);
		check(refused.contains("primitives, which the backup would replace"), "the restoration ended so: " + refused);
		say("With all members upgraded the feature level was raised: " + refused);
		process("c").stop();
		MemberProcess back = start("c", this.oldClasspath);
		int code = back.awaitExit();
		String text = String.valueOf(back.refusal());
		check(code != 0 && text.contains("has the format 3 of a newer release; this one knows 1"),
				"the old release did with the new directory: " + code + " " + text);
		say("The old release refuses the directory: " + text);
	}

	private void checkOldNewcomer() throws IOException {
		delete(this.directory.resolve("c"));
		MemberProcess newcomer = start("c", this.oldClasspath);
		awaitTrue("the old newcomer is refused",
				() -> newcomer.view().contains("knows the feature level 1, not 2: run the newer software on it"));
		say("The cluster refuses an old newcomer: " + newcomer.view());
		newcomer.stop();
		start("c", this.newClasspath);
		awaitMember("c");
		String digests = leader().ask("verify");
		check(digests.startsWith("same"), "the states are " + digests);
		say("The new release comes back as a replacement, with the same state");
	}

	private MemberProcess start(String node, String classpath) throws IOException {
		MemberProcess process = MemberProcess.start(node, classpath, this.directory.resolve(node), this.members,
				this.ledger);
		this.processes.put(node, process);
		return process;
	}

	private MemberProcess process(String node) {
		return Objects.requireNonNull(this.processes.get(node), node);
	}

	private void awaitMember(String node) {
		awaitTrue("node '" + node + "' takes part", () -> process(node).takesPart());
	}

	private void awaitLeader(String node) {
		awaitTrue("node '" + node + "' leads", () -> process(node).leads());
	}

	private MemberProcess leader() {
		awaitTrue("a member leads", () -> this.processes.values().stream().anyMatch(MemberProcess::leads));
		return this.processes.values().stream().filter(MemberProcess::leads).findFirst().orElseThrow();
	}

	private void awaitProgress() {
		int before = this.ledger.size();
		awaitTrue("the loads go on", () -> this.ledger.size() >= before + 300);
	}

	private void awaitTrue(String what, BooleanSupplier condition) {
		long deadline = System.nanoTime() + PATIENCE;
		while (!condition.getAsBoolean()) {
			check(System.nanoTime() - deadline < 0, "not in time: " + what + "; "
					+ this.processes.values().stream().map((process) -> process.id() + ": " + process.view()).toList());
			try {
				TimeUnit.MILLISECONDS.sleep(20);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("interrupted", ex);
			}
		}
	}

	private static void check(boolean right, String wrong) {
		if (!right) {
			throw new IllegalStateException(wrong);
		}
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

	private static void say(String line) {
		System.out.println(line);
	}

}
