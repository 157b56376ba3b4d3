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

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.link.PeerProblem;
import org.apache.ratis.thirdparty.io.grpc.netty.GrpcHttp2ConnectionHandler;
import org.apache.ratis.thirdparty.io.grpc.netty.InternalProtocolNegotiator;
import org.apache.ratis.thirdparty.io.grpc.netty.InternalProtocolNegotiators;
import org.apache.ratis.thirdparty.io.netty.buffer.ByteBuf;
import org.apache.ratis.thirdparty.io.netty.channel.Channel;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandler;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandlerContext;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslHandler;
import org.apache.ratis.thirdparty.io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks what comes first on accepted connections: a handshake of TLS, or in plain text
 * the preface of HTTP/2. Says who begins otherwise, now and then; the library would say
 * nothing of the one, and fill the log with each of the other. Those who take too long to
 * begin are ended.
 */
final class PortNegotiator implements InternalProtocolNegotiator.ProtocolNegotiator {

	private static final Logger logger = LoggerFactory.getLogger(PortNegotiator.class);

	private static final byte HANDSHAKE = 0x16;

	private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private final String node;

	private final boolean tls;

	private final InternalProtocolNegotiator.ProtocolNegotiator negotiator;

	private final Warnings warnings = new Warnings(TimeUnit.MINUTES.toNanos(1));

	private final Newcomers newcomers = new Newcomers();

	/**
	 * Creates a negotiator.
	 * @param node the id of the node that accepts
	 * @param context the context of the connections, or null for plain text
	 */
	PortNegotiator(String node, @Nullable SslContext context) {
		this.node = node;
		this.tls = context != null;
		this.negotiator = (context != null) ? InternalProtocolNegotiators.serverTls(context)
				: InternalProtocolNegotiators.serverPlaintext();
		TransportLog.limit();
	}

	@Override
	public AsciiString scheme() {
		return this.negotiator.scheme();
	}

	@Override
	public ChannelHandler newHandler(GrpcHttp2ConnectionHandler handler) {
		ChannelHandler next = this.negotiator.newHandler(handler);
		return (this.tls) ? new FailureWatch(next) : new PrefaceCheck(next);
	}

	@Override
	public void close() {
		this.negotiator.close();
	}

	private void refused(Channel channel, @Nullable String problem, @Nullable Throwable failure) {
		SocketAddress peer = channel.remoteAddress();
		String source = (peer instanceof InetSocketAddress address) ? address.getHostString() : String.valueOf(peer);
		// Whoever only looks whether the port is open has no problem. What stands in
		// parentheses may be different each time.
		if (problem != null && this.warnings.isDue(source + problem.replaceAll(" \\(.*", ""))) {
			logger.warn("Node '{}' refused a connection from {}: {}", this.node, peer, problem);
		}
		else {
			logger.debug("Node '{}' refused a connection from {}: {}", this.node, peer, problem, failure);
		}
	}

	/**
	 * Stands behind the handlers of the handshake and hears how they fail.
	 */
	private final class FailureWatch extends ChannelInboundHandlerAdapter {

		private final ChannelHandler handshake;

		private boolean told;

		FailureWatch(ChannelHandler handshake) {
			this.handshake = handshake;
		}

		@Override
		public void handlerAdded(ChannelHandlerContext context) {
			context.pipeline().addBefore(context.name(), null, new HandshakeWatch());
			context.pipeline().addBefore(context.name(), null, this.handshake);
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			if (!this.told) {
				this.told = true;
				refused(context.channel(), PeerProblem.describe(cause, true), cause);
			}
			context.fireExceptionCaught(cause);
		}

	}

	/**
	 * Stands before the handlers of the handshake until that has succeeded.
	 */
	private final class HandshakeWatch extends ChannelInboundHandlerAdapter {

		private boolean watching;

		@Override
		public void handlerAdded(ChannelHandlerContext context) {
			PortNegotiator.this.newcomers.arrived(context);
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			// The handler of TLS is not there before.
			SslHandler handler = context.pipeline().get(SslHandler.class);
			if (handler != null && !this.watching) {
				this.watching = true;
				handler.handshakeFuture().addListener((handshake) -> {
					if (handshake.isSuccess()) {
						PortNegotiator.this.newcomers.known(context);
						context.pipeline().remove(this);
					}
				});
			}
			context.fireChannelRead(message);
		}

	}

	/**
	 * Stands before the handlers of HTTP/2 until the whole preface is there.
	 */
	private final class PrefaceCheck extends ChannelInboundHandlerAdapter {

		private final ChannelHandler next;

		private int seen;

		PrefaceCheck(ChannelHandler next) {
			this.next = next;
		}

		@Override
		public void handlerAdded(ChannelHandlerContext context) {
			context.pipeline().addAfter(context.name(), null, this.next);
			PortNegotiator.this.newcomers.arrived(context);
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof ByteBuf bytes && !fits(bytes)) {
				boolean handshake = this.seen == 0 && bytes.getByte(bytes.readerIndex()) == HANDSHAKE;
				bytes.release();
				refused(context.channel(), (handshake) ? "it speaks TLS, this node does not"
						: "it does not speak the protocol of the nodes", null);
				context.close();
				return;
			}
			context.fireChannelRead(message);
			if (this.seen == PREFACE.length) {
				PortNegotiator.this.newcomers.known(context);
				context.pipeline().remove(this);
			}
		}

		private boolean fits(ByteBuf bytes) {
			for (int i = bytes.readerIndex(); i < bytes.writerIndex() && this.seen < PREFACE.length; i++) {
				if (bytes.getByte(i) != PREFACE[this.seen]) {
					return false;
				}
				this.seen++;
			}
			return true;
		}

	}

}
