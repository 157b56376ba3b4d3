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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.FeatureLevel;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises the {@link FeatureLevel} of the cluster when all its members know the next one,
 * and keeps members out that do not know the present one. May be used by any thread.
 * <p>
 * A level is raised in three steps. All members, listeners among them, must describe
 * themselves and announce that they know it. Then all must mark their directories, which
 * older software refuses from then on: none of them can be taken back to it. Only then it
 * goes to the log. Members do not change meanwhile. If one does not answer, nothing
 * happens. A leader does so by itself when it has found all members ready twice, and at
 * once when the level is needed.
 */
final class Levels {

	private static final Logger logger = LoggerFactory.getLogger(Levels.class);

	/**
	 * How often a leader looks whether the level can be raised: so long at least an
	 * upgrade can be taken back.
	 */
	private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final long RETRY_MILLIS = 500;

	private static final long CHANGE_SECONDS = 30;

	private final ServerConfig config;

	private final List<ReplicaEngine> engines;

	private final StorageDirectory storage;

	private final Roster roster;

	private final NodeClient client;

	private final MemberView view;

	private final Every timer = new Every(INTERVAL);

	/**
	 * Whether all members knew the next level when this one last looked as the leader.
	 */
	private volatile boolean ripe;

	private final AtomicBoolean busy = new AtomicBoolean();

	private final Warnings warnings = new Warnings(TimeUnit.MINUTES.toNanos(10));

	/**
	 * Creates the levels of a member.
	 * @param config its configuration
	 * @param engines the engines of its partitions
	 * @param storage its directory
	 * @param roster the members
	 * @param client asks them
	 * @param view what is known of the member
	 */
	Levels(ServerConfig config, List<ReplicaEngine> engines, StorageDirectory storage, Roster roster, NodeClient client,
			MemberView view) {
		this.config = config;
		this.engines = List.copyOf(engines);
		this.storage = storage;
		this.roster = roster;
		this.client = client;
		this.view = view;
	}

	/**
	 * Raises the levels of the partitions that this member leads if it is time for it.
	 */
	void advance() {
		if (this.timer.isDue()) {
			look();
		}
	}

	/**
	 * Looks whether the levels can be raised, and does so if they could already when it
	 * last looked.
	 */
	void look() {
		int next = level() + 1;
		List<Integer> own = IntStream.range(0, this.engines.size())
			.filter((partition) -> this.engines.get(partition).isLeading()
					&& this.engines.get(partition).level() < knownLevel())
			.boxed()
			.toList();
		if (own.isEmpty()) {
			this.ripe = false;
			return;
		}
		whoLacks(Math.min(next, knownLevel())).thenCompose((lack) -> {
			if (lack != null) {
				this.ripe = false;
				return this.<Void>failed(lack);
			}
			if (!this.ripe) {
				this.ripe = true;
				return CompletableFuture.<Void>completedFuture(null);
			}
			return CompletableFuture.allOf(own.stream()
				.map((partition) -> require(partition, this.engines.get(partition).level() + 1))
				.toArray(CompletableFuture<?>[]::new));
		}).exceptionally((failure) -> {
			if (this.warnings.isDue("level")) {
				logger.info("Cluster '{}' stays at the feature level {}: {}", this.config.cluster(), next - 1,
						message(failure));
			}
			return null;
		});
	}

	/**
	 * Returns what keeps a level from being raised.
	 * @param failure how {@link #require} failed
	 * @return the text
	 */
	static String message(Throwable failure) {
		return String.valueOf(AtomixException.unwrap(failure).getMessage());
	}

	/**
	 * Brings a partition to a level. This member must lead it.
	 * @param partition the number of the partition
	 * @param level the level
	 * @return completes when it has the level; fails with {@link UnavailableException} if
	 * a member does not know it or does not answer, or members are being changed
	 */
	CompletableFuture<Void> require(int partition, int level) {
		ReplicaEngine engine = this.engines.get(partition);
		if (engine.level() >= level) {
			return CompletableFuture.completedFuture(null);
		}
		if (level > engine.knownLevel()) {
			return failed("this software knows feature levels up to " + engine.knownLevel());
		}
		int next = engine.level() + 1;
		return alone(() -> raise(partition, engine, next)).thenCompose((raised) -> require(partition, level));
	}

	private CompletableFuture<Void> raise(int partition, ReplicaEngine engine, int level) {
		RaftServer.Division division = this.view.division(partition);
		if (division == null || !division.getInfo().isLeaderReady()) {
			return failed("node '" + this.config.self().id() + "' does not lead");
		}
		RaftConfiguration configuration = division.getRaftConf();
		if (PeerInfo.isChanging(configuration)) {
			return failed("members are being changed");
		}
		List<PeerInfo> peers = PeerInfo.listOf(configuration);
		return all(peers, (peer) -> announces(peer, level))
			.thenCompose((known) -> all(peers, (peer) -> marks(peer, level)))
			.thenCompose((marked) -> {
				RaftConfiguration now = division.getRaftConf();
				if (PeerInfo.isChanging(now) || !PeerInfo.listOf(now).equals(peers)) {
					return failed("members were changed meanwhile");
				}
				logger.info("Node '{}' raises the feature level of cluster '{}' to {}", this.config.self().id(),
						this.config.cluster(), level);
				return engine.raise(level)
					.thenCompose((reached) -> (reached >= level) ? CompletableFuture.<Void>completedFuture(null)
							: failed("the level " + level + " was refused"));
			});
	}

