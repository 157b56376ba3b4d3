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

package io.github.atomixspring;

import java.time.Duration;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.codec.OrderedCodecs;
import io.github.atomixspring.collection.MultimapOptions;
import io.github.atomixspring.collection.QueueOptions;
import io.github.atomixspring.collection.SetOptions;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.CounterMapOptions;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.map.TreeOptions;
import io.github.atomixspring.messaging.TaskQueueOptions;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import io.github.atomixspring.session.Sessions;
import io.github.atomixspring.value.LongOptions;
import io.github.atomixspring.value.ValueOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link PrimitiveRegistry}.
 */
class PrimitiveRegistryTests {

	private final FakeSession session = new FakeCluster().connect("n1");

	private final PrimitiveRegistry registry = new PrimitiveRegistry(Sessions.single(this.session));

	@Test
	void repeatedGetsReturnTheSameInstance() {
		MapOptions<String, Integer> options = MapOptions.of(Codecs.strings(), Codecs.ints());
		assertThat(this.registry.lock("a")).isSameAs(this.registry.lock("a")).isNotSameAs(this.registry.lock("b"));
		assertThat(this.registry.election("a")).isSameAs(this.registry.election("a"));
		assertThat(this.registry.atomicLong("a", LongOptions.defaults()))
			.isSameAs(this.registry.atomicLong("a", LongOptions.defaults()));
		assertThat(this.registry.topic("a", Codecs.strings())).isSameAs(this.registry.topic("a", Codecs.strings()));
		assertThat(this.registry.taskQueue("a", TaskQueueOptions.of(Codecs.ints())))
			.isSameAs(this.registry.taskQueue("a", TaskQueueOptions.of(Codecs.ints())));
		assertThat(this.registry.messageBus("a")).isSameAs(this.registry.messageBus("a"));
		assertThat(this.registry.semaphore("a", 3)).isSameAs(this.registry.semaphore("a", 3));
		assertThat(this.registry.countDownLatch("a", 3)).isSameAs(this.registry.countDownLatch("a", 3));
		assertThat(this.registry.cyclicBarrier("a", 3)).isSameAs(this.registry.cyclicBarrier("a", 3));
		DistributedMap<String, Integer> map = this.registry.map("a", options);
		assertThat(this.registry.map("a", MapOptions.of(Codecs.strings(), Codecs.ints())) == map).isTrue();
		assertThat(this.registry.value("a", ValueOptions.of(Codecs.json(Integer[].class))))
			.isSameAs(this.registry.value("a", ValueOptions.of(Codecs.json(Integer[].class))));
		MapOptions<Integer, String> ordered = MapOptions.of(OrderedCodecs.ints(), Codecs.strings());
		DistributedMap<Integer, String> navigable = this.registry.navigableMap("a", ordered);
		assertThat(this.registry.navigableMap("a", ordered) == navigable).isTrue();
		assertThat(this.registry.counterMap("a", CounterMapOptions.of(Codecs.strings())))
			.isSameAs(this.registry.counterMap("a", CounterMapOptions.of(Codecs.strings())));
		assertThat(this.registry.tree("a", TreeOptions.of(Codecs.strings())))
			.isSameAs(this.registry.tree("a", TreeOptions.of(Codecs.strings())));
		assertThat(this.registry.set("a", SetOptions.of(Codecs.strings())) == this.registry.set("a",
				SetOptions.of(Codecs.strings())))
			.isTrue();
		assertThat(this.registry.queue("a", QueueOptions.of(Codecs.strings())) == this.registry.queue("a",
				QueueOptions.of(Codecs.strings())))
			.isTrue();
		assertThat(this.registry.multimap("a", MultimapOptions.of(Codecs.strings(), Codecs.ints())))
			.isSameAs(this.registry.multimap("a", MultimapOptions.of(Codecs.strings(), Codecs.ints())));
		assertThat(this.session.submitted()).isEmpty();
	}

	@Test
	void closedInstanceIsReplaced() {
		DistributedLock first = this.registry.lock("a");
		first.lock();
		first.close();
		DistributedLock second = this.registry.lock("a");
		assertThat(second).isNotSameAs(first);
		assertThat(second.isLocked()).isFalse();
		assertThat(this.registry.lock("a")).isSameAs(second);
	}

	@Test
	void newInstanceListensAfterTheOldOneStopped() {
		this.registry.atomicLong("a", LongOptions.defaults()).addListener((event) -> {
		});
		this.registry.atomicLong("a", LongOptions.defaults()).close();
		this.registry.atomicLong("a", LongOptions.defaults()).addListener((event) -> {
		});
		assertThat(this.session.submitted()).extracting((command) -> (Object) command.getClass())
			.containsExactly(Command.Listen.class, Command.Unlisten.class, Command.Listen.class);
	}

	@Test
	void otherOptionsForTheSameNameAreRefusedWithBoth() {
		MapOptions<String, Integer> options = MapOptions.of(Codecs.strings(), Codecs.ints());
		DistributedMap<String, Integer> map = this.registry.map("a", options);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.registry.map("a", MapOptions.of(Codecs.strings(), Codecs.longs())))
			.withMessageContaining("Integer")
			.withMessageContaining("Long");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.registry.map("a", options.withTimeToLive(Duration.ofSeconds(7))))
			.withMessageContaining("PT7S");
		this.registry.semaphore("a", 3);
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.semaphore("a", 5))
			.withMessageContaining("3 permits")
			.withMessageContaining("5 permits");
		this.registry.value("a", ValueOptions.of(Codecs.strings()));
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.value("a", ValueOptions.of(Codecs.bytes())))
			.withMessageContaining("string")
			.withMessageContaining("bytes");
		map.close();
		this.registry.map("a", MapOptions.of(Codecs.strings(), Codecs.longs()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "../../etc/x", "a/b", "..", "${jndi:x}", "%s", "😀", "א", " x " })
	void namesAreOpaque(String name) {
		assertThat(this.registry.lock(name).name()).isEqualTo(name);
		assertThat(this.registry.lock(name).tryLock()).isTrue();
	}

	@Test
	void namesHaveARule() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.lock(" ")).withMessageContaining("blank");
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.lock("x".repeat(257)))
			.withMessageContaining("256");
		this.registry.lock("x".repeat(256));
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.lock("a\r\nb"))
			.withMessage("'name' must not have line breaks or control characters, but has U+000D at 1");
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.semaphore("a", -1))
			.withMessageContaining("permits");
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.countDownLatch("a", -1))
			.withMessageContaining("count");
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.cyclicBarrier("a", 0))
			.withMessageContaining("parties");
		assertThatNullPointerException().isThrownBy(() -> this.registry.lock(nothing()));
	}

	@Test
	void closedRegistryMakesNoInstances() {
		DistributedLock lock = this.registry.lock("a");
		this.registry.close();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(lock::tryLock);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.registry.lock("b"))
			.withMessageContaining("n1");
	}

	@SuppressWarnings("NullAway")
	private static <T> T nothing() {
		return null;
	}

}
