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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.Member;

/**
 * A network namespace for each node, joined by a bridge. A direction is blocked by a
 * route into a black hole at the sender: what is sent vanishes, established connections
 * only hear nothing, and a new one from there is refused by the sender's own kernel.
 * Needs root, {@code ip} of iproute2 and {@code nsenter} of util-linux.
 * <p>
 * Names begin with {@code afs} and the process id of the suite, so that what a suite left
 * behind that was killed can be told from what is in use.
 */
public final class NamespaceNetwork implements Network {

	private static final int PORT = 5679;

	private static final String NAMESPACES = "/run/netns/";

	private static final Pattern OWNED = Pattern.compile("\\bafs(\\d+)([a-z]\\w*)");

	private static final Pattern COUNTERS = Pattern.compile("\\S+");

	private final String prefix = "afs" + ProcessHandle.current().pid();

	private final String bridge = this.prefix + "b";

	private final String subnet;

	private final Map<String, Member> members = new LinkedHashMap<>();

	private final Set<Direction> blocked = new LinkedHashSet<>();

	private NamespaceNetwork(String subnet) {
		this.subnet = subnet;
	}

	/**
	 * Returns why there cannot be such a network here.
	 * @return the reason, or an empty text if there can be
	 */
	public static String obstacle() {
		try {
			if (!Shell.run("id", "-u").strip().equals("0")) {
				return "not run as root";
			}
			String name = "afs" + ProcessHandle.current().pid() + "t";
			Shell.run("ip", "netns", "add", name);
			try {
				Shell.run("nsenter", "--net=" + NAMESPACES + name, "true");
			}
			finally {
				Shell.run("ip", "netns", "delete", name);
			}
			return "";
		}
		catch (IOException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	/**
	 * Makes a network, after having taken down what killed suites left behind.
	 * @param nodes the names of all nodes that will ever be on it
	 * @return the network
	 * @throws IOException if it cannot be made
	 */
	public static NamespaceNetwork create(Collection<String> nodes) throws IOException {
		removeLeftovers();
		NamespaceNetwork network = new NamespaceNetwork(freeSubnet());
		boolean created = false;
		try {
			network.build(nodes);
			created = true;
			return network;
		}
		finally {
			if (!created) {
				network.close();
			}
		}
	}

	private static String freeSubnet() throws IOException {
		String used = Shell.run("ip", "-o", "-4", "address");
		long start = ProcessHandle.current().pid();
		for (int i = 0; i < 250; i++) {
			String subnet = "10.231." + ((start + i) % 250) + ".";
			if (!used.contains(subnet)) {
				return subnet;
			}
		}
		throw new IOException("All networks from 10.231.0.0 to 10.231.249.0 are in use");
	}

	private void build(Collection<String> nodes) throws IOException {
		Shell.run("ip", "link", "add", this.bridge, "type", "bridge");
		Shell.run("ip", "link", "set", this.bridge, "up");
		int number = 0;
		for (String node : nodes) {
			String namespace = namespace(node);
			String address = this.subnet + ++number;
			this.members.put(node, new Member(node, address, PORT));
			Shell.run("ip", "netns", "add", namespace);
			Shell.run("ip", "link", "add", namespace, "type", "veth", "peer", "name", "eth0", "netns", namespace);
			Shell.run("ip", "link", "set", namespace, "master", this.bridge, "up");
			Shell.run("ip", "-n", namespace, "address", "add", address + "/24", "dev", "eth0");
			Shell.run("ip", "-n", namespace, "link", "set", "lo", "up");
			Shell.run("ip", "-n", namespace, "link", "set", "eth0", "up");
		}
	}

	private String namespace(String node) {
		return this.prefix + node;
	}

	/**
	 * Takes down what suites left behind whose processes are gone.
	 * @throws IOException if the system cannot be asked
	 */
	static void removeLeftovers() throws IOException {
		for (String name : owned(Shell.run("ip", "netns", "list"))) {
			removeNamespace(name);
		}
		for (String name : owned(Shell.run("ip", "-o", "link", "show", "type", "bridge"))) {
			Shell.run("ip", "link", "delete", name);
		}
	}

	private static Set<String> owned(String listing) {
		Set<String> names = new LinkedHashSet<>();
		Matcher matcher = OWNED.matcher(listing);
		while (matcher.find()) {
			if (!Files.exists(Path.of("/proc", matcher.group(1)))) {
				names.add(matcher.group());
			}
		}
		return names;
	}

	private static void removeNamespace(String name) throws IOException {
		List<ProcessHandle> processes = Shell.run("ip", "netns", "pids", name)
			.lines()
			.map((line) -> ProcessHandle.of(Long.parseLong(line.strip())))
			.flatMap(Optional::stream)
			.toList();
		for (ProcessHandle process : processes) {
			process.destroyForcibly();
			process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
		}
		Shell.run("ip", "netns", "delete", name);
	}

	@Override
	public String description() {
		return "a network namespace for each node (%s0/24); partitions by routes into black holes"
			.formatted(this.subnet);
	}

	@Override
	public Map<String, Member> members() {
		return Map.copyOf(this.members);
	}

	@Override
	public List<String> launcher(String node) {
		// Not by ip, which would give each process mounts of its own, and keep disks
		// mounted
		// there that are unmounted here.
		return List.of("nsenter", "--net=" + NAMESPACES + namespace(node));
	}

	@Override
	public void block(Collection<Direction> directions) throws IOException {
		for (Direction direction : directions) {
			if (this.blocked.add(direction)) {
				route("add", direction);
			}
		}
	}

	@Override
	public void heal() throws IOException {
		for (Direction direction : List.copyOf(this.blocked)) {
			route("delete", direction);
			this.blocked.remove(direction);
		}
	}

	private void route(String verb, Direction direction) throws IOException {
		Shell.run("ip", "-n", namespace(direction.from()), "route", verb, "blackhole",
				member(direction.to()).host() + "/32");
	}

	@Override
	public void instruct(Host host) {
		// The kernel loses the packets.
	}

	@Override
	public Set<Direction> blocked() {
		return Set.copyOf(this.blocked);
	}

	/**
	 * Asks the kernel of the sender for the way to the receiver.
	 */
	@Override
	public boolean probe(Direction direction) throws IOException {
		return Shell
			.call(List.of("ip", "-n", namespace(direction.from()), "route", "get", member(direction.to()).host()))
			.code() != 0;
	}

	/**
	 * Counts the segments that the kernels of the nodes failed to send: no other routes
	 * are missing in the namespaces.
	 */
	@Override
	public long lost(Collection<Host> hosts) throws IOException {
		long lost = 0;
		for (Host host : hosts) {
			String namespace = namespace(host.id());
			List<String> lines = Stream
				.of(Shell.run("ip", "netns", "exec", namespace, "cat", "/proc/net/snmp", "/proc/net/netstat"))
				.flatMap(String::lines)
				.toList();
			lost += counter(lines, "Ip:", "OutNoRoutes") + counter(lines, "TcpExt:", "TCPRetransFail");
		}
		return lost;
	}

	private static long counter(List<String> lines, String group, String name) throws IOException {
		List<String> rows = lines.stream().filter((line) -> line.startsWith(group)).toList();
		if (rows.size() != 2) {
			throw new IOException("The kernel does not count " + group);
		}
		List<String> names = words(rows.get(0));
		int index = names.indexOf(name);
		if (index < 0) {
			throw new IOException("The kernel does not count " + name);
		}
		return Long.parseLong(words(rows.get(1)).get(index));
	}

	private static List<String> words(String line) {
		return COUNTERS.matcher(line).results().map(MatchResult::group).toList();
	}

	@Override
	public void close() throws IOException {
		List<IOException> failures = new ArrayList<>();
		for (String node : this.members.keySet()) {
			attempt(failures, () -> removeNamespace(namespace(node)));
		}
		attempt(failures, () -> Shell.run("ip", "link", "delete", this.bridge));
		this.members.clear();
		this.blocked.clear();
		if (!failures.isEmpty()) {
			throw failures.get(0);
		}
	}

	private static void attempt(List<IOException> failures, Step step) {
		try {
			step.run();
		}
		catch (IOException ex) {
			failures.add(ex);
		}
	}

	/**
	 * A step that may fail.
	 */
	@FunctionalInterface
	private interface Step {

		void run() throws IOException;

	}

}
