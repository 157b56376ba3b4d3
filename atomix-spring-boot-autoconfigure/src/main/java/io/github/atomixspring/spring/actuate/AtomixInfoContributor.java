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

package io.github.atomixspring.spring.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NodeStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * {@link InfoContributor} that says which node of which cluster this is. Never waits.
 *
 * @since 0.1.0
 */
public class AtomixInfoContributor implements InfoContributor {

	private final Atomix atomix;

	private final @Nullable Supplier<NodeStatus> status;

	/**
	 * Creates a contributor.
	 * @param atomix the node
	 * @param status tells the state of its replica, or null for a client
	 */
	public AtomixInfoContributor(Atomix atomix, @Nullable Supplier<NodeStatus> status) {
		this.atomix = atomix;
		this.status = status;
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("node", this.atomix.session().node());
		details.put("mode", (this.status != null) ? "replica" : "client");
		String version = Atomix.class.getPackage().getImplementationVersion();
		if (version != null) {
			details.put("version", version);
		}
		if (this.status != null) {
			addCluster(details, this.status.get());
		}
		builder.withDetail("atomix", details);
	}

	private static void addCluster(Map<String, Object> details, NodeStatus status) {
		details.put("cluster", status.cluster());
		if (status.clusterId() != null) {
			details.put("clusterId", status.clusterId());
		}
		details.put("members", status.members().stream().map(Member::id).toList());
		details.put("leader", status.node().equals(status.leader()));
	}

}
