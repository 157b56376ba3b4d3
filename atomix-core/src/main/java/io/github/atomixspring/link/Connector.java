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

package io.github.atomixspring.link;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Opens links to the member that is believed to lead.
 */
public interface Connector extends AutoCloseable {

	/**
	 * Opens a link. Does not block: a link that cannot be opened is closed.
	 * @param handler receives the frames, perhaps before this method returns
	 * @return the link
	 */
	Link connect(LinkHandler handler);

	/**
	 * Takes note of what a member said about who leads.
	 * @param leader the address of the leader as {@code host:port}, or null if the member
	 * does not know
	 */
	void redirect(@Nullable String leader);

	/**
	 * Takes note of the members that the cluster has now.
	 * @param addresses their addresses as {@code host:port}
	 */
	void members(List<String> addresses);

	/**
	 * Takes note that a link which served the session was lost: what was learned of
	 * members that could not be reached before is old.
	 */
	void lost();

	/**
	 * Closes what the connector keeps open, within a bounded time. The links are closed.
	 * A session closes its connector with each stop and goes on to use it when it is
	 * started again.
	 */
	@Override
	void close();

}
