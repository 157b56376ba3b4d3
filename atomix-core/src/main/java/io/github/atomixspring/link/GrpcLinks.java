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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.atomixspring.cluster.TlsConfig;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * Opens links over gRPC, all on one daemon thread.
 */
public final class GrpcLinks implements AutoCloseable {

	private final Set<GrpcLink> links = ConcurrentHashMap.newKeySet();

	private final String name;

	private final int partition;

	private final @Nullable SslContext ssl;

	private @Nullable CallThreads threads;

	/**
	 * Creates the opener of the links of a node.
	 * @param node the name of the node
	 * @param partition the number of the partition to which they lead
	 * @param tls protects the links, or null for plain text
	 */
	public GrpcLinks(String node, int partition, @Nullable TlsConfig tls) {
		this.name = "atomix-link-" + node + ((partition > 0) ? "-" + partition : "");
		this.partition = partition;
		this.ssl = GrpcTls.client(tls);
	}

	/**
	 * Opens a link. Does not block: a link that cannot be opened is closed.
	 * @param address the address of a member as {@code host:port}
	 * @param handler receives the frames
	 * @return the link
	 */
	public Link connect(String address, LinkHandler handler) {
		CallThreads current = threads();
		GrpcLink link = GrpcLink.open(address, this.partition, this.ssl, current, handler, this.links::remove);
		this.links.add(link);
		if (link.isClosed()) {
			this.links.remove(link);
		}
		return link;
	}

	private synchronized CallThreads threads() {
		CallThreads current = this.threads;
		if (current == null) {
			current = new CallThreads(this.name);
			this.threads = current;
		}
		return current;
	}

	/**
	 * Closes all links and ends the thread, within a bounded time. The next link starts
	 * it again.
	 */
	@Override
	public void close() {
		CallThreads current;
		synchronized (this) {
			current = this.threads;
			this.threads = null;
		}
		this.links.forEach(GrpcLink::close);
		if (current != null) {
			current.close();
		}
	}

}
