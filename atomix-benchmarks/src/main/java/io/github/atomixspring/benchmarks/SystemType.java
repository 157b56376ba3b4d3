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

package io.github.atomixspring.benchmarks;

import java.nio.file.Path;

/**
 * A system that is measured.
 */
enum SystemType {

	/** A state machine on Ratis with an entry for each operation. */
	RATIS {

		@Override
		KeyValueSystem member(Topology topology, String self, Path directory) throws Exception {
			return RatisMember.start(topology, self, directory);
		}

		@Override
		KeyValueSystem client(Topology topology) {
			return RatisSystem.connect(topology);
		}

	},

	/** Ours. */
	ATOMIX {

		@Override
		KeyValueSystem member(Topology topology, String self, Path directory) {
			return AtomixSystem.member(topology, self, directory);
		}

		@Override
		KeyValueSystem client(Topology topology) {
			return AtomixSystem.client(topology);
		}

	};

	/**
	 * Returns whether the system can do what a step does.
	 * @param step the step
	 * @return whether it can
	 */
	boolean supports(Step step) {
		return this != RATIS || !step.isMessaging();
	}

	/**
	 * Starts a member in this process.
	 * @param topology the members
	 * @param self which of them
	 * @param directory an empty directory
	 * @return the member, which may still wait for others
	 * @throws Exception if it cannot start
	 */
	abstract KeyValueSystem member(Topology topology, String self, Path directory) throws Exception;

	/**
	 * Starts a client in this process.
	 * @param topology the members
	 * @return the client
	 */
	abstract KeyValueSystem client(Topology topology);

}
