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
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The network of a cluster of processes: all connections between its nodes go through
 * this process, which can hold back what a node sends and receives, silently, as a broken
 * network does. The members are known under {@link #HOST} and listen at the same ports of
 * {@link #BIND_HOST}.
 */
final class Network implements AutoCloseable {

	/**
	 * The host under which the members are known: this end of the network.
	 */
	static final String HOST = "127.0.1.1";

	/**
	 * The host on which the members listen.
	 */
	static final String BIND_HOST = "127.0.0.1";

	private static final int BUFFER = 65536;

	private final SampleCluster cluster;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Set<String> cut = new HashSet<>();

	private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	Network(SampleCluster cluster) throws IOException {
		this.cluster = cluster;
		for (String member : cluster.members()) {
			int port = port(member);
			ServerSocket socket = new ServerSocket();
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(HOST, port));
			this.open.add(socket);
			run(() -> accept(member, socket));
		}
	}

	private static int port(String member) {
		return Integer.parseInt(member.substring(member.indexOf(':') + 1));
	}

	/**
	 * Returns whether the ends of connections can be told on this system.
	 * @return whether this is Linux
	 */
	static boolean isSupported() {
		return Files.isReadable(Path.of("/proc/net/tcp")) && Files.isDirectory(Path.of("/proc/self/fd"));
	}

	/**
	 * Holds back all that a node sends to others and receives from them.
	 * @param node the name of its process
	 */
	void cutOff(String node) {
		change(() -> this.cut.add(node));
	}

	/**
	 * Lets everything pass.
	 */
	void heal() {
		change(this.cut::clear);
	}

	private void change(Runnable change) {
		this.lock.lock();
		try {
			change.run();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void pass(String from, String to) {
		this.lock.lock();
		try {
			while (!this.closed && (this.cut.contains(from) || this.cut.contains(to))) {
				this.changed.awaitUninterruptibly();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void accept(String member, ServerSocket server) throws IOException {
		while (!this.closed) {
			Socket client = server.accept();
			this.open.add(client);
			run(() -> connect(member, client));
		}
	}

	private void connect(String member, Socket client) throws IOException {
		try {
			String node = nodeOf(client);
			pass(node, member);
			Socket server = new Socket(InetAddress.getByName(BIND_HOST), port(member));
			this.open.add(server);
			server.setTcpNoDelay(true);
			client.setTcpNoDelay(true);
			run(() -> copy(server, client, member, node));
			copy(client, server, node, member);
		}
		catch (IOException ex) {
			// Nobody listens there, or one end has gone: so does the other one.
			client.close();
		}
	}

	private void copy(Socket from, Socket to, String sender, String receiver) throws IOException {
		byte[] buffer = new byte[BUFFER];
		try (from; to) {
			InputStream input = from.getInputStream();
			OutputStream output = to.getOutputStream();
			int length;
			while ((length = input.read(buffer)) >= 0) {
				pass(sender, receiver);
				output.write(buffer, 0, length);
			}
		}
		finally {
			this.open.remove(from);
			this.open.remove(to);
		}
	}

	private String nodeOf(Socket client) throws IOException {
		String ports = String.format(":%04X [0-9A-F]*:%04X", client.getPort(), client.getLocalPort());
		for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
			for (String line : Files.readAllLines(Path.of(table))) {
				String[] columns = line.trim().split("\\s+");
				if ((columns[1] + " " + columns[2]).matches("[0-9A-F]*" + ports)) {
					return owner("socket:[" + columns[9] + "]");
				}
			}
		}
		throw new IOException("The process behind " + client + " is not known");
	}

	private String owner(String socket) throws IOException {
		for (SampleProcess process : this.cluster.nodes()) {
			if (hasOpen(process, socket)) {
				return process.name();
			}
		}
		throw new IOException("No node has " + socket);
	}

	private static boolean hasOpen(SampleProcess process, String socket) {
		try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(process.pid()), "fd"))) {
			return files.anyMatch((file) -> socket.equals(target(file)));
		}
		catch (IOException | UncheckedIOException ex) {
			// It has ended, as those do that a test kills.
			return false;
		}
	}

	private static String target(Path file) {
		try {
			return Objects.toString(Files.readSymbolicLink(file));
		}
		catch (IOException ex) {
			// Closed in the meantime.
			return "";
		}
	}

	private void run(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// One end of the connection has gone.
				return;
			}
		}, "network");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		this.closed = true;
		heal();
		for (AutoCloseable closeable : this.open) {
			try {
				closeable.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	/**
	 * Something that a thread of the network does.
	 */
	@FunctionalInterface
	private interface Task {

		void run() throws IOException;

	}

}
