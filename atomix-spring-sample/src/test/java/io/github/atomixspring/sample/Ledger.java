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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A resource outside of the processes that work on it: it writes down who did what under
 * which token, in the order in which it was asked, and rejects tokens smaller than the
 * greatest it has seen.
 */
final class Ledger implements AutoCloseable {

	static final int DONE = 204;

	static final int STALE = 409;

	private static final int NO_BODY = -1;

	private final HttpServer server;

	// Many threads: a process that is frozen keeps the one that answers it.
	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Entry> entries = new CopyOnWriteArrayList<>();

	private long greatest;

	Ledger() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::handle);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/");
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String[] fields = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("\n");
			boolean accepted = write(fields[0], Long.parseLong(fields[1]), fields[2], fields[3]);
			exchange.sendResponseHeaders((accepted) ? DONE : STALE, NO_BODY);
		}
	}

	private synchronized boolean write(String node, long token, String work, String step) {
		boolean accepted = token >= this.greatest;
		this.greatest = Math.max(this.greatest, token);
		this.entries.add(new Entry(System.nanoTime(), node, token, work, step, accepted));
		return accepted;
	}

	/**
	 * Returns what was asked for, also what was rejected.
	 * @return the entries, the oldest first
	 */
	List<Entry> entries() {
		return List.copyOf(this.entries);
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/**
	 * What a process did or wanted to do.
	 *
	 * @param nanos when it was asked for
	 * @param node the node
	 * @param token the token of the node
	 * @param work what the node worked on
	 * @param step what it did
	 * @param accepted whether the token was great enough
	 */
	record Entry(long nanos, String node, long token, String work, String step, boolean accepted) {

	}

}
