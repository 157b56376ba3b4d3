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
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.codec.CodecException;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.group.GroupChannel;
import io.github.atomixspring.link.GrpcLinkService;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.testing.FreePorts;
import io.github.atomixspring.testing.TestCluster;
import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientCalls;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of a member that gets names and content from somebody who means it harm.
 */
class HostileInputIntegrationTests {

	/** Not a class literal: that would load it. */
	private static final String CANARY = HostileInputIntegrationTests.class.getPackageName() + ".Canary";

	/** The property that it sets then. */
	private static final String SONG = "atomix.test.canary";

	private static final Member MEMBER = new Member("n1", "127.0.0.1", FreePorts.find(1).get(0));

	@TempDir
	private static Path root;

	private static Set<String> listeningBefore = Set.of();

	private static AtomixReplica replica;

	@BeforeAll
	static void start() {
		listeningBefore = (OS.LINUX.isCurrentOs()) ? ListeningSockets.all() : Set.of();
		replica = create();
		replica.start();
		replica.atomicLong("started").incrementAndGet();
	}

	private static AtomixReplica create() {
		return AtomixReplica.builder()
			.members(List.of(MEMBER))
			.storageDirectory(root.resolve("data"))
			.operationTimeout(TestCluster.PATIENCE)
			.build();
	}

	@AfterAll
	static void stop() {
		replica.close();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void memberListensWhereItsAddressSaysAndNowhereElse() {
		assertThat(ListeningSockets.all()).contains(MEMBER.address());
		assertThat(ListeningSockets.all().stream().filter((address) -> !listeningBefore.contains(address)))
			.containsExactly(MEMBER.address());
	}

	@Test
	void otherAddressesOfTheMachineDoNotReachIt() throws IOException {
		try (Socket socket = new Socket(MEMBER.host(), MEMBER.port())) {
			assertThat(socket.isConnected()).isTrue();
		}
		List<InetAddress> others = new ArrayList<>();
		for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
			others.addAll(Collections.list(network.getInetAddresses()));
		}
		others.removeIf((address) -> address.getHostAddress().equals(MEMBER.host()));
		if (OS.LINUX.isCurrentOs()) {
			others.add(InetAddress.getByName("127.0.0.2"));
		}
		for (InetAddress other : others) {
			assertThatExceptionOfType(ConnectException.class).as(other.toString())
				.isThrownBy(() -> new Socket(other, MEMBER.port()).close());
		}
	}

	@Test
	void contentNamesNoClassThatIsLoaded() throws Exception {
		AtomixClient client = AtomixClient.builder().members(List.of(MEMBER)).build();
		try (client) {
			client.start();
			for (Class<?> type : List.of(Object.class, Map.class, List.class, String.class, Holder.class)) {
				read(client, type);
			}
		}
		for (byte[] content : canaries()) {
			call(GrpcLinkService.NAME + "/Open", content);
			call(NodeService.DESCRIBE.getFullMethodName(), content);
			call(NodeService.JOIN.getFullMethodName(), content);
		}
		assertThat(LoadedClasses.contains(CANARY)).as("loaded").isFalse();
		assertThat(System.getProperty(SONG)).isNull();
		// It would have been noticed.
		assertThat(Class.forName(CANARY)).isNotNull();
		assertThat(LoadedClasses.contains(CANARY)).as("loaded").isTrue();
		assertThat(System.getProperty(SONG)).isNotNull();
	}

