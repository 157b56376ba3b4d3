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

package io.github.atomixspring.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.GroupMessages.Attribute;
import io.github.atomixspring.proxy.Names;

/**
 * Turns what users see of members into messages and back.
 */
final class Members {

	private Members() {
	}

	static GroupMember of(GroupMessages.Member member) {
		Map<String, String> metadata = new TreeMap<>();
		member.metadata().forEach((attribute) -> metadata.put(attribute.name(), attribute.value()));
		return new GroupMember(member.id(), member.node(),
				(member.session() != 0) ? GroupMember.Status.ALIVE : GroupMember.Status.DEAD, member.persistent(),
				metadata);
	}

	static List<GroupMember> of(GroupMessages.State state) {
		return state.members().stream().map(Members::of).toList();
	}

	static GroupLeadership leadership(GroupMessages.State state) {
		return new GroupLeadership(state.leader().member(), state.leader().term());
	}

	static List<Attribute> attributes(Map<String, String> metadata) {
		List<Attribute> attributes = new ArrayList<>(metadata.size());
		new TreeMap<>(metadata).forEach((name, value) -> attributes.add(new Attribute(name, value)));
		return attributes;
	}

	/**
	 * Checks an id.
	 * @param id the id
	 * @return the id
	 */
	static String check(String id) {
		return Names.check("id", id);
	}

}
