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

import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

import io.github.atomixspring.cluster.NetworkFilter;
import io.github.atomixspring.cluster.StorageLockedException;
import io.github.atomixspring.link.GrpcLinkService;
import io.github.atomixspring.testing.TestCluster;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Opens what is package-private of a member to the test fixtures of other packages.
 */
public final class TestMembers {

	private TestMembers() {
	}

	/**
	 * Creates a member whose state is a list of texts.
	 * @param config the configuration
	 * @param interceptor sees all calls to the port
	 * @return the member
	 */
	static RaftMember createCounting(ServerConfig config, ServerInterceptor interceptor) {
		return new RaftMember(config, List.of(new CountingEngine()), List.of(), List.of(interceptor));
	}

	/**
	 * Returns a builder of a cluster whose state is a list of texts.
	 * @param size the number of members
	 * @return the builder
	 */
	static TestCluster.Builder counting(int size) {
		return TestCluster.builder(size).factory(TestMembers::createCounting);
	}

	/**
	 * Creates a member with the real state machine and gateway.
	 * @param config the configuration
	 * @param interceptor sees all calls to the port
	 * @return the member
	 */
	public static RaftMember withEngine(ServerConfig config, ServerInterceptor interceptor) {
		return new RaftMember(config, Engine.of(config), List.of(interceptor));
	}

	/**
	 * Returns a factory of members with the real state machine and gateway, on disks
	 * whose free space is said by the test.
	 * @param free tells the free bytes of a member by its id
	 * @return the factory
	 */
	public static TestCluster.Factory withSpace(ToLongFunction<String> free) {
		return (config, interceptor) -> create(config, interceptor, (directory) -> free.applyAsLong(config.self().id()),
				new LongLivedHeap());
	}

	/**
	 * Returns a factory of members with the real state machine and gateway, with heaps
	 * whose use is said by the test.
	 * @param use tells the use of the heap of a member by its id, in percent
	 * @return the factory
	 */
	public static TestCluster.Factory withHeap(ToLongFunction<String> use) {
		return (config, interceptor) -> create(config, interceptor, SpaceProbe.FILE_STORE, new HeapProbe() {

			@Override
			public HeapUse use() {
				long percent = use.applyAsLong(config.self().id());
				return new HeapUse(percent, percent, 100);
			}

			@Override
			public void collect() {
			}

		});
	}

	private static RaftMember create(ServerConfig config, ServerInterceptor interceptor, SpaceProbe space,
			HeapProbe heap) {
		Engine engine = new Engine(config.cluster(), config.self().id());
		return new RaftMember(config, List.of(engine),
				List.of(new GrpcLinkService(List.of(engine.acceptor())).definition()), List.of(interceptor), space,
				heap);
	}

	/**
	 * Returns what a member must install to be behind a network that loses messages.
	 * @param member the id of the member
	 * @param filter decides which messages pass
	 * @return the interceptor
	 */
	public static ServerInterceptor guard(String member, NetworkFilter filter) {
		return new NetworkGuard(member, filter);
	}

	/**
	 * Returns the division of a member.
	 * @param member the member
	 * @return the division, or null if there is none
	 */
	public static RaftServer.@Nullable Division division(RaftMember member) {
		return member.division();
	}

	/**
	 * Starts a member, once what ran in its directory before has left that.
	 * @param member the member
	 */
	public static void start(RaftMember member) {
		Awaitility.await()
			.alias(member.config().self().id() + " starts")
			.pollDelay(Duration.ZERO)
			.atMost(TestCluster.PATIENCE)
			.ignoreException(StorageLockedException.class)
			.until(() -> {
				member.start();
				return true;
			});
	}

	static CountingEngine engine(RaftMember member) {
		return (CountingEngine) member.engine();
	}

}
