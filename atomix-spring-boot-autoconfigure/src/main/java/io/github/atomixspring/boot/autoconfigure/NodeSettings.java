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

package io.github.atomixspring.boot.autoconfigure;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.atomixspring.cluster.Member;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * The identity of this node and its cluster, after all rules were checked.
 *
 * @param id the id of this node
 * @param members the members of the cluster
 */
record NodeSettings(String id, List<Member> members) {

	private static final String NODE_ID = "atomix.node.id";

	private static final String NODE_ADDRESS = "atomix.node.address";

	private static final String DEFAULT_ID = "n1";

	private static final String DEFAULT_ADDRESS = "127.0.0.1:5679";

	private static final Duration MIN_SESSION_TIMEOUT = Duration.ofSeconds(1);

	/**
	 * Checks the configuration of a replica.
	 * @param properties the properties
	 * @param members the members of the cluster
	 * @param tls whether its connections are protected
	 * @return the settings
	 * @throws InvalidConfigurationException if a rule is broken
	 */
	static NodeSettings forReplica(AtomixProperties properties, List<Member> members, boolean tls) {
		checkStillSo(properties, AtomixProperties.Mode.REPLICA);
		check(properties);
		AtomixProperties.Node node = properties.getNode();
		if (members.isEmpty()) {
			Member self = single(node);
			checkExposure(properties, self, tls);
			return new NodeSettings(self.id(), List.of(self));
		}
		Member self = self(node, members);
		checkExposure(properties, self, tls);
		return new NodeSettings(self.id(), members);
	}

	/**
	 * Checks the configuration of a client.
	 * @param properties the properties
	 * @param members the members of the cluster
	 * @param defaultName the name of a client without an id
	 * @return the settings
	 * @throws InvalidConfigurationException if a rule is broken
	 */
	static NodeSettings forClient(AtomixProperties properties, List<Member> members, String defaultName) {
		checkStillSo(properties, AtomixProperties.Mode.CLIENT);
		return forGuest(properties, members, defaultName);
	}

	/**
	 * Checks the configuration of a client beside the node of the application, which may
	 * be a replica.
	 * @param properties the properties
	 * @param members the members of the cluster
	 * @param defaultName the name of a client without an id
	 * @return the settings
	 * @throws InvalidConfigurationException if a rule is broken
	 */
	static NodeSettings forGuest(AtomixProperties properties, List<Member> members, String defaultName) {
		check(properties);
		if (members.isEmpty()) {
			throw new InvalidConfigurationException(MemberParser.MEMBERS, null,
					"a node with 'atomix.mode' 'client' does not know where the cluster is",
					"Set atomix.cluster.members to the members of the cluster, or atomix.mode to replica");
		}
		checkPreferred(properties.getClient().getPreferredMembers(), members);
		String id = properties.getNode().getId();
		return new NodeSettings((StringUtils.hasText(id)) ? id.trim() : defaultName, members);
	}

	private static void check(AtomixProperties properties) {
		requireText("atomix.cluster.name", properties.getCluster().getName());
		AtomixProperties.Session session = properties.getSession();
		requirePositive("atomix.session.timeout", session.getTimeout());
		requirePositive("atomix.session.operation-timeout", session.getOperationTimeout());
		if (session.getTimeout().compareTo(MIN_SESSION_TIMEOUT) < 0) {
			throw new InvalidConfigurationException("atomix.session.timeout", describe(session.getTimeout()),
					"a session must last at least " + describe(MIN_SESSION_TIMEOUT) + " without contact",
					"Use a longer time; a number without unit is in milliseconds, so write 5s for five seconds");
		}
		Duration election = properties.getRaft().getElectionTimeout();
		requirePositive("atomix.raft.election-timeout", election);
		if (election != null && election.multipliedBy(2).compareTo(session.getTimeout()) > 0) {
			throw new InvalidConfigurationException("atomix.raft.election-timeout", describe(election),
					"sessions would expire before a new Raft leader is elected: 'atomix.session.timeout' is "
							+ describe(session.getTimeout()) + " and must be at least twice as long",
					"Shorten atomix.raft.election-timeout or lengthen atomix.session.timeout");
		}
		Long threshold = properties.getRaft().getSnapshotThreshold();
		if (threshold != null && threshold < 1) {
			throw new InvalidConfigurationException("atomix.raft.snapshot-threshold", threshold,
					"a snapshot needs at least one log entry", "Use a positive number");
		}
		DataSize minFreeSpace = properties.getStorage().getMinFreeSpace();
		if (minFreeSpace.isNegative()) {
			throw new InvalidConfigurationException("atomix.storage.min-free-space", minFreeSpace,
					"a disk cannot have less than nothing free", "Use a size such as 64MB, or 0 for no limit");
		}
		int maxHeapUse = properties.getMemory().getMaxHeapUse();
		if (maxHeapUse < 0 || maxHeapUse > 100) {
			throw new InvalidConfigurationException("atomix.memory.max-heap-use", maxHeapUse,
					"it is a percentage of the heap", "Use a number from 1 to 99 such as 80, or 0 for no limit");
		}
		properties.getRaft().getProperties().forEach((key, value) -> {
			if (!key.startsWith("raft.")) {
				throw new InvalidConfigurationException("atomix.raft.properties." + key, value,
						"'" + key + "' is no property of Apache Ratis", "Use a name that begins with 'raft.'");
			}
		});
	}

