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

package io.github.atomixspring.session;

import java.util.UUID;

import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * What a node says about itself on a new link, and what it demands of the member at the
 * other end. Guarded by the lock of the session.
 */
final class Handshake {

	/**
	 * The version of the protocol.
	 */
	static final int PROTOCOL_VERSION = 1;

	private final SessionConfig config;

	private final CriticalSection section;

	/**
	 * The cluster this node belongs to, since the first one that answered.
	 */
	private @Nullable String clusterId;

	/**
	 * Stands for the request to open a session, so that it can be repeated.
	 */
	private @Nullable String token;

	private long openSentAt;

	Handshake(SessionConfig config, CriticalSection section) {
		this.config = config;
		this.section = section;
	}

	/**
	 * Returns the first frame on a link.
	 * @return the frame
	 */
	ClientFrame.Hello hello() {
		return new ClientFrame.Hello(PROTOCOL_VERSION, this.config.cluster(), this.clusterId, this.config.node(),
				this.config.partitions());
	}

	/**
	 * Returns why this node has nothing to do with a member.
	 * @param welcome what the member says about itself
	 * @return the reason, or null if it belongs to the cluster of this node
	 */
	@Nullable String objection(ServerFrame.Welcome welcome) {
		if (welcome.version() != PROTOCOL_VERSION) {
			return "it speaks version " + welcome.version() + " of the protocol, this node version " + PROTOCOL_VERSION;
		}
		if (welcome.partitions() != this.config.partitions()) {
			return "its cluster has " + welcome.partitions() + " partition(s), this node is configured for "
					+ this.config.partitions() + ": set its number of partitions (atomix.partitions) to "
					+ welcome.partitions();
		}
		if (this.clusterId == null) {
			this.clusterId = welcome.clusterId();
		}
		if (!this.clusterId.equals(welcome.clusterId())) {
			return "it belongs to the cluster with the id " + welcome.clusterId() + ", this node to " + this.clusterId;
		}
		return null;
	}

	/**
	 * Returns the request to open a session.
	 * @return the frame, with the same token until the session is open
	 */
	ClientFrame.Open open() {
		String current = this.token;
		if (current == null) {
			current = UUID.randomUUID().toString();
			this.token = current;
			// A repeated request is answered by the first one: the lease counts from it.
			this.openSentAt = this.section.now();
		}
		return new ClientFrame.Open(current, this.config.node(), this.config.timeout().toMillis());
	}

	/**
	 * The session is open.
	 * @return the monotonic time before the request was sent first
	 */
	long opened() {
		this.token = null;
		return this.openSentAt;
	}

	/**
	 * The session that is open, or was asked for, is of no use any more.
	 */
	void forget() {
		this.token = null;
	}

}
