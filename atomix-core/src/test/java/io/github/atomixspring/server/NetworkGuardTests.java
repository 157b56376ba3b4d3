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

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.github.atomixspring.testing.Firewall;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor.Marshaller;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NetworkGuard}.
 */
class NetworkGuardTests {

	private final Firewall firewall = new Firewall();

	private final NetworkGuard guard = new NetworkGuard("n1", this.firewall);

	@Test
	void losesTheMessagesOfANodeThatIsCutOff() {
		Call call = new Call();
		call.receive("first");
		this.firewall.block("n2", "n1");
		call.receive("second");
		call.service.sendMessage("answer");
		assertThat(call.received).containsExactly("first");
		assertThat(call.sent).isEmpty();
	}

	@Test
	void breaksOffACallThatHasLostAMessageWhenTheNetworkIsThereAgain() {
		Call call = new Call();
		this.firewall.block("n2", "n1");
		call.receive("lost");
		this.firewall.heal();
		call.awaitCancelled();
		assertThat(call.received).containsExactly("cancelled");
		assertThat(call.closed).extracting(Status::getCode).containsExactly(Status.Code.UNAVAILABLE);
	}

	@Test
	void aCallThatTheServiceHasClosedIsNotClosedAgain() {
		Call call = new Call();
		call.service.close(Status.OK, new Metadata());
		this.firewall.block("n2", "n1");
		call.receive("lost");
		this.firewall.heal();
		call.awaitCancelled();
		assertThat(call.closed).containsExactly(Status.OK);
	}

	@Test
	void aCallThatCannotBeBrokenOffKeepsNoOtherCutOff() {
		List<Call> calls = Stream.generate(Call::new).limit(20).toList();
		this.firewall.block("n2", "n1");
		calls.forEach((call) -> call.receive("lost"));
		calls.stream().limit(19).forEach((call) -> call.failing = true);
		this.firewall.heal();
		calls.forEach(Call::awaitCancelled);
	}

	/**
	 * A call of the node n2 to the member n1. As the real one, it can be closed once.
	 */
	private final class Call extends ServerCall<String, String> {

		private final List<String> received = new CopyOnWriteArrayList<>();

		private final List<String> sent = new CopyOnWriteArrayList<>();

		private final List<Status> closed = new CopyOnWriteArrayList<>();

		private volatile boolean failing;

		private ServerCall<String, String> service = this;

		private final Listener<String> listener;

		Call() {
			Metadata headers = new Metadata();
			headers.put(NodeClient.NODE, "n2");
			this.listener = NetworkGuardTests.this.guard.interceptCall(this, headers, (call, ignored) -> {
				this.service = call;
				return new Service();
			});
		}

		void receive(String message) {
			this.listener.onMessage(message);
		}

		void awaitCancelled() {
			Awaitility.await().until(() -> this.received.contains("cancelled"));
		}

		@Override
		public void request(int messages) {
			// As many as the other side has.
		}

		@Override
		public void sendHeaders(Metadata headers) {
			// Nobody reads them.
		}

		@Override
		public void sendMessage(String message) {
			this.sent.add(message);
		}

		@Override
		public void close(Status status, Metadata trailers) {
			if (!this.closed.isEmpty()) {
				throw new IllegalStateException("call already closed");
			}
			this.closed.add(status);
		}

		@Override
		public boolean isCancelled() {
			return false;
		}

		@Override
		public MethodDescriptor<String, String> getMethodDescriptor() {
			return MethodDescriptor.<String, String>newBuilder()
				.setType(MethodDescriptor.MethodType.BIDI_STREAMING)
				.setFullMethodName("test/call")
				.setRequestMarshaller(new TextMarshaller())
				.setResponseMarshaller(new TextMarshaller())
				.build();
		}

		/**
		 * What the service does with a call.
		 */
		private final class Service extends Listener<String> {

			@Override
			public void onMessage(String message) {
				Call.this.received.add(message);
			}

			@Override
			public void onCancel() {
				Call.this.received.add("cancelled");
				if (Call.this.failing) {
					throw new IllegalStateException("the service fails");
				}
			}

		}

	}

	/**
	 * Never used: no message of these calls is on a wire.
	 */
	private static final class TextMarshaller implements Marshaller<String> {

		@Override
		public InputStream stream(String value) {
			return new ByteArrayInputStream(new byte[0]);
		}

		@Override
		public String parse(InputStream stream) {
			return "";
		}

	}

}
