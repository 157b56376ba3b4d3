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

package io.github.atomixspring.boot.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.github.atomixspring.collection.DistributedMultimap;
import io.github.atomixspring.collection.DistributedQueue;
import io.github.atomixspring.collection.DistributedSet;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.group.DistributedGroup;
import io.github.atomixspring.group.LocalGroupMember;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedCounterMap;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.DistributedNavigableMap;
import io.github.atomixspring.map.DistributedTree;
import io.github.atomixspring.map.TreeNode;
import io.github.atomixspring.messaging.DistributedMessageBus;
import io.github.atomixspring.messaging.DistributedTaskQueue;
import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.sync.DistributedCountDownLatch;
import io.github.atomixspring.sync.DistributedCyclicBarrier;
import io.github.atomixspring.sync.DistributedSemaphore;
import io.github.atomixspring.transaction.TransactionService;
import io.github.atomixspring.value.DistributedIdGenerator;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One primitive of each kind, injected and used with a real cluster of one member.
 */
class AllPrimitivesTests {

	private static final Class<?>[] COMPONENTS = { Synchronisers.class, Values.class, Maps.class, Collections.class,
			Messaging.class };

	@TempDir
	private Path directory;

	@Test
	void hasAllKinds() {
		Stream<Class<?>> injected = Arrays.stream(COMPONENTS)
			.flatMap((component) -> Arrays.stream(component.getRecordComponents()))
			.map(RecordComponent::getType);
		assertThat(injected).containsAll(PrimitiveKinds.ALL.stream().map(PrimitiveKind::type).toList());
	}

	@Test
	void injectedPrimitivesWork() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomixAutoConfiguration.class))
			.withPropertyValues("atomix.storage.directory=" + this.directory,
					"atomix.node.address=127.0.0.1:" + FreePort.find(), "atomix.semaphores.semaphore.permits=2",
					"atomix.count-down-latches.latch.count=1", "atomix.cyclic-barriers.barrier.parties=1",
					"atomix.queues.waiting-room.name=queue", "atomix.queues.waiting-room.type=java.lang.String",
					"atomix.queues.waiting-room.capacity=1")
			.withUserConfiguration(COMPONENTS)
			.run((context) -> {
				context.getBean(Synchronisers.class).use();
				context.getBean(Values.class).use();
				context.getBean(Maps.class).use();
				context.getBean(Collections.class).use();
				context.getBean(Messaging.class).use();
			});
	}

	record Synchronisers(@Primitive DistributedLock lock, @Primitive DistributedLeaderElection election,
			@Primitive DistributedSemaphore semaphore, @Primitive DistributedCountDownLatch latch,
			@Primitive DistributedCyclicBarrier barrier) {

		void use() throws Exception {
			this.lock.lock();
			this.lock.unlock();
			assertThat(this.election.campaign("me").term()).isPositive();
			assertThat(this.semaphore.totalPermits()).isEqualTo(2);
			this.latch.countDown();
			this.latch.await();
			assertThat(this.barrier.await()).isZero();
		}

	}

	record Values(@Primitive DistributedValue<Price> value, @Primitive DistributedLong number,
			@Primitive DistributedIdGenerator ids, @Primitive DistributedMap<String, Price> map,
			TransactionService transactions) {

		void use() {
			this.value.set(new Price(1));
			assertThat(this.value.get()).isEqualTo(new Price(1));
			assertThat(this.number.incrementAndGet()).isEqualTo(1);
			assertThat(this.ids.nextId()).isPositive();
			boolean committed = this.transactions.execute((tx) -> {
				tx.map(this.map).put("tea", new Price(3));
				return true;
			}).isCommitted();
			assertThat(committed).isTrue();
			assertThat(this.map.get("tea")).isEqualTo(new Price(3));
		}

	}

	record Maps(@Primitive DistributedNavigableMap<Instant, Price> reminders,
			@Primitive DistributedCounterMap<String> visits, @Primitive DistributedTree<Price> tree) {

		void use() {
			this.reminders.put(Instant.EPOCH, new Price(1));
			this.reminders.put(Instant.EPOCH.minusSeconds(1), new Price(2));
			assertThat(this.reminders.firstEntry().getValue()).isEqualTo(new Price(2));
			assertThat(this.visits.incrementAndGet("/start")).isEqualTo(1);
			assertThat(this.tree.create("/a", new Price(3))).isTrue();
			assertThat(this.tree.get("/a").map(TreeNode::value)).hasValue(new Price(3));
		}

	}

	record Collections(@Primitive DistributedSet<List<Price>> set, @Primitive DistributedQueue<String> queue,
			@Primitive DistributedMultimap<String, Price> multimap) {

		void use() {
			assertThat(this.set.add(List.of(new Price(1)))).isTrue();
			assertThat(this.set.contains(List.of(new Price(1)))).isTrue();
			assertThat(this.queue.offer("a")).isTrue();
			assertThat(this.queue.offer("b")).isFalse();
			assertThat(this.multimap.put("tea", new Price(1))).isTrue();
			assertThat(this.multimap.containsEntry("tea", new Price(1))).isTrue();
		}

	}

	record Messaging(@Primitive DistributedTopic<Price> topic, @Primitive DistributedTaskQueue<Price> tasks,
			@Primitive DistributedMessageBus bus, @Primitive DistributedGroup group) {

		void use() throws Exception {
			List<Price> seen = new CopyOnWriteArrayList<>();
			Registration subscription = this.topic.subscribe(seen::add);
			this.topic.publish(new Price(1));
			await().until(() -> seen.contains(new Price(1)));
			subscription.close();
			Registration consumer = this.tasks.consume((task) -> seen.add(task.value()));
			this.tasks.submitAndAwait(new Price(2));
			assertThat(seen).contains(new Price(2));
			consumer.close();
			Registration handler = this.bus.register("tax", Integer.class, (net) -> net / 5);
			assertThat(this.bus.send("tax", 100, Integer.class)).isEqualTo(20);
			handler.close();
			LocalGroupMember member = this.group.join();
			assertThat(this.group.members()).hasSize(1);
			assertThat(member.id()).isEqualTo(this.group.members().get(0).id());
		}

	}

	record Price(long cents) {

	}

}
