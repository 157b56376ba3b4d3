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

import io.github.atomixspring.cluster.Member;
import org.jspecify.annotations.Nullable;

/**
 * Parses the configured members and names the one that is wrong, and its position.
 */
final class MemberParser {

	static final String MEMBERS = "atomix.cluster.members";

	private static final String EXAMPLE = "Write each member as id=host:port or host:port, for instance "
			+ "atomix.cluster.members=n1=10.0.0.1:5679,n2=10.0.0.2:5679,n3=10.0.0.3:5679";

	private MemberParser() {
	}

	static List<Member> parse(List<String> entries) {
		List<Member> members = new ArrayList<>();
		Map<String, Integer> ids = new HashMap<>();
		Map<String, Integer> addresses = new HashMap<>();
		for (int i = 0; i < entries.size(); i++) {
			int position = i + 1;
			Member member = parse(entries.get(i), position, entries);
			requireUnique(ids.putIfAbsent(member.id(), position), position, "id '" + member.id() + "'", entries);
			String address = member.address().toLowerCase(Locale.ROOT);
			requireUnique(addresses.putIfAbsent(address, position), position, "address '" + member.address() + "'",
					entries);
			members.add(member);
		}
		return List.copyOf(members);
	}

	private static Member parse(String entry, int position, List<String> entries) {
		if (entry.isBlank()) {
			throw invalid(entries, "entry " + position + " of " + entries.size() + " is empty",
					"Remove the comma too many");
		}
		try {
			return Member.parse(entry.trim());
		}
		catch (IllegalArgumentException ex) {
			throw invalid(entries, "entry " + position + " of " + entries.size() + ": " + ex.getMessage(), EXAMPLE);
		}
	}

	private static void requireUnique(@Nullable Integer other, int position, String what, List<String> entries) {
		if (other != null) {
			throw invalid(entries, "entries " + other + " and " + position + " have the same " + what,
					"Give each member an id and an address of its own");
		}
	}

	private static InvalidConfigurationException invalid(List<String> entries, String reason, String action) {
		return new InvalidConfigurationException(MEMBERS, String.join(",", entries), reason, action);
	}

}
