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

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.cluster.BackupException;
import io.github.atomixspring.cluster.ClusterReport;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.MemberReport;
import io.github.atomixspring.cluster.MembershipException;
import io.github.atomixspring.cluster.NotLeadingException;
import io.github.atomixspring.cluster.StateDigest;
import io.github.atomixspring.lock.AsyncDistributedLock;
import io.github.atomixspring.lock.LockHolder;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.spring.actuate.AtomixOperationDescriptor.Outcome;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Carries out what an operator wants {@link AtomixEndpoint} to do. Waits for a bounded
 * time, and turns whatever fails into a text that says what to do.
 */
class AtomixOperations {

	private static final long PAUSE_MILLIS = 100;

	private final Atomix atomix;

	private final BackupDirectory backups;

	private final Duration timeout;

	AtomixOperations(Atomix atomix, BackupDirectory backups, Duration timeout) {
		this.atomix = atomix;
		this.backups = backups;
		this.timeout = timeout;
	}

	AtomixOperationDescriptor perform(AtomixOperation operation, OperationArguments arguments) {
		try {
			return switch (operation) {
				case RELEASE_LOCK -> releaseLock(arguments.name(), arguments.token());
				case TRANSFER_LEADERSHIP -> transferLeadership(arguments.member(), arguments.partition());
				case ADD_MEMBER, ADD_LISTENER -> addMember(operation, arguments.member());
				case REMOVE_MEMBER -> removeMember(arguments.member(), arguments.force());
				case PROMOTE_MEMBER, DEMOTE_MEMBER -> changeVote(operation, arguments.member());
				case TAKE_SNAPSHOT -> takeSnapshot();
				case VERIFY_DIGESTS -> verifyDigests();
				case BACKUP -> backup(arguments.name());
				case RESTORE -> restore(arguments.name(), arguments.force());
			};
		}
		catch (ExecutionException ex) {
			return failure(operation, ex.getCause());
		}
		catch (TimeoutException ex) {
			return AtomixOperationDescriptor.of(operation, Outcome.UNKNOWN, "It was not done within "
					+ this.timeout.toMillis() + " ms, but may be done later: look at the cluster before you repeat it");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return AtomixOperationDescriptor.of(operation, Outcome.UNKNOWN, "Interrupted while waiting for it");
		}
	}

	private AtomixOperationDescriptor releaseLock(@Nullable String name, @Nullable Long token)
			throws ExecutionException, TimeoutException, InterruptedException {
		if (!StringUtils.hasText(name)) {
			return AtomixOperationDescriptor.of(AtomixOperation.RELEASE_LOCK, Outcome.INVALID,
					"Say which lock: 'name' is missing");
		}
		AsyncDistributedLock lock = this.atomix.lock(name).async();
		if (token != null && await(lock.forceUnlock(token))) {
			return AtomixOperationDescriptor.of(AtomixOperation.RELEASE_LOCK, Outcome.DONE,
					"Lock '" + name + "' was taken from its holder with the token " + token);
		}
		Optional<LockHolder> holder = await(lock.holder());
		if (holder.isEmpty()) {
			return AtomixOperationDescriptor.of(AtomixOperation.RELEASE_LOCK, Outcome.REFUSED,
					"Lock '" + name + "' is not held");
		}
		return AtomixOperationDescriptor.of(AtomixOperation.RELEASE_LOCK,
				(token != null) ? Outcome.REFUSED : Outcome.INVALID,
				"Lock '" + name + "' is held by node '" + holder.get().node() + "' with the token "
						+ holder.get().fencingToken() + ((token != null) ? ", not with " + token : "")
						+ ": give this 'token' to take it from this holder");
	}

	private AtomixOperationDescriptor transferLeadership(@Nullable String member, @Nullable Integer partition)
			throws ExecutionException, TimeoutException, InterruptedException {
		if (!(this.atomix instanceof AtomixReplica replica)) {
			return noMember(AtomixOperation.TRANSFER_LEADERSHIP);
		}
		if (!StringUtils.hasText(member)) {
			return AtomixOperationDescriptor.of(AtomixOperation.TRANSFER_LEADERSHIP, Outcome.INVALID,
					"Say which member is to lead: 'member' is missing");
		}
		await((partition != null) ? replica.transferLeadership(member, partition, this.timeout)
				: replica.transferLeadership(member, this.timeout));
		return AtomixOperationDescriptor.of(AtomixOperation.TRANSFER_LEADERSHIP, Outcome.DONE,
				"Member '" + member + "' leads" + ((partition != null) ? " partition " + partition : ""));
	}

