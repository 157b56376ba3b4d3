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

package io.github.atomixspring;

import java.util.function.Function;

import io.github.atomixspring.server.RaftMember;
import io.github.atomixspring.server.ServerConfig;

/**
 * Access to the making of replicas for tests of other packages.
 */
public final class ReplicaSeams {

	private ReplicaSeams() {
	}

	/**
	 * Builds a replica around another member than the usual one.
	 * @param builder the settings; its network filter is not used
	 * @param factory makes the member
	 * @return the replica, not started
	 */
	public static AtomixReplica build(AtomixReplica.Builder builder, Function<ServerConfig, RaftMember> factory) {
		return builder.build(factory);
	}

}
