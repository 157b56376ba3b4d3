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

import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.ProtocolException;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.protocol.Wire;
import org.apache.ratis.thirdparty.io.grpc.Grpc;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gRPC service on which members accept links.
 */
public final class GrpcLinkService {

	/**
	 * The name of the service, all that a client calls.
	 */
	public static final String NAME = GrpcFrames.SERVICE;

	private static final Logger logger = LoggerFactory.getLogger(GrpcLinkService.class);

	private static final long WARN_INTERVAL = TimeUnit.SECONDS.toNanos(60);

	private final List<LinkAcceptor> acceptors;

	private final int maxBufferedBytes;

	private final LongSupplier nanoClock;

	private final AtomicLong nextWarning;

	/**
	 * Creates the service.
	 * @param acceptors the gateway of each partition, by its number
	 */
	public GrpcLinkService(List<LinkAcceptor> acceptors) {
		this(acceptors, GrpcFrames.MAX_BUFFERED_BYTES, System::nanoTime);
	}

	GrpcLinkService(List<LinkAcceptor> acceptors, int maxBufferedBytes, LongSupplier nanoClock) {
		this.acceptors = List.copyOf(acceptors);
		this.maxBufferedBytes = maxBufferedBytes;
		this.nanoClock = nanoClock;
		this.nextWarning = new AtomicLong(nanoClock.getAsLong());
	}

	/**
	 * Returns what a gRPC server needs to offer the service.
	 * @return the definition
	 */
	public ServerServiceDefinition definition() {
		return ServerServiceDefinition.builder(GrpcFrames.SERVICE).addMethod(GrpcFrames.OPEN, this::open).build();
	}

	private ServerCall.Listener<byte[]> open(ServerCall<byte[], byte[]> call, Metadata headers) {
		int partition = GrpcFrames.partition(headers, this.acceptors.size());
		if (partition < 0) {
			call.close(Status.FAILED_PRECONDITION.withDescription("this member has " + this.acceptors.size()
					+ " partition(s), not that of this link: set the same number (atomix.partitions) on all nodes"),
					new Metadata());
			return new ServerCall.Listener<>() {
			};
		}
		Stream stream = new Stream(call);
		stream.start(this.acceptors.get(partition));
		return stream;
	}

	private void warn(String what, @Nullable SocketAddress peer, @Nullable Throwable cause) {
		long now = this.nanoClock.getAsLong();
		long next = this.nextWarning.get();
		if (now - next >= 0 && this.nextWarning.compareAndSet(next, now + WARN_INTERVAL)) {
			logger.warn("Link from {} closed: {}{}", peer, what,
					(cause != null) ? " (" + cause.getMessage() + ")" : "");
		}
		else {
			logger.debug("Link from {} closed: {}", peer, what, cause);
		}
	}

	/**
	 * The gateway's end of one link.
	 */
	private final class Stream extends ServerCall.Listener<byte[]> implements LinkHandler, FrameBuffer.Sink {

		private final ServerCall<byte[], byte[]> call;

		private final FrameBuffer buffer;

		private volatile @Nullable Link link;

		private final AtomicBoolean ended = new AtomicBoolean();

		Stream(ServerCall<byte[], byte[]> call) {
			this.call = call;
			this.buffer = new FrameBuffer(this, GrpcLinkService.this.maxBufferedBytes);
		}

		void start(LinkAcceptor acceptor) {
			synchronized (this.buffer) {
				this.call.sendHeaders(new Metadata());
				this.call.request(GrpcFrames.PREFETCH);
			}
			Link accepted = acceptor.accept(this);
			this.link = accepted;
			if (this.ended.get()) {
				// It ended while it was being accepted.
				accepted.close();
			}
		}

		@Override
		public boolean isReady() {
			return this.call.isReady();
		}

		@Override
		public void send(byte[] frame) {
			this.call.sendMessage(frame);
		}

		@Override
		public void received(ServerFrame frame) {
			if (!this.buffer.send(Wire.SERVER_FRAME.encode(frame))) {
				fail(Status.RESOURCE_EXHAUSTED, "it does not read what it is sent", null);
			}
		}

		@Override
		public void closed(@Nullable Throwable cause) {
			Status status = (cause != null) ? Status.UNAVAILABLE.withDescription(cause.getMessage()) : Status.OK;
			this.buffer.finish(() -> this.call.close(status, new Metadata()));
		}

		@Override
		public void onReady() {
			this.buffer.flush();
		}

		@Override
		public void onMessage(byte[] message) {
			Link target = this.link;
			if (target == null || this.ended.get()) {
				return;
			}
			ClientFrame frame;
			try {
				if (message.length > GrpcFrames.MAX_FRAME_BYTES) {
					fail(Status.RESOURCE_EXHAUSTED, "a frame has " + message.length + " bytes", null);
					return;
				}
				frame = Wire.CLIENT_FRAME.decode(message);
			}
			catch (ProtocolException ex) {
				fail(Status.INVALID_ARGUMENT, "it sent a malformed frame", ex);
				return;
			}
			target.send(frame);
			this.call.request(1);
		}

		@Override
		public void onHalfClose() {
			end();
			this.buffer.finish(() -> this.call.close(Status.OK, new Metadata()));
		}

		@Override
		public void onCancel() {
			this.buffer.close(() -> {
			});
			end();
		}

		@Override
		public void onComplete() {
			end();
		}

		private void fail(Status status, String what, @Nullable Throwable cause) {
			warn(what, this.call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR), cause);
			this.buffer.close(() -> this.call.close(status.withDescription(what), new Metadata()));
			end();
		}

		private void end() {
			if (this.ended.compareAndSet(false, true)) {
				Link target = this.link;
				if (target != null) {
					target.close();
				}
			}
		}

	}

}
