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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.TlsConfig;
import io.github.atomixspring.link.ClientConnector;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.session.SessionConfig;
import io.github.atomixspring.testing.LogWatch;
import io.github.atomixspring.testing.TestAuthority;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the port of a member to which comes what is not from a node: it is sent away
 * without a storm in the log and without threads, and the nodes go on.
 */
class PortNoiseIntegrationTests {

	private static final PrimitiveId COUNTER = PrimitiveId.of(PrimitiveType.LONG, "counter");

	private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] SETTINGS = { 0, 0, 0, 4, 0, 0, 0, 0, 0 };

	private static final int REPETITIONS = 100;

	/** More than these are too much for all the noise of a test, seconds long. */
	private static final int LINES = 12;

	/**
	 * One more than are allowed: the member must have read all when it hangs up, or its
	 * last words may be lost.
	 */
	private static final int RESETS = PortSecurity.MAX_RESETS + 1;

	private final TestAuthority authority = new TestAuthority("authority");

	private final List<AutoCloseable> opened = new ArrayList<>();

	private @Nullable TestCluster cluster;

	@AfterEach
	void close() throws Exception {
		for (int i = this.opened.size() - 1; i >= 0; i--) {
			this.opened.get(i).close();
		}
	}

	private SessionClient start(boolean tls) {
		TlsConfig own = (tls) ? TlsConfig.of(this.authority.issue("n1", "127.0.0.1")) : null;
		TestCluster started = TestCluster.builder(1).config((config) -> config.withTls(own)).build();
		this.opened.add(started);
		this.cluster = started.start();
		started.awaitLeader();
		return connect(tls, "client");
	}

	private SessionClient connect(boolean tls, String name) {
		SessionClient client = new SessionClient(
				SessionConfig.of("test", name).withOperationTimeout(TestCluster.PATIENCE), new ClientConnector(name,
						List.of(member()), (tls) ? TlsConfig.of(this.authority.issue("app", "app.example")) : null),
				null);
		this.opened.add(client);
		client.start();
		return client;
	}

	private static void add(SessionClient session) throws Exception {
		session.submit(new LongMessages.Add(COUNTER, 1)).get(60, TimeUnit.SECONDS);
	}

	private Member member() {
		TestCluster running = this.cluster;
		assertThat(running).isNotNull();
		return running.members().get(0);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void strangersAreSentAwayQuietly(boolean tls) throws Exception {
		SessionClient client = start(tls);
		add(client);
		greet(request("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
		int threads = Thread.activeCount();
		try (LogWatch log = new LogWatch()) {
			Random random = new Random(1);
			for (int i = 0; i < REPETITIONS; i++) {
				greet(request("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
				greet(request("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
				greet(request("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n"));
				greet(helloOfTls());
				byte[] rubbish = new byte[100];
				random.nextBytes(rubbish);
				// Not what could be the beginning of a long record of an old TLS.
				rubbish[0] = 'x';
				greet(rubbish);
				greet(concat(PREFACE, rubbish));
				greet(concat(PREFACE, SETTINGS, rubbish));
				greet(new byte[0]);
			}
			add(client);
			assertThat(lines(log)).as("lines of the log").hasSizeLessThan(LINES);
			// Some that are shared come while many are busy; a thread for each stranger
			// would be far more.
			assertThat(Thread.activeCount()).as("threads").isLessThanOrEqualTo(threads + REPETITIONS / 4);
		}
	}

	@Test
	void connectionThatTakesBackItsCallsAllTheTimeIsEnded() throws Exception {
		SessionClient client = start(false);
		add(client);
		try (LogWatch log = new LogWatch(); Socket socket = new Socket(member().host(), member().port())) {
			socket.setSoTimeout((int) TestCluster.PATIENCE.toMillis());
			ByteBuffer frames = ByteBuffer.allocate(32 * RESETS).put(PREFACE).put(SETTINGS);
			for (int stream = 1; stream < 2 * RESETS; stream += 2) {
				// POST, http, and the path /x; then its reset.
				frames.put(frame(1, 4, stream, new byte[] { (byte) 0x83, (byte) 0x86, 4, 2, '/', 'x' }));
				frames.put(frame(3, 0, stream, new byte[] { 0, 0, 0, 8 }));
			}
			socket.getOutputStream().write(frames.array(), 0, frames.position());
			assertThat(errorOfGoAway(drain(socket))).as("ENHANCE_YOUR_CALM").isEqualTo(11);
			assertThat(lines(log)).as("lines of the log").hasSizeLessThan(LINES);
		}
		add(client);
	}

	/**
	 * Returns what was logged but for what Ratis says of a busy machine.
	 */
	private static List<String> lines(LogWatch log) {
		return log.lines().stream().filter((line) -> !line.contains("JvmPauseMonitor")).toList();
	}

	private static int errorOfGoAway(byte[] answer) {
		ByteBuffer frames = ByteBuffer.wrap(answer);
		while (frames.remaining() >= 9) {
			int length = frames.getInt() >>> 8;
			int type = frames.get(frames.position() - 1);
			int payload = frames.position() + 5;
			if (type == 7) {
				return frames.getInt(payload + 4);
			}
			frames.position(payload + length);
		}
		return -1;
	}

	private static byte[] frame(int type, int flags, int stream, byte[] payload) {
		return ByteBuffer.allocate(9 + payload.length)
			.put((byte) 0)
			.putShort((short) payload.length)
			.put((byte) type)
			.put((byte) flags)
			.putInt(stream)
			.put(payload)
			.array();
	}

	private static byte[] request(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] helloOfTls() {
		byte[] record = new byte[64];
		// A handshake of TLS 1.0, a client's hello.
		ByteBuffer.wrap(record).put((byte) 0x16).put((byte) 3).put((byte) 1).putShort((short) 59).put((byte) 1);
		return record;
	}

	private static byte[] concat(byte[]... parts) {
		ByteBuffer all = ByteBuffer.allocate(List.of(parts).stream().mapToInt((part) -> part.length).sum());
		List.of(parts).forEach(all::put);
		return all.array();
	}

	/**
	 * Says something to the member and hears what it answers until it hangs up.
	 * @param bytes what to say; nothing if it is empty
	 */
	private void greet(byte[] bytes) throws IOException {
		try (Socket socket = new Socket(member().host(), member().port())) {
			socket.setSoTimeout((int) TestCluster.PATIENCE.toMillis());
			socket.getOutputStream().write(bytes);
			if (bytes.length > 0) {
				drain(socket);
			}
		}
	}

	private static byte[] drain(Socket socket) throws IOException {
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		try {
			socket.getInputStream().transferTo(answer);
		}
		catch (SocketException ex) {
			// It hung up before it had read all.
			assertThat(ex).hasMessageContaining("reset");
		}
		return answer.toByteArray();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@Tag("long")
	void silentConnectionsHaveALimit(boolean tls) throws Exception {
		openSilent(tls, Newcomers.LIMIT + 200, new byte[0]);
	}

	@Test
	@Tag("long")
	void slowConnectionsHaveALimit() throws Exception {
		openSilent(false, Newcomers.LIMIT + 200, new byte[] { 'P', 'R' });
	}

	@Test
	@Tag("long")
	void tenThousandSilentConnectionsHarmNobody() throws Exception {
		openSilent(false, 9_000, new byte[0]);
		openSilent(true, 9_000, new byte[0]);
	}

	private void openSilent(boolean tls, int count, byte[] first) throws Exception {
		SessionClient client = start(tls);
		add(client);
		int threads = Thread.activeCount();
		List<SocketChannel> silent = new ArrayList<>();
		try (LogWatch log = new LogWatch()) {
			for (int i = 0; i < count; i++) {
				SocketChannel channel = SocketChannel.open(new InetSocketAddress(member().host(), member().port()));
				silent.add(channel);
				this.opened.add(channel);
				if (first.length > 0) {
					channel.write(ByteBuffer.wrap(first));
				}
				channel.configureBlocking(false);
			}
			add(client);
			// Long before their time is up.
			Awaitility.await()
				.atMost(Duration.ofSeconds(Newcomers.PATIENCE_SECONDS - 2))
				.pollInterval(Duration.ofMillis(100))
				.until(() -> silent.stream().filter(PortNoiseIntegrationTests::isOpen).count() <= Newcomers.LIMIT);
			// One that comes now is heard nevertheless.
			SessionClient another = connect(tls, "another");
			add(another);
			assertThat(lines(log)).as("lines of the log").hasSizeLessThan(LINES);
			assertThat(Thread.activeCount()).as("threads").isLessThanOrEqualTo(threads + 8);
		}
	}

	private static boolean isOpen(SocketChannel channel) {
		try {
			return channel.read(ByteBuffer.allocate(16)) >= 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
