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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.Member;
import org.jspecify.annotations.Nullable;

/**
 * Parses the configured members and names the one that is wrong, and its position.
 */
final class MemberParser {

	static final String MEMBERS = "atomix.cluster.members";

	private static final String LISTENERS = "atomix.cluster.listeners";

	private static final String EXAMPLE = "=n1=10.0.0.1:5679,n2=10.0.0.2:5679,n3=10.0.0.3:5679";

	private final String property;

	private final List<String> entries;

	private MemberParser(String property, List<String> entries) {
		this.property = property;
		this.entries = entries;
	}

	/**
	 * Parses the members of a cluster.
	 * @param cluster the properties of the cluster
	 * @return its members, those with a vote first
	 * @throws InvalidConfigurationException if an entry is malformed or repeated
	 */
	static List<Member> parse(AtomixProperties.Cluster cluster) {
		List<Member> members = new MemberParser(MEMBERS, cluster.getMembers()).parse();
		MemberParser parser = new MemberParser(LISTENERS, cluster.getListeners());
		List<Member> listeners = parser.parse();
		if (members.isEmpty() && !listeners.isEmpty()) {
			throw parser.invalid("there are no members with a vote", "List those in " + MEMBERS);
		}
		for (Member listener : listeners) {
			if (members.stream()
				.anyMatch((member) -> member.id().equals(listener.id())
						|| member.address().equalsIgnoreCase(listener.address()))) {
				throw parser.invalid("'" + listener.id() + "' is, or has the address of, a member of '" + MEMBERS + "'",
						"List each member once: with a vote, or as a listener");
			}
		}
		return Stream.concat(members.stream(), listeners.stream().map(Member::asListener)).toList();
	}

	private List<Member> parse() {
		List<Member> members = new ArrayList<>();
		Map<String, Integer> ids = new HashMap<>();
		Map<String, Integer> addresses = new HashMap<>();
		for (int i = 0; i < this.entries.size(); i++) {
			int position = i + 1;
			Member member = parse(this.entries.get(i), position);
			requireUnique(ids.putIfAbsent(member.id(), position), position, "id '" + member.id() + "'");
			String address = member.address().toLowerCase(Locale.ROOT);
			requireUnique(addresses.putIfAbsent(address, position), position, "address '" + member.address() + "'");
			members.add(member);
		}
		return members;
	}

	private Member parse(String entry, int position) {
		if (entry.isBlank()) {
			throw invalid("entry " + position + " of " + this.entries.size() + " is empty",
					"Remove the comma too many");
		}
		try {
			return Member.parse(entry.trim());
		}
		catch (IllegalArgumentException ex) {
			throw invalid("entry " + position + " of " + this.entries.size() + ": " + ex.getMessage(),
					"Write each member as id=host:port or host:port, for instance " + this.property + EXAMPLE);
		}
	}

	private void requireUnique(@Nullable Integer other, int position, String what) {
		if (other != null) {
			throw invalid("entries " + other + " and " + position + " have the same " + what,
					"Give each member an id and an address of its own");
		}
	}

	private InvalidConfigurationException invalid(String reason, String action) {
		return new InvalidConfigurationException(this.property, String.join(",", this.entries), reason, action);
	}

}
