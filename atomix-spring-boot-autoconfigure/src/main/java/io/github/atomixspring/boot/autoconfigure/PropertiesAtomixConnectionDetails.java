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

import java.util.List;

import io.github.atomixspring.cluster.Member;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;

/**
 * Takes the details of the connection from the properties.
 */
class PropertiesAtomixConnectionDetails implements AtomixConnectionDetails {

	private final List<Member> members;

	private final NodeTls tls;

	PropertiesAtomixConnectionDetails(AtomixProperties properties, NodeTls tls) {
		this.members = MemberParser.parse(properties.getCluster());
		this.tls = tls;
	}

	@Override
	public List<Member> getMembers() {
		return this.members;
	}

	@Override
	public @Nullable SslBundle getSslBundle() {
		return this.tls.namedBundle();
	}

}
