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

package io.github.atomixspring.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the servers of a member in the background: that can take long.
 */
final class ServerClosing {

	private static final Logger logger = LoggerFactory.getLogger(ServerClosing.class);

	private final String node;

	private final LastVotes votes;

	private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

	ServerClosing(String node, LastVotes votes) {
		this.node = node;
		this.votes = votes;
	}

	/**
	 * Hands over the leadership of a server, if it has it.
	 * @param server the server
	 * @param timeout how long that may take; zero for not at all
	 */
	void handOver(RaftNode server, Duration timeout) {
		long millis = timeout.toMillis();
		if (millis == 0) {
			return;
		}
		try {
			server.handOver(millis).get(millis, TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException | RuntimeException ex) {
			logger.info("Leadership of node '{}' was not handed over: {}", this.node, ex.toString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Closes a server on a thread of its own.
	 * @param server the server
	 */
	void close(RaftNode server) {
		CompletableFuture<Void> future = new CompletableFuture<>();
		List<RaftServer.Division> divisions = server.divisions();
		Thread thread = new Thread(() -> {
			try {
				server.close();
			}
			catch (RuntimeException ex) {
				logger.warn("Raft server of node '{}' was not closed in order", this.node, ex);
			}
			finally {
				this.votes.keep(divisions);
				future.complete(null);
			}
		}, "atomix-" + this.node + "-close");
		thread.setDaemon(true);
		thread.start();
		this.last = future;
	}

	/**
	 * Returns whether the last server is closed.
	 * @return whether it is
	 */
	boolean isDone() {
		return this.last.isDone();
	}

	/**
	 * Waits until the last server is closed.
	 * @param deadline the monotonic time until which to wait
	 */
	void await(long deadline) {
		await(this.last, deadline, "its Raft server");
	}

	/**
	 * Waits for something that a stop has to wait for.
	 * @param future the future
	 * @param deadline the monotonic time until which to wait
	 * @param what what it is
	 */
	void await(CompletableFuture<Void> future, long deadline, String what) {
		try {
			future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			logger.error("Node '{}' was stopped, but {} goes on closing in the background", this.node, what);
		}
		catch (ExecutionException ex) {
			logger.warn("Node '{}' did not close {} in order", this.node, what, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Runs a task once the last server is closed.
	 * @param task the task
	 */
	void whenDone(Runnable task) {
		this.last.whenComplete((done, ex) -> task.run());
	}

}
