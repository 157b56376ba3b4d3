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

package io.github.atomixspring.faulttolerance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.linearizability.Verdict;
import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.messaging.Messaging;
import io.github.atomixspring.messaging.TopicListener;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Publishes messages to a topic and notes what subscribers on all nodes are told.
 */
final class TopicLoad extends Load {

	private final String name;

	private final Map<SessionClient, Member> members = new ConcurrentHashMap<>();

	private final List<Recorder> recorders = new CopyOnWriteArrayList<>();

	private final ConcurrentLinkedQueue<Long> published = new ConcurrentLinkedQueue<>();

	private final Set<Long> attempted = ConcurrentHashMap.newKeySet();

	private final AtomicLong messages = new AtomicLong();

	TopicLoad(Nodes nodes, String name) {
		super(nodes, name);
		this.name = name;
	}

	@Override
	void call(Caller caller, SessionClient session) throws Exception {
		Member member = this.members.computeIfAbsent(session, (key) -> new Member(caller.node(), key));
		try {
			member.subscribe();
			long message = this.messages.incrementAndGet();
			this.attempted.add(message);
			CompletableFuture<Void> done = caller.random().nextBoolean() ? member.topic.async().publish(message)
					: member.topic.async().publishAndAwait(message);
			done.get(2 * CALL_SECONDS, TimeUnit.SECONDS);
			this.published.add(message);
			progress().ok();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof UnknownOutcomeException) {
				progress().unknown();
			}
			else if (ex.getCause() instanceof AtomixException) {
				progress().failed();
			}
			else {
				throw ex;
			}
		}
	}

	/**
	 * Waits until all subscribers that live have seen a last message.
	 */
	private void drain() {
		long last = this.messages.incrementAndGet();
		this.attempted.add(last);
		Member client = this.members.get(nodes().session(Nodes.CLIENT));
		client.topic.publish(last);
		this.published.add(last);
		for (String node : nodes().all()) {
			Recorder recorder = this.members.get(nodes().session(node)).recorder;
			Awaitility.await()
				.alias("the last message at " + node)
				.atMost(TestCluster.PATIENCE)
				.until(() -> recorder.seen.contains(last));
		}
	}

	@Override
	Verdict judge() {
		drain();
		TopicOrder<Long> order = new TopicOrder<>();
		int gaps = 0;
		for (Recorder recorder : this.recorders) {
			List<@Nullable Long> told = new ArrayList<>();
			recorder.seen.forEach((message) -> told.add((message != Recorder.RESYNC) ? message : null));
			gaps += Collections.frequency(told, null);
			order.add(recorder.toString(), told);
		}
		List<String> problems = Stream
			.of(order.mistakes(), order.lost(this.published.stream().filter(this::isOwed).toList()),
					order.invented(this.attempted))
			.flatMap(List::stream)
			.toList();
		System.out.printf("%s: %d subscribers, %d published, %d announced gaps, %d problems%n", this.name,
				this.recorders.size(), this.published.size(), gaps, problems.size());
		return new Verdict(problems.isEmpty() ? Verdict.Status.VALID : Verdict.Status.INVALID, this.published.size(), 0,
				String.join("\n", problems));
	}

	/**
	 * Returns whether somebody must have seen a message: one who subscribed before it was
	 * published, lives, and was never told of a gap. When the machine stands still, all
	 * sessions may end at the same time.
	 */
	private boolean isOwed(long message) {
		return nodes().all()
			.stream()
			.map((node) -> this.members.get(nodes().session(node)).recorder)
			.anyMatch((recorder) -> recorder.since < message && !recorder.seen.contains(Recorder.RESYNC));
	}

	/**
	 * The topic on a session.
	 */
	private final class Member {

		private final DistributedTopic<Long> topic;

		private final Recorder recorder;

		private boolean subscribed;

		Member(String node, SessionClient session) {
			this.topic = Messaging.createTopic(session, TopicLoad.this.name, Codecs.longs(), () -> {
			});
			this.recorder = new Recorder(node);
		}

		void subscribe() throws Exception {
			if (!this.subscribed) {
				this.topic.async().subscribe(this.recorder).get(CALL_SECONDS, TimeUnit.SECONDS);
				this.recorder.since = TopicLoad.this.messages.get();
				TopicLoad.this.recorders.add(this.recorder);
				this.subscribed = true;
			}
		}

	}

	/**
	 * What a subscriber was told.
	 */
	private static final class Recorder implements TopicListener<Long> {

		static final long RESYNC = -1;

		private final String node;

		private final ConcurrentLinkedQueue<Long> seen = new ConcurrentLinkedQueue<>();

		/**
		 * The last message that may have been published before the subscription.
		 */
		private volatile long since = Long.MAX_VALUE;

		Recorder(String node) {
			this.node = node;
		}

		@Override
		public void onMessage(Long message) {
			this.seen.add(message);
		}

		@Override
		public void onResync() {
			this.seen.add(RESYNC);
		}

		@Override
		public String toString() {
			return this.node;
		}

	}

}
