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

import java.util.concurrent.TimeUnit;

import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandlerContext;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.ratis.thirdparty.io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Newcomers}.
 */
class NewcomersTests {

	private final Newcomers newcomers = new Newcomers(2);

	@Test
	void oneTooManyEndsTheOldest() {
		EmbeddedChannel first = arrive();
		EmbeddedChannel second = arrive();
		assertThat(first.isOpen()).isTrue();
		EmbeddedChannel third = arrive();
		assertThat(first.isOpen()).isFalse();
		assertThat(second.isOpen()).isTrue();
		assertThat(third.isOpen()).isTrue();
		assertThat(this.newcomers.count()).isEqualTo(2);
	}

	@Test
	void thoseWhoAreKnownDoNotCount() {
		EmbeddedChannel first = arrive();
		this.newcomers.known(context(first));
		arrive();
		arrive();
		assertThat(first.isOpen()).isTrue();
		pass(first, Newcomers.PATIENCE_SECONDS + 1);
		assertThat(first.isOpen()).as("its time does not end any more").isTrue();
	}

	@Test
	void thoseWhoSayNothingAreEnded() {
		EmbeddedChannel channel = arrive();
		pass(channel, Newcomers.PATIENCE_SECONDS - 1);
		assertThat(channel.isOpen()).isTrue();
		pass(channel, 2);
		assertThat(channel.isOpen()).isFalse();
		assertThat(this.newcomers.count()).isZero();
	}

	@Test
	void thoseWhoLeaveAreForgotten() {
		arrive().close();
		assertThat(this.newcomers.count()).isZero();
	}

	private EmbeddedChannel arrive() {
		EmbeddedChannel channel = new EmbeddedChannel();
		channel.freezeTime();
		channel.pipeline().addLast(new ChannelInboundHandlerAdapter());
		this.newcomers.arrived(context(channel));
		return channel;
	}

	private static ChannelHandlerContext context(EmbeddedChannel channel) {
		return channel.pipeline().context(ChannelInboundHandlerAdapter.class);
	}

	private static void pass(EmbeddedChannel channel, long seconds) {
		channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
		channel.runScheduledPendingTasks();
	}

}
