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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.link.PeerProblemException;
import io.github.atomixspring.primitive.AtomixException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the other members again and again what they are. Used by one thread.
 */
final class Polls {

	private static final long FRESH = TimeUnit.SECONDS.toNanos(2);

	private final ServerConfig config;

	private final Roster roster;

	private final NodeClient client;

	private final Map<String, CompletableFuture<Answer>> pending = new HashMap<>();

	private final Map<String, Answer> answers = new HashMap<>();

	/**
	 * Why members that do not answer are not accepted or do not accept this one.
	 */
	private final Map<String, String> refusals = new TreeMap<>();

	private int turn;

	Polls(ServerConfig config, Roster roster, NodeClient client) {
		this.config = config;
		this.roster = roster;
		this.client = client;
	}

	/**
	 * Collects answers and asks those again who have answered or failed to.
	 * @param request who asks
	 * @param timeout how long to wait for an answer
	 * @return the answers that are not old, by the ids of the members asked
	 */
	Map<String, NodeDescription> poll(DescribeRequest request, Duration timeout) {
		long now = System.nanoTime();
		for (Member member : this.roster.others()) {
			CompletableFuture<Answer> future = this.pending.get(member.id());
			if (future == null || future.isDone()) {
				if (future != null) {
					collect(member, future);
				}
				this.pending.put(member.id(), this.client.describe(member, request, timeout)
					.thenApply((description) -> new Answer(description, now)));
			}
		}
		this.answers.values().removeIf((answer) -> now - answer.time() > FRESH);
		Map<String, NodeDescription> result = new HashMap<>();
		this.answers.forEach((id, answer) -> result.put(id, answer.description()));
		return result;
	}

	private void collect(Member member, CompletableFuture<@Nullable Answer> future) {
		this.refusals.remove(member.id());
		Answer answer = future.exceptionally((ex) -> noAnswer(member, ex)).join();
		if (answer != null) {
			this.answers.put(member.id(), answer);
		}
		else {
			this.answers.remove(member.id());
		}
	}

	private @Nullable Answer noAnswer(Member member, Throwable failure) {
		Throwable cause = AtomixException.unwrap(failure);
		if (cause instanceof PeerProblemException) {
			this.refusals.put(member.id(), "node '" + member.id() + "' " + cause.getMessage());
		}
		return null;
	}

	/**
	 * Says why members that did not answer are not accepted, or do not accept this one.
	 * @return the text, or an empty one
	 */
	String describeRefusals() {
		return String.join("; ", this.refusals.values());
	}

	/**
	 * Asks all other members once and waits for the answers.
	 * @param request who asks
	 * @param timeout how long to wait
	 * @return the answers
	 */
	Collection<NodeDescription> askAll(DescribeRequest request, Duration timeout) {
		List<CompletableFuture<NodeDescription>> futures = this.roster.others()
			.stream()
			.map((member) -> this.client.describe(member, request, timeout))
			.toList();
		List<NodeDescription> result = new ArrayList<>();
		for (CompletableFuture<NodeDescription> future : futures) {
			NodeDescription description = await(future, timeout);
			if (description != null) {
				result.add(description);
			}
		}
		return result;
	}

	private static @Nullable NodeDescription await(CompletableFuture<NodeDescription> future, Duration timeout) {
		try {
			return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	/**
	 * Returns the member to ask next.
	 * @param id the id of a member that was recommended, or null
	 * @return that member, or another than last time
	 */
	Member target(@Nullable String id) {
		List<Member> others = this.roster.others();
		for (Member member : others) {
			if (member.id().equals(id)) {
				return member;
			}
		}
		this.turn = (this.turn + 1) % others.size();
		return others.get(this.turn);
	}

	/**
	 * Says which members a member without a leader reaches.
	 * @param known the answers of the others
	 * @param clusterId the id of the cluster
	 * @return the text
	 */
	String describeQuorum(Map<String, NodeDescription> known, @Nullable String clusterId) {
		List<String> reachable = new ArrayList<>(List.of(this.config.self().id()));
		List<String> missing = new ArrayList<>();
		StringBuilder problems = new StringBuilder();
		for (Member member : this.roster.others()) {
			NodeDescription answer = known.get(member.id());
			String name = member.id() + ((member.listener()) ? " (listener)" : "");
			if (answer == null) {
				missing.add(name);
				continue;
			}
			String problem = Formation.checkIdentity(this.config, member, answer);
			if (problem == null && answer.clusterId() != null && !Objects.equals(answer.clusterId(), clusterId)) {
				problem = "node '" + member.id() + "' belongs to another cluster of the same name";
			}
			if (problem == null) {
				problem = Formation.checkMembers(this.config, answer);
				reachable.add(name + (answer.isIn(NodeMetadata.Phase.FORMED) ? "" : " (without data)"));
			}
			if (problem != null) {
				problems.append("; ").append(problem);
			}
		}
		if (!this.refusals.isEmpty()) {
			problems.append("; ").append(describeRefusals());
		}
		return "Waits for a leader: reachable " + reachable + ", missing " + missing + problems;
	}

	/**
	 * What a member answered.
	 *
	 * @param description the answer
	 * @param time when it was asked
	 */
	private record Answer(NodeDescription description, long time) {

	}

}
