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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.testing.TestCluster;
import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.ClientCall;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.Server;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for links over gRPC on loopback: {@link GrpcLinkService} and
 * {@link ClientConnector}.
 */
class GrpcLinkTests {

	private final List<Server> servers = new ArrayList<>();

	private final List<ClientConnector> connectors = new ArrayList<>();

	private final EchoAcceptor acceptor = new EchoAcceptor();

	@AfterEach
	void stop() {
		this.connectors.forEach(ClientConnector::close);
		this.servers.forEach(Server::shutdownNow);
	}

	private Member member(GrpcLinkService service) throws IOException {
		Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.maxInboundMessageSize(64 << 20)
			.addService(service.definition())
			.build()
			.start();
		this.servers.add(server);
		return new Member("n" + this.servers.size(), "127.0.0.1", server.getPort());
	}

	private Member member() throws IOException {
		return member(new GrpcLinkService(List.of(this.acceptor)));
	}

	private ClientConnector connector(Member... members) {
		ClientConnector connector = new ClientConnector("grpc-test", List.of(members), null);
		this.connectors.add(connector);
		return connector;
	}

	private static Member downMember() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return new Member("down", "127.0.0.1", socket.getLocalPort());
		}
	}

	private static ServerFrame.Applied large(int size) {
		return new ServerFrame.Applied(1, List.of(),
				List.of(new NumberedResult(1, new Result.Updated(true, new byte[size], 1, 2))));
	}

	@Test
	void framesGoBothWaysInOrder() throws Exception {
		Recorder recorder = new Recorder();
		Link link = connector(member()).connect(recorder);
		link.send(new ClientFrame.Hello(1, "c", null, "n1", 1));
		for (int i = 0; i < 5000; i++) {
			link.send(new ClientFrame.KeepAlive(7, i, 0, 0));
		}
		assertThat(recorder.next()).isEqualTo(new ServerFrame.Welcome(1, "id", null, 1));
		for (int i = 0; i < 5000; i++) {
			assertThat(recorder.next()).isEqualTo(new ServerFrame.Alive(i, null));
		}
	}

	@Test
	void largestFrameFits() throws Exception {
		Recorder recorder = new Recorder();
		Link link = connector(member()).connect(recorder);
		link.send(new ClientFrame.Ask(1, true, 0, new byte[4 << 20]));
		link.send(new ClientFrame.Resume(4 << 20, 0));
		assertThat(recorder.next()).isInstanceOf(ServerFrame.Answer.class);
		assertThat(recorder.next()).isInstanceOf(ServerFrame.Applied.class);
	}

	@Test
	void closingTellsBothEndsOnce() throws Exception {
		Recorder recorder = new Recorder();
		Link link = connector(member()).connect(recorder);
		link.send(new ClientFrame.Hello(1, "c", null, "n1", 1));
		recorder.next();
		link.close();
		link.close();
		link.send(new ClientFrame.Close(1));
		recorder.awaitClosed();
		await().atMost(TestCluster.PATIENCE).until(() -> this.acceptor.closed.get() == 1);
		assertThat(recorder.closes.get()).isEqualTo(1);
	}

	@Test
	void lastFrameOfTheGatewayArrivesBeforeTheEnd() throws Exception {
		Recorder recorder = new Recorder();
		Link link = connector(member()).connect(recorder);
		link.send(new ClientFrame.Close(1));
		assertThat(recorder.next()).isEqualTo(new ServerFrame.Redirect("127.0.0.1:1"));
		recorder.awaitClosed();
		assertThat(recorder.cause).isNull();
	}

	@Test
	void lossOfTheServerClosesTheLink() throws Exception {
		Recorder recorder = new Recorder();
		Link link = connector(member()).connect(recorder);
		link.send(new ClientFrame.Hello(1, "c", null, "n1", 1));
		recorder.next();
		this.servers.get(0).shutdownNow();
		recorder.awaitClosed();
		assertThat(recorder.cause).isNotNull();
	}

	@Test
	void membersAreTriedInTurnUntilOneIsThere() throws Exception {
		ClientConnector connector = connector(downMember(), member(), downMember());
		int answered = 0;
		for (int i = 0; i < 3; i++) {
			Recorder recorder = new Recorder();
			connector.connect(recorder).send(new ClientFrame.Hello(1, "c", null, "n1", 1));
			ServerFrame frame = recorder.nextOrClosed();
			if (frame != null) {
				answered++;
			}
		}
		assertThat(answered).isEqualTo(1);
	}

	@Test
	void redirectIsFollowedOnceAndThenTheMembersAreAskedAgain() throws Exception {
		EchoAcceptor leader = new EchoAcceptor();
		Member leading = member(new GrpcLinkService(List.of(leader)));
		ClientConnector connector = connector(member());
		connector.redirect(leading.address());
		for (int i = 0; i < 2; i++) {
			Recorder recorder = new Recorder();
			connector.connect(recorder).send(new ClientFrame.Hello(1, "c", null, "n1", 1));
			recorder.next();
		}
		assertThat(leader.accepted.get()).isEqualTo(1);
		assertThat(this.acceptor.accepted.get()).isEqualTo(1);
	}

	@Test
	void unresolvableHostClosesTheLink() {
		Recorder recorder = new Recorder();
		connector(new Member("x", "host.invalid", 1)).connect(recorder);
		recorder.awaitClosed();
		assertThat(recorder.cause).isNotNull();
	}

	@Test
	void closeEndsTheThreadsAndTheConnectorCanBeUsedAgain() throws Exception {
		Member member = member();
		ClientConnector connector = new ClientConnector("ends", List.of(member), null);
		for (int i = 0; i < 2; i++) {
			Recorder recorder = new Recorder();
			connector.connect(recorder).send(new ClientFrame.Hello(1, "c", null, "n1", 1));
			recorder.next();
			connector.close();
			recorder.awaitClosed();
			await().atMost(TestCluster.PATIENCE)
				.until(() -> Thread.getAllStackTraces()
					.keySet()
					.stream()
					.noneMatch((thread) -> thread.getName().startsWith("atomix-link-ends")));
		}
	}

	@Test
	void malformedFrameClosesOnlyItsStream() throws Exception {
		Member member = member();
		Recorder recorder = new Recorder();
		Link link = connector(member).connect(recorder);
		link.send(new ClientFrame.Hello(1, "c", null, "n1", 1));
		recorder.next();
		ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", member.port()).usePlaintext().build();
		try {
			LinkedBlockingQueue<Status> statuses = new LinkedBlockingQueue<>();
			ClientCall<byte[], byte[]> call = channel.newCall(GrpcFrames.OPEN, CallOptions.DEFAULT);
			call.start(new ClientCall.Listener<>() {

				@Override
				public void onClose(Status status, Metadata trailers) {
					statuses.add(status);
				}

			}, new Metadata());
			call.request(1);
			call.sendMessage(new byte[] { (byte) 0xff, 1, 2, 3 });
			Status status = statuses.poll(60, TimeUnit.SECONDS);
			assertThat(status).isNotNull();
			assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
		}
		finally {
			channel.shutdownNow();
		}
		link.send(new ClientFrame.KeepAlive(7, 1, 0, 0));
		assertThat(recorder.next()).isEqualTo(new ServerFrame.Alive(1, null));
		assertThat(this.acceptor.closed.get()).isEqualTo(1);
	}

	@Test
	void peerThatDoesNotReadIsCutOff() throws Exception {
		Member member = member(new GrpcLinkService(List.of(this.acceptor), 4 << 20, System::nanoTime));
		CountDownLatch release = new CountDownLatch(1);
		Recorder recorder = new Recorder() {

			@Override
			public void received(ServerFrame frame) {
				try {
					release.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				super.received(frame);
			}

		};
		Link link = connector(member).connect(recorder);
		try {
			for (int i = 0; i < 40; i++) {
				link.send(new ClientFrame.Resume(1 << 20, 0));
			}
			await().atMost(TestCluster.PATIENCE).until(() -> this.acceptor.closed.get() == 1);
		}
		finally {
			release.countDown();
		}
		recorder.awaitClosed();
		assertThat(recorder.cause).hasMessageContaining("RESOURCE_EXHAUSTED");
	}

	/**
	 * A gateway that answers everything at once.
	 */
	private static final class EchoAcceptor implements LinkAcceptor {

		private final AtomicInteger accepted = new AtomicInteger();

		private final AtomicInteger closed = new AtomicInteger();

		@Override
		public Link accept(LinkHandler handler) {
			this.accepted.incrementAndGet();
			return new Link() {

				@Override
				public void send(ClientFrame frame) {
					if (frame instanceof ClientFrame.Hello) {
						handler.received(new ServerFrame.Welcome(1, "id", null, 1));
					}
					else if (frame instanceof ClientFrame.KeepAlive keepAlive) {
						handler.received(new ServerFrame.Alive(keepAlive.number(), null));
					}
					else if (frame instanceof ClientFrame.Ask ask) {
						handler.received(new ServerFrame.Answer(ask.id(), 1, new Result.Number(ask.query().length)));
					}
					else if (frame instanceof ClientFrame.Resume resume) {
						handler.received(large((int) resume.session()));
					}
					else if (frame instanceof ClientFrame.Close) {
						handler.received(new ServerFrame.Redirect("127.0.0.1:1"));
						handler.closed(null);
					}
				}

				@Override
				public void close() {
					EchoAcceptor.this.closed.incrementAndGet();
				}

			};
		}

	}

	/**
	 * Keeps what it receives.
	 */
	private static class Recorder implements LinkHandler {

		private final BlockingQueue<ServerFrame> frames = new LinkedBlockingQueue<>();

		private final Queue<ServerFrame> afterClose = new ConcurrentLinkedQueue<>();

		private final AtomicInteger closes = new AtomicInteger();

		private volatile @Nullable Throwable cause;

		@Override
		public void received(ServerFrame frame) {
			if (this.closes.get() > 0) {
				this.afterClose.add(frame);
			}
			this.frames.add(frame);
		}

		@Override
		public void closed(@Nullable Throwable cause) {
			this.cause = cause;
			this.closes.incrementAndGet();
		}

		ServerFrame next() throws InterruptedException {
			ServerFrame frame = this.frames.poll(60, TimeUnit.SECONDS);
			assertThat(frame).isNotNull();
			return frame;
		}

		@Nullable ServerFrame nextOrClosed() {
			await().atMost(TestCluster.PATIENCE).until(() -> !this.frames.isEmpty() || this.closes.get() > 0);
			return this.frames.poll();
		}

		void awaitClosed() {
			await().atMost(TestCluster.PATIENCE).until(() -> this.closes.get() > 0);
			assertThat(this.afterClose).isEmpty();
		}

	}

}
