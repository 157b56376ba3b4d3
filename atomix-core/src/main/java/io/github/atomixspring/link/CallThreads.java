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

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.netty.channel.EventLoopGroup;
import org.apache.ratis.thirdparty.io.netty.channel.nio.NioEventLoopGroup;
import org.apache.ratis.thirdparty.io.netty.channel.socket.nio.NioSocketChannel;
import org.apache.ratis.thirdparty.io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The daemon threads of the connections that a node opens: one that receives and calls
 * back, and some that look up names, which blocks.
 * <p>
 * The threads that gRPC shares within a virtual machine carry the messages of the
 * consensus, too. What is called back here may have to wait for the state of a member,
 * and must not hold those up.
 */
public final class CallThreads implements AutoCloseable {

	private static final long CLOSE_SECONDS = 2;

	private static final int RESOLVERS = 2;

	private final EventLoopGroup group;

	private final ThreadPoolExecutor resolver;

	/**
	 * Creates threads, which start when they are needed.
	 * @param name the name of the thread that receives
	 */
	public CallThreads(String name) {
		this.group = new NioEventLoopGroup(1, new DefaultThreadFactory(name, true));
		this.resolver = new ThreadPoolExecutor(RESOLVERS, RESOLVERS, CLOSE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), new DefaultThreadFactory(name + "-resolver", true),
				new ThreadPoolExecutor.DiscardPolicy());
		this.resolver.allowCoreThreadTimeOut(true);
	}

	/**
	 * Makes a channel use these threads.
	 * @param builder the builder of the channel
	 * @return the builder
	 */
	public NettyChannelBuilder configure(NettyChannelBuilder builder) {
		return builder.eventLoopGroup(this.group)
			.channelType(NioSocketChannel.class)
			.directExecutor()
			.offloadExecutor(this.resolver);
	}

	/**
	 * Ends the threads, within a bounded time. May be called on one of them.
	 */
	@Override
	public void close() {
		boolean own = this.group.iterator().next().inEventLoop();
		this.group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
		if (!own) {
			this.group.terminationFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
		}
		this.resolver.shutdownNow();
	}

}
