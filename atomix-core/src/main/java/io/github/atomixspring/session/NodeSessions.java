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

package io.github.atomixspring.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The sessions of a node, which are started and stopped together.
 */
public final class NodeSessions implements Sessions, AutoCloseable {

	private final List<SessionClient> sessions;

	private final Session combined;

	/**
	 * Creates the sessions.
	 * @param sessions the session with each partition, by its number; at least one
	 */
	public NodeSessions(List<SessionClient> sessions) {
		this.sessions = List.copyOf(sessions);
		this.combined = (sessions.size() > 1) ? new CombinedSession(this.sessions) : sessions.get(0);
	}

	@Override
	public int partitions() {
		return this.sessions.size();
	}

	@Override
	public PrimitiveSession of(int partition) {
		return this.sessions.get(partition);
	}

	/**
	 * Returns what users see.
	 * @return the one session, or what stands for all
	 */
	public Session combined() {
		return this.combined;
	}

	/**
	 * Starts all. Does not wait.
	 * @see SessionClient#start()
	 */
	public void start() {
		this.sessions.forEach(SessionClient::start);
	}

	/**
	 * Stops all.
	 * @see SessionClient#stop()
	 */
	public void stop() {
		forAll(SessionClient::stop);
	}

	/**
	 * Stops all without a word to the cluster.
	 * @see SessionClient#abandon()
	 */
	public void abandon() {
		forAll(SessionClient::abandon);
	}

	/**
	 * Stops all for ever.
	 */
	@Override
	public void close() {
		forAll(SessionClient::close);
	}

	/**
	 * Does something that may wait with all at the same time. With a session on whose
	 * threads this is called it is done there, so that it does not wait for itself.
	 * @param action what to do
	 */
	private void forAll(Consumer<SessionClient> action) {
		SessionClient own = this.sessions.stream()
			.filter(SessionClient::isOwnThread)
			.findFirst()
			.orElse(this.sessions.get(0));
		List<CompletableFuture<Void>> others = new ArrayList<>();
		for (SessionClient session : this.sessions) {
			if (session != own) {
				others.add(CompletableFuture.runAsync(() -> action.accept(session),
						(task) -> new Thread(task, "atomix-session-" + session.node() + "-stop").start()));
			}
		}
		try {
			action.accept(own);
		}
		finally {
			join(others);
		}
	}

	private static void join(List<CompletableFuture<Void>> futures) {
		try {
			CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0])).join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

}