	private AtomixOperationDescriptor addMember(AtomixOperation operation, @Nullable String member)
			throws ExecutionException, TimeoutException, InterruptedException {
		if (!(this.atomix instanceof AtomixReplica replica)) {
			return noMember(operation);
		}
		if (!StringUtils.hasText(member)) {
			return AtomixOperationDescriptor.of(operation, Outcome.INVALID,
					"Say which member to add: 'member' is missing, as id=host:port");
		}
		Member added;
		try {
			added = Member.parse(member);
		}
		catch (IllegalArgumentException ex) {
			return failure(operation, ex);
		}
		boolean listener = operation == AtomixOperation.ADD_LISTENER;
		await(replica.addMember((listener) ? added.asListener() : added, this.timeout));
		return AtomixOperationDescriptor.of(operation, Outcome.DONE,
				"Node '" + added.id() + "' is a " + ((listener) ? "listener" : "member") + "; list it in '"
						+ ((listener) ? "atomix.cluster.listeners" : "atomix.cluster.members") + "' of all");
	}

	private AtomixOperationDescriptor changeVote(AtomixOperation operation, @Nullable String member)
			throws ExecutionException, TimeoutException, InterruptedException {
		if (!(this.atomix instanceof AtomixReplica replica)) {
			return noMember(operation);
		}
		if (!StringUtils.hasText(member)) {
			return AtomixOperationDescriptor.of(operation, Outcome.INVALID, "Say which member: 'member' is missing");
		}
		if (operation == AtomixOperation.PROMOTE_MEMBER) {
			await(replica.promoteMember(member, this.timeout));
			return AtomixOperationDescriptor.of(operation, Outcome.DONE, "Node '" + member
					+ "' has a vote; list it in 'atomix.cluster.members' of all instead of 'atomix.cluster.listeners'");
		}
		await(replica.demoteMember(member, this.timeout));
		return AtomixOperationDescriptor.of(operation, Outcome.DONE, "Node '" + member
				+ "' has no vote any more; list it in 'atomix.cluster.listeners' of all instead of 'atomix.cluster.members'");
	}

	private AtomixOperationDescriptor removeMember(@Nullable String member, boolean force)
			throws ExecutionException, TimeoutException, InterruptedException {
		if (!(this.atomix instanceof AtomixReplica replica)) {
			return noMember(AtomixOperation.REMOVE_MEMBER);
		}
		if (!StringUtils.hasText(member)) {
			return AtomixOperationDescriptor.of(AtomixOperation.REMOVE_MEMBER, Outcome.INVALID,
					"Say which member to remove: 'member' is missing");
		}
		await(force ? replica.forceRemoveMember(member, this.timeout) : replica.removeMember(member, this.timeout));
		return AtomixOperationDescriptor.of(AtomixOperation.REMOVE_MEMBER, Outcome.DONE,
				"Node '" + member + "' is no member any more: stop it, and take it out of the configuration of all");
	}

	private AtomixOperationDescriptor takeSnapshot() throws ExecutionException, TimeoutException, InterruptedException {
		if (!(this.atomix instanceof AtomixReplica replica)) {
			return noMember(AtomixOperation.TAKE_SNAPSHOT);
		}
		return AtomixOperationDescriptor.of(AtomixOperation.TAKE_SNAPSHOT, Outcome.DONE,
				"The snapshot of this member is at the log index " + await(replica.takeSnapshot()));
	}

