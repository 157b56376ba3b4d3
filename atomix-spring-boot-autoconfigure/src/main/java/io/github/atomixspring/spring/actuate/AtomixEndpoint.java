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

package io.github.atomixspring.spring.actuate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.SessionInfo;
import io.github.atomixspring.cluster.ClusterReport;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@link Endpoint @Endpoint} that shows the cluster as seen from this node: the members
 * with their roles, log positions and digests, the sessions and the primitives. With
 * unrestricted access, which it does not have by default, it also carries out
 * {@linkplain AtomixOperation operations}.
 * <p>
 * What has to be asked for is waited for only so long; what is not known then is left out
 * and named among the problems.
 *
 * @since 0.1.0
 */
@Endpoint(id = "atomix", defaultAccess = Access.READ_ONLY)
public class AtomixEndpoint {

	private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(10);

	private final Atomix atomix;

	private final @Nullable Supplier<NodeStatus> status;

	private final @Nullable Supplier<ClusterReport> report;

	private final Duration timeout;

	private final AtomixOperations operations;

	/**
	 * Creates an endpoint.
	 * @param atomix the node
	 * @param status tells the state of its replica, or null for a client
	 * @param report asks all members for their state, or null for a client
	 * @param backups the directory of backups
	 * @param timeout the longest wait for an answer
	 */
	public AtomixEndpoint(Atomix atomix, @Nullable Supplier<NodeStatus> status,
			@Nullable Supplier<ClusterReport> report, Path backups, Duration timeout) {
		this.atomix = atomix;
		this.status = status;
		this.report = report;
		this.timeout = timeout;
		this.operations = new AtomixOperations(atomix, new BackupDirectory(backups), OPERATION_TIMEOUT);
	}

	/**
	 * Returns the cluster as seen from this node.
	 * @return the cluster
	 */
	@ReadOperation
	public AtomixDescriptor cluster() {
		List<String> problems = new ArrayList<>();
		Session session = this.atomix.session();
		NodeStatus status = (this.status != null) ? this.status.get() : null;
		if (status != null && status.problem() != null) {
			problems.add(status.problem());
		}
		CompletableFuture<ClusterReport> report = (this.report != null) ? ask(this.report) : null;
		CompletableFuture<List<SessionInfo>> sessions = null;
		CompletableFuture<List<PrimitiveInfo>> primitives = null;
		if (session.state() == SessionState.CONNECTED) {
			sessions = ask(this.atomix::sessions);
			primitives = ask(this.atomix::primitives);
		}
		else {
			problems.add("The session of the node is " + session.state()
					+ ": the sessions and primitives of the cluster are not known");
		}
		long deadline = System.nanoTime() + this.timeout.toNanos();
		ClusterReport members = await(report, "members", deadline, problems);
		if (members != null && members.hasDiverged()) {
			problems.add("Members have different states at the same log index");
		}
		return AtomixDescriptor.of(session, status, members, await(sessions, "sessions", deadline, problems),
				await(primitives, "primitives", deadline, problems), problems);
	}

	/**
	 * Carries out an operation. Waits for ten seconds at most.
	 * @param operation the operation
	 * @param name the name of a lock or of a backup, or null
	 * @param token the fencing token of the holder of the lock, or null
	 * @param member the node id of a member, or {@code id=host:port} of one to add, or
	 * null
	 * @param force whether to remove a member although there may be no majority without
	 * it, or to bring a backup back in the place of what is there; null for no
	 * @param partition the number of the partition whose leadership is handed over, or
	 * null for all that this member leads
	 * @return what came of it; the message says what to do if it was not done
	 */
	@WriteOperation
	public AtomixOperationDescriptor perform(@Selector AtomixOperation operation, @Nullable String name,
			@Nullable Long token, @Nullable String member, @Nullable Boolean force, @Nullable Integer partition) {
		return this.operations.perform(operation,
				new OperationArguments(name, token, member, Boolean.TRUE.equals(force), partition));
	}

	private <T> CompletableFuture<T> ask(Supplier<T> question) {
		return CompletableFuture.supplyAsync(question, AtomixOperations::run);
	}

	private <T> @Nullable T await(@Nullable CompletableFuture<T> answer, String what, long deadline,
			List<String> problems) {
		if (answer == null) {
			return null;
		}
		try {
			return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			problems.add("No answer about the " + what + " within " + this.timeout.toMillis() + " ms");
		}
		catch (ExecutionException ex) {
			problems.add("No answer about the " + what + ": " + ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			problems.add("Interrupted while asking for the " + what);
		}
		return null;
	}

}
