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

package io.github.atomixspring.server;

import java.util.List;

import io.github.atomixspring.cluster.TlsConfig;
import io.github.atomixspring.link.Connector;
import io.github.atomixspring.link.GrpcLinks;
import io.github.atomixspring.link.Link;
import io.github.atomixspring.link.LinkHandler;
import org.jspecify.annotations.Nullable;

/**
 * Links the session of a member: in process while this member leads, else to the leader
 * as this member knows it.
 */
class ReplicaConnector implements Connector {

	private final ReplicaEngine engine;

	private final GrpcLinks links;

	private volatile @Nullable String hint;

	ReplicaConnector(ReplicaEngine engine, String node, int partition, @Nullable TlsConfig tls) {
		this.engine = engine;
		this.links = new GrpcLinks(node, partition, tls);
	}

	@Override
	public Link connect(LinkHandler handler) {
		String leader = this.engine.remoteLeader();
		if (leader == null) {
			// What another member said is only worth a try if this one does not know.
			leader = (this.engine.isLeading()) ? null : this.hint;
			this.hint = null;
		}
		// The gateway of this member serves, or it redirects and closes the link.
		return (leader != null) ? this.links.connect(leader, handler) : this.engine.acceptor().accept(handler);
	}

	@Override
	public void redirect(@Nullable String leader) {
		this.hint = leader;
	}

	@Override
	public void members(List<String> addresses) {
		// Its own member knows them.
	}

	@Override
	public void lost() {
		// Its own member knows who leads.
	}

	@Override
	public void close() {
		this.links.close();
	}

}
