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
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.TlsConfig;
import org.jspecify.annotations.Nullable;

/**
 * The connector of a node without a member of its own: tries the members of the cluster
 * in turn, and goes where they say that the leader is. It begins with the configured
 * members, learns of those that came later, and never forgets the configured ones: what
 * the members call themselves may not be reachable from here.
 * <p>
 * Preferred members come first in each round, in their order, and the others after them.
 * A new round begins when all were tried, or when a link that served was lost: a
 * preferred member that is down is tried no more often than any other.
 */
public final class ClientConnector implements Connector {

	private final List<String> configured;

	private final List<String> preferred;

	private List<String> others;

	private final GrpcLinks links;

	/**
	 * How many were tried in this round.
	 */
	private int tried;

	/**
	 * Which of the others was tried last.
	 */
	private int last;

	private @Nullable String leader;

	/**
	 * Creates the connector to the first partition, which prefers no member.
	 * @param node the name of the node
	 * @param members the members, at least one
	 * @param tls protects the links, or null for plain text
	 */
	public ClientConnector(String node, List<Member> members, @Nullable TlsConfig tls) {
		this(node, 0, members, List.of(), tls);
	}

	/**
	 * Creates the connector to a partition.
	 * @param node the name of the node
	 * @param partition the number of the partition
	 * @param members the members, at least one
	 * @param preferred those of the members that are tried first, in this order
	 * @param tls protects the links, or null for plain text
	 */
	public ClientConnector(String node, int partition, List<Member> members, List<Member> preferred,
			@Nullable TlsConfig tls) {
		if (members.isEmpty()) {
			throw new IllegalArgumentException("'members' must not be empty");
		}
		this.configured = members.stream().map(Member::address).toList();
		this.preferred = preferred.stream().map(Member::address).toList();
		this.others = others(this.configured);
		this.links = new GrpcLinks(node, partition, tls);
		this.last = ThreadLocalRandom.current().nextInt(members.size());
	}

	@Override
	public Link connect(LinkHandler handler) {
		return this.links.connect(nextAddress(), handler);
	}

	/**
	 * Returns where to go next.
	 * @return the address of a member as {@code host:port}
	 */
	synchronized String nextAddress() {
		String address = this.leader;
		if (address != null) {
			// Only once: if it is not there any more, the members are asked again.
			this.leader = null;
			return address;
		}
		if (this.tried >= this.preferred.size() + this.others.size()) {
			this.tried = 0;
		}
		int position = this.tried++;
		if (position < this.preferred.size()) {
			return this.preferred.get(position);
		}
		this.last = (this.last + 1) % this.others.size();
		return this.others.get(this.last);
	}

	@Override
	public synchronized void redirect(@Nullable String leader) {
		this.leader = leader;
	}

	@Override
	public synchronized void members(List<String> current) {
		this.others = others(current);
	}

	private List<String> others(List<String> current) {
		return Stream.concat(current.stream(), this.configured.stream())
			.distinct()
			.filter((address) -> !this.preferred.contains(address))
			.toList();
	}

	@Override
	public synchronized void lost() {
		this.tried = 0;
	}

	@Override
	public void close() {
		lost();
		this.links.close();
	}

}
