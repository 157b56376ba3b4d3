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

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.github.atomixspring.link.LinkAcceptor;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.Wire;
import io.github.atomixspring.statemachine.ReplicatedState;
import io.github.atomixspring.testing.TestCluster;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/**
 * Opens what is package-private of the engine to the tests that make it fail.
 */
public final class EngineSeams {

	private EngineSeams() {
	}

	/**
	 * Makes members with another gateway.
	 * @param links decorates the gateway of each member
	 * @return the factory
	 */
	public static TestCluster.Factory withLinks(UnaryOperator<LinkAcceptor> links) {
		return (config, interceptor) -> new RaftMember(config,
				List.of(new DecoratedEngine(new Engine(config.cluster(), config.self().id()), links, null)),
				List.of(interceptor));
	}

	/**
	 * Makes members that build their servers only with a permit. So what is said of a
	 * server that has failed lasts as long as a test looks at it.
	 * @param permits the permits, one for each server
	 * @return the factory
	 */
	public static TestCluster.Factory withPermits(Semaphore permits) {
		return (config, interceptor) -> new RaftMember(config,
				List.of(new Engine(config.cluster(), config.self().id()) {

					@Override
					public StateMachine newStateMachine(FailureListener failures, Headroom headroom) {
						permits.acquireUninterruptibly();
						return super.newStateMachine(failures, headroom);
					}

				}), List.of(interceptor));
	}

	/**
	 * Makes members that confirm reads in another way.
	 * @param check completes if the division is taken to lead
	 * @return the factory
	 */
	public static TestCluster.Factory withLeadershipCheck(
			Function<RaftServer.Division, CompletableFuture<Void>> check) {
		return (config, interceptor) -> new RaftMember(config, List
			.of(new DecoratedEngine(new Engine(config.cluster(), config.self().id()), UnaryOperator.identity(), check)),
				List.of(interceptor));
	}

	/**
	 * Makes every member compute the digest of its state.
	 * @param leader the member that leads
	 * @return the index of the state
	 */
	public static CompletableFuture<Long> verify(RaftMember leader) {
		return leader.engine().verify();
	}

	/**
	 * Returns the gateway of a member.
	 * @param member the member
	 * @return the gateway
	 */
	public static LinkAcceptor gateway(RaftMember member) {
		return member.engine().acceptor();
	}

	/**
	 * Hands the leadership to another member.
	 * @param leader the member that leads
	 * @param successor the member that is to lead
	 * @return the reply
	 */
	public static CompletableFuture<RaftClientReply> transfer(RaftMember leader, RaftMember successor) {
		RaftServer.Division division = Objects.requireNonNull(leader.division());
		try {
			return division.getRaftServer()
				.transferLeadershipAsync(new TransferLeadershipRequest(ClientId.randomId(), division.getId(),
						division.getGroup().getGroupId(), CallId.getAndIncrement(),
						Objects.requireNonNull(successor.division()).getId(), 5000));
		}
		catch (IOException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * Stops a member from applying, answering and delivering, as a pause of its process
	 * would.
	 * @param member the member
	 * @return closes to let it go on
	 */
	public static Registration hold(RaftMember member) {
		RaftServer.Division division = Objects.requireNonNull(member.division());
		RatisStateMachine stateMachine = (RatisStateMachine) division.getStateMachine();
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		Thread holder = new Thread(() -> stateMachine.whenApplied(-1, new RatisStateMachine.StateTask() {

			@Override
			public void run(ReplicatedState state, long index) {
				held.countDown();
				await(released);
			}

			@Override
			public void abandoned() {
				held.countDown();
			}

		}), "hold-" + member.config().self().id());
		holder.setDaemon(true);
		holder.start();
		await(held);
		return released::countDown;
	}

	/**
	 * Has a member fail while it applies the next entry, after it has changed its state.
	 * @param member the member
	 * @param error what it fails with
	 */
	public static void failNext(RaftMember member, Error error) {
		RaftServer.Division division = Objects.requireNonNull(member.division());
		RatisStateMachine stateMachine = (RatisStateMachine) division.getStateMachine();
		Thread caller = Thread.currentThread();
		AtomicBoolean late = new AtomicBoolean(true);
		while (late.getAndSet(false)) {
			long next = stateMachine.getLastAppliedTermIndex().getIndex() + 1;
			stateMachine.whenApplied(next, new RatisStateMachine.StateTask() {

				@Override
				public void run(ReplicatedState state, long index) {
					if (Thread.currentThread() == caller) {
						// The entry was applied in between.
						late.set(true);
						return;
					}
					// No member has this entry: it ends all sessions.
					state.apply(Wire.LOG_ENTRY.encode(new LogEntry(LogEntry.VERSION, Long.MAX_VALUE / 2,
							List.of(new LogEntry.Open("none", "none", 1000)))));
					throw error;
				}

				@Override
				public void abandoned() {
				}

			});
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Submits a request straight to the division of a member, past its gateway.
	 * @param division the division
	 * @param type the type of the request
	 * @param content the content
	 * @return the reply
	 */
	public static CompletableFuture<RaftClientReply> submit(RaftServer.Division division, RaftClientRequest.Type type,
			byte[] content) {
		RaftClientRequest request = RaftClientRequest.newBuilder()
			.setClientId(ClientId.randomId())
			.setServerId(division.getId())
			.setGroupId(division.getGroup().getGroupId())
			.setCallId(CallId.getAndIncrement())
			.setType(type)
			.setMessage(Message.valueOf(ByteString.copyFrom(content)))
			.build();
		try {
			return ((RaftClientAsynchronousProtocol) division).submitClientRequestAsync(request);
		}
		catch (IOException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

}
