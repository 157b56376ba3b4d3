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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.ratis.thirdparty.io.netty.channel.EventLoopGroup;
import org.apache.ratis.thirdparty.io.netty.channel.nio.NioEventLoopGroup;
import org.apache.ratis.thirdparty.io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens links over gRPC, all on one daemon thread.
 */
public final class GrpcLinks implements AutoCloseable {

	private static final long CLOSE_SECONDS = 2;

	private static final int RESOLVERS = 2;

	private final Set<GrpcLink> links = ConcurrentHashMap.newKeySet();

	private final String name;

	private @Nullable Threads threads;

	/**
	 * Creates the opener of the links of a node.
	 * @param node the name of the node
	 */
	public GrpcLinks(String node) {
		this.name = "atomix-link-" + node;
	}

	/**
	 * Opens a link. Does not block: a link that cannot be opened is closed.
	 * @param address the address of a member as {@code host:port}
	 * @param handler receives the frames
	 * @return the link
	 */
	public Link connect(String address, LinkHandler handler) {
		Threads current = threads();
		GrpcLink link = GrpcLink.open(address, current.group, current.resolver, handler, this.links::remove);
		this.links.add(link);
		if (link.isClosed()) {
			this.links.remove(link);
		}
		return link;
	}

	private synchronized Threads threads() {
		Threads current = this.threads;
		if (current == null) {
			current = Threads.start(this.name);
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
		Threads current;
		synchronized (this) {
			current = this.threads;
			this.threads = null;
		}
		this.links.forEach(GrpcLink::close);
		if (current != null) {
			current.stop();
		}
	}

	/**
	 * The threads of the links.
	 *
	 * @param group the thread of the connections
	 * @param resolver looks up names, which blocks
	 */
	private record Threads(EventLoopGroup group, ThreadPoolExecutor resolver) {

		static Threads start(String name) {
			ThreadPoolExecutor resolver = new ThreadPoolExecutor(RESOLVERS, RESOLVERS, CLOSE_SECONDS, TimeUnit.SECONDS,
					new LinkedBlockingQueue<>(), new DefaultThreadFactory(name + "-resolver", true),
					new ThreadPoolExecutor.DiscardPolicy());
			resolver.allowCoreThreadTimeOut(true);
			return new Threads(new NioEventLoopGroup(1, new DefaultThreadFactory(name, true)), resolver);
		}

		void stop() {
			boolean own = this.group.iterator().next().inEventLoop();
			this.group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
			if (!own) {
				this.group.terminationFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
			}
			this.resolver.shutdownNow();
		}

	}

}
