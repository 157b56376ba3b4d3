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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * The accepted connections that have not shown yet that they come from a node. There are
 * so many of them and no more, and each has so much time: otherwise whoever reaches the
 * port could take all files from the process with connections that say nothing, and its
 * log could not be written any more.
 * <p>
 * One too many ends the oldest. A node needs some milliseconds to be known, so that those
 * who have been here for long are not nodes.
 */
final class Newcomers {

	/**
	 * How many there may be.
	 */
	static final int LIMIT = 1000;

	/**
	 * How much time each has.
	 */
	static final long PATIENCE_SECONDS = 10;

	private final int limit;

	private final Map<ChannelHandlerContext, Future<?>> all = new LinkedHashMap<>();

	/**
	 * Creates an instance for a port.
	 */
	Newcomers() {
		this(LIMIT);
	}

	Newcomers(int limit) {
		this.limit = limit;
	}

	/**
	 * Takes note of a new connection.
	 * @param context the first handler of its channel, by which it will be ended
	 */
	void arrived(ChannelHandlerContext context) {
		Future<?> end = context.executor().schedule(() -> {
			known(context);
			context.close();
		}, PATIENCE_SECONDS, TimeUnit.SECONDS);
		ChannelHandlerContext oldest = add(context, end);
		context.channel().closeFuture().addListener((closed) -> known(context));
		if (oldest != null) {
			known(oldest);
			oldest.close();
		}
	}

	private @Nullable ChannelHandlerContext add(ChannelHandlerContext context, Future<?> end) {
		synchronized (this.all) {
			this.all.put(context, end);
			return (this.all.size() > this.limit) ? this.all.keySet().iterator().next() : null;
		}
	}

	/**
	 * Takes note that a connection comes from a node, or has ended.
	 * @param context what it arrived with
	 */
	void known(ChannelHandlerContext context) {
		Future<?> end;
		synchronized (this.all) {
			end = this.all.remove(context);
		}
		if (end != null) {
			end.cancel(false);
		}
	}

	int count() {
		synchronized (this.all) {
			return this.all.size();
		}
	}

}
