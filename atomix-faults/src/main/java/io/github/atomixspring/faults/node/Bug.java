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

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.github.atomixspring.faulttolerance.DetachedCommands;
import io.github.atomixspring.link.LinkAcceptor;
import io.github.atomixspring.server.EngineSeams;
import io.github.atomixspring.testing.TestCluster;

/**
 * A bug that can be sown in members, to see whether the suite notices it.
 */
public enum Bug {

	/**
	 * A command that is sent again takes effect again, and what a session claims outlives
	 * it.
	 */
	DEDUPLICATION_OFF {

		@Override
		TestCluster.Factory members() {
			return links(DetachedCommands::new);
		}

	},

	/**
	 * A member answers reads as long as it believes to lead.
	 */
	STALE_READS {

		@Override
		TestCluster.Factory members() {
			return EngineSeams.withLeadershipCheck((division) -> CompletableFuture.completedFuture(null));
		}

	};

	/**
	 * Returns what makes members that have the bug.
	 * @return the factory
	 */
	abstract TestCluster.Factory members();

	private static TestCluster.Factory links(UnaryOperator<LinkAcceptor> bug) {
		return EngineSeams.withLinks(bug);
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