	private static <T> void read(AtomixClient client, Class<T> type) throws Exception {
		String name = "canary-" + type.getSimpleName();
		DistributedMap<byte[], byte[]> raw = replica.map(name, byte[].class, byte[].class);
		DistributedTopic<byte[]> topic = replica.topic(name, byte[].class);
		DistributedMap<byte[], T> typed = client.map(name, byte[].class, type);
		AtomicInteger events = new AtomicInteger();
		Queue<Object> messages = new ConcurrentLinkedQueue<>();
		typed.addListener((event) -> events.incrementAndGet());
		client.topic(name, type).subscribe(messages::add);
		for (byte[] content : canaries()) {
			raw.put(content, content);
			topic.publish(content);
			try {
				assertThat(typed.get(content)).isInstanceOf(type);
			}
			catch (CodecException ex) {
				assertThat(ex).hasMessageContaining(name).hasMessageNotContaining(CANARY);
			}
			// One that can be read comes behind those that cannot.
			raw.put(content, "\"x\"".getBytes(StandardCharsets.UTF_8));
		}
		assertThat(replica.lock(new String(canaries().get(0), StandardCharsets.UTF_8)).tryLock()).isTrue();
		raw.put(new byte[0], Codecs.forType(type).encode(type.cast(example(type))));
		topic.publish(Codecs.forType(type).encode(type.cast(example(type))));
		Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> messages.contains(example(type)));
		assertThat(typed.get(new byte[0])).isEqualTo(example(type));
	}

	private static Object example(Class<?> type) {
		return (type == Map.class) ? Map.of("a", "b")
				: (type == List.class) ? List.of("a") : (type == Holder.class) ? new Holder("a") : "a";
	}

	private static void call(String method, byte[] content) {
		MethodDescriptor<byte[], byte[]> raw = NodeService.TERM.toBuilder().setFullMethodName(method).build();
		ManagedChannel channel = NettyChannelBuilder.forTarget(MEMBER.address()).usePlaintext().build();
		try {
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> ClientCalls.blockingUnaryCall(channel, raw,
						CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS), content))
				.withMessageContaining("INVALID_ARGUMENT");
		}
		finally {
			channel.shutdownNow();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "../../etc/x", "a/b", "..", ".", "/", "C:\\x", "${jndi:ldap://x}", "%s%n{}", "*", "a b",
			"\"", "'; drop table", "\uD83D\uDE00", "\u202Eabc", "\u00E9", "e\u0301", "Case", "case", "nul", "\u200B" })
	void oddNamesAreJustNames(String name) throws IOException {
		DistributedMap<String, String> map = replica.map(name, String.class, String.class);
		assertThat(map.put(name, name)).as("each name is its own").isNull();
		assertThat(replica.map(name, String.class, String.class).get(name)).isEqualTo(name);
		DistributedLock lock = replica.lock(name);
		assertThat(lock.tryLock()).isTrue();
		lock.unlock();
		assertThat(replica.primitives()).extracting(PrimitiveInfo::name).contains(name);
		try (Stream<Path> files = Files.list(root)) {
			assertThat(files).containsExactly(root.resolve("data"));
		}
		try (Stream<Path> files = Files.walk(root)) {
			assertThat(files).allMatch((file) -> file.getFileName().toString().matches("[A-Za-z0-9._-]+"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\r\nb", "a\u0000b", "a\u0085b", "a\u2028b", "a\u001B[2Jb" })
	void namesThatCouldForgeALineOfTheLogAreRefused(String name) {
		for (ThrowingCallable use : List.<ThrowingCallable>of(() -> replica.lock(name),
				() -> replica.map(name, String.class, String.class), () -> replica.topic(name, String.class),
				() -> replica.election("election").campaign(name), () -> replica.group("group").join(name),
				() -> replica.messageBus("bus").send(name, "x", String.class),
				() -> GroupChannel.of(name, String.class))) {
			assertThatIllegalArgumentException().isThrownBy(use)
				.withMessageContaining("must not have line breaks or control characters")
				.withMessageNotContaining(name);
		}
	}

	@Test
	void namesHaveALimitAndHalfACharacterIsNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> replica.lock("x".repeat(10_000)))
			.withMessageContaining("256");
		assertThatIllegalArgumentException().isThrownBy(() -> replica.lock("a\uD800"))
			.withMessageContaining("surrogate");
	}

	private static List<byte[]> canaries() throws IOException {
		List<byte[]> all = new ArrayList<>();
		for (String text : List.of("{\"@class\":\"%s\",\"name\":\"x\"}", "[\"%s\",{\"name\":\"x\"}]",
				"{\"@type\":\"%s\",\"name\":\"x\"}", "{\"type\":\"%s\"}", "!!%s [x]", "!!%s {name: x}",
				"<object class=\"%s\"/>", "\"%s\"", "%s", "${%s}", "#{new %s()}", "T(%s)")) {
			all.add(text.replace("%s", CANARY).getBytes(StandardCharsets.UTF_8));
		}
		all.add(serialized());
		all.add(kryo());
		return all;
	}

	/**
	 * Returns what Java would write of a canary, without making one.
	 */
	private static byte[] serialized() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream output = new DataOutputStream(bytes);
		// The magic number, an object, its class without fields.
		output.writeInt(0xACED0005);
		output.writeShort(0x7372);
		output.writeUTF(CANARY);
		output.writeLong(1);
		output.writeByte(2);
		output.writeShort(0);
		output.writeShort(0x7870);
		return bytes.toByteArray();
	}

	/**
	 * Returns what Kryo would write of a class that is not registered.
	 */
	private static byte[] kryo() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.write(new byte[] { 1, 0 });
		byte[] name = CANARY.getBytes(StandardCharsets.US_ASCII);
		name[name.length - 1] |= (byte) 0x80;
		bytes.write(name);
		return bytes.toByteArray();
	}

	/**
	 * A value whose type says nothing of what is in it.
	 *
	 * @param content anything
	 */
	record Holder(Object content) {

	}

}
