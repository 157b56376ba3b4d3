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

package io.github.atomixspring.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.ratis.client.RaftClient;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.retry.RetryPolicies;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.TimeDuration;
import org.jspecify.annotations.Nullable;

/**
 * A client of the plain Ratis cluster, over one {@link RaftClient} for all threads.
 */
final class RatisSystem implements KeyValueSystem {

	private static final UUID GROUP = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

	/** More than any step needs; the default of 100 would hold back a step with 256. */
	private static final int OUTSTANDING = 1024;

	private final RaftClient client;

	private final AtomicLong contenders = new AtomicLong();

	private RatisSystem(RaftClient client) {
		this.client = client;
	}

	static RaftGroup group(Topology topology) {
		return RaftGroup.valueOf(RaftGroupId.valueOf(GROUP), topology.members()
			.stream()
			.map((id) -> RaftPeer.newBuilder().setId(id).setAddress(Topology.HOST + ":" + topology.port(id)).build())
			.toList());
	}

	static RatisSystem connect(Topology topology) {
		RaftProperties properties = new RaftProperties();
		RaftClientConfigKeys.Async.setOutstandingRequestsMax(properties, OUTSTANDING);
		return new RatisSystem(RaftClient.newBuilder()
			.setProperties(properties)
			.setRaftGroup(group(topology))
			.setRetryPolicy(RetryPolicies.retryUpToMaximumCountWithFixedSleep(100,
					TimeDuration.valueOf(100, TimeUnit.MILLISECONDS)))
			.build());
	}

	@Override
	public void put(String key, byte[] value) throws IOException {
		write(new PlainCommand(PlainCommand.PUT, key, UnsafeByteOperations.unsafeWrap(value)));
	}

	@Override
	public byte @Nullable [] get(String key) throws IOException {
		PlainCommand query = new PlainCommand(PlainCommand.GET, key, ByteString.EMPTY);
		RaftClientReply reply = checked(this.client.io().sendReadOnly(query.toMessage()));
		return reply.getMessage().getContent().toByteArray();
	}

	@Override
	public CompletableFuture<?> putAsync(String key, byte[] value) {
		PlainCommand command = new PlainCommand(PlainCommand.PUT, key, UnsafeByteOperations.unsafeWrap(value));
		return this.client.async().send(command.toMessage()).thenApply(RatisSystem::unchecked);
	}

	@Override
	public CompletableFuture<?> getAsync(String key) {
		PlainCommand query = new PlainCommand(PlainCommand.GET, key, ByteString.EMPTY);
		return this.client.async().sendReadOnly(query.toMessage()).thenApply(RatisSystem::unchecked);
	}

	@Override
	public BenchmarkLock lock(String name) {
		return new PlainLock(name, this.contenders.incrementAndGet());
	}

	@Override
	public boolean isLeader() {
		return false;
	}

	@Override
	public void close() throws IOException {
		this.client.close();
	}

	private RaftClientReply write(PlainCommand command) throws IOException {
		return checked(this.client.io().send(command.toMessage()));
	}

	private static RaftClientReply checked(RaftClientReply reply) throws IOException {
		if (!reply.isSuccess()) {
			throw new IOException("Not done: " + reply, reply.getException());
		}
		return reply;
	}

	private static RaftClientReply unchecked(RaftClientReply reply) {
		if (!reply.isSuccess()) {
			throw new IllegalStateException("Not done: " + reply, reply.getException());
		}
		return reply;
	}

	/**
	 * A lock whose waiter asks a query that is answered when the lock is granted.
	 */
	private final class PlainLock implements BenchmarkLock {

		private final String name;

		private final ByteString contender;

		PlainLock(String name, long contender) {
			this.name = name;
			this.contender = ByteString.copyFrom(Long.toString(contender), StandardCharsets.US_ASCII);
		}

		@Override
		public void lock() throws Exception {
			RaftClientReply reply = write(command(PlainCommand.LOCK));
			if (reply.getMessage().getContent().byteAt(0) == 0) {
				unchecked(RatisSystem.this.client.async()
					.sendReadOnlyUnordered(command(PlainCommand.WAIT).toMessage())
					.get(1, TimeUnit.MINUTES));
			}
		}

		@Override
		public void unlock() throws Exception {
			write(command(PlainCommand.UNLOCK));
		}

		private PlainCommand command(byte operation) {
			return new PlainCommand(operation, this.name, this.contender);
		}

	}

}
