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

package io.github.atomixspring.election;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.CommandRejectedException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.ElectionMessages;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.Cleanup;
import io.github.atomixspring.proxy.Mailbox;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The candidates that one node has in one election, in a mailbox. They come back in each
 * new session until they resign or are evicted.
 * <p>
 * A node that was killed and comes back at once finds its candidate taken by its own
 * earlier session. It waits for the end of that session instead of giving up.
 */
final class Candidacies {

	private static final Logger logger = LoggerFactory.getLogger(Candidacies.class);

	private static final Duration PAUSE = Duration.ofMillis(250);

	private final PrimitiveSession session;

	private final PrimitiveId id;

	private final Mailbox mailbox;

	private final Cleanup cleanup;

	private final Runnable onEntered;

	private final Map<String, Candidacy> candidacies = new ConcurrentHashMap<>();

	/**
	 * Creates an empty instance.
	 * @param session the session of the node
	 * @param id the election
	 * @param mailbox the mailbox
	 * @param onEntered called in the mailbox when a candidate was entered
	 */
	Candidacies(PrimitiveSession session, PrimitiveId id, Mailbox mailbox, Runnable onEntered) {
		this.session = session;
		this.id = id;
		this.mailbox = mailbox;
		this.cleanup = new Cleanup(session, mailbox);
		this.onEntered = onEntered;
	}

	boolean contains(@Nullable String candidate) {
		return candidate != null && this.candidacies.containsKey(candidate);
	}

	boolean isEmpty() {
		return this.candidacies.isEmpty();
	}

	/**
	 * Enters a candidate. Called in the mailbox.
	 * @param candidate the name
	 * @param caller is told the leadership
	 */
	void campaign(String candidate, CompletableFuture<Leadership> caller) {
		Candidacy candidacy = this.candidacies.computeIfAbsent(candidate, Candidacy::new);
		boolean first = !candidacy.hasCallers();
		candidacy.addCaller(caller);
		if (first) {
			send(candidacy);
		}
		Duration timeout = this.session.operationTimeout();
		this.session.schedule(timeout, () -> this.mailbox.execute(() -> {
			if (candidacy.removeCaller(caller)) {
				dropUnlessWanted(candidacy);
				caller.completeExceptionally(new UnavailableException("The candidate '" + candidate
						+ "' could not enter the election '" + this.id.name() + "' within " + timeout, null));
			}
		}));
	}

	private void send(Candidacy candidacy) {
		long attempt = candidacy.nextAttempt();
		this.session.submit(new ElectionMessages.Campaign(this.id, candidacy.name()))
			.whenComplete((result, ex) -> this.mailbox.execute(() -> {
				if (this.candidacies.get(candidacy.name()) == candidacy && candidacy.isCurrent(attempt)) {
					if (ex != null) {
						failed(candidacy, attempt, AtomixException.unwrap(ex));
					}
					else {
						entered(candidacy, (ElectionMessages.Leadership) result);
					}
				}
			}));
	}

	private void entered(Candidacy candidacy, ElectionMessages.Leadership result) {
		candidacy.entered(true);
		this.onEntered.run();
		Leadership leadership = Leaderships.of(result);
		candidacy.answer((caller) -> caller.complete(leadership));
	}

	private void failed(Candidacy candidacy, long attempt, Throwable ex) {
		if (isTaken(ex)) {
			taken(candidacy, attempt, ex);
		}
		else if (candidacy.hasCallers()) {
			candidacy.answer((caller) -> caller.completeExceptionally(ex));
			dropUnlessWanted(candidacy);
		}
		else {
			logger.info("Candidate '{}' could not enter the election '{}' again yet: {}", candidacy.name(),
					this.id.name(), ex.getMessage());
			sendLater(candidacy, attempt);
		}
	}

	private void taken(Candidacy candidacy, long attempt, Throwable ex) {
		this.session.query(new Query.ListSessions(), ReadConsistency.LINEARIZABLE)
			.whenComplete((result, failure) -> this.mailbox.execute(() -> {
				if (this.candidacies.get(candidacy.name()) != candidacy || !candidacy.isCurrent(attempt)) {
					return;
				}
				if (!candidacy.hasCallers() || isOwnPast(result)) {
					sendLater(candidacy, attempt);
				}
				else {
					this.candidacies.remove(candidacy.name(), candidacy);
					candidacy.answer((caller) -> caller
						.completeExceptionally(new CandidateExistsException(String.valueOf(ex.getMessage()))));
				}
			}));
	}

