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

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Details of the cluster to which a node connects.
 *
 * @since 0.1.0
 */
public interface AtomixConnectionDetails extends ConnectionDetails {

	/**
	 * Returns all members of the cluster, listeners among them.
	 * @return the members; empty for a replica that is a cluster of its own
	 */
	List<Member> getMembers();

	/**
	 * Returns the SSL bundle for all connections of the node.
	 * @return the bundle, or null to leave that to the properties
	 */
	default @Nullable SslBundle getSslBundle() {
		return null;
	}

}