	private AtomixOperationDescriptor verifyDigests()
			throws ExecutionException, TimeoutException, InterruptedException {
		if (!(this.atomix instanceof AtomixReplica replica)) {
			return noMember(AtomixOperation.VERIFY_DIGESTS);
		}
		long deadline = System.nanoTime() + this.timeout.toNanos();
		long index = await(replica.verifyDigests());
		ClusterReport report = await(CompletableFuture.supplyAsync(replica::clusterReport, AtomixOperations::run));
		while (!missing(report, index).isEmpty() && deadline - System.nanoTime() > 0) {
			report = await(CompletableFuture.supplyAsync(replica::clusterReport,
					CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, AtomixOperations::run)));
		}
		return compared(report, index);
	}

	private AtomixOperationDescriptor backup(@Nullable String name)
			throws ExecutionException, TimeoutException, InterruptedException {
		if (!(this.atomix instanceof AtomixReplica replica)) {
			return noMember(AtomixOperation.BACKUP);
		}
		if (name == null || !BackupDirectory.isName(name)) {
			return noName(AtomixOperation.BACKUP);
		}
		Path file = this.backups.file(name);
		try {
			this.backups.create();
		}
		catch (IOException ex) {
			return AtomixOperationDescriptor.of(AtomixOperation.BACKUP, Outcome.FAILED,
					"The directory for backups cannot be made, see 'atomix.storage.backup-directory': " + ex);
		}
		return AtomixOperationDescriptor.of(AtomixOperation.BACKUP, Outcome.DONE,
				"The state at the log index " + await(replica.backup(file)) + " is in " + file + " of this node");
	}

	private AtomixOperationDescriptor restore(@Nullable String name, boolean force)
			throws ExecutionException, TimeoutException, InterruptedException {
		if (!(this.atomix instanceof AtomixReplica replica)) {
			return noMember(AtomixOperation.RESTORE);
		}
		if (name == null || !BackupDirectory.isName(name)) {
			return noName(AtomixOperation.RESTORE);
		}
		Path file = this.backups.file(name);
		await(force ? replica.forceRestore(file) : replica.restore(file));
		return AtomixOperationDescriptor.of(AtomixOperation.RESTORE, Outcome.DONE,
				"The state of the cluster is that of " + file + "; all sessions have ended");
	}

	private static AtomixOperationDescriptor noName(AtomixOperation operation) {
		return AtomixOperationDescriptor.of(operation, Outcome.INVALID,
				"Say which backup: 'name' must be a file name of letters, digits and '._-'");
	}

	private static AtomixOperationDescriptor compared(ClusterReport report, long index) {
		Map<String, StateDigest> digests = new TreeMap<>();
		for (MemberReport member : report.members()) {
			StateDigest digest = digest(member);
			if (digest != null) {
				digests.put(member.member().id(), digest);
			}
		}
		List<String> missing = missing(report, index);
		Outcome outcome = Outcome.DONE;
		String message = "All members have the same state at the log index " + index;
		if (report.hasDiverged()) {
			outcome = Outcome.FAILED;
			message = "Members have different states at the same log index";
		}
		else if (!missing.isEmpty()) {
			outcome = Outcome.UNKNOWN;
			message = "There is no digest yet at the log index " + index + " of the members " + missing
					+ "; the others have the same state";
		}
		return new AtomixOperationDescriptor(AtomixOperation.VERIFY_DIGESTS, outcome, message, digests);
	}

	private static List<String> missing(ClusterReport report, long index) {
		return report.members().stream().filter((member) -> {
			StateDigest digest = digest(member);
			return digest == null || digest.index() < index;
		}).map((member) -> member.member().id()).toList();
	}

	private static @Nullable StateDigest digest(MemberReport member) {
		return (member.status() != null) ? member.status().digest() : null;
	}

	private AtomixOperationDescriptor noMember(AtomixOperation operation) {
		return AtomixOperationDescriptor.of(operation, Outcome.REFUSED,
				"Node '" + this.atomix.session().node() + "' is a client: ask a member");
	}

	private static AtomixOperationDescriptor failure(AtomixOperation operation, @Nullable Throwable failure) {
		String message = (failure != null && failure.getMessage() != null) ? failure.getMessage()
				: String.valueOf(failure);
		Outcome outcome = Outcome.FAILED;
		if (failure instanceof IllegalArgumentException) {
			outcome = Outcome.INVALID;
		}
		else if (failure instanceof NotLeadingException || failure instanceof MembershipException
				|| failure instanceof BackupException) {
			outcome = Outcome.REFUSED;
		}
		else if (failure instanceof UnavailableException) {
			outcome = Outcome.UNAVAILABLE;
		}
		else if (failure instanceof UnknownOutcomeException) {
			outcome = Outcome.UNKNOWN;
		}
		return AtomixOperationDescriptor.of(operation, outcome, message);
	}

	private <T> T await(CompletableFuture<T> future) throws ExecutionException, TimeoutException, InterruptedException {
		return future.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Runs a task that waits for other members on a thread of its own.
	 * @param task the task
	 */
	static void run(Runnable task) {
		Thread thread = new Thread(task, "atomix-endpoint");
		thread.setDaemon(true);
		thread.start();
	}

}
