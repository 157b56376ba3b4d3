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

import java.util.Objects;

/**
 * A configured member of the cluster.
 *
 * @param id the id of the node, unique in the cluster and stable
 * @param host the name or address under which the others reach it; IPv6 without brackets
 * @param port the port of its Raft server, from 1 to 65535
 * @param listener whether it only follows the log: a listener has all the state and
 * serves its application, but has no vote, does not count for a majority and never leads
 * @since 0.1.0
 */
public record Member(String id, String host, int port, boolean listener) {

	private static final int MAX_PORT = 65535;

	public Member {
		Objects.requireNonNull(id, "'id' must not be null");
		Objects.requireNonNull(host, "'host' must not be null");
		if (!id.matches("[\\p{Alnum}._:\\[\\]-]{1,128}")) {
			throw new IllegalArgumentException("the id must be 1 to 128 letters, digits or '.', '_', '-', ':'");
		}
		if (host.isBlank() || host.chars().anyMatch((c) -> Character.isWhitespace(c) || c == '/' || c == '@')) {
			throw new IllegalArgumentException("the host '" + host + "' is no host name or address");
		}
		if (port < 1 || port > MAX_PORT) {
			throw new IllegalArgumentException("the port must be from 1 to 65535, not " + port);
		}
	}

	/**
	 * Creates a member with a vote.
	 * @param id the id of the node
	 * @param host the name or address under which the others reach it
	 * @param port the port of its Raft server
	 */
	public Member(String id, String host, int port) {
		this(id, host, port, false);
	}

	/**
	 * Parses {@code id=host:port} or {@code host:port}, whose id is the address itself.
	 * IPv6 addresses stand in brackets.
	 * @param text the text
	 * @return the member, with a vote
	 * @throws IllegalArgumentException if the text is malformed; the message names the
	 * part and the rule
	 */
	public static Member parse(String text) {
		int equals = text.indexOf('=');
		String address = text.substring(equals + 1).trim();
		int colon = address.lastIndexOf(':');
		if (colon <= 0 || address.endsWith("]")) {
			throw new IllegalArgumentException("'" + text + "' has no port; expected [id=]host:port");
		}
		String host = address.substring(0, colon);
		if (host.startsWith("[") && host.endsWith("]")) {
			host = host.substring(1, host.length() - 1);
		}
		else if (host.indexOf(':') >= 0) {
			throw new IllegalArgumentException("'" + text + "' must have an IPv6 address in brackets: [::1]:5000");
		}
		int port;
		try {
			port = Integer.parseInt(address.substring(colon + 1));
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'" + text + "' has no number as port; expected [id=]host:port");
		}
		String id = (equals >= 0) ? text.substring(0, equals).trim() : address;
		try {
			return new Member(id, host, port);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("'" + text + "' is no member: " + ex.getMessage());
		}
	}

	/**
	 * Returns this member without a vote.
	 * @return a listener with the same id and address
	 */
	public Member asListener() {
		return new Member(this.id, this.host, this.port, true);
	}

	/**
	 * Returns host and port.
	 * @return {@code host:port}, with an IPv6 address in brackets
	 */
	public String address() {
		return ((this.host.indexOf(':') >= 0) ? "[" + this.host + "]" : this.host) + ":" + this.port;
	}

	@Override
	public String toString() {
		return ((this.id.equals(address())) ? this.id : this.id + "=" + address())
				+ ((this.listener) ? " (listener)" : "");
	}

}
