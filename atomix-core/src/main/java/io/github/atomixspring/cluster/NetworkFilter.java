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

package io.github.atomixspring.cluster;

/**
 * Decides which messages get from one node to another, so that a test can break the
 * network between nodes of one process.
 * <p>
 * Messages that do not pass vanish without an error, as packets do, and so do the answers
 * to them. A call that has lost a message is broken off soon after its messages pass
 * again, since what follows a lost message must not arrive.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface NetworkFilter {

	/**
	 * Returns whether messages pass now. Called for each message by many threads; must
	 * not block.
	 * @param from the name of the node that sends the requests, a member or a client
	 * @param to the id of the member that receives them
	 * @return whether requests and the answers to them pass
	 */
	boolean passes(String from, String to);

}
