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

package io.github.atomixspring.map;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.map.CounterMapEvent.Type;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.CounterMapMessages;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link CounterMapProxy}.
 */
class CounterMapProxyTests {

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final DistributedCounterMap<String> map = create(this.session);

	private final DistributedCounterMap<String> other = create(this.cluster.connect("n2"));

	private final List<CounterMapEvent<String>> events = new CopyOnWriteArrayList<>();

	private static DistributedCounterMap<String> create(FakeSession node) {
		return Maps.createCounter(node, "m", CounterMapOptions.of(Codecs.strings()), () -> {
		});
	}

	private Map<String, Long> content() {
		Map<String, Long> content = new TreeMap<>();
		this.other.forEach(content::put);
		return content;
	}

	@Test
	void counts() {
		assertThat(this.map.get("a")).isZero();
		assertThat(this.map.incrementAndGet("a")).isEqualTo(1);
		assertThat(this.map.getAndIncrement("a")).isEqualTo(1);
		assertThat(this.map.addAndGet("a", 5)).isEqualTo(7);
		assertThat(this.other.getAndAdd("a", -6)).isEqualTo(7);
		assertThat(this.map.decrementAndGet("a")).isZero();
		assertThat(this.map.getAndDecrement("a")).isZero();
		assertThat(this.map.get("a", ReadConsistency.SEQUENTIAL)).isEqualTo(-1);
		assertThat(this.map.addAndGet("b", Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
		assertThat(this.map.incrementAndGet("b")).isEqualTo(Long.MIN_VALUE);
		assertThat(this.session.submitted(Command.Create.class)).isEmpty();
	}

	@Test
	void writesAndRemoves() {
		assertThat(this.map.isEmpty()).isTrue();
		assertThat(this.map.put("a", 5)).isZero();
		assertThat(this.map.put("a", 6)).isEqualTo(5);
		assertThat(this.map.putIfAbsent("a", 7)).isEqualTo(6);
		assertThat(this.map.putIfAbsent("b", 7)).isZero();
		assertThat(this.map.replace("a", 5, 8)).isFalse();
		assertThat(this.map.replace("a", 6, 8)).isTrue();
		assertThat(this.map.replace("c", 1, 9)).isFalse();
		assertThat(this.map.replace("c", 0, 9)).isTrue();
		assertThat(content()).containsOnly(Map.entry("a", 8L), Map.entry("b", 7L), Map.entry("c", 9L));
		assertThat(this.map.remove("a", 7)).isFalse();
		assertThat(this.map.remove("a", 8)).isTrue();
		assertThat(this.map.remove("a", 0)).isFalse();
		assertThat(this.map.remove("b")).isEqualTo(7);
		assertThat(this.map.remove("b")).isZero();
		this.map.addAndGet("d", 0);
		assertThat(this.map.size()).isEqualTo(2);
		this.map.clear();
		assertThat(this.other.isEmpty()).isTrue();
		assertThat(this.map.type()).isEqualTo(PrimitiveType.COUNTER_MAP);
		assertThat(this.map).hasToString("counter_map 'm'");
	}

	@Test
	void asynchronousFaceDoesTheSame() {
		AsyncDistributedCounterMap<String> async = this.map.async();
		assertThat(async.incrementAndGet("a").join()).isEqualTo(1);
		assertThat(async.getAndIncrement("a").join()).isEqualTo(1);
		assertThat(async.decrementAndGet("a").join()).isEqualTo(1);
		assertThat(async.getAndDecrement("a").join()).isEqualTo(1);
		assertThat(async.addAndGet("a", 2).join()).isEqualTo(2);
		assertThat(async.getAndAdd("a", 2).join()).isEqualTo(2);
		assertThat(async.get("a").join()).isEqualTo(4);
		assertThat(async.get("a", ReadConsistency.SEQUENTIAL).join()).isEqualTo(4);
		assertThat(async.put("a", 5).join()).isEqualTo(4);
		assertThat(async.putIfAbsent("a", 6).join()).isEqualTo(5);
		assertThat(async.replace("a", 5, 6).join()).isTrue();
		assertThat(async.remove("a", 5).join()).isFalse();
		assertThat(async.size().join()).isEqualTo(1);
		assertThat(async.isEmpty().join()).isFalse();
		assertThat(async.remove("a").join()).isEqualTo(6);
		async.clear().join();
		assertThat(async.isEmpty().join()).isTrue();
		Registration registration = async.addListener(this.events::add).join();
		async.put("a", 1).join();
		registration.close();
		async.put("a", 2).join();
		assertThat(this.events).extracting(CounterMapEvent::newValue).containsExactly(1L);
	}

	@Test
	void changesAreEvents() {
		Registration registration = this.map.addListener(this.events::add);
		this.other.addAndGet("a", 2);
		this.other.put("a", 3);
		this.other.remove("a");
		this.session.resync();
		this.session.expire();
		this.session.connect();
		this.other.destroy();
		registration.close();
		this.other.incrementAndGet("a");
		assertThat(this.events).extracting(CounterMapEvent::type)
			.containsExactly(Type.UPDATED, Type.UPDATED, Type.REMOVED, Type.RESYNC, Type.RESYNC, Type.RESYNC);
		assertThat(this.events.subList(0, 3)).extracting(CounterMapEvent::oldValue).containsExactly(0L, 2L, 3L);
		assertThat(this.events.subList(0, 3)).extracting(CounterMapEvent::newValue).containsExactly(2L, 3L, 0L);
		assertThat(this.events.subList(0, 3)).allMatch((event) -> "a".equals(event.key()) && event.name().equals("m"));
	}

	@Test
	void unknownOutcomePasses() {
		this.session.loseAnswer(CounterMapMessages.Add.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.map.incrementAndGet("a"));
		assertThat(this.map.get("a")).isEqualTo(1);
	}

	@Test
	@SuppressWarnings("NullAway")
	void nullsAndUseAfterCloseAreRefused() {
		assertThatNullPointerException().isThrownBy(() -> this.map.get(null)).withMessageContaining("key");
		assertThatNullPointerException().isThrownBy(() -> this.map.incrementAndGet(null)).withMessageContaining("key");
		assertThatNullPointerException().isThrownBy(() -> this.map.addListener(null)).withMessageContaining("listener");
		assertThatNullPointerException().isThrownBy(() -> this.map.forEach(null)).withMessageContaining("action");
		assertThat(this.session.submitted()).isEmpty();
		this.map.close();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.map.get("a"));
		assertThatExceptionOfType(PrimitiveClosedException.class)
			.isThrownBy(() -> this.map.addListener(this.events::add));
	}

	@Test
	void instanceReadsAsItsOptionsSay() {
		DistributedCounterMap<String> sequential = Maps.createCounter(this.session, "s",
				CounterMapOptions.of(Codecs.strings()).withReadConsistency(ReadConsistency.SEQUENTIAL), () -> {
				});
		sequential.get("a");
		sequential.async().get("a").join();
		sequential.size();
		sequential.forEach((key, value) -> {
		});
		assertThat(this.session.consistencies()).hasSizeGreaterThanOrEqualTo(4)
			.containsOnly(ReadConsistency.SEQUENTIAL);
		sequential.get("a", ReadConsistency.LINEARIZABLE);
		assertThat(this.session.consistencies()).endsWith(ReadConsistency.LINEARIZABLE);
	}

}