	/**
	 * Says whether all members know a level.
	 * @param level the level
	 * @return completes with null if they do, else with what keeps one from it
	 */
	CompletableFuture<@Nullable String> whoLacks(int level) {
		RaftServer.Division division = this.view.division();
		List<PeerInfo> peers = (division != null) ? PeerInfo.listOf(division.getRaftConf()) : List.of();
		return all(peers, (peer) -> announces(peer, level))
			.<@Nullable String>handle((done, failure) -> (failure != null) ? message(failure) : null);
	}

	private CompletableFuture<Void> announces(PeerInfo peer, int level) {
		if (isSelf(peer)) {
			return CompletableFuture.completedFuture(null);
		}
		Member member = this.roster.member(peer);
		return this.client.describe(member, this.view.request(), TIMEOUT)
			// The first call after a restart may still find the connection broken.
			.exceptionallyComposeAsync((failure) -> this.client.describe(member, this.view.request(), TIMEOUT),
					CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS))
			.handle((answer, failure) -> (failure != null || !answer.peer().equals(peer.id()))
					? this.<Void>failed("member '" + member.id()
							+ "' does not answer, and may know less than the feature level " + level)
					: (answer.level() < level) ? this.<Void>failed(lacks(answer, level))
							: CompletableFuture.<Void>completedFuture(null))
			.thenCompose((outcome) -> outcome);
	}

	private CompletableFuture<Void> marks(PeerInfo peer, int level) {
		if (isSelf(peer)) {
			this.storage.raise(level);
			return CompletableFuture.completedFuture(null);
		}
		return mark(this.roster.member(peer), peer.id(), level);
	}

	/**
	 * Has a member mark its directory for a level.
	 * @param member the member
	 * @param peer the id of its incarnation
	 * @param level the level
	 * @return completes when the mark is on its disk, or fails
	 */
	CompletableFuture<Void> mark(Member member, String peer, int level) {
		if (level == FeatureLevel.BASE) {
			return CompletableFuture.completedFuture(null);
		}
		LevelRequest request = new LevelRequest(this.config.cluster(),
				Objects.requireNonNull(this.storage.metadata().clusterId()), level);
		return this.client.level(member, request, TIMEOUT)
			.handle((reply, failure) -> (failure == null && reply.peer().equals(peer) && reply.level() >= level)
					? CompletableFuture.<Void>completedFuture(null)
					: this.<Void>failed("the directory of member '" + member.id()
							+ "' is not ready for the feature level " + level))
			.thenCompose((outcome) -> outcome);
	}

	private static String lacks(NodeDescription answer, int level) {
		return "node '" + answer.node() + "' runs software that knows the feature level " + answer.level() + ", not "
				+ level + ": run the newer software on it";
	}

	/**
	 * Marks the directory of this member.
	 * @param request who asks for it
	 * @return the level for which the directory is ready
	 */
	LevelReply mark(LevelRequest request) {
		NodeMetadata metadata = this.storage.metadata();
		if (request.cluster().equals(metadata.cluster()) && request.clusterId().equals(metadata.clusterId())
				&& request.level() <= knownLevel()) {
			this.storage.raise(request.level());
		}
		return new LevelReply(metadata.peer(), this.storage.metadata().level());
	}

	/**
	 * Returns the level that this member announces.
	 * @return the greatest level that it knows
	 */
	int knownLevel() {
		return this.engines.get(0).knownLevel();
	}

	/**
	 * Returns the greatest level of the partitions, as this member knows them.
	 * @return the level
	 */
	int level() {
		return this.engines.stream().mapToInt(ReplicaEngine::level).max().orElse(FeatureLevel.BASE);
	}

	/**
	 * Returns why a member cannot be taken into the cluster.
	 * @param answer what it says about itself
	 * @return the reason, or null if it can
	 */
	@Nullable String objection(NodeDescription answer) {
		int level = level();
		return (answer.level() < level) ? lacks(answer, level) : null;
	}

	/**
	 * Makes a change of the members or of the level of this cluster, unless there is
	 * another one under way.
	 * @param <T> the type of the outcome
	 * @param change the change
	 * @return the outcome; fails with {@link UnavailableException} if there is another
	 * one
	 */
	<T> CompletableFuture<T> alone(Supplier<CompletableFuture<T>> change) {
		if (!this.busy.compareAndSet(false, true)) {
			return failed("another change of members or of the feature level is under way");
		}
		CompletableFuture<T> outcome;
		try {
			outcome = change.get();
		}
		catch (RuntimeException ex) {
			outcome = CompletableFuture.failedFuture(ex);
		}
		// Whatever comes of it: the next one looks at the configuration again.
		outcome.copy()
			.orTimeout(CHANGE_SECONDS, TimeUnit.SECONDS)
			.whenComplete((done, failure) -> this.busy.set(false));
		return outcome;
	}

	private boolean isSelf(PeerInfo peer) {
		return peer.id().equals(this.storage.metadata().peer());
	}

	private static CompletableFuture<Void> all(List<PeerInfo> peers, Question question) {
		List<CompletableFuture<Void>> answers = new ArrayList<>();
		peers.forEach((peer) -> answers.add(question.ask(peer)));
		return CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]));
	}

	private <T> CompletableFuture<T> failed(String reason) {
		return CompletableFuture.failedFuture(new UnavailableException("Nothing was done: " + reason, null));
	}

	/**
	 * Asks a peer for something.
	 */
	private interface Question {

		CompletableFuture<Void> ask(PeerInfo peer);

	}

}
