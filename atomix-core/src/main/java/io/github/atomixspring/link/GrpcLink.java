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

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.ProtocolException;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.protocol.Wire;
import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.ClientCall;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelOption;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * The session's end of a link over gRPC. Each link has a connection of its own, so that
 * names are looked up anew and no back-off of an old connection delays a new one.
 */
final class GrpcLink extends ClientCall.Listener<byte[]> implements Link {

	private static final int CONNECT_TIMEOUT_MILLIS = 2000;

	private static final long KEEP_ALIVE_SECONDS = 10;

	private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 5;

	private final String address;

	private final boolean tls;

	private final LinkHandler handler;

	private final ManagedChannel channel;

	private final ClientCall<byte[], byte[]> call;

	private final FrameBuffer buffer;

	private final Consumer<GrpcLink> whenClosed;

	private volatile boolean closed;

	private GrpcLink(String address, boolean tls, ManagedChannel channel, LinkHandler handler,
			Consumer<GrpcLink> whenClosed) {
		this.address = address;
		this.tls = tls;
		this.handler = handler;
		this.channel = channel;
		this.whenClosed = whenClosed;
		ClientCall<byte[], byte[]> call = channel.newCall(GrpcFrames.OPEN, CallOptions.DEFAULT);
		this.call = call;
		this.buffer = new FrameBuffer(new CallSink(call), GrpcFrames.MAX_BUFFERED_BYTES);
	}

	/**
	 * Opens a link. Does not wait for the connection.
	 * @param address the address of a member as {@code host:port}
	 * @param partition the number of the partition
	 * @param ssl protects the link, or null for plain text
	 * @param threads the threads of the connection
	 * @param handler receives the frames
	 * @param whenClosed is told after the handler that the link is closed
	 * @return the link
	 */
	static GrpcLink open(String address, int partition, @Nullable SslContext ssl, CallThreads threads,
			LinkHandler handler, Consumer<GrpcLink> whenClosed) {
		Member member = Member.parse(address);
		NettyChannelBuilder builder = NettyChannelBuilder.forAddress(member.host(), member.port());
		ManagedChannel channel = GrpcTls.apply(threads.configure(builder), ssl)
			.withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
			.disableRetry()
			.keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
			.keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
			.maxInboundMessageSize(GrpcFrames.MAX_FRAME_BYTES)
			.build();
		GrpcLink link = new GrpcLink(address, ssl != null, channel, handler, whenClosed);
		link.start(partition);
		return link;
	}

	private void start(int partition) {
		synchronized (this.buffer) {
			this.call.start(this, GrpcFrames.headers(partition));
			this.call.request(GrpcFrames.PREFETCH);
		}
	}

	@Override
	public void send(ClientFrame frame) {
		if (!this.buffer.send(Wire.CLIENT_FRAME.encode(frame))) {
			cancel("The member does not read what it is sent", null);
		}
	}

	@Override
	public void close() {
		cancel("The link was closed", null);
	}

	private void cancel(String reason, @Nullable Throwable cause) {
		this.buffer.close(() -> this.call.cancel(reason, cause));
	}

	/**
	 * Returns whether the handler was told of the end.
	 * @return whether it was
	 */
	boolean isClosed() {
		return this.closed;
	}

	@Override
	public void onReady() {
		this.buffer.flush();
	}

	@Override
	public void onMessage(byte[] message) {
		ServerFrame frame;
		try {
			frame = Wire.SERVER_FRAME.decode(message);
		}
		catch (ProtocolException ex) {
			cancel("The member sent a malformed frame", ex);
			return;
		}
		this.handler.received(frame);
		this.call.request(1);
	}

	@Override
	public void onClose(Status status, Metadata trailers) {
		this.buffer.close(() -> {
		});
		this.closed = true;
		this.channel.shutdownNow();
		Throwable cause = (status.isOk()) ? null
				: PeerProblemException.translate(this.address, status.asException(trailers), this.tls);
		try {
			this.handler.closed(cause);
		}
		finally {
			this.whenClosed.accept(this);
		}
	}

	/**
	 * Sends on the call.
	 *
	 * @param call the call
	 */
	private record CallSink(ClientCall<byte[], byte[]> call) implements FrameBuffer.Sink {

		@Override
		public boolean isReady() {
			return this.call.isReady();
		}

		@Override
		public void send(byte[] frame) {
			this.call.sendMessage(frame);
		}

	}

}
