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

package io.github.atomixspring.faults.node;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import io.github.atomixspring.faulttolerance.DetachedCommands;
import io.github.atomixspring.faulttolerance.FaultyLinks;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.server.EngineSeams;
import io.github.atomixspring.testing.TestCluster;

/**
 * A bug that can be sown in members, to see whether the suite notices it.
 */
public enum Bug {

	/**
	 * A command that is sent again takes effect again. Answers are lost now and then, as
	 * links may lose them, so that commands are sent again.
	 */
	DEDUPLICATION_OFF {

		@Override
		TestCluster.Factory members() {
			return EngineSeams.withLinks((gateway) -> {
				FaultyLinks links = new FaultyLinks();
				links.loseAnswers(ANSWERS);
				return links.apply(new DetachedCommands(gateway));
			});
		}

	},

	/**
	 * What a session claims outlives it: the lock for which a dead one waited is granted
	 * to it, and one that has moved to another link cannot give back what it holds.
	 */
	DEAD_SESSION {

		@Override
		TestCluster.Factory members() {
			return EngineSeams.withLinks(DetachedCommands::new);
		}

	},

	/**
	 * A poll takes two elements, an element that is added is removed.
	 */
	LOST_ELEMENT {

		@Override
		TestCluster.Factory members() {
			ElementLoss loss = new ElementLoss();
			return EngineSeams.withLinks((gateway) -> new SpoiledCommands(gateway, loss));
		}

	},

	/**
	 * The entries of a map have a shorter time to live than was asked for.
	 */
	EARLY_END {

		@Override
		TestCluster.Factory members() {
			return EngineSeams.withLinks((gateway) -> new SpoiledCommands(gateway, Bug::hasten));
		}

	},

	/**
	 * A message is sent twice, the next one not.
	 */
	LOST_EVENT {

		@Override
		TestCluster.Factory members() {
			return EngineSeams.withLinks(EventLoss::new);
		}

	},

	/**
	 * A member answers reads as long as it believes to lead, which it does for long.
	 */
	STALE_READS {

		@Override
		TestCluster.Factory members() {
			return EngineSeams.withLeadershipCheck((division) -> CompletableFuture.completedFuture(null));
		}

		/**
		 * A leader goes on without followers for longer than it takes sessions elsewhere
		 * to leave it; one of the followers is soon tired of waiting.
		 */
		@Override
		Map<String, String> raftProperties() {
			return Map.of("raft.server.rpc.timeout.min", "300ms", "raft.server.rpc.timeout.max", "8000ms");
		}

		/**
		 * Readers stay with a leader that does not answer their keep-alives.
		 */
		@Override
		Duration patience(Duration usual) {
			return Duration.ofSeconds(40);
		}

	};

	private static final int ANSWERS = 200;

	private static final int HASTE = 4;

	private static Command hasten(Command command) {
		if (command instanceof MapMessages.Update update) {
			byte[] value = update.value();
			if (value != null) {
				return new MapMessages.Update(update.target(), update.key(), value, update.timeToLive() / HASTE,
						update.condition(), update.wantOld());
			}
		}
		return command;
	}

	/**
	 * Returns what makes members that have the bug.
	 * @return the factory
	 */
	abstract TestCluster.Factory members();

	/**
	 * Returns the timeout of the sessions of readers that helps it to show.
	 * @param usual the usual one
	 * @return the timeout
	 */
	Duration patience(Duration usual) {
		return usual;
	}

	/**
	 * Returns the settings of Ratis that help it to show.
	 * @return the properties
	 */
	Map<String, String> raftProperties() {
		return Map.of();
	}

	/**
	 * Returns the name by which it is chosen.
	 * @return the name
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Returns the bug of a name.
	 * @param id the name
	 * @return the bug
	 */
	public static Bug of(String id) {
		return Arrays.stream(values())
			.filter((bug) -> bug.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no bug '%s', but %s".formatted(id,
					Arrays.stream(values()).map(Bug::id).collect(Collectors.joining(", ")))));
	}

}