	/**
	 * Checks what conditions have decided. In an application that was processed ahead of
	 * time they did with the properties of then.
	 */
	private static void checkStillSo(AtomixProperties properties, AtomixProperties.Mode mode) {
		if (properties.getMode() != mode) {
			throw changed("atomix.mode", properties.getMode().name().toLowerCase(Locale.ROOT),
					mode.name().toLowerCase(Locale.ROOT));
		}
		if (!properties.isEnabled()) {
			throw changed("atomix.enabled", false, true);
		}
	}

	private static InvalidConfigurationException changed(String property, Object value, Object before) {
		return new InvalidConfigurationException(property, value,
				"the application was processed ahead of time with '" + before + "'",
				"Process it with " + property + "=" + value + ", or start it without spring.aot.enabled");
	}

	private static void checkExposure(AtomixProperties properties, Member self, boolean tls) {
		String bindHost = properties.getNode().getBindHost();
		String property = (bindHost != null) ? "atomix.node.bind-host" : NODE_ADDRESS;
		String host = (bindHost != null) ? bindHost.trim() : self.host();
		requireText(property, host);
		boolean loopback;
		try {
			loopback = InetAddress.getByName(host).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			throw new InvalidConfigurationException(property, host,
					"this machine cannot resolve the host name on which node '" + self.id() + "' is to listen",
					"Correct the host of the node, or set atomix.node.bind-host to an address of this machine");
		}
		if (!loopback && !tls && !properties.getSecurity().isInsecure()) {
			throw new InvalidConfigurationException("atomix.security.insecure", false,
					"node '" + self.id() + "' would listen on '" + host
							+ "', which other hosts reach, without encryption and authentication: whoever reaches the "
							+ "port could change the state",
					"Protect it with atomix.ssl.bundle, use a loopback address, or set atomix.security.insecure=true if the "
							+ "network is protected otherwise");
		}
	}

	private static void checkPreferred(List<String> preferred, List<Member> members) {
		List<String> known = members.stream().map(Member::id).toList();
		for (String id : preferred) {
			if (!known.contains(id)) {
				throw new InvalidConfigurationException("atomix.client.preferred-members", String.join(",", preferred),
						"'" + id + "' is not among the members " + known + " of 'atomix.cluster.members'",
						"Use ids of these members, or leave out atomix.client.preferred-members");
			}
		}
	}

	private static Member single(AtomixProperties.Node node) {
		String address = (StringUtils.hasText(node.getAddress())) ? node.getAddress().trim() : DEFAULT_ADDRESS;
		String id = (node.getId() != null) ? node.getId().trim() : DEFAULT_ID;
		requireText(NODE_ID, id);
		Member parsed;
		try {
			parsed = Member.parse(address);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationException(NODE_ADDRESS, address, String.valueOf(ex.getMessage()),
					"Write the address as host:port");
		}
		try {
			return new Member(id, parsed.host(), parsed.port());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationException(NODE_ID, id, String.valueOf(ex.getMessage()), "Choose another id");
		}
	}

	private static Member self(AtomixProperties.Node node, List<Member> members) {
		String names = members.stream().map(Member::id).collect(Collectors.joining(", ", "[", "]"));
		if (node.getId() == null) {
			return selfWithoutId(node.getAddress(), members, names);
		}
		String id = node.getId().trim();
		requireText(NODE_ID, id);
		Member self = members.stream().filter((member) -> member.id().equals(id)).findFirst().orElse(null);
		if (self == null) {
			throw new InvalidConfigurationException(NODE_ID, id,
					"it is not among the members " + names + " of 'atomix.cluster.members'",
					"Add the node to atomix.cluster.members, or as a listener to atomix.cluster.listeners, on all nodes, "
							+ "or correct atomix.node.id");
		}
		if (StringUtils.hasText(node.getAddress()) && !node.getAddress().trim().equalsIgnoreCase(self.address())) {
			throw new InvalidConfigurationException(NODE_ADDRESS, node.getAddress(),
					"'atomix.cluster.members' has the address '" + self.address() + "' for node '" + id + "'",
					"Use the same address in both, or leave out atomix.node.address; the address to listen on, if it "
							+ "is another one, is atomix.node.bind-host");
		}
		return self;
	}

	private static Member selfWithoutId(@Nullable String address, List<Member> members, String names) {
		if (StringUtils.hasText(address)) {
			return members.stream()
				.filter((member) -> member.address().equalsIgnoreCase(address.trim()))
				.findFirst()
				.orElseThrow(() -> new InvalidConfigurationException(NODE_ADDRESS, address,
						"none of the members " + names + " of 'atomix.cluster.members' has this address",
						"Correct atomix.node.address, or say by atomix.node.id which member this is"));
		}
		if (members.size() == 1) {
			return members.get(0);
		}
		throw new InvalidConfigurationException(NODE_ID, null,
				"it is not clear which of the members " + names + " of 'atomix.cluster.members' this node is",
				"Set atomix.node.id to one of them, on each node to another one");
	}

	private static void requireText(String property, String value) {
		if (!StringUtils.hasText(value)) {
			throw new InvalidConfigurationException(property, value, "it must not be blank",
					"Set " + property + " or leave it out");
		}
	}

	private static void requirePositive(String property, @Nullable Duration value) {
		if (value != null && (value.isZero() || value.isNegative())) {
			throw new InvalidConfigurationException(property, describe(value), "it must be longer than zero",
					"Use a positive duration with a unit, such as 10s");
		}
	}

	private static String describe(Duration duration) {
		return (duration.toMillisPart() == 0) ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
	}

}
