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

import io.github.atomixspring.session.PrimitiveSession;

/**
 * Makes leader elections. Internal: public only for the root package.
 *
 * @since 0.1.0
 */
public final class Elections {

	private Elections() {
	}

	/**
	 * Creates the instance of an election.
	 * @param session the session of the node
	 * @param name the name
	 * @param onClose called once, when the instance is closed
	 * @return the election
	 */
	public static DistributedLeaderElection create(PrimitiveSession session, String name, Runnable onClose) {
		ElectionProxy election = new ElectionProxy(session, name, onClose);
		election.start();
		return election;
	}

}
