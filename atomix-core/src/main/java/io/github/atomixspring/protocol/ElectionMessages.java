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

package io.github.atomixspring.protocol;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Messages of leader elections.
 */
public final class ElectionMessages {

	private ElectionMessages() {
	}

	/**
	 * Enters an election. Answers {@link Leadership}, or
	 * {@link ErrorCode#CANDIDATE_EXISTS}.
	 *
	 * @param target the election
	 * @param candidate the name of the candidate
	 */
	@JsonTypeName("7")
	public record Campaign(PrimitiveId target, String candidate) implements Command {
		public Campaign {
			Presence.check(target, candidate);
		}

	}

	/**
	 * Leaves an election. Only the session that entered the candidate can. Answers
	 * {@link Result.Flag}.
	 *
	 * @param target the election
	 * @param candidate the name of the candidate
	 */
	@JsonTypeName("8")
	public record Resign(PrimitiveId target, String candidate) implements Command, Releasing {
		public Resign {
			Presence.check(target, candidate);
		}

	}

	/**
	 * Makes a candidate the leader. Answers {@link Result.Flag}.
	 *
	 * @param target the election
	 * @param candidate the name of the candidate
	 */
	@JsonTypeName("9")
	public record Anoint(PrimitiveId target, String candidate) implements Command {
		public Anoint {
			Presence.check(target, candidate);
		}

	}

	/**
	 * Moves a candidate to the front of the waiting ones. Answers {@link Result.Flag}.
	 *
	 * @param target the election
	 * @param candidate the name of the candidate
	 */
	@JsonTypeName("10")
	public record Promote(PrimitiveId target, String candidate) implements Command {
		public Promote {
			Presence.check(target, candidate);
		}

	}

	/**
	 * Removes a candidate of any session. Answers {@link Result.Flag}.
	 *
	 * @param target the election
	 * @param candidate the name of the candidate
	 */
	@JsonTypeName("11")
	public record Evict(PrimitiveId target, String candidate) implements Command, Releasing {
		public Evict {
			Presence.check(target, candidate);
		}

	}

	/**
	 * Reads the leadership. Answers {@link Leadership}.
	 *
	 * @param target the election
	 */
	@JsonTypeName("2")
	public record Info(PrimitiveId target) implements Query {
		public Info {
			Presence.check(target);
		}

	}

	/**
	 * An election changed.
	 *
	 * @param source the election
	 * @param leadership the leadership
	 * @param evicted the candidate of this session that was evicted, or null
	 */
	@JsonTypeName("5")
	public record Changed(PrimitiveId source, Leadership leadership, @Nullable String evicted) implements Event {
		public Changed {
			Presence.check(source, leadership);
		}

		@Override
		public long weight() {
			return this.leadership.weight();
		}

	}

	/**
	 * Who leads an election.
	 *
	 * @param leader the candidate, or null
	 * @param leaderNode the node of the candidate, or null
	 * @param leaderSession the session of the candidate, or zero
	 * @param term the term
	 * @param candidates all candidates, the leader first
	 */
	@JsonTypeName("11")
	public record Leadership(@Nullable String leader, @Nullable String leaderNode, long leaderSession, long term,
			List<String> candidates) implements Result {
		public Leadership {
			candidates = List.copyOf(candidates);
		}

		@Override
		public long weight() {
			return this.candidates.stream().mapToLong(String::length).sum();
		}

	}

}