	private boolean isOwnPast(@Nullable Result result) {
		return result instanceof Result.Sessions sessions && sessions.sessions()
			.stream()
			.anyMatch((other) -> other.id() != this.session.id() && other.node().equals(this.session.node()));
	}

	private void sendLater(Candidacy candidacy, long attempt) {
		this.session.schedule(PAUSE, () -> this.mailbox.execute(() -> {
			if (this.candidacies.get(candidacy.name()) == candidacy && candidacy.isCurrent(attempt)
					&& this.session.state() != SessionState.CLOSED) {
				send(candidacy);
			}
		}));
	}

	private void dropUnlessWanted(Candidacy candidacy) {
		if (!candidacy.isEntered() && !candidacy.hasCallers() && this.candidacies.remove(candidacy.name(), candidacy)) {
			// It may have been entered all the same, or may still be.
			leave(candidacy.name());
		}
	}

	/**
	 * Takes a candidate out. Called in the mailbox.
	 * @param candidate the name
	 * @return completes when the cluster has done so
	 */
	CompletableFuture<?> resign(String candidate) {
		return remove(candidate, "resigned");
	}

	private CompletableFuture<Result> leave(String candidate) {
		return this.cleanup.submit(new ElectionMessages.Resign(this.id, candidate),
				() -> !this.candidacies.containsKey(candidate));
	}

	/**
	 * Forgets a candidate, here and in the cluster. Also one that the cluster has
	 * removed: a campaign that is under way may enter it again, and would make a leader
	 * of which nobody knows.
	 * @param candidate the name
	 * @param reason what it has
	 * @return completes when the cluster does not have it
	 */
	private CompletableFuture<?> remove(String candidate, String reason) {
		Candidacy candidacy = this.candidacies.remove(candidate);
		if (candidacy == null) {
			return CompletableFuture.completedFuture(null);
		}
		candidacy.answer((caller) -> caller.completeExceptionally(new CommandRejectedException(
				"The candidate '" + candidate + "' of the election '" + this.id.name() + "' has " + reason)));
		return leave(candidate);
	}

	/**
	 * Called in the mailbox when the cluster has removed a candidate.
	 * @param candidate the name
	 */
	void evicted(String candidate) {
		remove(candidate, "been evicted");
	}

	/**
	 * Called in the mailbox when the cluster has removed all candidates.
	 */
	void destroyed() {
		List.copyOf(this.candidacies.keySet()).forEach((candidate) -> remove(candidate, "gone with its election"));
	}

	/**
	 * Called in the mailbox when the leadership was read after events may have been
	 * missed, that of an eviction among them.
	 * @param leadership the leadership, which is not older than any event
	 */
	void leadershipRead(ElectionMessages.Leadership leadership) {
		this.candidacies.values().forEach((candidacy) -> {
			if (candidacy.isEntered() && !candidacy.hasCallers()
					&& !leadership.candidates().contains(candidacy.name())) {
				removeIfEvicted(candidacy);
			}
		});
	}

	/**
	 * Removes a candidate that the cluster does not have, unless it went with the
	 * session: then it comes back in the next one. A read can tell of that before this
	 * node hears, while commands are only answered in a session that lives.
	 * @param candidacy the candidate
	 */
	private void removeIfEvicted(Candidacy candidacy) {
		long attempt = candidacy.attempt();
		this.session.submit(new ElectionMessages.Resign(this.id, candidacy.name()))
			.whenComplete((result, ex) -> this.mailbox.execute(() -> {
				if (ex == null && candidacy.isCurrent(attempt)) {
					this.candidacies.remove(candidacy.name(), candidacy);
				}
			}));
	}

	/**
	 * Called in the mailbox when the session has ended.
	 */
	void uproot() {
		this.candidacies.values().forEach((candidacy) -> {
			candidacy.nextAttempt();
			candidacy.entered(false);
		});
	}

	/**
	 * Called in the mailbox when a session was opened.
	 */
	void comeBack() {
		this.candidacies.values().forEach((candidacy) -> {
			if (!candidacy.isEntered()) {
				send(candidacy);
			}
		});
	}

	/**
	 * Called in the mailbox when the election is closed.
	 */
	void close() {
		List.copyOf(this.candidacies.keySet()).forEach(this::resign);
	}

	private static boolean isTaken(Throwable ex) {
		return ex instanceof CommandRejectedException rejected && rejected.code() == ErrorCode.CANDIDATE_EXISTS.code();
	}

}
