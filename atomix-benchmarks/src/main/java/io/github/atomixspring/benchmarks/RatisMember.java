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
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.util.TimeDuration;

/**
 * A member of the plain Ratis cluster. Its election timeout is 600 to 1,200 ms, because
 * with the default the leadership moves under load; its reads are linearizable. All else
 * is Ratis's default. It runs no load itself.
 */
final class RatisMember implements KeyValueSystem {

	private static final String LOADLESS = "Load on plain Ratis comes from a client";

	private final RaftServer server;

	private final RaftGroup group;

	private RatisMember(RaftServer server, RaftGroup group) {
		this.server = server;
		this.group = group;
	}

	static RatisMember start(Topology topology, String self, Path directory) throws IOException {
		RaftProperties properties = new RaftProperties();
		RaftServerConfigKeys.setStorageDir(properties, List.of(directory.toFile()));
		RaftServerConfigKeys.Rpc.setTimeoutMin(properties, TimeDuration.valueOf(600, TimeUnit.MILLISECONDS));
		RaftServerConfigKeys.Rpc.setTimeoutMax(properties, TimeDuration.valueOf(1200, TimeUnit.MILLISECONDS));
		RaftServerConfigKeys.Read.setOption(properties, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
		GrpcConfigKeys.Server.setHost(properties, Topology.HOST);
		GrpcConfigKeys.Server.setPort(properties, topology.port(self));
		RaftGroup group = RatisSystem.group(topology);
		RaftServer server = RaftServer.newBuilder()
			.setServerId(RaftPeerId.valueOf(self))
			.setGroup(group)
			.setStateMachine(new PlainStateMachine())
			.setProperties(properties)
			.setOption(RaftStorage.StartupOption.RECOVER)
			.build();
		server.start();
		return new RatisMember(server, group);
	}

	@Override
	public void put(String key, byte[] value) {
		throw new UnsupportedOperationException(LOADLESS);
	}

	@Override
	public byte[] get(String key) {
		throw new UnsupportedOperationException(LOADLESS);
	}

	@Override
	public CompletableFuture<?> putAsync(String key, byte[] value) {
		throw new UnsupportedOperationException(LOADLESS);
	}

	@Override
	public CompletableFuture<?> getAsync(String key) {
		throw new UnsupportedOperationException(LOADLESS);
	}

	@Override
	public BenchmarkLock lock(String name) {
		throw new UnsupportedOperationException(LOADLESS);
	}

	@Override
	public boolean isLeader() {
		try {
			return this.server.getDivision(this.group.getGroupId()).getInfo().isLeader();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
